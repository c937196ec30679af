"""Stories of invented people: one that is told without a name, one with it, and one whose consent has ended.

Written by one party and read by another, as the office does it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from assistance.actions.stories import publish_story, send_story
from assistance.models import Story, StoryConsent
from memorial.base.acting import acting, command_actor
from memorial.base.choices import State
from prisoners.models import Consent, Prisoner

WRITES: Final = command_actor("load_demo, who wrote the stories")
READS: Final = command_actor("load_demo, who read the stories")
_GLASSES: Final = {
    "slug": "glasses-after-four-months",
    "programme": "humanitarian",
    "year": 2025,
    "title_ru": "Очки шли четыре месяца",
    "title_en": "The glasses took four months",
    "text_ru": (
        "<p>В колонии ему разбили очки, а без них он не мог ни читать письма, ни отвечать на них. Новые "
        "администрация не принимала: нужна справка офтальмолога, а офтальмолог приезжает раз в полгода.</p>"
        "<p>Мы оплатили адвоката, который добился осмотра, заказали две пары и отправили одну в колонию, "
        "вторую — матери про запас. Через четыре месяца пришло письмо, первое за полгода: «Вижу буквы».</p>"
    ),
    "text_en": (
        "<p>His glasses were broken in the colony, and without them he could neither read letters nor answer "
        "them. The administration would not take new ones: a certificate from an eye doctor was needed, and "
        "the eye doctor comes twice a year.</p>"
        "<p>We paid a lawyer, who obtained an examination, ordered two pairs, and sent one to the colony and "
        "the other to his mother to keep. Four months later came a letter, the first in half a year: “I can "
        "see the letters.”</p>"
    ),
}
_CALL: Final = {
    "slug": "a-call-home",
    "programme": "detention",
    "year": 2024,
    "title_ru": "Звонок домой",
    "text_ru": (
        "<p>Одиннадцать месяцев в звонках отказывали без объяснений. После трёх жалоб прокуратура признала "
        "отказы незаконными, и разговор разрешили: пятнадцать минут.</p>"
    ),
}
_ENDED: Final = {
    "slug": "a-parcel-that-came-back",
    "programme": "humanitarian",
    "year": 2023,
    "title_ru": "Посылка, которая вернулась",
    "title_en": "The parcel that came back",
    "text_ru": "<p>Посылка возвращалась дважды; третью приняли, когда адвокат пришёл с ней сам.</p>",
    "text_en": "<p>The parcel came back twice; the third was accepted when a lawyer brought it himself.</p>",
}


def tell_stories() -> None:
    """Writes the stories and publishes them; then the consent to one of them ends."""
    _told(_GLASSES)
    if somebody := _named():
        _told(_CALL | {"prisoner": somebody}, scope=StoryConsent.Scope.WITH_NAME)
    ended = _told(_ENDED)
    with acting(WRITES):
        StoryConsent.objects.filter(story=ended).update(expires_on=date(2026, 6, 30))


def _told(words: dict[str, Any], scope: str = StoryConsent.Scope.WITHOUT_NAME) -> Story:
    with acting(WRITES):
        story = Story.objects.create(**words)
        StoryConsent.objects.create(
            story=story,
            scope=scope,
            by=Consent.By.PERSON,
            how=Consent.How.LETTER,
            given_on=date(2025, 12, 1),
        )
        send_story(story=story, by=None)
    with acting(READS):
        publish_story(story=story, by=None)
    return story


def _named() -> Prisoner | None:
    """Somebody with a page and a name on it."""
    people = Prisoner.objects.published().filter(state=State.PUBLISHED, initials_only=False)
    return people.order_by("pk").first()
