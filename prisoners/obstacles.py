"""What stands between a record and its readers, in sentences for the editor.

Read from loaded relations (`READ_FOR_OBSTACLES`), so that an import checks a batch in a
fixed number of queries. What must hold by every path of writing is guarded by the database
as well (prisoners/sql/guards.sql); here it is said before the attempt, and in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from memorial.base.choices import State, Verification
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages
from prisoners.choices import ConsentScope
from prisoners.models import Consent, Custody, Facility, Prisoner, RestrictionRequest
from prisoners.models.custody import Fact
from prisoners.models.place import NO_PUBLIC_ADDRESS
from prisoners.models.second_look import waits

FACTS = ("custodies", "stays", "ends_of_custody", "recognitions", "register_entries")
OF_AGE = 18
READ_FOR_OBSTACLES = (
    *(f"{fact}__{source}" for fact in FACTS for source in ("citations", "confidential_citations")),
    "ends_of_custody__second_look",
    "recognitions__second_look",
    "death__second_look",
    "death__citations",
    "death__confidential_citations",
    "citations",
    "confidential_citations",
    "consents",
    "restriction_requests",
    "vulnerability_links__vulnerability",
    "private",
)
"""For `prefetch_related()`, where the obstacles of many people are asked at once."""


def publication_obstacles(prisoner: Prisoner) -> list[str]:
    """Why the person cannot be published now; an empty list where nothing stands in the way."""
    # A copy, so that the caller's own object does not go on with what was loaded here.
    person = copy(prisoner)
    prefetch_related_objects([person], *READ_FOR_OBSTACLES)
    parts = (_of_words, _of_age, _of_consent, _of_verification, _of_sources, _of_two_people)
    return [sentence for part in parts for sentence in part(person)]


def facility_obstacles(facility: Facility) -> list[str]:
    """Why the institution cannot have a page now."""
    found = []
    if not any(getattr(facility, column).strip() for column in all_languages("name")):
        found.append(_("The institution has no name in any language."))
    if facility.kind in NO_PUBLIC_ADDRESS:
        found.append(_("A place of this kind has no page: it cannot be published."))
    return found


def photo_refused(prisoner: Prisoner, on: date | None = None) -> bool:
    """Whether the person's photo may not be shown: a refusal is in force. Without a word, it may."""
    return consent_to(prisoner, ConsentScope.PHOTO, on) is False


def consent_to(prisoner: Prisoner, scope: str, on: date | None = None) -> bool | None:
    """What was said last to this scope and is in force on that day; None where nothing was.

    The person's own word prevails over that of relatives and lawyers.
    """
    day = on or civil_date()
    said = [row for row in prisoner.consents.all() if row.scope == scope and _in_force(row, day)]
    own = [row for row in said if row.by == Consent.By.PERSON]
    last = max(own or said, key=lambda row: (row.given_on, row.pk), default=None)
    return None if last is None else last.given


def certainly_minor(prisoner: Prisoner) -> bool:
    """Whether the person was certainly under 18 at arrest, and no decision lets the name stand."""
    if prisoner.born is None or prisoner.born.earliest is None or _decided_to_show(prisoner):
        return False
    of_age = _years_later(prisoner.born.earliest, OF_AGE)
    return any(day < of_age for custody in prisoner.custodies.all() for day in _last_possible_start(custody))


def _of_words(prisoner: Prisoner) -> Iterator[str]:
    named = all_languages("surname", "given_names", "described_as")
    if not any(getattr(prisoner, column).strip() for column in named):
        yield _("There is neither a name nor words that stand for it.")
    if not any(getattr(prisoner, column).strip() for column in all_languages("summary")):
        yield _("There is no short description in any language.")


def _of_age(prisoner: Prisoner) -> Iterator[str]:
    if not prisoner.initials_only and certainly_minor(prisoner):
        yield str(Prisoner.REFUSALS["prisoner_minor_by_initials"])


def _of_consent(prisoner: Prisoner) -> Iterator[str]:
    if consent_to(prisoner, ConsentScope.LISTED) is False:
        yield _("The person refused to be listed, and the refusal is in force.")
    if any(request.outcome == RestrictionRequest.Outcome.OPEN for request in _requests(prisoner)):
        yield _("A request to restrict is not decided yet: decide it first.")
    for link in prisoner.vulnerability_links.all():
        needed = link.vulnerability.consent_scope
        if needed and not consent_to(prisoner, needed):
            yield _("“%(what)s” is shown only with a consent, and none is in force.") % {
                "what": link.vulnerability
            }


def _of_verification(prisoner: Prisoner) -> Iterator[str]:
    """What waits for a second person is simply not shown yet, and stands in nobody's way."""
    unverified = [
        fact for fact in _facts(prisoner) if fact.verification == Verification.UNVERIFIED and not waits(fact)
    ]
    if unverified:
        names = get_text_list([_named(fact) for fact in unverified], _("and"))
        yield _("What is not verified is never published: %(facts)s.") % {"facts": names}


def _of_two_people(prisoner: Prisoner) -> Iterator[str]:
    """Before review nobody else has said that the page is ready; who says so is the database's to compare."""
    if prisoner.state in (State.DRAFT, State.WITHDRAWN) and (reasons := prisoner.second_look_reasons()):
        yield _("Send it for review: another person publishes it, because of %(reasons)s.") % {
            "reasons": get_text_list([str(reason.label) for reason in reasons], _("and"))
        }


def _of_sources(prisoner: Prisoner) -> Iterator[str]:
    """A source of the person as a whole covers every fact; else the gravest need one each."""
    if _has_source(prisoner):
        return
    if not any(_has_source(fact) for fact in _facts(prisoner)):
        yield _("There is no source at all, neither public nor confidential.")
        return
    grave = [*prisoner.recognitions.all(), *prisoner.ends_of_custody.all(), *_death(prisoner)]
    bare = [fact for fact in grave if not _has_source(fact) and not getattr(fact, "statement_id", None)]
    if bare:
        names = get_text_list([_named(fact) for fact in bare], _("and"))
        yield _("These facts have no source: %(facts)s.") % {"facts": names}


def _in_force(consent: Consent, day: date) -> bool:
    not_expired = consent.expires_on is None or consent.expires_on >= day
    not_withdrawn = consent.withdrawn_on is None or consent.withdrawn_on > day
    return consent.given_on <= day and not_expired and not_withdrawn


def _requests(prisoner: Prisoner) -> list[RestrictionRequest]:
    return list(prisoner.restriction_requests.all())


def _facts(prisoner: Prisoner) -> list[Fact]:
    return [*(row for name in FACTS for row in getattr(prisoner, name).all()), *_death(prisoner)]


def _death(prisoner: Prisoner) -> list[Fact]:
    death = getattr(prisoner, "death", None)
    return [] if death is None else [death]


def _has_source(record: Prisoner | Fact) -> bool:
    return bool(record.citations.all() or record.confidential_citations.all())  # type: ignore[union-attr]


def _named(fact: Fact) -> str:
    """«stay: ИК-6, Мелехово», as an editor finds it."""
    return f"{fact._meta.verbose_name}: {fact}"


def _decided_to_show(prisoner: Prisoner) -> bool:
    private = getattr(prisoner, "private", None)
    return bool(private and private.minor_decision)


def _last_possible_start(custody: Custody) -> list[date]:
    """The earliest of the last days on which it can have begun, as the database's own guard reckons."""
    days = [value.latest for value in (custody.seized_on, custody.detained_on, custody.remanded_on) if value]
    known = [day for day in days if day is not None]
    return [min(known)] if known else []


def _years_later(day: date, years: int) -> date:
    """The birthday; for 29 February the 28th, as PostgreSQL reckons."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
