"""Articles: the list, one with its editions and figures; old addresses that lead there."""

import re

import pytest

from cases.models import (
    Article,
    ArticleEdition,
    Case,
    Charge,
)
from memorial.base.choices import State
from memorial.base.content_version import forget_content_version
from prisoners.importers.wordpress.pages import KINDS_OF_PAGE
from prisoners.importers.words import Words
from prisoners.models import Prisoner
from tests.cases_law import world
from tests.counting import counted, same_number_of_queries
from tests.factories import (
    ArticleFactory,
    ChargeFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
ARTICLE = "articles/uk-rf-280.3/"
COURT = "courts/primorskoe/"
OFFICIAL = "officials/sudyin-viktor/"


def bars(response) -> dict[str, str]:
    """The tables with bars: what is counted, and how many."""
    rows = re.findall(
        r'<th scope="row">(.*?)</th>.*?<td class="r num">(.*?)</td>', response.content.decode(), re.DOTALL
    )
    return {
        " ".join(re.sub(r"<[^>]+>", "", head).replace("\xa0", " ").split()): number for head, number in rows
    }


def is_noindex(response) -> bool:
    return '<meta name="robots" content="noindex">' in response.content.decode()


class TestArticles:
    def test_the_list_has_each_with_its_people_by_code_and_natural_order(self, reader, article):
        for number in ("207.3", "361", "128"):
            ChargeFactory(article=ArticleFactory(number=number))
        ChargeFactory(article=ArticleFactory(code="koap-rf", number="20.3.3"))
        ArticleFactory(number="999", edition__title_en="Unused")
        said = words(reader.get("/en/articles/"))
        order = [said.index(f"Art. {number} ") for number in ("128", "207.3", "280.3", "361", "20.3.3")]
        assert order == sorted(order)
        assert "‘Discrediting’ the army and volunteers" in said
        assert "7 people" in said
        assert "Unused" not in said
        assert said.index("Art. 361") < said.index("Code of Administrative Offences") < said.index("20.3.3")

    def test_an_empty_list_says_so(self, reader):
        assert "No charge has been published here yet." in words(reader.get("/en/articles/"))

    def test_the_page_names_the_article_in_full_and_its_editions(self, reader, article):
        said = words(reader.get(f"/ru/{ARTICLE}"))
        assert "Статья 280.3 Уголовного кодекса РФ" in said
        assert "«Дискредитация» армии и добровольцев" in said
        assert "дискредитацию использования Вооружённых Сил" in said
        english = words(reader.get(f"/en/{ARTICLE}"))
        assert "From 4 March 2022 until 28 March 2023" in english
        assert english.index("From 29 March 2023 on") < english.index("From 4 March 2022")

    def test_what_staff_know_of_an_edition_stays_with_them(self, reader, article):
        for language in ("ru", "en"):
            said = words(reader.get(f"/{language}/{ARTICLE}")).casefold()
            assert "сверить" not in said
            assert "сверено" not in said
            assert "verified" not in said

    def test_what_is_in_russian_only_is_marked(self, reader, article):
        body = reader.get(f"/en/{ARTICLE}").content.decode()
        assert '<div class="prose" lang="ru">' in body
        assert '<span lang="ru">Публичные' in body
        assert "not in English yet" in body

    def test_figures_by_outcome_and_part(self, reader, article):
        ChargeFactory(article=article, part="1.1")
        found = bars(reader.get(f"/en/{ARTICLE}"))
        assert found == {
            "Found guilty by any instance, in force or not": "7",
            "No decision yet or the verdict was quashed": "1",
            "part 1 повторно в течение года": "2",
            "part 1.1": "1",
            "part 2 повлекло смерть или беспорядки": "4",
            "part not known": "1",
        }

    def test_the_median_with_how_many_it_is_of_and_the_day(self, reader, article):
        said = words(reader.get(f"/en/{ARTICLE}"))
        assert "Found guilty under this article alone 6 4 years" in said
        assert "As of 23 November 2026." in said
        assert "Charged under this article: 7 people." in said
        assert "With fewer than five verdicts there is none." in said

    def test_of_four_verdicts_no_median(self, reader, article):
        for charge in Charge.objects.filter(part="1"):
            charge.prosecution.decision_links.update(in_absentia=True)
        said = words(reader.get(f"/en/{ARTICLE}"))
        assert "Found guilty under this article alone 4 too few verdicts" in said

    def test_people_of_one_part_and_of_all(self, reader, article, people):
        everyone, some = links(reader.get(f"/ru/{ARTICLE}")), links(reader.get(f"/ru/{ARTICLE}?part=1"))
        assert len({link for link in everyone if re.match("/ru/prisoners/.", link)}) == 7
        mine = {link for link in some if re.match("/ru/prisoners/.", link)}
        assert mine == {f"/ru/prisoners/{person.slug}/" for person in people}
        assert "?part=unknown#people" in everyone
        assert "1 person, part not known" in words(reader.get(f"/en/{ARTICLE}?part=unknown"))

    @pytest.mark.parametrize("asked", ["part=7", "part=%D1%85", "page=9", "page=x"])
    def test_what_it_does_not_have_is_told_and_not_indexed(self, reader, article, asked):
        response = reader.get(f"/en/{ARTICLE}?{asked}")
        assert "asks for something" in words(response)
        assert is_noindex(response)

    def test_one_that_nobody_is_charged_under_answers_and_is_not_indexed(self, reader):
        ArticleFactory(number="207.3")
        response = reader.get("/en/articles/uk-rf-207.3/")
        assert "Nobody of this encyclopaedia is charged under this article" in words(response)
        assert "In figures" not in words(response)
        assert is_noindex(response)
        assert reader.get("/en/articles/uk-rf-207.33/").status_code == 404

    def test_one_of_which_we_say_something_is_indexed(self, reader):
        ArticleFactory(number="207.3", text_ru="<p>Слова.</p>", text_en="<p>Words.</p>")
        assert not is_noindex(reader.get("/en/articles/uk-rf-207.3/"))

    def test_without_parts_there_is_no_table_of_them(self, reader):
        article = ArticleFactory(number="275", edition__has_parts="no")
        ChargeFactory(article=article, part="")
        response = reader.get("/en/articles/uk-rf-275/")
        assert "Part of the article" not in words(response)
        assert "not divided into parts" in words(response)

    @pytest.mark.parametrize("model", [Prisoner, Case])
    def test_somebody_hidden_changes_nothing(self, reader, article, model):
        pages = ("/en/articles/", f"/en/{ARTICLE}")
        before = [reader.get(page).content for page in pages]
        charge = world.sentenced(article, 15, "2")
        pk = charge.prisoner_id if model is Prisoner else charge.case_id
        model.objects.filter(pk=pk).update(state="draft")
        assert [reader.get(page).content for page in pages] == before

    def test_without_an_edition_it_still_answers(self, reader):
        article = ArticleFactory(number="500", edition=None)
        ChargeFactory(article=article)
        response = reader.get(f"/en/articles/{article.slug}/")
        assert "Article 500 of the Criminal Code of the Russian Federation" in words(response)
        assert is_noindex(response)

    @pytest.mark.parametrize("path", ["articles/", ARTICLE])
    def test_one_or_three_cost_the_same(self, reader, article, path):
        def one_more():
            world.sentenced(article, 7, part=str(Charge.objects.count()))
            ChargeFactory(article=ArticleFactory())

        assert same_number_of_queries(reader, f"/ru/{path}", add_row=one_more) <= 9


class TestOldAddresses:
    @pytest.mark.parametrize(
        ("word", "page"),
        [
            ("ст. 280.3 УК РФ", "articles/uk-rf-280.3/"),
            ("ч. 2 ст. 280.3 УК РФ", "articles/uk-rf-280.3/"),
            ("UK-RF-280.3", "articles/uk-rf-280.3/"),
            ("280.3", None),
            ("ст. 280.3", None),
            ("ст. 280.3 УК Украины", None),
            ("ст. 280.3, ст. 205.2 УК РФ", None),
            ("военные дела", None),
        ],
    )
    def test_a_term_of_the_old_site_leads_to_the_article_it_names(self, article, word, page):
        ArticleFactory(number="205.2")
        assert KINDS_OF_PAGE["article"](word, Words()) == page


def test_an_article_is_complete_in_the_languages_of_its_last_title(article):
    assert article.complete_in() == ("ru", "en")
    ArticleEdition.objects.filter(verified_on=None).update(short_en="")
    assert Article.objects.get(pk=article.pk).complete_in() == ("ru",)


def test_an_article_on_offences_does_not_speak_of_charges(reader):
    charge = ChargeFactory(article=ArticleFactory(code="koap-rf", number="20.3.3"))
    page = reader.get(f"/en/{charge.article.get_absolute_url().lstrip('/').split('/', 1)[1]}")
    assert "How it ended" in words(page)
    assert "People held liable under this article" in words(page)
    assert "harged under this article" not in words(page)


@pytest.mark.django_db(transaction=True)
def test_figures_are_counted_once_until_something_public_changes(reader):
    article = ArticleFactory(number="207.3")
    charge = ChargeFactory(article=article)
    url = f"/ru/articles/{article.slug}/"
    assert "1 человек" in words(reader.get(url))
    with counted() as queries:
        reader.get(url)
    assert not [query for query in queries if "cases_charge" in query], "asked again for nothing"
    Prisoner.objects.filter(pk=charge.prosecution.prisoner_id).update(state=State.WITHDRAWN)
    forget_content_version()
    assert "1 человек" not in words(reader.get(url))
