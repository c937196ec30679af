"""The old site comes along: who, what, where to; and what is left to people."""

import io

import pytest
from django.core.management import CommandError

from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from prisoners.models import Facility, ImportKey, OldAddress, Prisoner, StaffNote, Stay
from tests.factories import FacilityFactory
from tests.imports.test_import import state_of_everything
from tests.wordpress.conftest import MAP, item

pytestmark = pytest.mark.django_db
ADDRESS = "443021, г. Заречье, ул. Садовая, д. 1, ФКУ СИЗО-1 УФСИН России по Заречной области"


@pytest.fixture(autouse=True)
def _words(django_db_setup):
    from django.core.management import call_command

    call_command("seed_vocabularies", verbosity=0, stdout=io.StringIO())


def only(surname="Горинцев"):
    return Prisoner.objects.get(surname_ru=surname)


def test_without_apply_nothing_is_written(dump, run):
    before = state_of_everything()
    ran = run(dump(item(1)))
    assert state_of_everything() == before
    assert "New: 1," in ran.out
    assert "Nothing was written" in ran.out


def test_a_post_becomes_a_person(dump, run):
    content = (
        "<p>Инженер. Задержан дома.</p><h2>Почему мы считаем дело политическим</h2><p>Речь шла о мире.</p>"
        "<p><strong>Признание</strong></p><p>Решение № 5.</p>"
    )
    terms = [("region", "moskva", "Москва"), ("statya", "a", "ст. 207.3 УК РФ"), ("mera", "sizo", "СИЗО"),
             ("tema", "antivoennoe", "Антивоенное"), ("tema", "religiya", "Религия")]  # fmt: skip
    meta = {"birth": "14.03.1987", "arrested": "20210503", "letters": f"{ADDRESS}, Горинцеву Ивану Петровичу"}
    ran = run(dump(item(1, content=content, terms=terms, meta=meta)), apply=True, publish=True)
    person = only()
    assert (person.state, person.given_names_ru, person.patronymic_ru, person.gender) == (
        State.PUBLISHED, "Иван", "Петрович", "m",
    )  # fmt: skip
    assert (person.what_happened_ru, person.why_political_ru) == (
        "<p>Инженер. Задержан дома.</p>",
        "<p>Речь шла о мире.</p>",
    )
    assert (person.summary_ru, person.charges_ru, person.charges_code) == (
        "Инженер.",
        "ст. 207.3 УК РФ",
        "uk-rf",
    )
    assert (person.born.text, person.region.code) == ("1987-03-14", "RU-MOW")
    assert person.custodies.get().detained_on.text == "2021-05-03"
    assert [link.theme.code for link in person.theme_links.all()] == ["anti_war_speech"]
    assert [link.prisoner_list.code for link in person.listings.all()] == ["religious"]
    stay = Stay.objects.get()
    assert (stay.reason, stay.facility.name_ru, stay.ongoing) == ("remand", "СИЗО-1, Заречье", False)
    assert (stay.facility.postal_index, stay.facility.city, stay.facility.street) == (
        "443021", "Заречье", "ул. Садовая, д. 1",
    )  # fmt: skip
    assert (person.name_for_envelope, person.envelope_name_confirmed) == ("Горинцеву Ивану Петровичу", False)
    assert "Решение № 5." in StaffNote.objects.get().text
    assert ran.reasons() == []
    assert HistoryEntry.objects.filter(actor="command:import_wordpress").exists()


@pytest.mark.parametrize("status", ["draft", "private", "pending", "future"])
def test_what_the_old_site_did_not_show_stays_a_draft(dump, run, status):
    ran = run(dump(item(1, status=status)), apply=True, publish=True)
    assert only().state == State.DRAFT
    assert "did not show this page" in ran.reasons(1, "not published")[0]


def test_a_page_with_a_password_stays_a_draft_and_trash_stays_behind(dump, run):
    ran = run(
        dump(item(1, wp__post_password="x"), item(2, "Ветров Лев", status="trash")), apply=True, publish=True
    )
    assert only().state == State.DRAFT
    assert Prisoner.objects.count() == 1
    assert "figurant (trash): 1" in ran.out


def test_a_translation_joins_its_person(dump, run):
    group = ("post_translations", "pll_1", "x")
    russian = item(1, terms=[group, ("language", "ru", "Русский")], meta={"birth": "14.03.1987"})
    english = item(
        2,
        "Ivan Gorintsev",
        content="<p>An engineer.</p>",
        terms=[group, ("language", "en", "English")],
        link="https://old-site.example/en/figurant/ivan-gorintsev/",
        meta={"birth": "March"},
    )
    ran = run(dump(english, russian), apply=True)
    person = only()
    assert (person.surname_en, person.what_happened_en, person.slug) == (
        "Gorintsev", "<p>An engineer.</p>", "gorintsev-ivan",
    )  # fmt: skip
    assert person.born.text == "1987-03-14"
    assert not ran.reasons(1, "not read, kept as a staff note")
    assert set(OldAddress.objects.filter(prisoner=person).values_list("path", "language")) >= {
        ("figurant/figurant-1/", ""), ("figurant/ivan-gorintsev/", ""), ("?p=1", "ru"), ("?p=2", "en"),
    }  # fmt: skip


def test_a_translation_of_wpml_is_tied_by_its_field(dump, run, tmp_path):
    text = MAP.read_text(encoding="utf-8").replace('default = "ru"', 'default = "ru"\nmeta = "_lang"')
    rules = tmp_path / "wpml.toml"
    rules.write_text(text, encoding="utf-8")
    meta = {"_icl_lang_duplicate_of": "1", "_lang": "en"}
    run(dump(item(1), item(2, "Ivan Gorintsev", meta=meta)), map=rules, apply=True)
    assert Prisoner.objects.get().surname_en == "Gorintsev"


@pytest.mark.parametrize(
    ("letters", "reason"),
    [("Домашний арест, г. Заречье, ул. Тихая, д. 3, кв. 8", "house_arrest"), ("На этапе", "transit")],
)
def test_house_arrest_and_a_transfer_have_no_address(dump, run, letters, reason):
    run(dump(item(1, meta={"letters": letters})), apply=True)
    stay = Stay.objects.get()
    assert (stay.reason, stay.facility) == (reason, None)
    assert not Facility.objects.exists()
    everything = repr(list(StaffNote.objects.values_list("text"))) + repr(
        list(ImportKey.objects.values_list("imported"))
    )
    assert "Тихая" not in everything


@pytest.mark.parametrize("letters", ["г. Заречье, ул. Тихая, д. 3, кв. 8", f"{ADDRESS}, кв. 8"])
def test_an_address_of_a_home_is_kept_nowhere(dump, run, letters):
    terms = [("mera", "domashnij-arest", "Домашний арест")]
    run(dump(item(1, meta={"letters": letters}, terms=terms)), apply=True)
    tables = (
        StaffNote.objects.values_list("text"),
        ImportKey.objects.values_list("imported"),
        Facility.objects.values(),
    )
    assert "Тихая" not in repr([list(rows) for rows in tables])
    assert "Садовая" not in repr([list(rows) for rows in tables])


def test_what_cannot_be_mapped_is_listed_for_people(dump, run):
    terms = [("tema", "novoe", "Новое"), ("mera", "na-svobode", "Освобождён"), ("neznakomoe", "x", "Иное")]
    ran = run(dump(item(1, terms=terms, meta={"letters": "ИК-3", "pole": "значение"})), apply=True)
    notes = " ".join(StaffNote.objects.values_list("text", flat=True))
    for words in ("Новое", "Освобождён", "Иное", "ИК-3", "pole: значение"):
        assert words in notes
    assert len(ran.reasons(1, "not read, kept as a staff note")) == 2
    assert StaffNote.objects.filter(done=False).count() == 2


def test_an_institution_is_found_by_index_and_number(dump, run):
    known = FacilityFactory(
        name_ru="Следственный изолятор № 1 (СИЗО-1)", postal_index="443021", city="Заречье", street=""
    )
    run(dump(item(1, meta={"letters": ADDRESS})), apply=True)
    assert Stay.objects.get().facility == known
    assert Facility.objects.get().street == ""


def test_letters_that_disagree_leave_the_address_to_people(dump, run):
    other = ADDRESS.replace("д. 1", "д. 9")
    posts = item(1, meta={"letters": ADDRESS}), item(2, "Ветров Лев", meta={"letters": other})
    ran = run(dump(*posts), apply=True)
    assert Facility.objects.get().postal_index == ""
    assert any("name several: street" in reason for reason in ran.reasons())


@pytest.mark.parametrize("addressee", ["Луговой Анне", "Горинцеву Петру"])
def test_another_name_is_not_put_on_the_envelope(dump, run, addressee):
    ran = run(dump(item(1, meta={"letters": f"{ADDRESS}, {addressee}"})), apply=True)
    assert only().name_for_envelope == ""
    assert "It is not the name of this page." in ran.reasons(1)


def test_people_link_to_each_other_whatever_their_order(dump, run):
    content = '<p>См. <a href="https://old-site.example/?p=2">соседа</a> и <a href="/figurant/figurant-3/">ещё</a>.</p>'
    posts = item(1, content=content), item(2, "Ветров Лев"), item(3, "Лугов Егор", status="draft")
    run(dump(*posts), apply=True)
    text = only().what_happened_ru
    assert 'href="/ru/prisoners/vetrov-lev/"' in text
    assert "ещё" in text
    assert "lugov" not in text


def test_links_to_the_hidden_become_words(dump, run):
    posts = item(1, content='<p>См. <a href="/figurant/figurant-2/">дело</a>.</p>'), item(2, "Ветров Лев")
    run(dump(*posts), apply=True)
    Prisoner.objects.filter(surname_ru="Ветров").update(state=State.WITHDRAWN)
    run(dump(*posts), apply=True)
    assert only().what_happened_ru == "<p>См. дело.</p>"


# --- Again --------------------------------------------------------------------------------------


def test_run_twice_changes_nothing(dump, run):
    posts = [item(number, f"Вет{number}ров Лев", meta={"letters": ADDRESS}) for number in range(1, 6)]
    run(dump(*posts), apply=True, publish=True)
    before = state_of_everything()
    ran = run(dump(*posts), apply=True, publish=True)
    assert state_of_everything() == before
    assert "unchanged: 5" in ran.out


def test_what_staff_changed_stays_and_is_listed(dump, run):
    run(dump(item(1, meta={"letters": f"{ADDRESS}, Горинцеву Ивану Петровичу"})), apply=True)
    Prisoner.objects.update(summary_ru="Слова редакции.", name_for_envelope="Горинцеву Ивану П.")
    Facility.objects.update(street="Другая улица")
    ran = run(
        dump(
            item(
                1, content="<p>Другое начало.</p>", meta={"letters": f"{ADDRESS}, Горинцеву Ивану Петровичу"}
            )
        ),
        apply=True,
    )
    person = only()
    assert (person.summary_ru, person.what_happened_ru) == ("Слова редакции.", "<p>Другое начало.</p>")
    assert (person.name_for_envelope, Facility.objects.get().street) == ("Горинцеву Ивану П.", "Другая улица")
    assert any("Staff changed this" in reason for reason in ran.reasons(1, "left as it is"))


def test_nothing_hidden_returns(dump, run):
    posts = item(1), item(2, "Ветров Лев"), item(3, "Лугов Егор")
    run(dump(*posts), apply=True, publish=True)
    Prisoner.objects.filter(surname_ru="Горинцев").update(state=State.WITHDRAWN)
    Prisoner.objects.get(surname_ru="Лугов").delete()
    before = state_of_everything()
    run(dump(*posts), apply=True, publish=True)
    assert state_of_everything() == before


def test_wrong_options_are_refused(dump, run, tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        run(dump(item(1)), media=tmp_path / "absent")
    with pytest.raises(CommandError, match="no mapping"):
        run(dump(item(1)), map=tmp_path / "absent.toml")
