"""The translation desk of the invented world: texts up to date and outdated, drafts at every step."""

from __future__ import annotations

from typing import Final

from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat

from memorial.base.acting import acting, command_actor
from memorial.base.texts_written import texts_written, translated
from memorial.translating.actions import approve, claim, offer, publish, write
from memorial.translating.models import Draft
from memorial.translating.texts import Place, place_of, read_text
from prisoners.models import Prisoner

TRANSLATOR: Final = command_actor("load_demo")
REVIEWER: Final = command_actor("load_demo, read again")
COMPARED: Final = 40
OUTDATED: Final = 6
LATER: Final = " О деле писали местные газеты."
"""What is added to a Russian summary after its translation."""
DRAFTS: Final = {
    "gromykhalin-stepan": "Editor of a district newspaper.",
    "ognepolsky-marat": "An engine driver. 18 years of strict regime; he denies guilt.",
    "chyorno-podolskaya-alyona": (
        "A pharmacist. Little is known of the case: the trial is closed, and those taking part have signed"
        " undertakings not to disclose anything."
    ),
    "vozdvizhentseva-lidia": "A music teacher. Released on parole after a year and a half in a penal colony.",
}
"""Whose summary is on its way, each a step further: being translated, offered, reviewed, published."""


def write_translations() -> None:
    """A glossary, sources of some translations, outdated ones, and a draft at each step. Once for a world."""
    call_command("seed_glossary", verbosity=0)
    named = Prisoner.objects.published().filter(initials_only=False).order_by("pk")
    compared = list(
        named.exclude(summary_en="").exclude(summary_ru="").values_list("pk", flat=True)[:COMPARED]
    )
    with acting(TRANSLATOR), texts_written(translated("summary_en")):
        Prisoner.objects.filter(pk__in=compared).update(summary_en=F("summary_en"))
    outdated = compared[-OUTDATED:] if len(compared) >= 2 * OUTDATED else []
    Prisoner.objects.filter(pk__in=outdated).update(summary_ru=Concat("summary_ru", Value(LATER)))
    there = dict(named.filter(slug__in=DRAFTS, summary_en="").values_list("slug", "pk"))
    for steps, (slug, words) in enumerate(DRAFTS.items()):
        if slug in there:
            _draft(place_of("prisoners_prisoner", there[slug], "summary", "en"), words, steps)


def _draft(place: Place, words: str, steps: int) -> None:
    """A draft so many steps after it was written: offered, approved, published."""
    draft = _written(place, words)
    if steps >= 1:
        draft = offer(draft=draft, version=draft.version, by=TRANSLATOR)
    if steps >= 2:
        draft = approve(draft=draft, version=draft.version, by=REVIEWER)
    if steps >= 3:
        publish(draft=draft, version=draft.version, by=REVIEWER)


def _written(place: Place, words: str) -> Draft:
    draft = claim(place=place, by=TRANSLATOR)
    now = read_text(place)
    if now is None:
        raise LookupError(place.key)
    return write(
        draft=draft,
        version=draft.version,
        text=words,
        seen_source=now.source_digest,
        seen_target=now.target_digest,
        by=TRANSLATOR,
    )
