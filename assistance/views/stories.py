"""Stories of those whom we helped: all that may be told today, and one of them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from assistance.display.stories import ShownStory, shown_stories
from assistance.models import Story
from assistance.models.story import StoryQuerySet
from assistance.pages import story_page
from memorial.base.page_head import LONGEST_TITLE, PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.rich_text import excerpt
from memorial.base.templatetags.page_links import query

STORIES_ON_A_PAGE: Final = 20


@method_decorator(public_page(), name="dispatch")
class StoryListView(ForgivingPages):
    """The stories that may be told today; a consent that ends today is gone tomorrow."""

    template_name = "assistance/story_list.html"
    paginate_by = STORIES_ON_A_PAGE

    def get_queryset(self) -> StoryQuerySet:
        rows: StoryQuerySet = Story.objects.published().newest_first().for_reading()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        title = _("Stories of help")
        if page.number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": page.number}
        said = _("What help was: told by those whom we helped, with their consent.")
        asked = query(page=page.number).removeprefix("?")
        is_indexed = bool(page.paginator.count) and not self.page_is_missing
        return context | {
            "head": PageHead(title, said, Page("assistance:story-list"), asked, is_indexed),
            "stories": shown_stories(page),
            "is_misled": self.page_is_missing,
        }


@method_decorator(public_page(), name="dispatch")
class StoryDetailView(DetailView):
    """One story. What may no longer be told answers like what never was."""

    template_name = "assistance/story_detail.html"
    context_object_name = "story"

    def get_queryset(self) -> StoryQuerySet:
        rows: StoryQuerySet = Story.objects.published().for_reading()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = ShownStory(self.object)
        title = excerpt(str(shown.title), LONGEST_TITLE)
        head = PageHead(title, shown.description, story_page(self.object))
        return super().get_context_data(**kwargs) | {"shown": shown, "head": head}
