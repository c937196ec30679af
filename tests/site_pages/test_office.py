"""Pages and texts of themes in the office: refused in words, looked at, published, withdrawn, translated."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from memorial.pages.models import FormerAddress, SitePage, ThemeText
from prisoners.models import Theme
from tests.pages.reading import words
from tests.site_pages.telling import page

pytestmark = pytest.mark.django_db
TYPED = {
    "title_ru": "О проекте",
    "title_en": "About",
    "text_ru": "<p>Кто мы.</p>",
    "slug": "about",
    "menu": "main",
    "purpose": "",
    "order": "10",
}
NO_ROWS = {
    "former_addresses-TOTAL_FORMS": "0",
    "former_addresses-INITIAL_FORMS": "0",
}


def enter(office: Client, **changes: str):
    return office.post(reverse("admin:pages_sitepage_add"), TYPED | changes)


def do(office: Client, record, deed: str, **given: str):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_deed"
    return office.post(reverse(name, args=[record.pk, deed]), given)


def test_a_page_is_a_draft_until_somebody_publishes_it(office, reader):
    assert enter(office).status_code == 302
    made = SitePage.objects.get()
    assert made.state == State.DRAFT
    assert reader.get("/ru/about/").status_code == 404
    assert do(office, made, "publish").status_code == 302
    assert "Кто мы." in words(reader.get("/ru/about/"))
    assert do(office, made, "withdraw").status_code == 400, "a reason is asked for"
    assert do(office, made, "withdraw", reason="Устарело.").status_code == 302
    assert reader.get("/ru/about/").status_code == 404
    last = HistoryEntry.objects.filter(table="pages_sitepage").latest("id")
    assert last.reason == "Устарело."


@pytest.mark.parametrize("slug", ["prisoners", "statistics", "search", "themes"])
def test_an_address_of_the_program_is_refused_in_words(office, slug):
    answer = enter(office, slug=slug)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not SitePage.objects.exists()


def test_an_address_that_leads_elsewhere_is_refused_in_words(office):
    FormerAddress.objects.create(path="history/", page=page("who-we-are"))
    answer = enter(office, slug="history")
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_an_old_address_where_a_page_stands_is_refused(office):
    made = page()
    page("history")
    form = office.get(reverse("admin:pages_sitepage_change", args=[made.pk])).context["adminform"].form
    rows = {
        "former_addresses-TOTAL_FORMS": "1",
        "former_addresses-INITIAL_FORMS": "0",
        "former_addresses-0-page": str(made.pk),
        "former_addresses-0-path": "history/",
        "version": str(form.initial["version"]),
        "opened_at": str(form.initial["opened_at"]),
    }
    path = reverse("admin:pages_sitepage_change", args=[made.pk])
    assert office.post(path, TYPED | rows).status_code == 200
    assert office.post(path, TYPED | rows | {"former_addresses-0-path": "history"}).status_code == 200
    assert not FormerAddress.objects.exists()
    assert office.post(path, TYPED | rows | {"former_addresses-0-path": "o-proekte/"}).status_code == 302
    assert FormerAddress.objects.get().path == "o-proekte/"


def test_nobody_overwrites_a_colleague_unseen(office):
    made = page(title_en="About")
    path = reverse("admin:pages_sitepage_change", args=[made.pk])
    form = office.get(path).context["adminform"].form
    SitePage.objects.filter(pk=made.pk).update(title_en="Who we are")
    opened = {"version": str(form.initial["version"]), "opened_at": str(form.initial["opened_at"])}
    answer = office.post(path, TYPED | NO_ROWS | opened | {"title_en": "Of us"})
    assert answer.status_code == 200
    assert "Who we are" in answer.content.decode()
    assert SitePage.objects.get().title_en == "Who we are"


def test_what_has_to_be_settled_is_said_before_the_first_publication_and_never_to_readers(office, reader):
    made = page("privacy", purpose="privacy", state=State.DRAFT, first_published_at=None)
    path = reverse("admin:pages_sitepage_deed", args=[made.pk, "publish"])
    office.cookies["django_language"] = "en"
    asked = office.get(path).content.decode()
    assert "RETENTION_DAYS" in asked
    do(office, made, "publish")
    assert "RETENTION_DAYS" not in words(reader.get("/ru/privacy/"))
    do(office, made, "withdraw", reason="Ещё раз.")
    assert "RETENTION_DAYS" not in office.get(path).content.decode()


def test_a_preview_in_both_languages_for_staff_alone(office, client):
    made = page(state=State.DRAFT)
    frame = reverse("admin:pages_sitepage_frame", args=[made.pk, "en"])
    assert frame in office.get(reverse("admin:pages_sitepage_preview", args=[made.pk])).content.decode()
    assert "Who we are." in words(office.get(frame))
    assert "preview-mark" in office.get(frame).content.decode()
    assert office.get(frame.replace("/en/", "/xx/")).status_code == 404
    assert client.get(frame).status_code == 302


def test_the_text_of_a_theme_is_written_and_published(office, reader):
    theme = Theme.objects.create(code="treason", label_ru="госизмена", label_en="treason")
    typed = {"theme": str(theme.pk), "summary_ru": "Коротко.", "text_ru": "<p>Подробно.</p>"}
    assert office.post(reverse("admin:pages_themetext_add"), typed).status_code == 302
    text = ThemeText.objects.get()
    assert reader.get("/ru/themes/treason/").status_code == 404
    assert do(office, text, "publish").status_code == 302
    assert "Подробно." in words(reader.get("/ru/themes/treason/"))


def test_checked_today_is_one_click(office, reader):
    made = page()
    assert do(office, made, "confirm").status_code == 302
    made.refresh_from_db()
    assert made.checked_on is not None
