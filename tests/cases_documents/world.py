"""Documents and findings of every shape that their pages must get right. Nobody and nothing here exists."""

from datetime import date

from cases.models import (
    Case,
    CaseCitation,
    Document,
    DocumentOriginal,
    FindingPerson,
    InternationalFinding,
    Prosecution,
)
from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from prisoners.models import Prisoner
from tests.factories import CaseFactory, ProsecutionFactory

SPEECH_RU = (
    "<p>Уважаемый суд! Меня спросили, жалею ли я. Жалею: о весне, которую не видел, и о реке, у которой"
    " мы читали. О прочитанном не жалею.</p><p>Три года назад я записал в тетрадь: <em>«Река помнит имена»</em>."
    " Теперь эта строка приобщена к делу, том 4, лист 118. Значит, помнит не только река.</p>"
    "<blockquote>Кто молчал, тот тоже говорил.</blockquote>"
    "<p>Прошу вас об одном: когда будете писать приговор, прочтите эту строку вслух. Больше мне сказать нечего.</p>"
)
SPEECH_EN = (
    "<p>Your Honour, I was asked whether I regret it. I regret the spring I did not see, and the river by which we"
    " read. What we read I do not regret.</p><p>I have nothing more to say.</p>"
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def documents_of(case: Case, prosecution: Prosecution) -> list[Document]:
    """A last word in both languages, a verdict with a file, an opinion in Ukrainian with Russian words only."""
    own = {"case": case, "state": State.PUBLISHED}
    word = Document.objects.create(
        **own,
        slug="last-word-river",
        kind="last_word",
        prosecution=prosecution,
        title_ru="«Река помнит имена»",
        title_en="‘The river remembers names’",
        text_ru=SPEECH_RU,
        text_en=SPEECH_EN,
        author_line_ru="Верхнереченский городской суд",
        author_line_en="Verkhnerechensk City Court",
        on=day("16.02.2024"),
        language="ru",
    )
    verdict = Document.objects.create(
        case=case,
        slug="verdict-reading",
        kind="verdict",
        title_ru="Приговор по делу о чтениях на набережной",
        title_en="Verdict in the embankment readings case",
        author_line_ru="Верхнереченский городской суд",
        author_line_en="Verkhnerechensk City Court",
        on=day("19.02.2024"),
        language="ru",
    )
    # No file of it is in any storage: pages name files, and do not open them.
    DocumentOriginal.objects.create(
        document=verdict, redaction_checked_by=1, redaction_checked_on=date(2026, 1, 15)
    )
    shown = {"state": State.PUBLISHED, "stem": "ab12" * 6, "pages": 67, "file_size": 4_686_820}
    Document.objects.filter(pk=verdict.pk).update(**shown)
    opinion = Document.objects.create(
        **own,
        slug="opinion",
        kind="expert_opinion",
        title_ru="Заключение лингвистов о стихотворении «Набережная» и его переводе на украинский язык",
        text_ru="<p>Признаков побуждения не обнаружено.</p>",
        language="uk",
    )
    CaseCitation.objects.create(document=verdict, kind="court_document", title="Приговор", publisher="Суд")
    return [word, verdict, opinion]


def findings_of(case: Case, *people: Prisoner) -> list[InternationalFinding]:
    """Two opinions of the Working Group, a resolution without a number, one of a body that is named."""
    own = {"case": case, "state": State.PUBLISHED}
    made = [
        InternationalFinding.objects.create(
            **own,
            body="wgad",
            number="99/2025",
            on=day("14.11.2025"),
            wgad_categories=["I", "II", "V"],
            line_ru="Лишение свободы произвольно; правительство должно немедленно освободить.",
            line_en="The deprivation of liberty is arbitrary; immediate release is due.",
            url="https://example.org/wgad/99-2025",
        ),
        InternationalFinding.objects.create(
            **own,
            body="wgad",
            number="12/2024",
            on=day("2024"),
            wgad_categories=["III"],
            line_ru="Суд не был справедливым.",
        ),
        InternationalFinding.objects.create(
            **own,
            body="ep",
            on=day("03.2025"),
            line_ru="Парламент требует освободить.",
            line_en="Parliament calls for release.",
        ),
        InternationalFinding.objects.create(
            **own,
            body="other",
            body_name_ru="Международный трибунал поэтов",
            body_name_en="International Tribunal of Poets",
            line_ru="Преследование — за стихи.",
            line_en="Prosecuted for poems.",
        ),
    ]
    for person in people:
        FindingPerson.objects.create(finding=made[0], prisoner=person)
    return made


def everything(*people: Prisoner) -> Case:
    """A case of these people with all of it."""
    case = CaseFactory(
        slug="embankment-readings",
        title_ru="Дело о «чтениях на набережной»",
        title_en="The embankment readings case",
    )
    own = [ProsecutionFactory(case=case, prisoner=person) for person in people]
    documents_of(case, own[0])
    findings_of(case, *people)
    return case
