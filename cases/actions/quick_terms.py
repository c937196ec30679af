"""What follows from a sentence: the person's term, the sentence in one line, serving it."""

from __future__ import annotations

from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from cases.actions.quick_line import CaseLine, Written
from cases.actions.read_penalties import ReadPenalty
from cases.choices import CaseKind, DecisionKind, PenaltyKind
from cases.display.penalties import penalties_words
from cases.models import DecisionPerson, Term, TermDecision
from memorial.base.localized import LANGUAGES, in_language
from prisoners.actions.begin import change, locked_prisoner
from prisoners.actions.enter import QuickKind, quick_entry
from prisoners.models import Custody, Prisoner

WITH_TERM: Final = frozenset({PenaltyKind.IMPRISONMENT, PenaltyKind.LIFE})


def follow_sentence(line: CaseLine, link: DecisionPerson, read: list[ReadPenalty]) -> Written:
    """Writes the term and what the person's page says of the sentence.

    A term that comes from another case stays: what the two make together is for staff to enter.
    """
    if line.case.kind == CaseKind.ADMINISTRATIVE:
        return Written(link)
    held = next((one for one in read if one.kind in WITH_TERM), None)
    done = Written(link)
    if held:
        _write_term(link, held, done)
    if not line.touches_person:
        done.remarks.append(_("The sentence on the person's page is for an editor of people to enter."))
        return done
    sentence = _sentence_lines(link)
    if held and not link.in_absentia and link.decision.kind == DecisionKind.GUILTY_VERDICT:
        _serve(line, link, sentence)
    else:
        change(
            locked_prisoner(link.prosecution.prisoner),
            **{in_language("sentence", code): words for code, words in sentence.items()},
        )
    if held is None and link.prosecution.prisoner.stays.filter(ongoing=True).exists():
        done.remarks.append(_("By our data the person is still held: enter the release if there was one."))
    return done


def follow_life(link: DecisionPerson, read: list[ReadPenalty]) -> None:
    """What a sentence for life means for term and custody, where a decision is entered in the case's form.

    Nothing where the person has this term already.
    """
    life = next((one for one in read if one.kind == PenaltyKind.LIFE), None)
    if life is None or link.decision.case.kind == CaseKind.ADMINISTRATIVE:
        return
    if Term.objects.filter(prisoner=link.prosecution.prisoner_id, current=True, is_life=True).exists():
        _tell_custody(link.prosecution.prisoner, is_life=True, is_changed=True)
        return
    done = Written(link)
    _write_term(link, life, done)
    for term in done.cited:
        Term.objects.filter(pk=term.pk).update(verification=link.decision.verification)


def _write_term(link: DecisionPerson, read: ReadPenalty, done: Written) -> None:
    person = link.prosecution.prisoner
    standing = Term.objects.filter(prisoner=person, current=True).first()
    if standing and _is_of_another_case(standing, link):
        done.remarks.append(_("The person has a term from another case: enter what the two make together."))
        return
    if standing:
        standing.current = False
        standing.save(update_fields=["current"])
    is_life = read.kind == PenaltyKind.LIFE
    if not is_life and not any(read.lengths.values()):
        return
    term = Term.objects.create(
        prisoner=person,
        is_life=is_life,
        regime=read.regime,
        years=read.lengths.get("years"),
        months=read.lengths.get("months"),
        days=read.lengths.get("days"),
    )
    TermDecision.objects.create(term=term, decision_person=link)
    done.cited.append(term)
    is_changed = link.decision.kind != DecisionKind.GUILTY_VERDICT
    if _tell_custody(person, is_life=is_life, is_changed=is_changed):
        done.remarks.append(_("The expected end of the earlier term was taken out: enter the new one."))


def _is_of_another_case(term: Term, link: DecisionPerson) -> bool:
    cases = set(term.decisions.values_list("decision_person__prosecution__case", flat=True))
    return cases != {link.prosecution.case_id}


def _tell_custody(person: Prisoner, *, is_life: bool, is_changed: bool) -> bool:
    """The deprivation of liberty that goes on has a term now; says whether an expected end was taken out."""
    custody = person.custodies.filter(end__isnull=True).order_by("pk").last()
    if custody is None:
        return False
    had_end = custody.expected_end is not None and (is_life or is_changed)
    custody.term = Custody.TermKind.LIFE if is_life else Custody.TermKind.FIXED
    if had_end:
        custody.expected_end = None
    custody.save(update_fields=["term", "expected_end"])
    return had_end


def _serve(line: CaseLine, link: DecisionPerson, sentence: dict[str, str]) -> None:
    quick_entry(
        prisoner=link.prosecution.prisoner,
        kind=QuickKind.SENTENCED,
        on=line.known_on(),
        line_ru=sentence["ru"],
        line_en=sentence["en"],
        source_url=line.source_url,
        confidential_source=line.confidential_source,
        by=line.by,
    )


def _sentence_lines(link: DecisionPerson) -> dict[str, str]:
    """The penalties in one line, in each language."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[code] = penalties_words(link.penalties.all())[:200]
    return found
