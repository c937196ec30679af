"""What stands between a case, a court or an official and their readers, in sentences for the editor.

What must hold by every path of writing is guarded by the database as well (cases/sql/guards.sql);
here it is said before the attempt, and in full.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modeltranslation.manager import get_translatable_fields_for_model

from cases.counted_people import counted_in
from cases.models import (
    Case,
    CaseCitation,
    ConfidentialCaseCitation,
    Court,
    Document,
    Event,
    Hearing,
    Official,
    OfficialConfirmation,
)
from cases.models.decision import Decision, DecisionPerson, Penalty
from memorial.base.choices import State
from memorial.base.localized import all_languages
from memorial.base.rich_text import plain_text
from prisoners.actions.find_name import tells_name
from prisoners.models import Prisoner

CONFIRMATIONS = 2
"""How many different people of the staff confirm an official, and an official's part."""
FACTS_OF_A_CASE = ("prosecution", "hearing", "decision", "event")
_FACTS_OF_A_PERSON = ("charge", "restraint", "official_role")


def case_obstacles(case: Case) -> list[str]:
    """Why the case cannot be published now; an empty list where nothing stands in the way."""
    found = []
    if not _says_something(case, "title"):
        found.append(_("The case has no title in any language."))
    if not _says_something(case, "summary"):
        found.append(_("There is no short description in any language."))
    people = case.prosecutions.all()
    if not people.exists():
        found.append(_("Nobody is entered in the case."))
    elif not people.filter(prisoner__state=State.PUBLISHED).exists():
        found.append(_("None of the people in the case is published: publish one of them first."))
    if not has_source(case):
        found.append(_("There is no source at all, neither public nor confidential."))
    return found


def court_obstacles(court: Court) -> list[str]:
    """Why the court cannot have a page now."""
    found = []
    if not _says_something(court, "name"):
        found.append(_("The court has no name in any language."))
    if not court.time_zone:
        found.append(_("Say the court's time zone: hearings are told in its own time."))
    return found


def official_obstacles(official: Official) -> list[str]:
    """Why the official cannot be published now: a source, and two people who confirm it."""
    found = []
    if not _says_something(official, "office"):
        found.append(_("The office is not said in any language."))
    if not (official.citations.exists() or official.confidential_citations.exists()):
        found.append(_("There is no source for this official."))
    missing = CONFIRMATIONS - confirmed_by(official.confirmations.all())
    if missing > 0:
        found.append(
            ngettext(
                "%(number)d more person of the staff confirms the official first.",
                "%(number)d more people of the staff confirm the official first.",
                missing,
            )
            % {"number": missing}
        )
    return found


def confirmed_by(confirmations: models.QuerySet[OfficialConfirmation]) -> int:
    """How many different people have confirmed."""
    return confirmations.values("by").distinct().count()


def has_source(case: Case) -> bool:
    """Whether a source is given for the case, or for any fact of it or of the people in it."""
    return any(
        model._default_manager.filter(of_case(case)).exists()
        for model in (CaseCitation, ConfidentialCaseCitation)
    )


def of_case(case: Case) -> models.Q:
    """The sources of a case: of itself, and of everything that belongs to it."""
    condition = models.Q(case=case)
    for name in FACTS_OF_A_CASE:
        condition |= models.Q(**{f"{name}__case": case})
    for name in _FACTS_OF_A_PERSON:
        condition |= models.Q(**{f"{name}__prosecution__case": case})
    condition |= models.Q(charge_event__charge__prosecution__case=case)
    return condition | models.Q(restraint_extension__restraint__prosecution__case=case)


def names_of_the_hidden(case: Case) -> list[str]:
    """Where public texts of a case name somebody in it whom readers do not see, or see by initials.

    Such a name is the editor's to take out: it may be another person's as well.
    """
    hidden = Prisoner.objects.filter(prosecutions__case=case).exclude(
        state=State.PUBLISHED, initials_only=False
    )
    texts = list(_public_texts(case)) if hidden else []
    return [
        _("%(where)s names %(person)s, whom readers do not see by name.") % {"where": where, "person": person}
        for person in hidden
        for where, text in texts
        if tells_name(person, text)
    ]


def counts_of_people(case: Case) -> list[str]:
    """Where public texts of a case count people while readers do not see somebody in it.

    A number tells of the hidden: nine are said, eight are named. Only a warning, for it may count others.
    """
    if not case.prosecutions.exclude(prisoner__state=State.PUBLISHED).exists():
        return []
    return [
        _("%(where)s counts people (“%(words)s”), and somebody in the case is not public.")
        % {"where": where, "words": ", ".join(words)}
        for where, text in _public_texts(case)
        if (words := counted_in(text))
    ]


def tells_of_the_hidden(case: Case) -> list[str]:
    """Where public texts of a case name or count people whom readers do not see."""
    return [*names_of_the_hidden(case), *counts_of_people(case)]


def _public_texts(case: Case) -> Iterator[tuple[str, str]]:
    """The translated texts of a case and of what belongs to it, each with where it stands."""
    rows = (
        [case],
        Hearing.objects.filter(case=case),
        Decision.objects.filter(case=case),
        DecisionPerson.objects.filter(decision__case=case),
        Penalty.objects.filter(decision_person__decision__case=case),
        Event.objects.filter(case=case),
        Document.objects.filter(case=case),
    )
    for table in rows:
        for row in table:
            yield from _texts_of(row)


def _texts_of(row: models.Model) -> Iterator[tuple[str, str]]:
    for column in all_languages(*(get_translatable_fields_for_model(type(row)) or ())):
        if text := plain_text(getattr(row, column) or ""):
            yield f"{row._meta.verbose_name} «{str(row)[:60]}»", text


def _says_something(record: models.Model, name: str) -> bool:
    return any(getattr(record, column).strip() for column in all_languages(name))
