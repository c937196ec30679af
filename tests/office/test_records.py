"""The other pages: photos, merging, previews, institutions, leads, notes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from prisoners.models import Lead, OldAddress, Prisoner, StaffNote, StayPrivate
from tests.factories import CitationFactory, DraftFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.office.forms import errors_of, fields_of

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (600, 750), "grey").save(file, "JPEG")
    return SimpleUploadedFile("IMG_1234_ivan.jpg", file.getvalue(), "image/jpeg")


class TestPhotos:
    def test_a_photo_is_added_shown_and_hidden(self, desk, member):
        person = PrisonerFactory()
        url = reverse("admin:prisoners_prisoner_add_photo", args=[person.pk])
        assert desk.get(url).status_code == 200
        words = {"alt_ru": "Портрет", "source_note": "from the sister"}
        assert desk.post(url, {"file": picture(), **words}).status_code == 302
        photo = person.photos.get()
        assert (photo.stem, photo.original.uploaded_by) == ("", desk.user.pk)

        original = reverse("admin:prisoners_photo_original", args=[photo.pk])
        answer = desk.get(original)
        assert answer["Content-Type"] == "image/jpeg"
        assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
        assert member("translator").get(original).status_code == 403

        do = reverse("admin:prisoners_photo_do", args=[photo.pk, "publish"])
        assert desk.post(do, {"reason": ""}).status_code == 400
        assert desk.post(do, {"reason": "checked"}).status_code == 302
        photo.refresh_from_db()
        assert photo.stem
        page = desk.get(reverse("admin:prisoners_prisoner_change", args=[person.pk])).content.decode()
        assert photo.url(240, "webp") in page
        desk.post(reverse("admin:prisoners_photo_do", args=[photo.pk, "hide"]), {"reason": "asked"})
        photo.refresh_from_db()
        assert photo.stem == ""

    def test_what_is_no_photo_is_refused_with_the_words_kept(self, desk):
        url = reverse("admin:prisoners_prisoner_add_photo", args=[PrisonerFactory().pk])
        sent = {"file": SimpleUploadedFile("a.jpg", b"<svg/>"), "alt_ru": "Портрет"}
        text = desk.post(url, sent).content.decode()
        assert "not a photo that can be read" in text
        assert "Портрет" in text

    def test_the_words_beside_a_photo_are_edited_on_the_persons_page(self, desk):
        person = PrisonerFactory()
        desk.post(reverse("admin:prisoners_prisoner_add_photo", args=[person.pk]), {"file": picture()})
        url = reverse("admin:prisoners_prisoner_change", args=[person.pk])
        answer = desk.post(url, fields_of(desk.get(url)) | {"photos-0-alt_en": "A portrait"})
        assert answer.status_code == 302, errors_of(answer)
        assert person.photos.get().alt_en == "A portrait"


class TestMerging:
    def test_first_a_look_then_for_good(self, desk):
        keep, double = (
            PrisonerFactory(slug="keep"),
            PrisonerFactory(slug="double", summary_en="", first_published_at=timezone.now()),
        )
        CitationFactory(prisoner=double)
        url = reverse("admin:prisoners_prisoner_merge", args=[keep.pk])
        sent = {"duplicate": str(double.pk), "reason": "the same birth date"}
        answer = desk.post(url, sent)
        assert "Merge for good" in answer.content.decode()
        assert dict(answer.context["belongings"]) == {"Sources": 1}
        assert Prisoner.objects.count() == 2, "looking changes nothing"
        assert desk.post(url, {**sent, "merge": "1"}).status_code == 302
        assert list(Prisoner.objects.all()) == [keep]
        assert keep.citations.count() == 1
        assert OldAddress.objects.get().path == "prisoners/double/"

    def test_not_with_itself_nor_without_a_reason(self, desk):
        keep, double = PrisonerFactory(), PrisonerFactory()
        url = reverse("admin:prisoners_prisoner_merge", args=[keep.pk])
        desk.post(url, {"duplicate": str(keep.pk), "reason": "x", "merge": "1"})
        desk.post(url, {"duplicate": str(double.pk), "reason": "", "merge": "1"})
        assert Prisoner.objects.count() == 2

    @pytest.mark.parametrize("group", ["translator", "legal", "auditor"])
    def test_not_by_those_who_cannot_publish(self, member, group):
        keep = PrisonerFactory()
        assert member(group).get(reverse("admin:prisoners_prisoner_merge", args=[keep.pk])).status_code == 403


class TestPreview:
    @pytest.mark.parametrize(("language", "words"), [("ru", "Кратко о нём"), ("en", "In short")])
    def test_a_draft_is_shown_as_readers_will_see_it_and_marked(self, desk, reader, language, words):
        person = DraftFactory(summary_ru="Кратко о нём", summary_en="In short")
        outer = desk.get(reverse("admin:prisoners_prisoner_preview", args=[person.pk]))
        frame = reverse("admin:prisoners_prisoner_frame", args=[person.pk, language])
        assert frame in outer.content.decode()
        answer = desk.get(frame)
        text = answer.content.decode()
        assert words in text
        assert "preview-mark" in text
        assert f'<html lang="{language}"' in text
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "no-store" in answer["Cache-Control"]
        assert reader.get(frame).status_code == 302
        assert reader.get(f"/{language}/prisoners/{person.slug}/").status_code == 404

    def test_no_other_language(self, desk):
        person = DraftFactory()
        assert desk.get(reverse("admin:prisoners_prisoner_frame", args=[person.pk, "de"])).status_code == 404


class TestInstitutions:
    def test_who_is_there_is_listed_concealed_ones_too(self, desk, member):
        place = FacilityFactory()
        open_stay = StayFactory(facility=place)
        hidden = StayFactory(facility=None, public="no")
        StayPrivate.objects.create(stay=hidden, facility=place)
        url = reverse("admin:prisoners_facility_change", args=[place.pk])
        text = desk.get(url).content.decode()
        assert str(open_stay.prisoner.surname_en) in text
        assert str(hidden.prisoner.surname_en) in text
        assert str(hidden.prisoner.surname_en) not in member("translator").get(url).content.decode()

    def test_a_new_one_begins_with_the_day_of_today(self, desk, today):
        fields = fields_of(desk.get(reverse("admin:prisoners_facility_add")))
        assert fields["address_checked_on"] == [str(today)]


class TestLeadsAndNotes:
    def test_an_open_lead_has_a_next_step(self, desk, today):
        url = reverse("admin:prisoners_lead_add")
        fields = fields_of(desk.get(url)) | {"title": "News from a chat"}
        assert fields["assigned_to"] == [str(desk.user.pk)]
        answer = desk.post(url, fields)
        assert "nothing falls silent" in errors_of(answer)
        assert desk.post(url, fields | {"next_step": "call", "next_step_on": str(today)}).status_code == 302
        assert Lead.objects.get().assigned_to == desk.user.pk

    def test_notes_are_ticked_off_in_their_list(self, desk):
        note = StaffNote.objects.create(prisoner=PrisonerFactory(), text="cell B7")
        url = reverse("admin:prisoners_staffnote_changelist")
        sent = {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 1,
            "form-0-id": note.pk,
            "form-0-done": "on",
            "_save": "1",
        }
        assert desk.post(url, sent).status_code == 302
        note.refresh_from_db()
        assert note.done
