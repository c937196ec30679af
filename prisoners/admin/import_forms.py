"""The forms of loading a list: the file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.choices import CONFIDENTIAL_BY_DEFAULT, SourceKind
from memorial.base.localized import LANGUAGES
from memorial.base.table_kinds import KINDS, TableKind
from prisoners.importers.facility_fields import FACILITY_FIELDS
from prisoners.importers.fields import FIELDS, Kind
from prisoners.importers.person_names import ORDERS
from prisoners.importers.words_of_columns import Unknown
from prisoners.models import ImportMapping

KEEP, NOTE, IGNORE = "=keep", "", "=ignore"
DAY_FIRST = ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y"]
MONTH_FIRST = ["%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y", "%m/%d/%y", "%m.%d.%y"]
SOURCE_KINDS = [
    (value, label)
    for value, label in SourceKind.choices
    if value == SourceKind.OTHER or value not in CONFIDENTIAL_BY_DEFAULT
]


class LoadForm(forms.Form):
    """A file, what its rows are, and how its columns are known."""

    kind = forms.ChoiceField(label=gettext_lazy("What the rows are"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=gettext_lazy("XLSX or CSV, up to 50 MB and 100,000 rows. Nothing is written yet."),
    )
    sheet = forms.CharField(
        label=gettext_lazy("Sheet of the workbook"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The first one, unless you name another."),
    )
    header = forms.IntegerField(
        label=gettext_lazy("Row with the names of columns"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=gettext_lazy("The first one, unless you say which."),
    )
    stored: Any = forms.ModelChoiceField(
        label=gettext_lazy("Mapping kept from another time"),
        queryset=ImportMapping.objects.all(),
        required=False,
    )
    map_file = forms.FileField(
        label=gettext_lazy("Mapping as a file (MAP.toml)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        help_text=gettext_lazy("Without one, you say on the next page what the columns mean."),
    )
    photos = forms.FileField(
        label=gettext_lazy("Archive of photos (zip)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=gettext_lazy("Files are named by the column «photo», or by the keys of the rows."),
    )

    def __init__(self, *args: Any, kinds: list[TableKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["kind"]
        choice.choices = [(kind.code, kind.label) for kind in kinds]

    @property
    def chosen(self) -> TableKind:
        """The kind of table that was chosen."""
        return KINDS[self.cleaned_data["kind"]]


class MappingForm(forms.Form):
    """What each column means, whose list it is, how its dates and names are written."""

    code = forms.SlugField(
        label=gettext_lazy("Short name of the list, for ever"),
        max_length=60,
        help_text=gettext_lazy("Latin letters, figures and hyphens: zarechye-2021. Rows are tied by it."),
    )
    title = forms.CharField(label=gettext_lazy("Title, as readers see the source"), max_length=300)
    url = forms.URLField(label=gettext_lazy("Link"), required=False, max_length=1000)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=200)
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=120)
    source_kind = forms.ChoiceField(label=gettext_lazy("Kind of source"), choices=SOURCE_KINDS)
    published_on = forms.CharField(label=gettext_lazy("Published on"), required=False, max_length=40)
    key = forms.ChoiceField(
        label=gettext_lazy("Column that tells one row from another, for ever"),
        help_text=gettext_lazy("A number or a link that stays the same when the list comes again."),
    )
    others = forms.ChoiceField(
        label=gettext_lazy("Columns without a field"),
        choices=[
            ("note", gettext_lazy("keep as a staff note")),
            ("ignore", gettext_lazy("leave out")),
            ("refuse", gettext_lazy("refuse the file")),
        ],
    )
    dates = forms.ChoiceField(
        label=gettext_lazy("Dates in figures"),
        choices=[
            ("", gettext_lazy("14.03.2023; what can be read in two ways is refused")),
            ("day", gettext_lazy("day first: 03/04/2021 is 3 April")),
            ("month", gettext_lazy("month first: 03/04/2021 is 4 March")),
            ("own", gettext_lazy("as the formats below say")),
        ],
        required=False,
    )
    formats = forms.CharField(
        label=gettext_lazy("Formats of dates, one in a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "%d.%m.%y"}),
    )
    unknown = forms.CharField(
        label=gettext_lazy("Further words for «not known», one in a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name_ru = forms.ChoiceField(label=gettext_lazy("Whole names in Russian"), choices=[])
    name_en = forms.ChoiceField(label=gettext_lazy("Whole names in English"), choices=[])
    gender_from_patronymic = forms.BooleanField(
        label=gettext_lazy("The patronymic tells the gender"), required=False
    )

    def __init__(
        self,
        *args: Any,
        header: list[str],
        kind: TableKind,
        content: dict[str, Any],
        words: list[Unknown],
        **kwargs: Any,
    ) -> None:
        self.header, self.kind, self.content, self.words = header, kind, content, words
        kwargs.setdefault("initial", _initial(header, content))
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "key": [("", "—"), *((name, name) for name in header)],
            "name_ru": _orders(ORDERS[::-1]),
            "name_en": _orders(ORDERS),
        }
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values
        for number, name in enumerate(header):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=name, choices=field_choices(kind, is_kept=_is_elaborate(content, name)), required=False
            )
            self.fields[f"html-{number}"] = forms.BooleanField(label=_("HTML"), required=False)
        for number, unknown in enumerate(words):
            self.fields[f"word-{number}"] = forms.ChoiceField(
                label=unknown.word, choices=[("", "—"), *unknown.choices], required=False
            )

    @property
    def column_fields(self) -> Iterator[tuple[Any, Any]]:
        """For each column the box of its field and that of HTML."""
        return ((self[f"column-{number}"], self[f"html-{number}"]) for number in range(len(self.header)))

    @property
    def word_fields(self) -> Iterator[tuple[Unknown, Any]]:
        """Words of the file that are none of ours, each with a box of our codes."""
        return ((unknown, self[f"word-{number}"]) for number, unknown in enumerate(self.words))

    @property
    def list_fields(self) -> list[Any]:
        """The boxes about the list as a whole."""
        names = ("code", "title", "url", "publisher", "licence", "source_kind", "published_on")
        return [self[name] for name in names]

    @property
    def way_fields(self) -> list[Any]:
        """The boxes about how the list is written."""
        names = ["key", "others", "dates", "formats", "unknown"]
        if self.kind.has_photos:
            names += ["name_ru", "name_en", "gender_from_patronymic"]
        return [self[name] for name in names]

    def said(self) -> dict[str, Any]:
        """The mapping, as its file would say it: from what was sent, whether it is right or not."""
        return _Said(self).content()


class _Said:
    """What was sent, read box by box; sections that the page does not show stay as they were."""

    def __init__(self, form: MappingForm) -> None:
        self.form = form

    def text(self, name: str) -> str:
        return str(self.form[name].value() or "").strip()

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def content(self) -> dict[str, Any]:
        found = deepcopy(self.form.content)
        source = {
            name: self.text(name) for name in ("code", "title", "url", "publisher", "licence", "published_on")
        }
        source["kind"] = self.text("source_kind")
        found["source"] = {name: value for name, value in source.items() if value}
        rows = {**found.get("rows", {}), "key": self.text("key"), "other_columns": self.text("others")}
        found["rows"] = {**rows, "unknown": self.lines("unknown")}
        found["columns"] = dict(self.columns())
        found["dates"] = {"formats": self.formats()}
        found["names"] = {code: self.text(f"name_{code}") for code in LANGUAGES if self.text(f"name_{code}")}
        found["names"]["gender_from_patronymic"] = bool(self.form["gender_from_patronymic"].value())
        self.add_words(found.setdefault("values", {}))
        return found

    def columns(self) -> Iterator[tuple[str, Any]]:
        before = self.form.content.get("columns", {})
        for number, name in enumerate(self.form.header):
            chosen = self.text(f"column-{number}")
            if chosen == KEEP:
                yield name, _rule_of(before, name)
            elif chosen == IGNORE:
                yield name, "ignore"
            elif chosen:
                is_html = bool(self.form[f"html-{number}"].value())
                yield name, {"field": chosen, "markup": True} if is_html else chosen

    def formats(self) -> list[str]:
        return {"day": DAY_FIRST, "month": MONTH_FIRST, "own": self.lines("formats")}.get(
            self.text("dates"), []
        )

    def add_words(self, values: dict[str, Any]) -> None:
        for number, unknown in enumerate(self.form.words):
            if code := self.text(f"word-{number}"):
                values.setdefault(unknown.field, {})[unknown.word] = code


def field_choices(kind: TableKind, *, is_kept: bool) -> list[Any]:
    """What a column may be, by what the fields are about."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in kind.fields.values():
        if not one.ties:
            groups.setdefault(one.part.value, []).append((one.name, f"{one.name} — {_(one.kind.value)}"))
    first: list[Any] = [(NOTE, "—"), (IGNORE, _("leave out"))]
    if is_kept:
        first.append((KEEP, _("as the mapping's file says")))
    return [*first, *((_(name), choices) for name, choices in groups.items())]


def may_be_html(kind: TableKind, name: str) -> bool:
    """Whether a field holds text with simple markup."""
    return name in kind.fields and kind.fields[name].kind is Kind.RICH_TEXT


def _orders(orders: tuple[str, ...]) -> list[tuple[str, Any]]:
    words = {"surname": _("surname"), "given": _("given names"), "patronymic": _("patronymic")}
    return [(order, ", ".join(words[part] for part in order.split())) for order in orders]


def _rule_of(columns: dict[str, Any], name: str) -> Any:
    return next((rule for key, rule in columns.items() if " ".join(key.split()).casefold() == name), "")


def _is_elaborate(content: dict[str, Any], name: str) -> bool:
    """Whether the mapping's file says more of a column than this page can."""
    rule = _rule_of(content.get("columns", {}), name)
    if isinstance(rule, dict):
        return set(rule) - {"field", "markup"} != set()
    return isinstance(rule, list)


def _initial(header: list[str], content: dict[str, Any]) -> dict[str, Any]:
    source, rows = content.get("source", {}), content.get("rows", {})
    formats = content.get("dates", {}).get("formats", [])
    named = {tuple(DAY_FIRST): "day", tuple(MONTH_FIRST): "month", (): ""}
    names = content.get("names", {})
    found: dict[str, Any] = {
        **source,
        "source_kind": source.get("kind", SourceKind.HUMAN_RIGHTS.value),
        "key": " ".join(str(rows.get("key", "")).split()).casefold(),
        "others": rows.get("other_columns", "note"),
        "unknown": "\n".join(rows.get("unknown", [])),
        "dates": named.get(tuple(formats), "own"),
        "formats": "\n".join(formats),
        "gender_from_patronymic": names.get("gender_from_patronymic", False),
        **{f"name_{code}": names[code] for code in LANGUAGES if code in names},
    }
    for number, name in enumerate(header):
        found |= _initial_column(number, _rule_of(content.get("columns", {}), name), rows.get("language", ""))
        if _is_elaborate(content, name):
            found[f"column-{number}"] = KEEP
    return found


def _initial_column(number: int, rule: Any, language: str) -> dict[str, Any]:
    is_html = isinstance(rule, dict) and bool(rule.get("markup"))
    chosen = rule.get("field", "") if isinstance(rule, dict) else rule
    if chosen == "ignore":
        chosen = IGNORE
    if chosen and language and chosen not in FIELDS | FACILITY_FIELDS | {IGNORE: None}:
        chosen = f"{chosen}_{language}"
    return {f"column-{number}": chosen, f"html-{number}": is_html}
