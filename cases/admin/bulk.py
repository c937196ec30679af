"""One decision about many people of a case, and an exchange: a grid, a preview, one saving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.actions.bulk import WITH_PENALTIES, BulkRow, Done, RowErrors, enter_lines, enter_releases
from cases.actions.charge_outcomes import LEFT, MAY_BE_SAID
from cases.actions.quick_kinds import REVIEWS, LineKind
from cases.actions.quick_line import CaseLine
from cases.admin.quick import LINE, SourceFields, may_enter
from cases.choices import Instance, RestraintMeasure
from cases.display.charges import ShownCharge
from cases.display.penalties import penalties_words
from cases.models import Case, Charge, DecisionPerson, Hearing, Prosecution
from memorial.base.admin.autocomplete import StaffAutocomplete, StaffAutocompleteMultiple
from memorial.base.fields import PartialDateFormField
from memorial.base.localized import current_language
from prisoners.actions.second_look import WAITS_NOW
from prisoners.choices import ReleaseCircumstance, ReleaseGround
from prisoners.models import Prisoner

OUTCOMES: Final = (
    LineKind.VERDICT,
    LineKind.ACQUITTED,
    LineKind.UPHELD,
    LineKind.REDUCED,
    LineKind.INCREASED,
    LineKind.QUASHED,
    LineKind.REMITTED,
    LineKind.DISCONTINUED,
)
"""What may differ from person to person in one decision."""
TOGETHER: Final = (*OUTCOMES, LineKind.EXTENDED, LineKind.RESTRAINT, LineKind.RETURNED)


OF_CHARGES: Final = (
    ("", gettext_lazy("as the outcome says")),
    *((kind.value, kind.label) for kind in MAY_BE_SAID),
    (LEFT, gettext_lazy("not known")),
)
"""What the court may have said of one charge, where somebody has several."""


def words_of(kinds: Iterable[LineKind], first: Any) -> list[tuple[str, Any]]:
    """Choices of kinds of lines."""
    return [("", first), *((kind.value, capfirst(str(kind.label))) for kind in kinds)]


class TogetherForm(SourceFields):
    """What is the same for everybody."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=lambda: words_of(TOGETHER, _("Choose what happened"))
    )
    on = PartialDateFormField(label=gettext_lazy("When"), required=False)
    until = PartialDateFormField(label=gettext_lazy("Until, of a measure"), required=False)
    measure = forms.ChoiceField(
        label=gettext_lazy("Measure of restraint"),
        choices=[("", "—"), *RestraintMeasure.choices],
        required=False,
    )
    court: Any = forms.ModelChoiceField(
        label=gettext_lazy("Court"),
        queryset=Hearing._meta.get_field("court").related_model._default_manager.all(),
        widget=StaffAutocomplete(Hearing._meta.get_field("court"), admin.site),
        required=False,
    )
    instance = forms.ChoiceField(
        label=gettext_lazy("Instance"), choices=[("", "—"), *Instance.choices], required=False
    )
    line_ru = forms.CharField(
        label=gettext_lazy("One public line (Russian)"), max_length=400, required=False, widget=LINE
    )
    line_en = forms.CharField(
        label=gettext_lazy("One public line (English)"), max_length=400, required=False, widget=LINE
    )
    field_order = ["kind", "on", "until", "measure", "court", "instance", "source_url", "confidential_source"]


class ExchangeForm(SourceFields):
    """Who was released, when, on what ground; each one's own ground in the grid below."""

    people: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People"),
        queryset=Prisoner.objects.all(),
        widget=StaffAutocompleteMultiple(Prosecution._meta.get_field("prisoner"), admin.site),
    )
    on = PartialDateFormField(label=gettext_lazy("When"))
    circumstance = forms.ChoiceField(
        label=gettext_lazy("Circumstance"),
        choices=ReleaseCircumstance.choices,
        initial=ReleaseCircumstance.EXCHANGE,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Legal ground"), choices=ReleaseGround.choices, initial=ReleaseGround.NONE_KNOWN
    )
    line_ru = forms.CharField(
        label=gettext_lazy("One public line (Russian)"), max_length=400, required=False, widget=LINE
    )
    line_en = forms.CharField(
        label=gettext_lazy("One public line (English)"), max_length=400, required=False, widget=LINE
    )
    field_order = ["people", "on", "circumstance", "ground", "source_url", "confidential_source"]


@dataclass(frozen=True)
class ChargeChoice:
    """One of several charges of a person, and what is said of it."""

    number: int
    words: str
    said: str


@dataclass
class Row:
    """One person's row of a grid, with what was typed in it and what is wrong with it."""

    number: int
    name: str
    chosen: bool
    kind: str = ""
    penalties: str = ""
    standing: str = ""
    charges: list[ChargeChoice] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def rows_of(request: HttpRequest, case: Case, *, is_review: bool) -> list[Row]:
    """The people of a case, with what was typed; at first, in a review, with what stands of each."""
    links = DecisionPerson.objects.filter(penalties__isnull=False).distinct().prefetch_related("penalties")
    links = links.order_by("decision__round", "decision__on_latest", "decision_id")
    people = case.prosecutions.select_related("prisoner", "case").order_by("prisoner__sort_key_ru", "pk")
    charges = Charge.objects.select_related("article").order_by("order", "pk")
    found = []
    for one in people.prefetch_related(
        Prefetch("decision_links", queryset=links, to_attr="sentences"), Prefetch("charges", queryset=charges)
    ):
        sentences: list[DecisionPerson] = one.sentences
        standing = penalties_words(sentences[-1].penalties.all()) if sentences else ""
        row = Row(one.pk, str(one.prisoner), chosen=is_review and bool(standing), standing=standing)
        row.penalties = standing if is_review else ""
        if request.method == "POST":
            row.chosen = f"in-{one.pk}" in request.POST
            row.kind = request.POST.get(f"kind-{one.pk}", "")
            row.penalties = request.POST.get(f"penalties-{one.pk}", "")[:600]
        row.charges = _charges_of(one, request.POST)
        found.append(row)
    return found


def _charges_of(one: Prosecution, typed: Mapping[str, Any]) -> list[ChargeChoice]:
    """The charges of a person who has several: of a single one the outcome says all."""
    charges = list(one.charges.all())
    if len(charges) < 2:
        return []
    known = dict(OF_CHARGES)
    said = {charge.pk: typed.get(f"charge-{charge.pk}", "") for charge in charges}
    return [
        ChargeChoice(
            charge.pk, str(ShownCharge(charge).words), said[charge.pk] if said[charge.pk] in known else ""
        )
        for charge in charges
    ]


class BulkPages:
    """Mixed into the admin of prosecutions: one decision about many people, and an exchange."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The pages of bulk entries."""
        wrap = self.admin_site.admin_view
        own = (
            ("together/<int:pk>/", self.together_view, "together"),
            ("review/<int:pk>/", self.review_view, "review"),
            ("exchange/", self.exchange_view, "exchange"),
        )
        return [
            *(path(route, wrap(view), name=f"cases_prosecution_{name}") for route, view, name in own),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def together_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One decision, extension or measure for chosen people of a case."""
        return self._grid(request, pk, is_review=False)

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A review of a verdict: everybody's outcome is «upheld» until it is changed, penalties stand as they are."""
        return self._grid(request, pk, is_review=True)

    def exchange_view(self, request: HttpRequest) -> HttpResponse:
        """The release of chosen people of any case, in one step."""
        if not (may_enter(request) and request.user.has_perm("prisoners.change_prisoner")):
            raise PermissionDenied
        form = ExchangeForm(request.POST or None)
        rows: list[Row] = []
        done = None
        if request.method == "POST" and form.is_valid():
            rows = [
                Row(person.pk, str(person), True, kind=request.POST.get(f"ground-{person.pk}", ""))
                for person in form.cleaned_data["people"]
            ]
            done = _tried(
                form,
                rows,
                lambda only: _release(request, form, rows, only),
                try_only="save" not in request.POST,
            )
            if done and "save" in request.POST:
                _say_done(request, done)
                messages.info(request, str(WAITS_NOW))
                return HttpResponseRedirect(reverse("admin:cases_prosecution_exchange"))
        context = {"grounds": ReleaseGround.choices, "title": _("An exchange, a release of several people")}
        return self._answer(request, "admin/case_exchange.html", form, rows, done, context)

    def _grid(self, request: HttpRequest, pk: int, *, is_review: bool) -> HttpResponse:
        if not may_enter(request):
            raise PermissionDenied
        case = get_object_or_404(Case, pk=pk)
        first = {"kind": LineKind.UPHELD, "instance": Instance.APPEAL} if is_review else {}
        form = TogetherForm(request.POST or None, initial=first)
        rows = rows_of(request, case, is_review=is_review)
        done = None
        if request.method == "POST" and form.is_valid():
            done = _tried(
                form,
                rows,
                lambda only: _enter(request, form, case, rows, only),
                try_only="save" not in request.POST,
            )
            if done and "save" in request.POST:
                _say_done(request, done)
                return HttpResponseRedirect(reverse("admin:cases_case_record", args=[case.pk]))
        title = _("Review of the verdict: %(case)s") if is_review else _("For several people: %(case)s")
        context = {
            "title": title % {"case": case},
            "outcomes": words_of(OUTCOMES, _("as above")),
            "of_charges": OF_CHARGES,
            "has_charges": any(row.charges for row in rows),
            "record": case,
            "record_url": reverse("admin:cases_case_change", args=[case.pk]),
            "opts": Case._meta,
        }
        return self._answer(request, "admin/case_together.html", form, rows, done, context)

    def _answer(  # noqa: PLR0917 - what a page is made of
        self,
        request: HttpRequest,
        template: str,
        form: Any,
        rows: list[Row],
        done: Done | None,
        own: dict[str, Any],
    ) -> HttpResponse:
        failed = request.method == "POST" and done is None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "done": done,
            "media": form.media,
            **own,
        }
        return TemplateResponse(request, template, context, status=400 if failed else 200)


def _tried(form: Any, rows: list[Row], write: Callable[[bool], Done], *, try_only: bool) -> Done | None:
    """Enters, or only tries; what is wrong is put beside its row, or above all of them."""
    if not any(row.chosen for row in rows):
        form.add_error(None, _("Tick the people whom it concerns."))
        return None
    try:
        done = write(try_only)
    except RowErrors as found:
        for row in rows:
            row.errors = found.errors.get(row.number, [])
        _lift(form, rows)
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    for row in rows:
        row.remarks = done.remarks.get(row.number, [])
    return done


def _lift(form: Any, rows: list[Row]) -> None:
    """What is wrong with everybody is wrong above: a missing date is said once."""
    chosen = [row for row in rows if row.chosen]
    same = [said for said in chosen[0].errors if all(said in row.errors for row in chosen)]
    if len(chosen) > 1:
        for said in same:
            form.add_error(None, said)
            for row in chosen:
                row.errors.remove(said)
    if any(row.errors for row in rows):
        form.add_error(None, _("Nothing is entered yet: see what is said beside the names."))


def _enter(request: HttpRequest, form: TogetherForm, case: Case, rows: list[Row], try_only: bool) -> Done:
    given = dict(form.cleaned_data)
    kind = str(given.pop("kind"))
    line = CaseLine(
        kind=kind,
        case=case,
        **given,
        language=current_language(),
        touches_person=request.user.has_perm("prisoners.change_prisoner"),
        by=int(request.user.pk or 0),
    )
    chosen = {
        row.number: BulkRow(
            row.kind or kind, row.penalties, {each.number: each.said for each in row.charges if each.said}
        )
        for row in rows
        if row.chosen
    }
    unchanged = {
        row.number: [_("Write the penalty as it is now: it stands as before.")]
        for row in rows
        if row.chosen and (row.kind or kind) in REVIEWS & WITH_PENALTIES and row.penalties == row.standing
    }
    if unchanged:
        raise RowErrors(unchanged)
    return enter_lines(line=line, rows=chosen, reason=str(LineKind(kind).label), try_only=try_only)


def _release(request: HttpRequest, form: ExchangeForm, rows: list[Row], try_only: bool) -> Done:
    own = {row.number: row.kind for row in rows if row.kind in ReleaseGround.values}
    return enter_releases(**form.cleaned_data, grounds=own, by=int(request.user.pk or 0), try_only=try_only)


def _say_done(request: HttpRequest, done: Done) -> None:
    said = ngettext("Entered for %(number)d person.", "Entered for %(number)d people.", done.number)
    messages.success(request, said % {"number": done.number})
    for remark in dict.fromkeys(remark for remarks in done.remarks.values() for remark in remarks):
        messages.warning(request, remark)
