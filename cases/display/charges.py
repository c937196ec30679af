"""Charges in words: the reference, what the article is called, what became of the charge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.translation import pgettext_lazy

from cases.choices import ChargeEventKind
from cases.display.decisions import ANNULLING, decisions_on, standing_outcome
from cases.models import ArticleEdition, Charge, ChargeEvent, Prosecution
from cases.references import ArticleReference, ReferenceStyle, write_reference, write_references
from cases.stage import BY_VERDICT, GONE
from memorial.base.choices import Verification
from memorial.base.localized import current_language, in_language, other_languages
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import curled, typeset
from prisoners.choices import LegalCode
from prisoners.display.words import Gendered, capital, date_in_sentence

_CONVICTED: Final = Gendered(
    pgettext_lazy("charge feminine", "found guilty"),
    pgettext_lazy("charge masculine", "found guilty"),
    pgettext_lazy("charge", "guilty verdict"),
)
_ACQUITTED: Final = Gendered(
    pgettext_lazy("charge feminine", "acquitted"),
    pgettext_lazy("charge masculine", "acquitted"),
    pgettext_lazy("charge", "acquittal"),
)
_BROUGHT: Final = pgettext_lazy("charge", "charge brought")
# Translators: of an administrative offence, where nobody is charged: «составлен протокол»
_REPORTED: Final = pgettext_lazy("charge", "report drawn up")
_DROPPED: Final = pgettext_lazy("charge", "charge dropped")
_EXCLUDED: Final = pgettext_lazy("charge", "excluded from the charges")
# Translators: «переквалифицировано на ч. 1 ст. 280.3 УК РФ»
_RECLASSIFIED: Final = pgettext_lazy("charge", "reclassified as %(reference)s")


@dataclass(frozen=True)
class ShownCharge:
    """One accusation as a page shows it. Uses what `with_record()` loads."""

    charge: Charge
    gender: str = ""
    verdict_stands: bool = True
    """Whether no later decision has done away with what a verdict said of the charge."""

    @cached_property
    def reference(self) -> str:
        """«п. «д» ч. 2 ст. 207.3 УК РФ»; "" where only our source's words are known."""
        reference = reference_of(self.charge)
        return write_reference(reference, current_language()) if reference else ""

    @cached_property
    def reference_in_full(self) -> str:
        """The reference in whole words, for those who listen."""
        reference = reference_of(self.charge)
        if reference is None:
            return ""
        return write_reference(reference, current_language(), style=ReferenceStyle.FULL)

    @property
    def url(self) -> str:
        """The article's page; "" where the article is not in our table."""
        return self.charge.article.get_absolute_url() if self.charge.article else ""

    @cached_property
    def title(self) -> ShownText:
        """What the article is called in the edition that applies, contested labels in quotes as seeded."""
        edition = self.charge.edition_in_force or (
            self.charge.article.latest_edition if self.charge.article else None
        )
        return edition_title(edition) if edition else ShownText("", current_language())

    @cached_property
    def wording(self) -> ShownText:
        """The charge as our source words it."""
        return shown_text(self.charge, "wording")

    @property
    def words(self) -> ShownText:
        """The reference; our source's words where there is none."""
        if self.reference:
            return ShownText(self.reference, current_language())
        return self.wording

    @cached_property
    def state(self) -> str:
        """What became of it last; "" while it is simply brought, nothing is known, or a verdict was quashed."""
        event = last_event(self.charge)
        if event is None or event.kind == ChargeEventKind.BROUGHT:
            return ""
        if event.kind in BY_VERDICT and not self.verdict_stands:
            return ""
        return event_words(event, self.gender)

    @property
    def is_gone(self) -> bool:
        """Whether it was dropped, excluded, or became another one."""
        event = last_event(self.charge)
        return event is not None and event.kind in GONE

    @cached_property
    def history(self) -> list[str]:
        """Every dated event of the charge, in words, oldest first."""
        return [dated_event_words(event, self.gender) for event in events_in_order(self.charge)]


def shown_charges(prosecution: Prosecution) -> list[ShownCharge]:
    """The charges of one person in one case: those that stand first, then those that are gone."""
    outcome = standing_outcome(decisions_on(prosecution))
    stands = outcome is None or outcome.decision.kind not in ANNULLING
    gender = prosecution.prisoner.gender
    charges = [ShownCharge(charge, gender, stands) for charge in prosecution.charges.all()]
    return sorted(charges, key=lambda charge: charge.is_gone)


def charges_line(charges: Iterable[ShownCharge]) -> ShownText:
    """References of the charges that stand, on one line with each code said once; words where none is structured."""
    standing = [each for each in charges if not each.is_gone]
    references = [found for each in standing if (found := reference_of(each.charge))]
    if references:
        unique = list(dict.fromkeys(references))
        return ShownText(write_references(unique, current_language()), current_language())
    return next((each.wording for each in standing if each.wording), ShownText("", current_language()))


def reference_of(charge: Charge) -> ArticleReference | None:
    """The charge as the grammar knows it; None for a charge in words only, or one that no grammar allows."""
    if not charge.is_structured:
        return None
    try:
        return ArticleReference(**charge.reference_fields())
    except ValueError:
        return None


def edition_title(edition: ArticleEdition) -> ShownText:
    """The short title in the reader's language, else the full one, else the other language's."""
    for language in (current_language(), *other_languages(current_language())):
        for field in ("short", "title"):
            if text := getattr(edition, in_language(field, language)):
                return ShownText(typeset(curled(text, language), language), language)
    return ShownText("", current_language())


def last_event(charge: Charge) -> ChargeEvent | None:
    """What became of a charge last; None where nothing is known."""
    events = events_in_order(charge)
    return events[-1] if events else None


def events_in_order(charge: Charge) -> list[ChargeEvent]:
    """Oldest first. Without a date, bringing the charge comes before all else, anything else after it."""

    def moment(event: ChargeEvent) -> tuple[date, int]:
        undated = date.min if event.kind == ChargeEventKind.BROUGHT else date.max
        return event.on_earliest or event.on_latest or undated, event.pk

    return sorted(charge.events.all(), key=moment)


def event_words(event: ChargeEvent, gender: str = "") -> str:
    """What became of a charge, without the date."""
    becomes = event.becomes
    is_known = becomes is not None and becomes.verification != Verification.UNVERIFIED
    if event.kind == ChargeEventKind.RECLASSIFIED and becomes is not None and is_known:
        return str(_RECLASSIFIED) % {"reference": ShownCharge(becomes).words}
    words = {
        ChargeEventKind.BROUGHT: str(_REPORTED if _is_administrative(event.charge) else _BROUGHT),
        ChargeEventKind.DROPPED: str(_DROPPED),
        ChargeEventKind.EXCLUDED: str(_EXCLUDED),
        ChargeEventKind.CONVICTED: _CONVICTED.of(gender),
        ChargeEventKind.ACQUITTED: _ACQUITTED.of(gender),
    }
    return words.get(ChargeEventKind(event.kind), str(ChargeEventKind(event.kind).label))


def _is_administrative(charge: Charge) -> bool:
    return (charge.article.code if charge.article else charge.code) == LegalCode.KOAP_RF


def dated_event_words(event: ChargeEvent, gender: str = "") -> str:
    """«Переквалифицировано на ч. 1 ст. 280.3 УК РФ, в марте 2023»."""
    words = capital(event_words(event, gender))
    return f"{words}, {date_in_sentence(event.on)}" if isinstance(event.on, PartialDate) else words
