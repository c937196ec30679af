"""One text side by side: Russian now and then with the difference, English, warnings, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.acting import staff_actor
from memorial.base.admin.history_reading import staff_names
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages, in_language
from memorial.staff.rich_text import RichTextArea
from memorial.translating.catalogue import ORIGINAL
from memorial.translating.checks import terms_in, warnings
from memorial.translating.difference import difference
from memorial.translating.models import Draft, GlossaryTerm, Step
from memorial.translating.texts import Place, Text, condition_of, russian_then
from memorial.translating.who import may, volunteers
from prisoners.models import Prisoner


class TranslationForm(forms.Form):
    """What is typed, and what the page showed when it was: the draft's version and two digests."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_source = forms.CharField(widget=forms.HiddenInput)
    seen_target = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("Translation"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note to each other"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, place: Place, initial: dict[str, Any]) -> None:
        super().__init__(initial=initial)
        box = self.fields["text"]
        if place.field.is_rich:
            box.widget = RichTextArea()
        else:
            box.widget = forms.Textarea(attrs={"rows": 12 if place.field.is_long else 2})
        box.widget.attrs["lang"] = place.language


def shown_alone(text: str, language: str) -> SimpleNamespace:
    """A text in one language as a record has it, for the tag that sanitises and marks the language."""
    return SimpleNamespace(
        **{**dict.fromkeys(all_languages("text"), ""), in_language("text", language): text}
    )


class TextPage:
    """What the page shows to one person."""

    def __init__(
        self, request: HttpRequest, place: Place, draft: Draft | None, text: Text | None, *, volunteer: bool
    ) -> None:
        self.request = request
        self.place = place
        self.draft = draft
        self.text = text
        self.volunteer = volunteer
        self.me = staff_actor(int(request.user.pk or 0))

    @property
    def is_mine(self) -> bool:
        """Whether the reader of the page has taken the text."""
        return self.draft is not None and self.draft.holder == self.me

    def context(self, errors: list[str]) -> dict[str, Any]:
        """Everything the template shows. `errors` are the sentences of a refusal."""
        typed = self._typed(keep=bool(errors))
        form = TranslationForm(self.place, typed)
        names = staff_names(self._people())
        model = self.place.kind.model
        found: dict[str, Any] = {
            "title": _("Translation: %(what)s") % {"what": self.place.field.label},
            "place": self.place,
            "kind": capfirst(model._meta.verbose_name),
            "text": self.text,
            "draft": self.draft,
            "is_mine": self.is_mine,
            "form": form,
            "media": form.media,
            "errors": errors,
            "volunteer": self.volunteer,
            "holder": names.get(self.draft.holder, self.draft.holder) if self.draft else "",
            "reviewer": names.get(self.draft.reviewed_by, "") if self.draft else "",
            "deeds": set(self._deeds()),
            "overtyped": self._overtyped(bool(errors)),
            "drafted": shown_alone(self.draft.text if self.draft else "", self.place.language),
        }
        if self.text is None:
            return found
        found |= self._compared(self.text, names)
        found["about"] = self._about(self.text)
        found["russian"] = shown_alone(self.text.russian, ORIGINAL)
        found["published"] = shown_alone(self.text.translation, self.place.language)
        said = typed["text"] if self.draft else self.text.translation
        found["warnings"] = warnings(self.text.russian, said, self.place.language)
        found["terms"] = terms_in(self.text.russian, GlossaryTerm.objects.all())
        if not self.volunteer:
            found |= {"record_url": self._record_url(), "volunteers": self._volunteers()}
        return found

    def _compared(self, text: Text, names: dict[str, str]) -> dict[str, Any]:
        """How the English stands to the Russian; a volunteer sees no former text."""
        condition, source = condition_of(text)
        found: dict[str, Any] = {"condition": condition}
        if self.volunteer:
            return found
        mark, digest = (source.mark, source.digest) if source else (0, "")
        if self.draft is not None and self.draft.source_digest != text.source_digest:
            mark, digest = self.draft.source_mark, self.draft.source_digest
            found["changed_meanwhile"] = True
        if digest and digest != text.source_digest:
            then = russian_then(text, mark, digest)
            found |= {"then": then, "then_unknown": then is None}
            found["pieces"] = difference(then, text.russian) if then is not None else []
        if self.draft is not None and self.draft.target_digest != text.target_digest:
            found["english_changed"] = True
        if source is not None:
            found |= {"made_by": names.get(source.by, source.by), "made_at": source.at}
        return found

    def _about(self, text: Text) -> str:
        """Whose text it is: the person, else the record itself, as readers know them."""
        if text.prisoner is not None:
            return str(Prisoner.objects.filter(pk=text.prisoner).first() or "")
        return str(self.place.kind.model._base_manager.filter(pk=self.place.row).first() or "")

    def _people(self) -> list[str]:
        draft = [self.draft.holder, self.draft.reviewed_by] if self.draft else []
        source = None if self.text is None or self.volunteer else condition_of(self.text)[1]
        return [*draft, *([source.by] if source else [])]

    def _typed(self, *, keep: bool) -> dict[str, Any]:
        """What stands in the boxes: what was typed where that was refused, else the draft."""
        draft, text = self.draft, self.text
        typed = {
            "version": draft.version if draft else 0,
            "seen_source": text.source_digest if text else "",
            "seen_target": text.target_digest if text else "",
            "text": draft.text if draft else "",
            "note": draft.note if draft else "",
        }
        if keep and "text" in self.request.POST:
            typed |= {name: self.request.POST.get(name, "") for name in ("text", "note")}
        return typed

    def _overtyped(self, refused: bool) -> str:
        """What somebody else has saved, where it is not what was typed: shown beside, never lost."""
        typed = self.request.POST.get("text")
        if not refused or self.draft is None or typed is None or typed == self.draft.text:
            return ""
        return self.draft.text

    def _deeds(self) -> Iterator[str]:
        """The buttons offered; what the database refuses anyway is not offered."""
        if self.draft is None:
            yield from self._beginning()
            return
        if self.is_mine:
            yield from ("save", "offer", "give_back")
        if not self.volunteer:
            yield from self._of_others(self.draft)
            yield from self._reviewing(self.draft)

    def _beginning(self) -> Iterator[str]:
        user = self.request.user
        if self.text is None:
            return
        yield "claim"
        if may(user, "clear_texts") and not self.text.by_initials:
            yield "for_volunteer"
        if may(user, "publish_draft") and self.text.translation:
            yield "still_true"

    def _of_others(self, draft: Draft) -> Iterator[str]:
        leads = may(self.request.user, "clear_texts")
        if not self.is_mine and (draft.until < civil_date() or draft.step != Step.AT_WORK):
            yield "take_over"
        changed = self.text is not None and draft.cleared_digest != self.text.source_digest
        if leads and draft.is_for_volunteer and changed:
            yield "clear"
        if leads and not self.is_mine:
            yield "give_back"

    def _reviewing(self, draft: Draft) -> Iterator[str]:
        user = self.request.user
        wrote = self.me in draft.writers or self.is_mine
        if draft.step == Step.OFFERED and not wrote and may(user, "review_draft"):
            yield from ("approve", "send_back")
            if may(user, "publish_draft"):
                yield "publish"
        elif draft.step == Step.APPROVED and may(user, "publish_draft"):
            yield "publish"

    def _volunteers(self) -> list[tuple[int, str]]:
        return volunteers() if self.draft is None and may(self.request.user, "clear_texts") else []

    def _record_url(self) -> str:
        """The record's own page in the office; empty where it has none that this person may see."""
        opts = self.place.kind.model._meta
        if not any(
            self.request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")
            for verb in ("view", "change")
        ):
            return ""
        try:
            return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.place.row])
        except NoReverseMatch:
            return ""
