"""The table of people: of each one what their page says, and nothing that it withholds."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from memorial.base.localized import current_language
from memorial.base.opendata.columns import Column, Kind, Table, code_or_none, codes, in_each_language
from memorial.base.opendata.usual import date_text, page_columns, text_columns
from memorial.base.shown_text import shown_text
from prisoners.display.liberty import liberty_of
from prisoners.opendata.person_row import PersonRow


def _person(row: PersonRow) -> Any:
    return row.person


def _name_part(part: str) -> Any:
    return lambda row: code_or_none(getattr(row.own_name, part, ""))


def _charges(row: PersonRow) -> str | None:
    text = row.card.told.charges_line or shown_text(row.person, "charges")
    return text.text if text and text.language == current_language() else None


def _other_names(row: PersonRow) -> list[str]:
    shown = [] if row.person.initials_only else row.person.name_variants.all()
    return sorted(variant.text for variant in shown)


def _identifiers(row: PersonRow) -> list[str]:
    shown = [] if row.person.initials_only else row.person.identifiers.all()
    return sorted(str(each) for each in shown)


def _updated(row: PersonRow) -> str | None:
    return None if row.person.is_quiet(row.on) else date_text(row.person.updated_on)


def _expected_end(row: PersonRow) -> str | None:
    """Only where the page has one, and as exactly: of people shown by initials the month."""
    return date_text(row.card.term.expected_on)


def _citizenship(citizenship: Any) -> str:
    manner = "" if citizenship.manner == "ordinary" else f":{citizenship.manner}"
    return f"{citizenship.country.code}{manner}"


_NAME: Final = [
    *page_columns("prisoners.Prisoner.slug", _person),
    *in_each_language(
        "name",
        Kind.TEXT,
        _("Name"),
        _("The whole name; initials where the name is not shown; a description while it is not known."),
        lambda row: row.own_name.full if row.own_name else None,
        source="prisoners.Prisoner",
    ),
    *in_each_language(
        "surname",
        Kind.TEXT,
        _("Surname"),
        _("The surname, or its initial."),
        _name_part("surname"),
        source="prisoners.Prisoner.surname",
    ),
    *in_each_language(
        "given_names",
        Kind.TEXT,
        _("Given names"),
        _("The given names, or their initials."),
        _name_part("given_names"),
        source="prisoners.Prisoner.given_names",
    ),
    *in_each_language(
        "patronymic",
        Kind.TEXT,
        _("Patronymic"),
        _("The patronymic, or its initial."),
        _name_part("patronymic"),
        source="prisoners.Prisoner.patronymic",
    ),
    Column(
        "initials_only",
        Kind.BOOLEAN,
        _("Initials only"),
        _("Whether the person is shown by initials."),
        lambda row: row.person.initials_only,
        "prisoners.Prisoner.initials_only",
    ),
    Column(
        "other_names",
        Kind.CODES,
        _("Other names"),
        _("Other names and spellings that the page shows."),
        _other_names,
        "prisoners.NameVariant.text",
    ),
    Column(
        "identifiers",
        Kind.CODES,
        _("In other databases"),
        _("The person’s identifiers in other databases: name of the database, colon, identifier."),
        _identifiers,
        "prisoners.ExternalIdentifier",
    ),
]
_ABOUT: Final = [
    Column(
        "gender",
        Kind.CODE,
        _("Gender"),
        _("f, m; empty where it is not known."),
        lambda row: code_or_none(row.person.gender),
        "prisoners.Prisoner.gender",
    ),
    Column(
        "born",
        Kind.DATE,
        _("Date of birth"),
        _("To the day only while the person can be written to, else the year."),
        lambda row: date_text(row.born),
        "prisoners.Prisoner.born",
    ),
    Column(
        "citizenships",
        Kind.CODES,
        _("Citizenship"),
        _("Codes of countries (ISO 3166-1); one that was imposed or taken away says so after a colon."),
        lambda row: codes(map(_citizenship, row.person.citizenships.all())),
        "prisoners.Citizenship.country",
    ),
    Column(
        "professions",
        Kind.CODES,
        _("Profession"),
        _("Codes of the vocabulary of professions."),
        lambda row: codes(each.profession.code for each in row.person.profession_links.all()),
        "prisoners.PrisonerProfession",
    ),
    Column(
        "communities",
        Kind.CODES,
        _("Community"),
        _("Codes of communities that the person, or the public record of a court, made public."),
        lambda row: codes(each.community.code for each in row.person.community_links.all()),
        "prisoners.PrisonerCommunity",
    ),
    *text_columns(
        "summary",
        _("In short"),
        _("Who the person is and what happened, in one or two sentences."),
        source="prisoners.Prisoner.summary",
        record=_person,
    ),
]
_STATE: Final = [
    Column(
        "liberty",
        Kind.CODE,
        _("Liberty"),
        _("Whether the person is deprived of liberty on this day. “Not known” is not “free”."),
        lambda row: liberty_of(row.person),
        "prisoners.querysets.PrisonerQuerySet.with_liberty",
    ),
    *in_each_language(
        "liberty_words",
        Kind.TEXT,
        _("Liberty, in words"),
        _("As the page says it."),
        lambda row: row.card.liberty.words,
        source="prisoners.display.liberty",
    ),
    Column(
        "recognised",
        Kind.BOOLEAN,
        _("Recognised"),
        _(
            "Whether the page has the mark “recognised as a political prisoner”. Its absence approves of no prosecution."
        ),
        lambda row: row.card.recognised is not None,
        "prisoners.display.recognition",
    ),
    Column(
        "recognised_on",
        Kind.DATE,
        _("Recognised on"),
        _("The date of that decision."),
        lambda row: date_text(row.recognition.on) if row.recognition else None,
        "prisoners.Recognition.on",
    ),
    Column(
        "recognised_by",
        Kind.CODE,
        _("Recognised by"),
        _("This project, or the former Memorial Human Rights Centre."),
        lambda row: row.recognition.decided_by if row.recognition else None,
        "prisoners.Recognition.decided_by",
    ),
    *in_each_language(
        "recognition_words",
        Kind.TEXT,
        _("Recognition, in words"),
        _("As the page says it."),
        lambda row: row.card.recognition.words,
        source="prisoners.display.recognition",
    ),
    Column(
        "lists",
        Kind.CODES,
        _("Lists"),
        _("Codes of the lists of this project that the person is on."),
        lambda row: codes(each.prisoner_list.code for each in row.person.listings.all()),
        "prisoners.PrisonerListing",
    ),
    Column(
        "themes",
        Kind.CODES,
        _("Themes"),
        _("Codes of what the prosecution is about."),
        lambda row: codes(each.theme.code for each in row.person.theme_links.all()),
        "prisoners.PrisonerTheme",
    ),
    Column(
        "registers",
        Kind.CODES,
        _("State registers"),
        _("Codes of the registers of the state that the person is or was in."),
        lambda row: codes(each.register for each in row.person.register_entries.all()),
        "prisoners.RegisterEntry.register",
    ),
    *in_each_language(
        "charges",
        Kind.TEXT,
        _("Charges"),
        _("What is charged, by the cases; else as a source words it."),
        _charges,
        source="cases.Charge; prisoners.Prisoner.charges",
    ),
    Column(
        "region_code",
        Kind.CODE,
        _("Region of the prosecution, code"),
        _("ISO 3166-2; occupied regions under their Ukrainian codes."),
        lambda row: row.person.region.code if row.person.region else None,
        "prisoners.Region.code",
    ),
    *in_each_language(
        "region",
        Kind.TEXT,
        _("Region of the prosecution"),
        _("Its name; whether it is occupied."),
        lambda row: code_or_none(row.card.region),
        source="prisoners.Region.name",
    ),
]
_CUSTODY: Final = [
    Column(
        "deprived_of_liberty_since",
        Kind.DATE,
        _("Deprived of liberty since"),
        _(
            "The first day of the deprivation of liberty that the page speaks of: of actual seizure, if known."
        ),
        lambda row: date_text(row.card.since),
        "prisoners.Custody",
    ),
    *in_each_language(
        "held_at",
        Kind.CODES,
        _("Held at"),
        _("Where the person is held, as far as it may be published."),
        lambda row: row.places,
        source="prisoners.Stay",
    ),
    *in_each_language(
        "held_at_url",
        Kind.CODES,
        _("Page of the place"),
        _("Addresses of the pages of the place or its region."),
        lambda row: row.place_urls,
        source="prisoners.Stay",
    ),
    Column(
        "expected_release",
        Kind.DATE,
        _("Expected release"),
        _("By our data; the day may change, and nothing has happened yet."),
        _expected_end,
        "prisoners.Custody.expected_end",
    ),
    *in_each_language(
        "term_words",
        Kind.TEXT,
        _("End of the term, in words"),
        _("How the deprivation of liberty ended or will end, as the page says it."),
        lambda row: code_or_none(row.card.term_note),
        source="prisoners.display.term_line",
    ),
    Column(
        "facts_checked_on",
        Kind.DATE,
        _("Facts checked on"),
        _("The day on which the facts were last checked."),
        lambda row: date_text(row.person.facts_checked_on),
        "prisoners.Prisoner.facts_checked_on",
    ),
    Column(
        "updated_on",
        Kind.DATE,
        _("Updated on"),
        _("The day of the last event; empty where the person wants quiet."),
        _updated,
        "prisoners.Prisoner.updated_on",
    ),
]

PEOPLE: Final = Table(
    name="people",
    title=_("People"),
    description=_(
        "People prosecuted or held for political reasons in Russia and in the territories it occupies."
    ),
    columns=(*_NAME, *_ABOUT, *_STATE, *_CUSTODY),
    key=("id",),
)
