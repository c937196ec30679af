"""Invented people of every special shape that a page must get right. Nobody here exists."""

from datetime import date

from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from prisoners import models
from prisoners.choices import (
    DecidingBody,
    EndOfCustodyKind,
    InstitutionKind,
    LibertyStatus,
    ReleaseCircumstance,
    ReleaseGround,
    StayPublic,
    StayReason,
)
from tests.assistance_totals.telling import told
from tests.cases_documents.world import everything
from tests.cases_law.world import law
from tests.cases_people.world import prosecuted
from tests.factories import (
    CitationFactory,
    CustodyFactory,
    FacilityFactory,
    PrisonerFactory,
    RecognitionFactory,
    RegionFactory,
    StayFactory,
)
from tests.pages.beside_people import beside

TODAY = date(2026, 11, 23)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def sentenced(**fields) -> models.Prisoner:
    """A woman with everything: names, both languages, a term, a place, a recognition, sources."""
    region = RegionFactory(code="XX-Z", name_ru="Заречная область", name_en="Zarechnaya oblast")
    colony = FacilityFactory(
        slug="ik-99",
        name_ru="ИК-99, Верхнереченск",
        name_en="IK-99, Verkhnerechensk",
        official_name_ru="ФКУ ИК-99 УФСИН России по Заречной области",
        region=region,
        accepts_letters="yes",
        about_ru="<p>Колония общего режима.</p>",
        rules_ru="<p>Не больше четырёх листов.</p>",
    )
    person = PrisonerFactory(
        **{
            "slug": "rozhdestvenskaya-pereverzeva",
            "surname_ru": "Рождественская-Переверзева",
            "given_names_ru": "Александра",
            "patronymic_ru": "Константиновна",
            "surname_en": "Rozhdestvenskaya-Pereverzeva",
            "given_names_en": "Alexandra",
            "gender": "f",
            "region": region,
            "summary_ru": "Учительница географии из Верхнереченска. Приговорена к 7 годам 6 месяцам колонии.",
            "summary_en": "A geography teacher from Verkhnerechensk. Seven and a half years in a colony.",
            "what_happened_ru": "<p>Опубликовала три записи.</p><p>Вину <em>не признала</em>.</p>",
            "what_happened_en": "<p>She published three posts.</p>",
            "why_political_ru": "<h3>Наказание за слово</h3><p>Статья противоречит Конституции.</p>",
            "why_political_en": "<p>Punished for words.</p>",
            "charges_ru": "п. «д» ч. 2 ст. 207.3",
            "charges_en": "Art. 207.3(2)(e)",
            "charges_code": "uk-rf",
            "sentence_ru": "7 лет 6 месяцев, колония общего режима; 19 февраля 2024",
            "sentence_en": "7 years 6 months, general-regime colony; 19 February 2024",
            "name_for_envelope": "Рождественской-Переверзевой Александре Константиновне",
            "envelope_name_confirmed": True,
            "facts_checked_on": date(2026, 11, 20),
            "place_checked_on": date(2026, 11, 19),
            **fields,
        }
    )
    _custody(person, colony)
    return person


def _custody(person: models.Prisoner, colony: models.Facility) -> None:
    custody = CustodyFactory(
        prisoner=person,
        detained_on=day("14.03.2023"),
        remanded_on=day("15.03.2023"),
        term="fixed",
        expected_end=day("01.2030"),
    )
    StayFactory(
        prisoner=person,
        facility=FacilityFactory(
            slug="sizo-9", name_ru="СИЗО-9", name_en="SIZO-9", kind=InstitutionKind.SIZO
        ),
        reason=StayReason.REMAND,
        began=day("14.03.2023"),
        ended=day("03.07.2024"),
        ongoing=False,
    )
    StayFactory(prisoner=person, facility=colony, began=day("03.07.2024"), regime="general")
    RecognitionFactory(prisoner=person, custody=custody, on=day("12.05.2023"), ground="ground_1")
    _details(person, custody)


def _details(person: models.Prisoner, custody: models.Custody) -> None:
    models.Citizenship.objects.create(prisoner=person, country="RU")
    models.RegisterEntry.objects.create(
        prisoner=person, register="rosfinmonitoring", entered_on=day("05.2023")
    )
    models.Correction.objects.create(
        prisoner=person,
        on=date(2026, 5, 3),
        text_ru="был неверно указан день ареста (13 марта), верно 14 марта 2023.",
        text_en="the day of the arrest was wrong (13 March); it was 14 March 2023.",
    )
    models.NameVariant.objects.create(prisoner=person, text="Рождественська Олександра", kind="uk")
    CitationFactory(prisoner=person, published_on=day("21.02.2024"), archive_url="https://example.org/a/2")
    CitationFactory(
        prisoner=None,
        custody=custody,
        title="Карточка дела",
        publisher="",
        url="https://example.org/doc/1",
        accessed_on=date(2026, 11, 20),
        kind="court_website",
    )
    CitationFactory(
        prisoner=person, kind="archive", title="Тайное название", publisher="", url="", without_origin=True
    )


def by_initials() -> models.Prisoner:
    region = RegionFactory(code="XX-P", name_ru="Приозёрский край", name_en="Priozyorsky krai")
    person = PrisonerFactory(
        slug="p-4kxw7mzt2c",
        surname_ru="К.",
        given_names_ru="Н.",
        patronymic_ru="",
        surname_en="K.",
        given_names_en="N.",
        initials_only=True,
        gender="",
        born=day("2008"),
        region=region,
        summary_ru="Обвинение в «диверсии». Процесс закрыт.",
        summary_en="Charged with 'sabotage'. The trial is closed.",
    )
    custody = CustodyFactory(prisoner=person, detained_on=day("2026"))
    place = FacilityFactory(slug="sizo-7", name_ru="СИЗО-7 тайный", region=region)
    stay = StayFactory(prisoner=person, facility=place, reason=StayReason.REMAND, began=day("2026"))
    CitationFactory(
        prisoner=None, custody=custody, title="Дело Неназванного", url="https://example.org/nenazvanny"
    )
    CitationFactory(
        prisoner=None, stay=stay, title="Где держат Неназванного", url="https://example.org/where"
    )
    return person


def civilian() -> models.Prisoner:
    """Held without a case, nobody knows where."""
    person = PrisonerFactory(
        slug="perekotypole",
        surname_ru="Перекотиполе",
        given_names_ru="Евгений",
        patronymic_ru="Григорьевич",
        surname_en="Perekotypole",
        given_names_en="Yevhen",
        born=day("1975"),
    )
    CustodyFactory(prisoner=person, seized_on=day("03.05.2022"), detained_on=None)
    StayFactory(prisoner=person, facility=None, reason=StayReason.NO_CASE, began=day("03.05.2022"))
    models.Citizenship.objects.create(prisoner=person, country="UA")
    models.Citizenship.objects.create(prisoner=person, country="RU", manner="imposed")
    return person


def under_house_arrest() -> models.Prisoner:
    person = PrisonerFactory(
        slug="tikhomandritsky", surname_ru="Тихомандрицкий-Вольф", given_names_ru="Игнатий"
    )
    CustodyFactory(prisoner=person, detained_on=day("11.06.2026"))
    StayFactory(prisoner=person, facility=None, reason=StayReason.HOUSE_ARREST, began=day("12.06.2026"))
    return person


def died_in_custody(gender: str = "m") -> models.Prisoner:
    person = PrisonerFactory(gender=gender, slug=f"vyshnepolsky-{gender or 'n'}", born=day("03.02.1963"))
    custody = CustodyFactory(
        prisoner=person, detained_on=day("14.03.2023"), term="fixed", expected_end=day("2028")
    )
    models.EndOfCustody.objects.create(
        prisoner=person, custody=custody, kind=EndOfCustodyKind.DEATH, on=day("03.07.2026")
    )
    models.Death.objects.create(
        prisoner=person, on=day("03.07.2026"), place_ru="тюремная больница", place_en="a prison hospital"
    )
    return person


def released(gender: str = "f") -> models.Prisoner:
    person = PrisonerFactory(gender=gender, slug=f"belokamentseva-{gender or 'n'}")
    custody = CustodyFactory(
        prisoner=person, detained_on=day("04.04.2023"), term="fixed", expected_end=day("10.2026")
    )
    models.EndOfCustody.objects.create(
        prisoner=person,
        custody=custody,
        on=day("30.10.2026"),
        ground=ReleaseGround.SERVED,
        circumstance=ReleaseCircumstance.ORDINARY,
    )
    return person


def beyond_reach() -> models.Prisoner:
    return PrisonerFactory(
        slug="gromykhalin",
        surname_ru="Громыхалин",
        given_names_ru="Степан",
        liberty_entered=LibertyStatus.BEYOND_REACH,
    )


def sent_to_war() -> models.Prisoner:
    person = PrisonerFactory(slug="ognev", surname_ru="Огнев", given_names_ru="Марат")
    custody = CustodyFactory(prisoner=person, detained_on=day("2022"))
    models.EndOfCustody.objects.create(
        prisoner=person,
        custody=custody,
        on=day("02.2024"),
        ground=ReleaseGround.WAR_80_2,
        circumstance=ReleaseCircumstance.SENT_TO_WAR,
    )
    return person


def in_treatment() -> models.Prisoner:
    person = PrisonerFactory(slug="lebyazhinsky", surname_ru="Лебяжинский", given_names_ru="Роман")
    hospital = FacilityFactory(kind=InstitutionKind.PBSTIN, name_ru="ПБСТИН, Северореченск", postal_index="")
    CustodyFactory(prisoner=person, detained_on=day("02.2025"), term="treatment")
    StayFactory(
        prisoner=person, facility=hospital, reason=StayReason.COMPULSORY_TREATMENT, began=day("09.2025")
    )
    return person


def for_life() -> models.Prisoner:
    person = PrisonerFactory(slug="kruglov", surname_ru="Круглов", given_names_ru="Ян", patronymic_ru="")
    CustodyFactory(prisoner=person, detained_on=day("06.2020"), term="life")
    StayFactory(prisoner=person, began=day("06.2020"))
    return person


def arrested_again(gender: str = "m") -> models.Prisoner:
    """Recognised in the case of 2020, released, arrested anew in 2025: nothing is revived."""
    person = PrisonerFactory(gender=gender, slug=f"ozerny-{gender or 'n'}", surname_ru="Озёрный")
    first = CustodyFactory(
        prisoner=person, detained_on=day("05.2020"), term="fixed", expected_end=day("05.2023")
    )
    models.EndOfCustody.objects.create(
        prisoner=person,
        custody=first,
        on=day("05.2023"),
        ground=ReleaseGround.SERVED,
        circumstance=ReleaseCircumstance.UNKNOWN,
    )
    CustodyFactory(prisoner=person, detained_on=day("03.02.2025"))
    StayFactory(prisoner=person, reason=StayReason.REMAND, began=day("03.02.2025"))
    RecognitionFactory(
        prisoner=person, custody=first, on=day("11.2020"), decided_by=DecidingBody.MEMORIAL_HRC
    )
    return person


def withdrawn_recognition() -> models.Prisoner:
    person = PrisonerFactory(slug="otozvanny", surname_ru="Отозванов")
    RecognitionFactory(prisoner=person, on=day("12.05.2023"))
    RecognitionFactory(prisoner=person, on=day("05.05.2024"), outcome="withdrawn")
    return person


def nameless() -> models.Prisoner:
    return PrisonerFactory(
        slug="p-zhitel",
        surname_ru="",
        given_names_ru="",
        patronymic_ru="",
        surname_en="",
        given_names_en="",
        described_as_ru="Житель Мелитополя, 1987 г. р.",
        described_as_en="A resident of Melitopol, born 1987",
        born=day("1987"),
        gender="",
    )


def only_english() -> models.Prisoner:
    """As imported from a list in English: no Russian name and no Russian text."""
    person = PrisonerFactory(
        slug="mammadzade",
        surname_ru="",
        given_names_ru="",
        patronymic_ru="",
        surname_en="Məmmədzadə",
        given_names_en="Gülşən",
        summary_ru="",
        summary_en="A blogger; charged with hooliganism.",
        charges_en="Article 221.3",
        gender="",
        born=None,
    )
    CustodyFactory(prisoner=person, detained_on=day("2013"))
    return person


def only_russian() -> models.Prisoner:
    person = PrisonerFactory(
        slug="ognepolsky",
        surname_ru="Огнепольский",
        given_names_ru="Марат",
        patronymic_ru="Гаврилович",
        surname_en="Ognepolsky",
        given_names_en="Marat",
        summary_en="",
        what_happened_ru="<p>Машинист тепловоза. Вину не признаёт.</p>",
    )
    CustodyFactory(prisoner=person, detained_on=day("19.09.2023"), term="fixed", expected_end=day("09.2041"))
    StayFactory(
        prisoner=person,
        began=day("04.10.2024"),
        public=StayPublic.REGION_ONLY,
        facility=None,
        region=RegionFactory(code="XX-S", name_ru="Северореченск", name_en="Severorechensk"),
    )
    return person


def kept_secret() -> models.Prisoner:
    """Where the person is held is hidden, and only staff know it."""
    person = PrisonerFactory(slug="tayny", surname_ru="Сокрытов")
    CustodyFactory(prisoner=person, detained_on=day("01.2025"))
    stay = StayFactory(prisoner=person, facility=None, public=StayPublic.NO, reason=StayReason.SERVING)
    models.StayPrivate.objects.create(stay=stay, facility=FacilityFactory(name_ru="СИЗО-666 секретный"))
    return person


def hidden() -> models.Prisoner:
    return PrisonerFactory(slug="skryty", surname_ru="Скрытый", state=State.WITHDRAWN)


def term_ended() -> models.Prisoner:
    person = PrisonerFactory(slug="srokov", surname_ru="Сроков")
    CustodyFactory(prisoner=person, detained_on=day("10.2021"), term="fixed", expected_end=day("10.2026"))
    StayFactory(prisoner=person, began=day("10.2021"))
    return person


SPECIAL = (
    sentenced,
    by_initials,
    civilian,
    under_house_arrest,
    died_in_custody,
    released,
    beyond_reach,
    sent_to_war,
    in_treatment,
    for_life,
    arrested_again,
    withdrawn_recognition,
    nameless,
    only_english,
    only_russian,
    kept_secret,
    term_ended,
)


def everybody() -> list[models.Prisoner]:
    """One of each, documents and findings of two of them, the law of two more, a whole case of one, totals of help."""
    people = [make() for make in SPECIAL]
    named = [one for one in people if one.is_published and not one.initials_only]
    everything(*named[:2])
    law(*named[2:4])
    prosecuted(named[0])
    told()
    told("2024", any=77)
    beside(named)
    return people
