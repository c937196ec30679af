"""A world in which everything hidden is marked, of at most four objects a model.

The public part is the same in every world, down to the numbers of its rows. The hidden part
is filled with other words, other choices and other counts in each (`number`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

from donations.models import PaymentMethod
from memorial.attention.models import AfterLook
from memorial.base.choices import State, Verification
from memorial.base.civil_date import civil_date
from memorial.base.database import all_tables, filled_by_database, our_tables, public_condition
from memorial.base.exposure import declared_name
from memorial.base.exposure import public_names as public_fields_of
from memorial.base.models import HistoryEntry, HistorySeal
from memorial.base.partial_date import PartialDate
from memorial.base.photos import public_names, public_storage
from memorial.base.publication import Publishable
from memorial.home.models import AttentionVeto
from memorial.package.keeping import build_package, remove_strays
from memorial.package.models import DataPackage, Withdrawal
from prisoners import models as people
from tests.leaks.appeal_rows import hidden_appeals, shown_appeals
from tests.leaks.campaign_rows import hidden_campaign, shown_campaign
from tests.leaks.case_world import hidden_beside_the_record, hidden_record, shown_record
from tests.leaks.markers import Markers
from tests.leaks.news_rows import hidden_news, shown_news
from tests.leaks.notice_rows import shown_notices
from tests.leaks.page_rows import hidden_pages, shown_pages
from tests.leaks.payment_rows import shown_method
from tests.leaks.rows import Maker, Model, Values, fills_itself
from tests.leaks.story_rows import hidden_stories, shown_story

OF_MIGRATIONS = ("auth.Permission", "contenttypes.ContentType")
"""Tables that Django fills by itself with the names of our models."""
HIDDEN_STATES = (State.DRAFT, State.READY, State.WITHDRAWN)
EMPTY_STEM = "e" * 24
SHOWN_STEM = "0123456789abcdef01234567"
PUBLISHED_NAMES = {
    "ru": {"surname_ru": "Горинцев", "given_names_ru": "Тимур", "patronymic_ru": "Адамович"},
    "en": {"surname_en": "Gorintsev", "given_names_en": "Timur", "patronymic_en": "Adamovich"},
}


@dataclass
class World:
    """What was made: the objects with an address, and every marker with the field it stands in."""

    number: int
    shown: list[Publishable] = field(default_factory=list)
    hidden: list[Publishable] = field(default_factory=list)
    region_code: str = ""
    hidden_stems: list[str] = field(default_factory=list)
    old_paths: list[str] = field(default_factory=list)
    hidden_old_paths: list[str] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)
    made: dict[Model, int] = field(default_factory=dict)
    record_parents: dict[Model, models.Model] = field(default_factory=dict)


def make_world(number: int) -> World:
    """The public part first, so that its rows have the same numbers in every world."""
    world = World(number)
    person, facility = _public_part(world)
    _hidden_beside(world, person, facility)
    for state in HIDDEN_STATES:
        _hidden_record(world, state)
    # Another world has another number of everything that is not public.
    for _ in range(number - 1):
        _hidden_record(world, State.DRAFT)
    _something_taken_back(person)
    world.made[DataPackage] = 1
    _all_the_rest(world)
    _an_empty_package()
    _a_seal(number)
    for old in people.OldAddress.objects.order_by("pk"):
        is_shown = old.prisoner.is_published
        (world.old_paths if is_shown else world.hidden_old_paths).append(old.path)
    return world


def _a_seal(number: int) -> None:
    """Of one entry, other bytes in every world; `seal_history` has tests of its own."""
    entry = HistoryEntry.objects.order_by("pk").values_list("pk", flat=True).first()
    digests = dict.fromkeys(("content", "digest", "chain"), bytes([number]) * 32)
    HistorySeal.objects.create(position=1, entry=entry, salt=bytes([number]) * 16, **digests)


def _an_empty_package() -> None:
    """A version with nothing in it: a whole one takes as long as all the rest of the world."""
    remove_strays()
    package = DataPackage.objects.create(
        made_on=civil_date(),
        stem=EMPTY_STEM,
        size=1,
        sha256="0" * 64,
        rows=0,
        stamp=Withdrawal.objects.stamp(),
    )
    public_storage().save(package.path, ContentFile(b"nothing"))


def pack_the_world() -> None:
    """The version of the data package that the site would make of this world, in the place of the empty one."""
    DataPackage.objects.all().delete()
    remove_strays()
    build_package()


def _something_taken_back(person: people.Prisoner) -> None:
    """What readers saw once: versions of the data package from before are not handed out."""
    people.ExternalIdentifier.objects.create(prisoner=person, scheme="Gone", value="1").delete()


def children(parent: Model) -> list[Model]:
    """The models that hang on another by a foreign key: a stay on a person, a note on an institution."""
    found = []
    for model in our_tables():
        for key in model._meta.concrete_fields:
            if not key.is_relation or model._meta.app_label != parent._meta.app_label:
                continue
            if key.related_model is parent and not issubclass(model, Publishable):
                found.append(model)
                break
    return found


def _public_part(world: World) -> tuple[people.Prisoner, people.Facility]:
    maker = Maker(Values())
    for model in _in_order(m for m in our_tables() if _is_open(m)):
        maker.parents[model] = _make(world, maker, model)
    facility = _make(world, maker, people.Facility, state=State.PUBLISHED, slug="ik-900")
    maker.parents[people.Facility] = facility
    names = PUBLISHED_NAMES["ru"] | PUBLISHED_NAMES["en"]
    person = _make(world, maker, people.Prisoner, state=State.PUBLISHED, slug="gorintsev", **names)
    # A person without English and with nothing but a name: other branches of the pages.
    bare = people.Prisoner.objects.create(state=State.PUBLISHED, slug="bare", **PUBLISHED_NAMES["ru"])
    maker.parents[people.Prisoner] = person
    for model in _in_order(children(people.Prisoner)):
        if model.PUBLIC:
            given = {"stem": SHOWN_STEM} if model is people.Photo else {}
            maker.parents[model] = _make(world, maker, model, **given)
    world.shown += [person, facility, bare, *shown_record(partial(_make, world), maker)]
    world.shown.append(shown_story(partial(_make, world), maker))
    world.shown.append(shown_campaign(partial(_make, world), maker))
    world.shown += shown_pages(partial(_make, world), maker)
    world.shown.append(shown_news(partial(_make, world), maker))
    world.shown += shown_appeals(partial(_make, world), maker)
    make = partial(_make, world)
    shown_notices(make, maker, shown_method(make, maker))
    world.record_parents = dict(maker.parents)
    world.region_code = person.region.code
    for name in public_names(SHOWN_STEM):
        if not public_storage().exists(name):
            public_storage().save(name, ContentFile(b"the bytes of a picture"))
    return person, facility


def _hidden_beside(world: World, person: people.Prisoner, facility: people.Facility) -> None:
    """What is confidential about a published person and institution."""
    markers = Markers(world=world.number, where="beside a published record", placed=world.placed)
    secret = _make(world, Maker(markers), people.Facility, state=State.DRAFT)
    maker = Maker(markers, {people.Prisoner: person, people.Facility: facility})
    for model in (people.Region, people.Theme, people.Statement):
        maker.parents[model] = model._base_manager.earliest("pk")
    maker.parents[people.Stay] = person.stays.get()
    maker.parents[people.Photo] = person.photos.get()
    for parent in (people.Prisoner, people.Facility, people.Stay, people.Photo):
        for model in _in_order(children(parent)):
            if not model.PUBLIC and not world.made.get(model):
                given = {"facility": secret} if model is people.StayPrivate else {}
                _make(world, maker, model, **given)
    # Of another day than today: what readers see of a veto is that somebody else comes.
    _make(world, maker, AttentionVeto)
    nobody = _make(world, Maker(markers), people.Prisoner, state=State.WITHDRAWN)
    beside = Maker(markers, dict(world.record_parents))
    hidden_beside_the_record(partial(_make, world), beside, nobody)
    # Rows of public tables that are not public: no words of theirs may be seen either.
    words = {"verification": Verification.UNVERIFIED}
    for model in (
        people.Death,
        people.Recognition,
        people.RegisterEntry,
        people.EndOfCustody,
        people.Custody,
    ):
        if model is not people.Death:
            _make(world, maker, model, **words)
    _make(world, maker, people.Photo, stem="")
    # Its dates and reason are public, the place is not.
    plain = Maker(Values(), {people.Prisoner: person})
    _make(world, plain, people.Stay, facility=secret, began=PartialDate.parse("2019"))


def _hidden_record(world: World, state: str) -> None:
    """A person and an institution that are not published, with everything that can hang on them."""
    markers = Markers(world=world.number, where=f"of a record that is {state}", placed=world.placed)
    maker = Maker(markers)
    for model in (m for m in our_tables() if _is_open(m)):
        maker.parents[model] = model._base_manager.earliest("pk")
    # A statement belongs to those whom it explains.
    maker.parents[people.Statement] = _make(world, maker, people.Statement)
    facility = _make(world, maker, people.Facility, state=state)
    maker.parents[people.Facility] = facility
    person = _make(world, maker, people.Prisoner, state=state)
    maker.parents[people.Prisoner] = person
    world.hidden += [person, facility]
    world.hidden_stems.append(f"{person.pk:024x}")
    for model in _in_order(children(people.Prisoner)):
        given = {"stem": f"{person.pk:024x}"} if model is people.Photo else {}
        maker.parents[model] = _make(world, maker, model, **given)
    for parent in (people.Stay, people.Photo, people.Facility):
        for model in children(parent):
            if model not in maker.parents:
                maker.parents[model] = _make(world, maker, model)
    if state == State.WITHDRAWN:
        # One of the states is enough: each more makes every walk a third longer.
        world.hidden += hidden_record(partial(_make, world), maker, state)
        world.hidden += hidden_stories(partial(_make, world), maker)
        world.hidden.append(hidden_campaign(partial(_make, world), maker, state))
        world.hidden += hidden_pages(partial(_make, world), maker, state)
        world.hidden.append(hidden_news(partial(_make, world), maker, state))
        world.hidden += hidden_appeals(partial(_make, world), maker, state)
        _make(world, maker, PaymentMethod, kind="paypal", is_shown=False)


def _all_the_rest(world: World) -> None:
    """Every other table, confidential as a whole: accounts, sessions, imports, leads, open forms."""
    maker = Maker(Markers(world=world.number, where="", placed=world.placed))
    for label in OF_MIGRATIONS:
        model = apps.get_model(label)
        maker.parents[model] = model._base_manager.earliest("pk")
    for model in all_tables():
        if model in world.made or filled_by_database(model) or model._meta.label in OF_MIGRATIONS:
            continue
        for _ in range(world.number):
            _make(world, maker, model)
    # Triggers alone write it, where somebody acts: one row as they would, answered.
    _make(world, maker, AfterLook)


def _make(world: World, maker: Maker, model: Model, **given: object) -> models.Model:
    world.made[model] = world.made.get(model, 0) + 1
    return maker.make(model, **given)


def _is_open(model: Model) -> bool:
    """Public as a whole, like a region; and statements, which are public with those whom they explain."""
    if model is DataPackage:
        return False
    return public_condition(model) == "true" or model is people.Statement


def _in_order(found: Iterable[Model]) -> list[Model]:
    """Facts before the sources that name them."""
    return sorted(found, key=lambda model: len([f for f in model._meta.concrete_fields if f.is_relation]))


SEEN_WHERE_IT_LEADS = {"prisoners.OldAddress.page"}
"""A path of this site, which a reader sees as the target of a redirect; it is of no person."""


def hidden_fields(model: Model) -> list[str]:
    """The fields of a model that take a word and may not be seen."""
    shown = public_fields_of(model)
    return [
        f"{model._meta.label}.{f.name}"
        for f in model._meta.concrete_fields
        if isinstance(f, models.CharField | models.TextField | models.JSONField | models.FileField)
        and not f.choices
        and not fills_itself(f, model)
        and declared_name(f) not in shown
        and f"{model._meta.label}.{f.name}" not in SEEN_WHERE_IT_LEADS
    ]
