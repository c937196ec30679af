"""Who may do what at the translation desk; joined in `memorial.staff.groups`."""

from __future__ import annotations

from typing import Final

Rights = dict[str, str]

OWN_RIGHTS_OF_TRANSLATION: Final = {
    "translating.translate_texts": ("May translate at the desk, and sees every draft", "draft"),
    "translating.review_draft": ("May review translations of colleagues", "draft"),
    "translating.publish_draft": ("May publish reviewed translations", "draft"),
    "translating.clear_texts": ("May clear texts for volunteers", "draft"),
    "translating.see_pace_by_person": ("May see who translated how much", "draft"),
    "translating.volunteer_for_texts": ("May translate what was cleared for them, and nothing else", "draft"),
}
_TRANSLATES: Final[Rights] = {
    "translating.translate_texts": "+",
    "translating.review_draft": "+",
    "translating.publish_draft": "+",
}
_LEADS: Final[Rights] = {
    "translating.clear_texts": "+",
    "translating.see_pace_by_person": "+",
    "translating.draft": "v",
}
TRANSLATOR: Final[Rights] = _TRANSLATES | {"translating.glossaryterm": "vac"}
EDITOR: Final[Rights] = _TRANSLATES | {"translating.clear_texts": "+", "translating.glossaryterm": "vac"}
LEAD: Final[Rights] = _TRANSLATES | _LEADS | {"translating.glossaryterm": "vacd"}
AUDITOR: Final[Rights] = {"translating.draft": "v", "translating.glossaryterm": "v"}
VOLUNTEER: Final[Rights] = {"translating.volunteer_for_texts": "+"}
