"""The legal record of the world: a case that readers see, and all that must stay hidden in and beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from cases import models as record
from memorial.base.choices import State, Verification
from memorial.base.database import filled_by_database, our_tables, public_condition
from memorial.base.photos import public_storage
from memorial.base.publication import Publishable
from prisoners import models as people
from tests.leaks.rows import Maker, Model

Make = Callable[..., models.Model]
"""Makes and counts one row of the world: maker, model, what is given."""
LINKS_OF_TWO = (record.CaseLink, record.Relation, record.TermAbsorption)
"""Two records of one kind: they are made by hand."""
DOCUMENT_STEM = "fedcba9876543210fedcba98"
"""The name of the file that the published document has."""
DOCUMENT_FILE = f"documents/{DOCUMENT_STEM}.pdf"
PAGES = (record.Court, record.Case, record.Official, record.Document)
"""Records with an address."""


def record_tables() -> list[Model]:
    """The tables of the legal record, each after those that it points to."""
    waiting = [model for model in our_tables() if model._meta.app_label == "cases"]
    found: list[Model] = []
    while waiting:
        ready = [model for model in waiting if not _needs(model) & set(waiting)]
        found += ready
        waiting = [model for model in waiting if model not in ready]
    return found


def _needs(model: Model) -> set[Model]:
    keys = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return keys - {model}


def make_record(make: Make, maker: Maker, tables: Iterable[Model], **publishable: Any) -> list[models.Model]:
    """One row of each table, hanging on the rows made before; returns those with an address."""
    pages = []
    for model in tables:
        if filled_by_database(model):
            continue
        names = {field.name for field in model._meta.fields} if issubclass(model, Publishable) else set()
        given = {name: value for name, value in publishable.items() if name in names}
        if model is record.Hearing:
            given["uid"] = uuid.UUID(int=31) if publishable.get("state") == State.PUBLISHED else uuid.uuid4()
        if model is record.Official and given.get("state") == State.PUBLISHED:
            given["state"] = State.DRAFT
        row = make(maker, model, **given)
        maker.parents[model] = row
        if publishable.get("state") == State.PUBLISHED:
            _confirm(make, maker, row)
        pages += [row] if model in PAGES else []
    return pages


def _confirm(make: Make, maker: Maker, row: models.Model) -> None:
    """Two people confirm what must be confirmed by two."""
    if target := {record.Official: "official", record.OfficialRole: "role"}.get(type(row)):
        for staff in (7, 8):
            make(maker, record.OfficialConfirmation, by=staff, **{target: row})
    if isinstance(row, record.Official):
        record.Official.objects.filter(pk=row.pk).update(state=State.PUBLISHED)


def shown_record(make: Make, maker: Maker) -> list[models.Model]:
    """A published case with one row of everything that may be public."""
    tables = [
        model
        for model in record_tables()
        if model.PUBLIC and model not in LINKS_OF_TWO and public_condition(model) != "true"
    ]
    return make_record(make, maker, tables, state=State.PUBLISHED, stem="")


def hidden_beside_the_record(make: Make, maker: Maker, secret: people.Prisoner) -> None:
    """What is confidential of the published case, what nobody verified, and somebody hidden in it."""
    for model in record_tables():
        if not model.PUBLIC and model is not record.OfficialConfirmation:
            make(maker, model)
        elif model is not record.Hearing and "verification" in {f.name for f in model._meta.fields}:
            make(maker, model, verification=Verification.UNVERIFIED)
    make(maker, record.Hearing, verification=Verification.UNVERIFIED, uid=uuid.uuid4())
    # Its original is confidential, and says who checked the redaction: only now the file may be public.
    document = maker.parents[record.Document]
    # Whoever checked it knew of the hidden person: else hiding them would have taken the file away.
    record.DocumentOriginal.objects.filter(document=document.pk).update(covered_people=[secret.pk])
    record.Document.objects.filter(pk=document.pk).update(stem=DOCUMENT_STEM)
    if not public_storage().exists(DOCUMENT_FILE):
        public_storage().save(DOCUMENT_FILE, ContentFile(b"the bytes of pictures of pages"))
    parents = {model: row for model, row in maker.parents.items() if model is not people.Recognition}
    hidden = Maker(maker.values, parents | {people.Prisoner: secret})
    make_record(make, hidden, _of_a_person())
    _link_the_hidden(make, maker, secret)


def _of_a_person() -> list[Model]:
    """The tables that hang on a prosecution, with the hearings and decisions of only that person."""
    mine = {record.Prosecution}
    for model in record_tables():
        if _needs(model) & mine and not issubclass(model, Publishable) and model not in LINKS_OF_TWO:
            mine.add(model)
    of_the_case = {record.Hearing, record.Decision, record.Term}
    passed = {
        record.OfficialConfirmation,
        record.OfficialRole,
        record.CaseCitation,
        record.ConfidentialCaseCitation,
    }
    return [model for model in record_tables() if model in (mine | of_the_case) - passed]


def _link_the_hidden(make: Make, maker: Maker, secret: people.Prisoner) -> None:
    person = maker.parents[people.Prisoner]
    make(maker, record.Relation, other=secret, shown=True)
    make(maker, record.FindingPerson, prisoner=secret)
    case = make(maker, record.Case, state=State.DRAFT)
    make(maker, record.CaseLink, other=case)
    make(maker, record.Prosecution, case=case, prisoner=person)
    terms = [make(maker, record.Term, prisoner=secret) for _ in range(2)]
    make(maker, record.TermAbsorption, term=terms[0], absorbed=terms[1])


def hidden_record(make: Make, maker: Maker, state: str) -> list[models.Model]:
    """A case that is not published, with everything that can hang on it; returns what has an address."""
    passed = {*LINKS_OF_TWO, record.OfficialConfirmation, record.ArticleEditionPrivate}
    tables = [model for model in record_tables() if model not in passed and public_condition(model) != "true"]
    pages = make_record(make, maker, tables, state=state)
    make(maker, record.Relation)
    make(maker, record.CaseLink)
    return pages
