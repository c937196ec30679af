import pytest

from memorial.base.choices import State
from prisoners.models import Citizenship, Death, Facility, Prisoner, Stay
from tests.factories import CitationFactory, CustodyFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.pages import world
from tests.pages.reading import facts, links, marks, words, words_of_main

pytestmark = pytest.mark.django_db


def page_of(reader, person: Prisoner, language: str = "ru"):
    response = reader.get(f"/{language}/prisoners/{person.slug}/")
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("make", world.SPECIAL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_prisoner_detail_answers_for_every_special_person(reader, make, language):
    text = words(page_of(reader, make(), language))
    assert "None" not in text
    assert "%(" not in text
    assert "prisoners_" not in text


def test_prisoner_detail_says_the_whole_of_a_sentence_in_words(reader):
    response = page_of(reader, world.sentenced())
    text = words(response)
    for said in (
        "Рождественская-Переверзева Александра Константиновна",
        "Alexandra Rozhdestvenskaya-Pereverzeva",
        "Рождественська Олександра",
        "В неволе 3 года 8 месяцев.",
        "Лишена свободы 14 марта 2023",
        "Ожидаемое освобождение: январь 2030",
        "Учительница географии",
        "Вину не признала",
        "Статья противоречит Конституции",
        "Исправлено 3 мая 2026:",
        "Сведения проверены 20 ноября 2026",
        "Место проверено 19 ноября 2026",
        "Признание политзаключённым не означает согласия",
    ):
        assert said in text
    assert marks(response) == [
        ("st--in", "В заключении"),
        ("rc--yes", "Признана политзаключённой 12 мая 2023"),
    ]


def test_prisoner_detail_in_english_has_the_given_name_first(reader):
    response = page_of(reader, world.sentenced(), "en")
    assert (
        '<h1>Alexandra <span class="giv">Rozhdestvenskaya-Pereverzeva</span></h1>'
        in response.content.decode()
    )
    assert marks(response) == [
        ("st--in", "Imprisoned"),
        ("rc--yes", "Recognised as a political prisoner, 12 May 2023"),
    ]
    assert "Deprived of liberty for 3 years 8 months." in words(response)
    assert 'lang="ru">Рождественская-Переверзева Александра Константиновна<' in response.content.decode()


def test_prisoner_detail_facts(reader):
    found = facts(page_of(reader, world.sentenced()))
    assert found["Родилась"] == "2 октября 1987, 39 лет"
    assert found["Гражданство"] == "Россия"
    assert found["Регион дела"] == "Заречная область"
    # The first of the three dates, and the other one because it differs.
    assert found["Лишена свободы"].startswith("14 марта 2023 (")
    assert "15 марта 2023 (заключение под стражу судом)" in found["Лишена свободы"]
    assert found["Содержится"] == "ИК-99, Верхнереченск"
    assert found["Приговор"].startswith("7 лет 6 месяцев")
    assert "основание:" in found["Признание"]


def test_prisoner_detail_draws_the_term_to_the_month(reader):
    page = page_of(reader, world.sentenced()).content.decode()
    assert '<rect class="t-done" width="54%" height="100%"/>' in page
    assert "%" not in words(page_of(reader, Prisoner.objects.get())).replace("100%", "")


@pytest.mark.parametrize(
    ("make", "drawing", "said"),
    [
        (world.for_life, 'class="t-cut"', "Пожизненно"),
        (world.in_treatment, 'class="t-none"', "Принудительное лечение, срок не установлен"),
        (world.died_in_custody, 'class="t-end"', "Умер 3 июля 2026"),
        (world.civilian, 'class="t-none"', "Уголовного дела нет"),
        (
            world.term_ended,
            'class="t-done" width="100%"',
            "Срок истёк по нашим данным, освобождение не подтверждено",
        ),
        (world.released, 'class="t-done" width="100%"', "Освобождена 30 октября 2026"),
        (world.only_english, 'class="t-none"', "Об освобождении ничего не известно"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_prisoner_detail_term_line(reader, make, drawing, said):
    response = page_of(reader, make())
    assert drawing in response.content.decode()
    assert said in words(response)


def test_prisoner_detail_claims_no_captivity_where_nothing_says_it_goes_on(reader):
    text = words(page_of(reader, world.only_english()))
    assert "В неволе" not in text
    assert "Неизвестно, на свободе ли" in text


def test_prisoner_detail_by_initials_tells_nothing_more(reader):
    person = world.by_initials()
    response = page_of(reader, person)
    page, text = response.content.decode(), words(response)
    for kept in ("Неназванн", "nenazvanny", "СИЗО-7", "example.org"):
        assert kept not in page
    assert "Адреса для писем на этой странице нет и не будет" in text
    assert "Почему здесь нет имени" in text
    assert facts(response)["Содержится"] == "Приозёрский край (место не публикуется)"
    assert 'class="ph' not in page


def test_prisoner_detail_hides_an_institution_that_is_not_published(reader):
    person = PrisonerFactory()
    place = FacilityFactory(name_ru="Подвал на Тихой", state=State.DRAFT)
    stay = StayFactory(prisoner=person, facility=place)
    CitationFactory(prisoner=None, stay=stay, title="Источник о месте")
    told = f"{place.region.name_ru} (место не публикуется)"
    assert facts(page_of(reader, person))["Содержится"] == told
    assert f"/ru/regions/{place.region.code.lower()}/" in links(page_of(reader, person))
    assert "Подвал" not in page_of(reader, person).content.decode()


def test_prisoner_detail_tells_nothing_of_a_secret_stay(reader):
    person = world.kept_secret()
    stay = Stay.objects.get(prisoner=person)
    CitationFactory(prisoner=None, stay=stay, title="Где его держат", url="https://example.org/gde")
    response = page_of(reader, person)
    assert facts(response)["Содержится"] == "место не публикуется"
    assert "Место содержания мы не публикуем" in words(response)
    for kept in ("СИЗО-666", "Где его держат", "example.org/gde", "Места содержания"):
        assert kept not in response.content.decode()


def test_prisoner_detail_shows_the_region_of_a_stay_shown_by_region_only(reader):
    person = world.only_russian()
    assert facts(page_of(reader, person))["Содержится"] == "Северореченск (место не публикуется)"


def test_prisoner_detail_house_arrest_has_no_place_and_says_why_there_is_no_address(reader):
    text = words(page_of(reader, world.under_house_arrest()))
    assert "домашних адресов мы не публикуем" in text
    assert "дома; адрес мы не публикуем никогда" in text


def test_prisoner_detail_address_is_in_the_order_of_the_envelope(reader):
    assert (
        "Рождественской-Переверзевой Александре Константиновне, 1987 г. р., "
        "ФКУ ИК-99 УФСИН России по Заречной области, ул. Образцовая, д. 1, г. Верхнереченск, "
        "Заречная область, 999014"
    ) in words(page_of(reader, world.sentenced()))


def test_prisoner_detail_unconfirmed_dative_is_not_shown(reader):
    person = world.sentenced(envelope_name_confirmed=False)
    text = words(page_of(reader, person))
    assert "Рождественской-Переверзевой" not in text
    assert "Рождественская-Переверзева Александра Константиновна, 1987 г. р., ФКУ" in text
    assert "На конверте имя пишут в дательном падеже" in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"accepts_letters": "no"}, "не принимает письма"),
        ({"postal_index": ""}, "Почтовый адрес этого учреждения нам пока неизвестен"),
        ({"state": State.WITHDRAWN}, "Адреса для писем в это место нет"),
    ],
)
def test_prisoner_detail_says_why_there_is_no_address(reader, changed, said):
    person = world.sentenced()
    Facility.objects.filter(slug="ik-99").update(**changed)
    response = page_of(reader, person)
    assert said in words(response)
    assert "999014" not in response.content.decode()


def test_prisoner_detail_exact_birth_date_only_while_the_person_can_be_written_to(reader):
    person = world.sentenced()
    assert facts(page_of(reader, person))["Родилась"] == "2 октября 1987, 39 лет"
    Stay.objects.filter(prisoner=person).delete()
    assert facts(page_of(reader, person))["Родилась"] == "1987"
    assert "октября" not in page_of(reader, person).content.decode()


def test_prisoner_detail_of_the_dead_has_no_age_and_no_letters(reader):
    response = page_of(reader, world.died_in_custody())
    assert facts(response)["Родился"] == "1963"
    assert facts(response)["Умер"] == "3 июля 2026; в неволе; тюремная больница"
    assert "Написать письмо" not in words_of_main(response)


def test_prisoner_detail_marks_text_of_the_other_language(reader):
    response = page_of(reader, world.only_russian(), "en")
    page = response.content.decode()
    assert '<div class="prose" lang="ru"><p>Машинист тепловоза. Вину не\u00a0признаёт.</p></div>' in page
    assert page.count('class="note"') == 1
    assert "(in Russian)" in page


def test_prisoner_detail_incomplete_language_is_not_indexed_and_points_to_the_complete_one(reader):
    person = world.only_russian()
    english = page_of(reader, person, "en").content.decode()
    assert '<meta name="robots" content="noindex">' in english
    assert f'<link rel="canonical" href="http://localhost:8000/ru/prisoners/{person.slug}/">' in english
    assert 'rel="alternate"' not in english
    russian = page_of(reader, person).content.decode()
    assert "noindex" not in russian
    assert 'rel="alternate"' not in russian


def test_prisoner_detail_complete_languages_name_each_other(reader):
    person = world.sentenced()
    for language in ("ru", "en"):
        page = page_of(reader, person, language).content.decode()
        for code in ("ru", "en"):
            assert f'hreflang="{code}" href="http://localhost:8000/{code}/prisoners/{person.slug}/"' in page
        assert (
            f'<link rel="canonical" href="http://localhost:8000/{language}/prisoners/{person.slug}/">' in page
        )


def test_prisoner_detail_links_to_the_same_page_in_the_other_language(reader):
    person = world.sentenced()
    assert f"/en/prisoners/{person.slug}/" in links(page_of(reader, person))
    assert f"/ru/prisoners/{person.slug}/" in links(page_of(reader, person, "en"))


def test_prisoner_detail_has_no_dead_link(reader):
    for person in world.everybody():
        for link in links(page_of(reader, person)):
            assert link not in ("", "#")
            if link.startswith("/"):
                assert reader.get(link).status_code == 200, link
            elif link.startswith("#"):
                assert f'id="{link[1:]}"' in page_of(reader, person).content.decode()


def test_prisoner_detail_source_without_origin_is_only_what_it_is(reader):
    page = page_of(reader, world.sentenced()).content.decode()
    assert "Тайное название" not in page
    assert page.count('href="https://example.org/doc/2"') == 1


def test_prisoner_detail_cleans_markup_that_was_written_past_the_form(reader):
    from django.db.models import Value

    person = world.sentenced()
    bad = '<p onclick="x()">Текст<script>alert(1)</script><img src=x onerror=y></p>'
    Prisoner.objects.filter(pk=person.pk).update(what_happened_ru=Value(bad))
    page = page_of(reader, person).content.decode()
    assert "<p>Текст</p>" in page
    assert not [evil for evil in ("onclick", "<script>", "alert(1)", "onerror") if evil in page]


def test_prisoner_detail_unknown_is_said(reader):
    person = PrisonerFactory(born=None, gender="")
    CustodyFactory(prisoner=person, detained_on=None)
    StayFactory(prisoner=person, facility=None)
    found = facts(page_of(reader, person))
    assert found["Дата рождения"] == "неизвестно"
    assert found["Гражданство"] == "неизвестно"
    assert found["Лишение свободы"] == "с какого дня, неизвестно"
    assert found["Содержится"] == "место неизвестно"
    assert not [value for value in found.values() if value.strip() in ("", "—", "-")]


def test_prisoner_detail_imposed_citizenship_stands_beside_the_own_one(reader):
    person = world.civilian()
    assert Citizenship.objects.filter(prisoner=person).count() == 2
    assert facts(page_of(reader, person))["Гражданство"].startswith("Украина; Россия (")


def test_prisoner_detail_of_a_nameless_person(reader):
    response = page_of(reader, world.nameless())
    assert "Житель Мелитополя, 1987 г. р." in words(response)
    assert "<h1>Житель Мелитополя, 1987\u00a0г.\u00a0р.</h1>" in response.content.decode()


def test_prisoner_detail_death_of_unknown_date(reader):
    person = PrisonerFactory(gender="f")
    Death.objects.create(prisoner=person, circumstance="other")
    response = page_of(reader, person)
    assert marks(response)[0] == ("st--died", "Умерла")
    assert facts(response)["Умерла"] == "когда, неизвестно"
