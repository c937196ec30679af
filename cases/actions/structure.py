"""Charges that were imported as text become charges of a case, where nothing about them is uncertain.

The case is of this one person and says nothing but the charges. Its address and title name nobody, so
that a name which is hidden later does not stay in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from cases.actions.read_charge import charge_columns
from cases.choices import CaseKind, ProsecutionRole, Stage
from cases.models import Case, CaseCitation, Charge, Prosecution
from cases.references import ArticleReference, StructuredCharge, structure_charges, write_references
from memorial.base.acting import acting, command_actor
from memorial.base.choices import State, Verification
from memorial.base.localized import LANGUAGES, all_languages, in_language
from memorial.base.models import HistoryEntry
from memorial.base.refusals import refused_in_words
from memorial.base.sources import PublicSource
from prisoners.choices import LegalCode, StayReason
from prisoners.models import Prisoner, StaffNote
from prisoners.querysets import PrisonerQuerySet

ACTOR: Final = command_actor("structure_charges")
LONGEST_TITLE: Final = 200
LONGEST_WORDING: Final = 600
_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"
_TITLES: Final = {"ru": "Дело: {}", "en": "Case: {}"}
_MADE: Final = (Case, Prosecution, Charge, CaseCitation)
"""What is made for one person, and what a case may consist of when it is taken back."""

_UNREADABLE: Final = _("The charges are not understood with certainty: enter them in a case by hand.")
_LANGUAGES_DIFFER: Final = _("The charges differ in Russian and in English: enter them in a case by hand.")
_CODES_DIFFER: Final = _("The text names another code than the one stated beside it: which is right?")
_MIXED: Final = _("Criminal and administrative charges stand in one line: they belong to different cases.")
_OTHER_CODE: Final = _("The charges are of another code: whether the case is criminal must be said by hand.")
_NO_CASE: Final = _("The person is held with no case, and yet there are charges: which is right?")
NOTE: Final = _("Charges left as text. %(why)s")


@dataclass(frozen=True)
class Structured:
    """The charges of one person as they would be entered: of what kind the case is, and what is charged."""

    kind: CaseKind
    charges: tuple[tuple[ArticleReference, dict[str, str]], ...]
    """Each reference with the words of the source by language, the source's own language first."""

    @property
    def references(self) -> list[ArticleReference]:
        return [reference for reference, _words in self.charges]


def people_to_structure() -> PrisonerQuerySet:
    """Those with charges as text and no case at all, whom nobody withdrew."""
    people: PrisonerQuerySet = Prisoner.objects.exclude(state=State.WITHDRAWN)
    with_charges = people.exclude(**dict.fromkeys(all_languages("charges"), ""))
    return with_charges.filter(prosecutions=None).exclude(pk__in=_taken_out_by_staff()).order_by("pk")


def read_person(person: Prisoner) -> Structured:
    """The charges of a person. Raises `ValidationError` with why they must be entered by hand."""
    if person.stays.filter(reason=StayReason.NO_CASE, ongoing=True).exists():
        raise ValidationError(_NO_CASE)
    found = {code: _read(person, code) for code in LANGUAGES if _text(person, code)}
    known = {code: charges for code, charges in found.items() if charges}
    # A translation that is not understood takes nothing from the original, which is.
    if not known or next(iter(found)) not in known:
        raise ValidationError(_UNREADABLE)
    if not all(_goes_with(person.charges_code, each) for charges in known.values() for each in charges):
        raise ValidationError(_CODES_DIFFER)
    main, *others = known.values()
    if any(_references(other) != _references(main) for other in others):
        raise ValidationError(_LANGUAGES_DIFFER)
    return Structured(_kind(main), tuple(_charges(known)))


@transaction.atomic
def structure_person(person: Prisoner) -> Case:
    """Makes the case of a person from the text; it is public if the person is.

    Raises `ValidationError` with why it must be done by hand, or if there is a case already.
    """
    row = Prisoner.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not people_to_structure().filter(pk=row.pk).exists():
        raise ValidationError(
            _("There is a case of this person already, or staff took out the one that was made.")
        )
    read = read_person(row)
    with acting(ACTOR), refused_in_words():
        case = _make_case(row, read)
        # The text says what is charged, and nothing of how far the prosecution has come.
        prosecution = Prosecution.objects.create(
            case=case, prisoner=row, role=_role(read.kind), stage_entered=Stage.UNKNOWN
        )
        for order, (reference, words) in enumerate(read.charges):
            Charge.objects.create(
                prosecution=prosecution,
                order=order,
                verification=Verification.ONE_SOURCE,
                **{in_language("wording", code): text[:LONGEST_WORDING] for code, text in words.items()},
                **charge_columns(reference, next(iter(words))),
            )
        _copy_sources(row, case)
    return case


def leave_to_staff(person: Prisoner, why: str) -> bool:
    """Leaves a note on the person, once; whether it was new."""
    text = str(NOTE) % {"why": why}
    if StaffNote.objects.filter(prisoner=person, text=text).exists():
        return False
    with acting(ACTOR):
        StaffNote.objects.create(prisoner=person, text=text)
    return True


def untouched_cases() -> list[Case]:
    """The cases made from text in which staff have changed nothing since."""
    made = _entries(Case, operation=HistoryEntry.Operation.INSERT, actor=ACTOR).values_list("row", flat=True)
    cases = Case.objects.filter(pk__in=[int(row) for row in made]).order_by("pk")
    return [case for case in cases if _is_untouched(case)]


@transaction.atomic
def take_back(case: Case) -> None:
    """Removes a case that was made from text. Raises `ValidationError` if staff have worked on it."""
    if not _is_untouched(case):
        raise ValidationError(_("Staff have worked on this case."))
    with acting(ACTOR):
        case.delete()


def _text(person: Prisoner, language: str) -> str:
    return str(getattr(person, in_language("charges", language)))


def _read(person: Prisoner, language: str) -> list[StructuredCharge] | None:
    name = getattr(person, in_language("charges_code_name", language))
    return structure_charges(_text(person, language), person.charges_code, language, code_name=name)


def _goes_with(code: str, charge: StructuredCharge) -> bool:
    """Whether the code stated beside the text, if any, is the one that the charge names."""
    return not code or charge.reference.code == code


def _references(charges: Iterable[StructuredCharge]) -> frozenset[ArticleReference]:
    """What is charged, whatever the words call another code."""
    return frozenset(replace(charge.reference, code_name="") for charge in charges)


def _charges(known: dict[str, list[StructuredCharge]]) -> Iterable[tuple[ArticleReference, dict[str, str]]]:
    """Each reference of the first language with the words of every language in which it is understood."""
    words = {(code, each.reference): each.wording for code, charges in known.items() for each in charges}
    for each in next(iter(known.values())):
        yield each.reference, {code: words.get((code, each.reference), "") for code in known}


def _kind(charges: Iterable[StructuredCharge]) -> CaseKind:
    codes = {charge.reference.code for charge in charges}
    if LegalCode.OTHER in codes:
        raise ValidationError(_OTHER_CODE)
    if codes == {LegalCode.KOAP_RF}:
        return CaseKind.ADMINISTRATIVE
    if LegalCode.KOAP_RF in codes:
        raise ValidationError(_MIXED)
    return CaseKind.CRIMINAL


def _role(kind: CaseKind) -> ProsecutionRole:
    is_administrative = kind == CaseKind.ADMINISTRATIVE
    return ProsecutionRole.ADMINISTRATIVELY_LIABLE if is_administrative else ProsecutionRole.ACCUSED


def _make_case(person: Prisoner, read: Structured) -> Case:
    is_shown = person.state == State.PUBLISHED
    return Case.objects.create(
        slug=_new_slug(),
        kind=read.kind,
        **{in_language("title", code): _title(read.references, code) for code in LANGUAGES},
        region=person.region,
        is_group=False,
        state=State.PUBLISHED if is_shown else State.DRAFT,
        first_published_at=timezone.now() if is_shown else None,
    )


def _title(references: Iterable[ArticleReference], language: str) -> str:
    """«Дело: ст. 207.3, 280.3 УК РФ»: the articles alone, as many as there is room for."""
    articles = list(dict.fromkeys(ArticleReference(one.article, one.code) for one in references))
    while True:
        title = _TITLES[language].format(write_references(articles, language))
        if len(title) <= LONGEST_TITLE:
            return title
        articles.pop()


def _new_slug() -> str:
    """An address that tells nothing: the person's own would name somebody whose name is hidden later."""
    while True:
        slug = f"case-{get_random_string(8, _LETTERS)}"
        if not Case.objects.filter(slug=slug).exists():
            return slug


def _copy_sources(person: Prisoner, case: Case) -> None:
    columns = [field.attname for field in PublicSource._meta.fields]
    for citation in person.citations.order_by("pk"):
        CaseCitation.objects.create(case=case, **{name: getattr(citation, name) for name in columns})


def _entries(model: type[models.Model], **conditions: object) -> models.QuerySet[HistoryEntry]:
    return HistoryEntry.objects.filter(table=model._meta.db_table, **conditions)


def _taken_out_by_staff() -> set[int]:
    """People of whom somebody took out the prosecution that was made here."""
    made = _entries(Prosecution, operation=HistoryEntry.Operation.INSERT, actor=ACTOR).values("row")
    gone = _entries(Prosecution, operation=HistoryEntry.Operation.DELETE, row__in=made).exclude(actor=ACTOR)
    return {entry["prisoner_id"] for entry in gone.values_list("before", flat=True) if entry}


def _is_untouched(case: Case) -> bool:
    """Whether all that hangs on the case was made here, and nobody else has written into it."""
    collector = Collector(using=case._state.db or "default")
    collector.collect([case])
    if any(rows.exists() for rows in collector.fast_deletes if rows.model not in _MADE):
        return False
    found = {model: {row.pk for row in rows} for model, rows in collector.data.items()}
    for rows in collector.fast_deletes:
        found.setdefault(rows.model, set()).update(rows.values_list("pk", flat=True))
    if any(keys and model not in _MADE for model, keys in found.items()):
        return False
    return not any(_is_written_by_others(model, keys) for model, keys in found.items())


def _is_written_by_others(model: type[models.Model], keys: set[int]) -> bool:
    entries = _entries(model, row__in=[str(key) for key in keys])
    return entries.filter(~Q(actor=ACTOR)).exists()
