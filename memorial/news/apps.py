"""News: a part of the roof with tables of its own, which tells the pages of people and cases what is new."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "memorial.news"
    label = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Puts the news on the pages of people and cases, into due work and into the step of a recognition."""
        from cases.actions.recognise import told_by
        from memorial.base.page_sections import add_section
        from memorial.due.kinds import register
        from memorial.news.planned import PUBLISHING
        from memorial.news.recognised import draft_of_recognition
        from memorial.news.sections import news_of_case, news_of_person

        add_section("prisoner", news_of_person)
        add_section("case", news_of_case)
        register(PUBLISHING)
        told_by(draft_of_recognition)
