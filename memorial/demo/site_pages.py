"""The pages and texts of themes that come with the program, published: here nobody has to read them first."""

from datetime import timedelta

from memorial.base.acting import acting, command_actor
from memorial.base.civil_date import civil_date
from memorial.pages.actions import publish_page, publish_theme_text
from memorial.pages.models import FormerAddress, SitePage, ThemeText
from memorial.pages.seeding import seed_pages, seed_theme_texts

SEED = command_actor("seed_pages")
_CHECKED_AGO = timedelta(days=3)


def publish_site_pages() -> None:
    """Every page and text, checked three days ago; one of them with an address of the site that was here before."""
    with acting(SEED):
        seed_pages(SEED)
        seed_theme_texts(SEED)
    for model in (SitePage, ThemeText):
        model.objects.update(checked_on=civil_date() - _CHECKED_AGO)
    for page in SitePage.objects.all():
        publish_page(sitepage=page, by=None)
    for text in ThemeText.objects.all():
        publish_theme_text(themetext=text, by=None)
    FormerAddress.objects.get_or_create(path="o-proekte/", page=SitePage.objects.get(slug="about"))
