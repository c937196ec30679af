"""An article, a court and an official of every shape that their pages must get right. Nobody here exists."""

from datetime import date, time

from cases import models as record
from memorial.base.partial_date import PartialDate
from prisoners.models import Prisoner
from tests.factories import (
    ArticleEditionFactory,
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    confirmed_official,
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def article_of_two_editions() -> record.Article:
    """Its label contested, its title changed, its parts told, a text in Russian only, one edition not verified."""
    article = ArticleFactory(
        number="280.3",
        slug="uk-rf-280.3",
        edition=None,
        text_ru="<p>Наказывает за слова о войне. По нашей оценке, статья противоречит Конституции.</p>",
    )
    if article.editions.exists():
        return article
    ArticleEditionFactory(
        article=article,
        title_ru="Публичные действия, направленные на дискредитацию использования Вооружённых Сил",
        title_en="Public actions aimed at discrediting the use of the Armed Forces",
        short_ru="«Дискредитация» армии",
        short_en="‘Discrediting’ the army",
        contested=True,
        valid_from=date(2022, 3, 4),
        valid_to=date(2023, 3, 28),
    )
    latest = ArticleEditionFactory(
        article=article,
        title_ru="Публичные действия, направленные на дискредитацию армии и добровольцев",
        title_en="",
        short_ru="«Дискредитация» армии и добровольцев",
        short_en="‘Discrediting’ the army and volunteers",
        contested=True,
        valid_from=date(2023, 3, 29),
        verified_on=None,
    )
    record.ArticleEditionPrivate.objects.create(edition=latest, staff_note="сверить с официальным текстом")
    for number, short in (
        ("1", "повторно в течение года"),
        ("2", "повлекло смерть или беспорядки"),
        ("1.1", ""),
    ):
        record.ArticlePart.objects.create(edition=latest, number=number, short_ru=short)
    return article


def sentenced(article: record.Article, years: int = 3, part: str = "1", **fields) -> record.Prosecution:
    """Somebody whom a court of the first instance sent to prison under the article alone."""
    prosecution = ProsecutionFactory(**fields)
    ChargeFactory(prosecution=prosecution, article=article, part=part)
    decision = DecisionFactory(case=prosecution.case, court=None)
    link = DecisionPersonFactory(decision=decision, prosecution=prosecution)
    record.Penalty.objects.create(decision_person=link, kind="imprisonment", years=years)
    return prosecution


def occupied_court(**fields) -> record.Court:
    return CourtFactory(
        **{
            "slug": "primorskoe",
            "name_ru": "Приморский районный суд",
            "name_en": "Primorskoye District Court",
            "level": "occupied_territory",
            "in_occupied_territory": True,
            "town_ru": "Приморск",
            "address_ru": "ул. Образцовая, д. 2",
            "time_zone": "Asia/Yekaterinburg",
            **fields,
        }
    )


def heard(court: record.Court, case: record.Case) -> None:
    """A verdict of the whole case, and a hearing of it ahead."""
    DecisionFactory(case=case, court=court, on=day("19.02.2024"), in_force_on=day("03.07.2024"))
    HearingFactory(
        case=case,
        court=court,
        on=date(2026, 11, 26),
        at=time(10, 30),
        hearing_state="planned",
        access="open",
        room="4",
        subject_ru="Прения",
        subject_en="Pleadings",
    )


def judge(court: record.Court | None, **fields) -> record.Official:
    names = {
        "slug": "sudyin-viktor",
        "surname_ru": "Судьин",
        "given_names_ru": "Виктор",
        "surname_en": "Sudyin",
        "given_names_en": "Viktor",
        "office_ru": "председатель суда",
    }
    official = confirmed_official(**{**names, "court": court, **fields})
    record.CaseCitation.objects.create(
        official=official, kind="court_website", title="Состав суда", url="https://example.org/judges"
    )
    return official


def took_part(
    official: record.Official, prosecution: record.Prosecution, *, confirmed: bool = True, **fields
) -> record.OfficialRole:
    """A part with a source, confirmed by two people or by one."""
    role = record.OfficialRole.objects.create(
        **{
            "official": official,
            "prosecution": prosecution,
            "part": "tried",
            "on": day("19.02.2024"),
            **fields,
        }
    )
    record.CaseCitation.objects.create(
        official_role=role,
        kind="media",
        title=f"Репортаж {role.pk}",
        url=f"https://example.org/role/{role.pk}",
    )
    for staff in (1, 2) if confirmed else (1,):
        record.OfficialConfirmation.objects.create(role=role, by=staff, on=date(2026, 2, staff))
    return role


def law(*people: Prisoner) -> record.Article:
    """One of each, about these people: an article with six verdicts, a court, an official under sanctions."""
    case = CaseFactory(
        slug="poems-in-the-square", title_ru="Дело о стихах на площади", title_en="Poems in the square"
    )
    article = article_of_two_editions()
    own = [sentenced(article, 4, "1", case=case, prisoner=person) for person in people]
    for years in (2, 3, 5, 6):
        sentenced(article, years, "2", case=case)
    ChargeFactory(
        article=article, part="", prosecution=ProsecutionFactory(case=case, prisoner=PrisonerFactory())
    )
    court = occupied_court()
    heard(court, case)
    official = judge(court)
    took_part(official, own[0])
    record.Sanction.objects.create(
        official=official,
        list="eu",
        imposed_on=day("04.03.2024"),
        url="https://example.org/eu",
        note_ru="Пакет 99",
    )
    return article
