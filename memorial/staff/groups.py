"""Who of the staff may do what: one table. `manage.py sync_groups` brings the database to it.

Letters: v sees, a adds, c changes, d deletes. People and institutions are withdrawn, not deleted;
only an administrator removes what was made by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memorial.staff import appeal_groups as appeals
from memorial.staff import attention_groups as attention
from memorial.staff import donation_groups as donations
from memorial.staff import news_groups as news
from memorial.staff import page_groups as site_pages
from memorial.staff import translation_groups as translation

RIGHTS: Final = {"v": "view", "a": "add", "c": "change", "d": "delete"}

# Rights that no model of Django's makes: `app.codename` → what it means, and whose content type.
OWN_RIGHTS: Final[dict[str, tuple[str, str]]] = {
    "prisoners.publish_prisoner": ("May publish and withdraw people", "prisoner"),
    "prisoners.confirm_secondlook": ("May confirm what a colleague has entered", "secondlook"),
    "prisoners.translate_prisoner": ("May change the texts of people, and nothing else", "prisoner"),
    "prisoners.publish_facility": ("May publish and withdraw institutions", "facility"),
    "prisoners.translate_facility": ("May change the texts of institutions, and nothing else", "facility"),
    "prisoners.import_prisoner": ("May load lists of people", "prisoner"),
    "prisoners.export_prisoner": ("May take out tables of people", "prisoner"),
    "prisoners.import_facility": ("May load lists of institutions", "facility"),
    "prisoners.export_facility": ("May take out tables of institutions", "facility"),
    "cases.import_case": ("May load lists of cases", "case"),
    "cases.export_case": ("May take out tables of cases", "case"),
    "cases.import_court": ("May load lists of courts", "court"),
    "cases.export_court": ("May take out tables of courts", "court"),
    "cases.import_article": ("May load lists of articles", "article"),
    "cases.export_article": ("May take out tables of articles", "article"),
    "cases.publish_case": ("May publish and withdraw cases", "case"),
    "cases.publish_court": ("May publish and withdraw courts", "court"),
    "cases.publish_official": ("May publish and withdraw officials", "official"),
    "cases.publish_document": ("May publish and withdraw documents", "document"),
    "cases.publish_internationalfinding": (
        "May publish and withdraw international findings",
        "internationalfinding",
    ),
    "cases.translate_case": ("May change the texts of cases, and nothing else", "case"),
    "cases.translate_court": ("May change the texts of courts, and nothing else", "court"),
    "cases.translate_article": ("May change the texts of articles, and nothing else", "article"),
    "cases.translate_document": ("May change the texts of documents, and nothing else", "document"),
}

# Help given. Without «see all clients» an account sees those whom it coordinates, and PostgreSQL sees to it.
OWN_RIGHTS_OF_HELP: Final = {
    "assistance.see_all_clients": ("May see all clients, not only their own", "client"),
    "assistance.count_costs": ("May see what help cost, without whom it was for", "humanitarianaid"),
}
# Totals of people helped: one proposes, another approves, and PostgreSQL sees to it.
OWN_RIGHTS_OF_TOTALS: Final = {
    "assistance.approve_totals": ("May approve totals that a colleague has proposed", "totalsproposal"),
}
# Stories of help: one writes, another reads and publishes, and PostgreSQL sees to it.
OWN_RIGHTS_OF_STORIES: Final = {
    "assistance.publish_story": ("May read stories of colleagues and publish them", "story"),
}
OWN_RIGHTS.update(OWN_RIGHTS_OF_HELP)
OWN_RIGHTS.update(OWN_RIGHTS_OF_STORIES)
OWN_RIGHTS.update(OWN_RIGHTS_OF_TOTALS)
OWN_RIGHTS.update(donations.OWN_RIGHTS_OF_DONATIONS)
OWN_RIGHTS.update(news.OWN_RIGHTS_OF_NEWS)
OWN_RIGHTS.update(site_pages.OWN_RIGHTS_OF_PAGES)
OWN_RIGHTS.update(appeals.OWN_RIGHTS_OF_APPEALS)
OWN_RIGHTS.update(translation.OWN_RIGHTS_OF_TRANSLATION)

VOCABULARIES: Final = ("theme", "community", "profession", "vulnerability", "prisonerlist")
LINKS: Final = (
    "prisonertheme",
    "prisonerlisting",
    "prisonerprofession",
    "prisonercommunity",
    "prisonervulnerability",
)
FACTS: Final = ("custody", "stay", "endofcustody", "death", "recognition", "registerentry")
DETAILS: Final = ("namevariant", "citizenship", "externalidentifier", "photo", "citation", "correction")
CONFIDENTIAL: Final = (
    "prisonerprivate",
    "stayprivate",
    "hiddennamevariant",
    "confidentialcitation",
    "consent",
    "staffnote",
    "recognitionreview",
    "photooriginal",
    "facilityprivate",
)
# Who entered what, and the word of the second person. Written by the database alone.
SECOND_EYES: Final = {"prisoners.secondlook": "v", "prisoners.confirm_secondlook": "+"}
# Taking text out of the history: any two of these propose and decide. Who looked at what, the auditor reads.
DECIDES_REMOVALS: Final = {"base.historyremoval": "vac"}
AUDITS: Final = {"base.historyentry": "v", "base.historyremoval": "v", "base.looking": "v"}
OFFICE: Final = ("lead", "restrictionrequest")
PLACES: Final = ("region", "occupationperiod")
TABLES: Final = dict.fromkeys(
    (
        "prisoners.import_prisoner",
        "prisoners.export_prisoner",
        "prisoners.import_facility",
        "prisoners.export_facility",
        "cases.import_case",
        "cases.export_case",
        "cases.import_court",
        "cases.export_court",
        "cases.import_article",
        "cases.export_article",
    ),
    "+",
)
"""Whole tables in and out: who holds these may take everything along, so they are few."""
IMPORTS: Final = ("importsource", "importrun", "importkey", "oldaddress", "export")
LOADED: Final = ("importupload", "importmapping")

# The legal record: what readers see of a case and of each person in it.
RECORD: Final = (
    "caselink",
    "prosecution",
    "recognitionprosecution",
    "charge",
    "chargeevent",
    "restraint",
    "restraintextension",
    "hearing",
    "hearingperson",
    "decision",
    "decisionperson",
    "penalty",
    "term",
    "termdecision",
    "termabsorption",
    "event",
    "findingperson",
    "casecitation",
    "officialrole",
    "sanction",
)
CASE_PAGES: Final = ("case", "court", "official", "document", "internationalfinding")
LAW: Final = ("article", "articleedition", "articlepart")
CONFIDENTIAL_RECORD: Final = (
    "caseprivate",
    "prosecutionprivate",
    "articleeditionprivate",
    "documentoriginal",
    "confidentialcasecitation",
    "officialconfirmation",
)

Table = dict[str, str]


def _each(names: tuple[str, ...], letters: str) -> Table:
    return {f"prisoners.{name}": letters for name in names}


def _in_cases(names: tuple[str, ...], letters: str) -> Table:
    return {f"cases.{name}": letters for name in names}


def _in_assistance(names: tuple[str, ...], letters: str) -> Table:
    return {f"assistance.{name}": letters for name in names}


# Nobody else has any of these: a client's existence is a secret within the office, too.
_OF_CLIENTS: Final = ("client", "helprequest")
_AROUND_CLIENTS: Final = ("clientcitizenship", "contactperson")
_LEGAL_HELP: Final = ("lawyer", "legalaid")
_OTHER_HELP: Final = ("detentionaid", "humanitarianaid")
_PARTS_OF_HELP: Final = ("detentionoutcome", "aiditem")
_TELLS_STORIES: Final = (
    _in_assistance(("story",), "vac")
    | _in_assistance(("storyconsent",), "vacd")
    | _in_assistance(("storyreading",), "v")
)
_PUBLISHES_STORIES: Final = {"assistance.story": "vacd", "assistance.publish_story": "+"}
_COORDINATES: Final = (
    _in_assistance((*_OF_CLIENTS, *_OTHER_HELP), "vac")
    | _in_assistance((*_AROUND_CLIENTS, *_PARTS_OF_HELP), "vacd")
    | _in_assistance((*_LEGAL_HELP, "legaloutcome", "itemkind"), "v")
    | _TELLS_STORIES
)
_LEADS_HELP: Final = (
    _in_assistance((*_OF_CLIENTS, *_AROUND_CLIENTS, *_LEGAL_HELP, *_OTHER_HELP, *_PARTS_OF_HELP), "vacd")
    | _in_assistance(("legaloutcome", "itemkind"), "vacd")
    | dict.fromkeys(OWN_RIGHTS_OF_HELP, "+")
    | {"assistance.totalsproposal": "va", "assistance.approve_totals": "+"}
    | _PUBLISHES_STORIES
)
_GIVES_LEGAL_HELP: Final = (
    _in_assistance((*_OF_CLIENTS, *_LEGAL_HELP), "vac")
    | _in_assistance((*_AROUND_CLIENTS, "legaloutcome"), "vacd")
    | (_TELLS_STORIES | {"assistance.publish_story": "+"})
)

_PUBLISHES_CASES: Final = {f"cases.publish_{name}": "+" for name in CASE_PAGES}
_EDITS_CASES: Final = _in_cases((*RECORD, "relation", *CONFIDENTIAL_RECORD), "vacd") | _in_cases(
    (*CASE_PAGES, *LAW), "vac"
)
_SEES_CASES: Final = _in_cases((*RECORD, *CASE_PAGES, *LAW), "v")
_SEES_ALL_OF_CASES: Final = _SEES_CASES | _in_cases(("relation", *CONFIDENTIAL_RECORD), "v")

_SEES_PEOPLE: Final = _each(
    ("prisoner", "facility", "statement", *PLACES, *VOCABULARIES, *LINKS, *FACTS, *DETAILS), "v"
)
_SEES_EVERYTHING: Final = (
    _SEES_PEOPLE | _each((*CONFIDENTIAL, *OFFICE, *IMPORTS), "v") | {"cases.importedrow": "v"}
)
_EDITS_PEOPLE: Final = (
    _SEES_EVERYTHING
    | _each((*LINKS, *FACTS, *DETAILS, *CONFIDENTIAL), "vacd")
    | _each(("prisoner", "facility", "statement", *OFFICE), "vac")
)

_COORDINATES_AID: Final = (
    _SEES_PEOPLE
    | _SEES_CASES
    | _each(("facility", "facilityprivate", "lead", "staffnote"), "vac")
    | _each(("consent", "stayprivate"), "v")
    | _COORDINATES
)

# Words that mean the same to whoever searches; the searched texts are made by the database.
SEARCH: Final[Table] = {"search.synonym": "vacd"}

# Figures that others have told, shown as soon as they are saved; our own are counted and not edited.
FIGURES: Final[Table] = {"figures.publishedfigure": "vacd"}

# Whom the home page passes over on a day: made and taken back, never rewritten.
HOME: Final[Table] = {"home.attentionveto": "vad"}

GROUPS: Final[dict[str, Table]] = {
    "editor": _EDITS_PEOPLE
    | attention.EDITOR
    | translation.EDITOR
    | news.EDITOR
    | site_pages.EDITOR
    | appeals.EDITOR
    | SEARCH
    | FIGURES
    | HOME
    | SECOND_EYES
    | _EDITS_CASES
    | _PUBLISHES_CASES
    | TABLES
    | _each(LOADED, "v")
    | {"prisoners.publish_prisoner": "+", "prisoners.publish_facility": "+", "base.historyentry": "v"},
    # Sees names and texts, and of them only what is published or about to be (prisoners.admin).
    "translator": {
        "prisoners.prisoner": "v",
        "prisoners.facility": "v",
        "prisoners.translate_prisoner": "+",
        "prisoners.translate_facility": "+",
        **_each(VOCABULARIES, "v"),
        **_in_cases(("case", "court", "article", "document"), "v"),
        "cases.translate_case": "+",
        "cases.translate_court": "+",
        "cases.translate_article": "+",
        "cases.translate_document": "+",
        **translation.TRANSLATOR,
        **news.TRANSLATOR,
        **site_pages.TRANSLATOR,
    },
    # From outside: texts that were cleared for them, and nothing else of the office (memorial.translating).
    "volunteer_translator": {**translation.VOLUNTEER},
    # Keeps the legal record; publishing and relations are the editors'.
    "legal": _SEES_EVERYTHING
    | SECOND_EYES
    | attention.LEGAL
    | _SEES_ALL_OF_CASES
    | _in_cases((*RECORD, *CASE_PAGES, *LAW), "vac")
    | _in_cases(
        (
            "caseprivate",
            "prosecutionprivate",
            "articleeditionprivate",
            "documentoriginal",
            "confidentialcasecitation",
        ),
        "vac",
    )
    | _in_cases(("officialconfirmation",), "va")
    | _each(
        (*FACTS, "stayprivate", "citation", "confidentialcitation", "staffnote", "recognitionreview"), "vac"
    )
    | _each(("prisoner", "lead"), "vac")
    | _GIVES_LEGAL_HELP,
    "aid_coordinator": _COORDINATES_AID,
    # Sees every client, hands them over, and takes out what was entered by mistake.
    "aid_lead": _COORDINATES_AID | _LEADS_HELP,
    "finance": {"assistance.count_costs": "+"} | donations.FINANCE,
    "publisher": _EDITS_PEOPLE
    | attention.EDITOR
    | translation.LEAD
    | donations.PUBLISHER
    | news.PUBLISHER
    | site_pages.EDITOR
    | appeals.EDITOR
    | SEARCH
    | FIGURES
    | HOME
    | DECIDES_REMOVALS
    | SECOND_EYES
    | _EDITS_CASES
    | _PUBLISHES_CASES
    | TABLES
    | _each(LOADED, "v")
    | {"prisoners.publish_prisoner": "+", "prisoners.publish_facility": "+", "base.historyentry": "v"},
    "administrator": _EDITS_PEOPLE
    | attention.EDITOR
    | translation.LEAD
    | donations.ADMINISTRATOR
    | news.ADMINISTRATOR
    | site_pages.ADMINISTRATOR
    | appeals.ADMINISTRATOR
    | SEARCH
    | FIGURES
    | HOME
    | DECIDES_REMOVALS
    | SECOND_EYES
    | _EDITS_CASES
    | _PUBLISHES_CASES
    | _in_cases((*CASE_PAGES, *LAW), "vacd")
    | TABLES
    | _each(LOADED, "v")
    | _each((*PLACES, *VOCABULARIES, "prisoner", "facility", "statement", *OFFICE), "vacd")
    | {
        "prisoners.publish_prisoner": "+",
        "prisoners.publish_facility": "+",
        "base.historyentry": "v",
        "staff.user": "vac",
        "staff.signin": "v",
        "auth.group": "v",
    },
    "auditor": _SEES_EVERYTHING
    | _SEES_ALL_OF_CASES
    | attention.AUDITOR
    | donations.AUDITOR
    | translation.AUDITOR
    | news.AUDITOR
    | site_pages.AUDITOR
    | appeals.AUDITOR
    | AUDITS
    | {
        "staff.user": "v",
        "staff.signin": "v",
        "auth.group": "v",
        "search.synonym": "v",
        "figures.publishedfigure": "v",
        "home.attentionveto": "v",
        "prisoners.secondlook": "v",
    },
}


def codenames(table: Table) -> Iterator[tuple[str, str]]:
    """The rights of one group as (app, codename)."""
    for target, letters in table.items():
        app, name = target.split(".")
        if letters == "+":
            yield app, name
        else:
            yield from ((app, f"{RIGHTS[letter]}_{name}") for letter in letters)
