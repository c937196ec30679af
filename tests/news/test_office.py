"""News in the office: who may do what, planned on a page, the preview, the text to paste, the step of a recognition."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from memorial.due.models import DueWork
from memorial.news.models import NewsItem
from memorial.news.telegram import LONGEST, length_of, telegram_text
from prisoners.actions.second_look import confirm_looks
from prisoners.models import SecondLook
from tests.factories import DraftFactory, PrisonerFactory
from tests.news.telling import piece
from tests.office.forms import fields_of
from tests.office_deeds.test_recognise import COLLEAGUE, decision, group

pytestmark = pytest.mark.django_db
CHANGE = "admin:news_newsitem_change"


def draft(**fields):
    return piece(**{"state": "draft", "published_on": None, **fields})


def url(name, item, *more):
    return reverse(f"admin:news_newsitem_{name}", args=[item.pk, *more])


class TestWhoMay:
    def test_an_editor_writes_and_does_not_publish(self, member):
        desk, item = member("editor"), draft()
        assert desk.get(reverse("admin:news_newsitem_add")).status_code == 200
        assert desk.get(url("deed", item, "publish")).status_code == 403
        assert desk.get(url("plan", item)).status_code == 403
        assert desk.post(url("deed", item, "review")).status_code == 302
        item.refresh_from_db()
        assert item.state == "ready"

    def test_a_publisher_publishes_and_an_editor_withdraws(self, member):
        item = draft()
        shown = member("publisher").post(url("deed", item, "publish"), {"seen": item.version})
        assert shown.status_code == 302
        item.refresh_from_db()
        assert item.is_published
        assert member("editor").post(url("deed", item, "withdraw"), {"reason": "Wrong"}).status_code == 302
        item.refresh_from_db()
        assert item.state == "withdrawn"

    def test_a_translator_has_the_texts_of_what_is_ready_and_nothing_else(self, member):
        desk, closed, ready = member("translator"), draft(), draft(slug="ready")
        NewsItem.objects.filter(pk=ready.pk).update(state="ready")
        assert desk.get(url("change", closed)).status_code == 302
        form = fields_of(desk.get(url("change", ready)))
        assert {"title_en", "summary_en", "text_en"} <= form.keys()
        assert not {"slug", "on"} & form.keys()
        for page in ("plan", "deed"):
            assert desk.get(url(page, ready, *(["publish"] if page == "deed" else []))).status_code == 403

    def test_what_was_published_meanwhile_by_a_colleague_is_not_overwritten(self, member):
        item = draft()
        desk = member("publisher")
        seen = item.version
        NewsItem.objects.filter(pk=item.pk).update(title_en="Changed meanwhile")
        answer = desk.post(url("deed", item, "publish"), {"seen": seen})
        assert answer.status_code == 400
        item.refresh_from_db()
        assert item.state == "draft"


class TestPages:
    def test_planned_for_a_moment_and_taken_back(self, member):
        desk, item = member("publisher"), draft()
        at = timezone.localtime(timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
        past = timezone.localtime(timezone.now() - timedelta(days=2))
        assert desk.post(url("plan", item), {"at": f"{past:%Y-%m-%dT%H:%M}"}).status_code == 400
        assert desk.post(url("plan", item), {"at": "tomorrow"}).status_code == 400
        assert not DueWork.objects.exists()
        assert desk.post(url("plan", item), {"at": f"{at:%Y-%m-%dT%H:%M}"}).status_code == 302
        assert DueWork.objects.get().due_at == at, "as typed, in Moscow"
        assert f"{at:%d.%m.%Y %H:%M}" in desk.get("/admin/").content.decode()
        assert desk.post(url("deed", item, "unplan")).status_code == 302
        assert not DueWork.objects.open().exists()

    def test_the_preview_is_the_readers_page_in_both_languages(self, member):
        desk, item = member("editor"), draft(people=[PrisonerFactory(surname_en="Yavny")])
        assert desk.get(url("preview", item)).status_code == 200
        for language, words in (("en", "Verdict in the readings case"), ("ru", "Приговор по делу о чтениях")):
            told = desk.get(url("frame", item, language)).content.decode()
            assert words in told
            assert "preview-mark" in told
        assert desk.get(url("frame", item, "xx")).status_code == 404

    def test_the_list_costs_the_same_with_one_piece_and_with_three(
        self, member, django_assert_max_num_queries
    ):
        desk = member("publisher")
        list_url = reverse("admin:news_newsitem_changelist")
        draft(slug="first")
        desk.get(list_url)
        with django_assert_max_num_queries(30) as one:
            desk.get(list_url)
        for number in range(2):
            draft(slug=f"more-{number}")
        with django_assert_max_num_queries(len(one)):
            desk.get(list_url)


class TestTelegram:
    def test_plain_with_the_address_of_its_language(self, settings):
        item = piece(text_ru="<p>Первый <strong>абзац</strong>.</p><ul><li>Пункт</li></ul>")
        told = telegram_text(item, "ru")
        assert told.text.startswith("Приговор по делу о чтениях\n\nСуд назначил")
        assert "Первый абзац." in told.text
        assert "<" not in told.text
        assert told.text.endswith(f"{settings.PUBLIC_URL}/ru/news/verdict/")
        assert telegram_text(item, "en").text.endswith("/en/news/verdict/")

    @pytest.mark.parametrize("paragraph", ["слово " * 200, "🕊 " * 3000, "Ы" * 9000])
    def test_never_longer_than_a_message_may_be(self, paragraph):
        item = piece(text_ru=f"<p>{paragraph}</p>" * 12)
        told = telegram_text(item, "ru")
        assert LONGEST / 4 < told.length <= LONGEST
        assert told.length == length_of(told.text)
        assert told.text.endswith("/ru/news/verdict/")

    def test_nothing_where_the_news_is_not_in_the_language(self, member):
        item = piece(title_en="", summary_en="")
        assert telegram_text(item, "en").text == ""
        assert (
            "no title and summary in this language"
            in member("editor").get(url("texts", item)).content.decode()
        )


class TestRecognition:
    def test_one_step_drafts_its_news_which_waits_for_the_second_person(self, member):
        desk = member("publisher")
        draft_person = DraftFactory(surname_ru="Черновиков", surname_en="Chernovikov")
        rows = group(PrisonerFactory(surname_ru="Явный", surname_en="Yavny"), PrisonerFactory(), draft_person)
        answer = desk.post(reverse("admin:cases_prosecution_recognise"), decision(rows) | {"save": "1"})
        assert answer.status_code == 302, answer.context["form"].errors
        item = NewsItem.objects.get()
        assert item.state == "draft"
        assert item.title_ru == "Двое признаны политзаключёнными"
        assert item.title_en == "Two recognised"
        assert "Явный" in item.summary_ru
        assert "Yavny" in item.text_en
        assert {link.prisoner for link in item.people.all()} == {row.prisoner for row in rows[:2]}
        assert item.cases.get().case == rows[0].case
        assert item.sources.get().url
        words = f"{item.title_ru}{item.summary_ru}{item.text_ru}{item.summary_en}{item.text_en}"
        assert "Черновиков" not in words
        assert "Chernovikov" not in words
        texts = desk.get(answer["Location"]).content.decode()
        assert f"?statement__id__exact={item.statement_id}" in texts
        assert (
            desk.get(f"{reverse('admin:news_newsitem_changelist')}?statement__id__exact={item.statement_id}")
            .context["cl"]
            .queryset.get()
            == item
        )
        waiting = desk.post(url("deed", item, "publish"), {"seen": item.version})
        assert waiting.status_code == 400
        confirm_looks(looks=list(SecondLook.objects.waiting()), by=COLLEAGUE)
        assert desk.post(url("deed", item, "publish"), {"seen": item.version}).status_code == 302

    def test_a_preview_drafts_nothing_and_a_draft_in_work_is_kept(self, member):
        desk = member("publisher")
        page = reverse("admin:cases_prosecution_recognise")
        rows = group(PrisonerFactory())
        desk.post(page, decision(rows) | {"preview": "1"})
        assert not NewsItem.objects.exists()
        desk.post(page, decision(rows) | {"save": "1"})
        item = NewsItem.objects.get()
        NewsItem.objects.filter(pk=item.pk).update(title_en="Rewritten")
        shared = {"title_ru": "", "title_en": "", "url": "", "statement": item.statement_id}
        more = group(PrisonerFactory())
        assert desk.post(page, decision(more, **shared) | {"save": "1"}).status_code == 302
        assert NewsItem.objects.get().title_en == "Rewritten"

    def test_one_that_cannot_be_drafted_undoes_nothing_and_names_nobody(self, member):
        rows = group(DraftFactory())
        desk = member("publisher")
        answer = desk.post(reverse("admin:cases_prosecution_recognise"), decision(rows) | {"save": "1"})
        assert answer.status_code == 302
        assert not NewsItem.objects.exists()
