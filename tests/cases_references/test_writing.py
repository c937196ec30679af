"""How references look: the words of domain rule 6, in both languages."""

from __future__ import annotations

import pytest

from cases.references import ArticleReference, write_reference, write_references

FAKES = ArticleReference("207.3", "uk-rf", "2", ("а", "д"))
PLOT = ArticleReference("205", "uk-rf", "2", ("а",), "attempt", "5")


@pytest.mark.parametrize(
    ("reference", "russian", "english"),
    [
        (FAKES, "п. «а», «д» ч. 2 ст. 207.3 УК РФ", "Art. 207.3(2)(a, e) of the Russian Criminal Code"),
        (
            PLOT,
            "ч. 5 ст. 33, ч. 3 ст. 30, п. «а» ч. 2 ст. 205 УК РФ",
            "Art. 33(5), Art. 30(3), Art. 205(2)(a) of the Russian Criminal Code",
        ),
        (ArticleReference("275", "uk-rf"), "ст. 275 УК РФ", "Art. 275 of the Russian Criminal Code"),
        (
            ArticleReference("105", "uk-rf", "2", ("е.1", "к", "л")),
            "п. «е.1», «к», «л» ч. 2 ст. 105 УК РФ",
            "Art. 105(2)(f.1, j, k) of the Russian Criminal Code",
        ),
        (
            ArticleReference("282.2", "uk-rf", "1.1", complicity="3,5", attempt="article_30"),
            "ч. 3, 5 ст. 33, ст. 30, ч. 1.1 ст. 282.2 УК РФ",
            "Art. 33(3, 5), Art. 30, Art. 282.2(1.1) of the Russian Criminal Code",
        ),
        (ArticleReference("430", "uk-dnr"), "ст. 430 УК «ДНР»", "Art. 430 of the ‘DNR’ criminal code"),
        (
            ArticleReference("20.3.3", "koap-rf", "1"),
            "ч. 1 ст. 20.3.3 КоАП РФ",
            "Art. 20.3.3(1) of the Russian Code of Administrative Offences",
        ),
        (
            ArticleReference("207.3", "uk-rf", "1", episodes=2, edition="32-ФЗ 2022-03-04"),
            "ч. 1 ст. 207.3 УК РФ (2 эпизода, в ред. ФЗ от 04.03.2022 № 32-ФЗ)",
            "Art. 207.3(1) of the Russian Criminal Code "
            "(2 counts, as amended by Federal Law No. 32-FZ of 4 March 2022)",
        ),
        (
            ArticleReference("205", part="1", episodes=21),
            "ч. 1 ст. 205 (21 эпизод)",
            "Art. 205(1) (21 counts)",
        ),
        (
            ArticleReference("5", "other", code_name="Закон о печати"),
            "ст. 5 кодекса «Закон о печати»",
            "Art. 5 of the code ‘Закон о печати’",
        ),
        (
            ArticleReference("361", "other", code_name="Criminal Code of Belarus"),
            "ст. 361 кодекса «Criminal Code of Belarus»",
            "Art. 361 of the Criminal Code of Belarus",
        ),
    ],
)
def test_a_reference_is_written(reference, russian, english):
    assert write_reference(reference, "ru").replace("\u00a0", " ") == russian
    assert write_reference(reference, "en").replace("\u00a0", " ") == english


def test_spaces_do_not_break_between_a_marker_and_its_number():
    assert write_reference(FAKES, "ru") == "п.\u00a0«а», «д» ч.\u00a02 ст.\u00a0207.3 УК РФ"
    assert write_reference(FAKES, "en").startswith("Art.\u00a0207.3(2)(a, e)")


def test_quotes_become_inner_ones_inside_quotes():
    assert "п.\u00a0„а“, „д“" in write_reference(FAKES, "ru", inside_quotes=True)
    dnr = ArticleReference("430", "uk-dnr")
    assert write_reference(dnr, "ru", inside_quotes=True).endswith("УК „ДНР“")


def test_whole_words_are_for_readers_and_for_those_who_listen():
    def full(reference, language):
        return write_reference(reference, language, style="full").replace("\u00a0", " ")

    assert full(FAKES, "ru") == "пункты «а», «д» части 2 статьи 207.3 Уголовного кодекса РФ"
    assert full(PLOT, "ru") == (
        "часть 5 статьи 33, часть 3 статьи 30, пункт «а» части 2 статьи 205 Уголовного кодекса РФ"
    )
    assert full(ArticleReference("275", "uk-rf"), "ru") == "статья 275 Уголовного кодекса РФ"
    assert full(FAKES, "en") == (
        "points a, e of Part 2 of Article 207.3 of the Criminal Code of the Russian Federation"
    )


def test_a_list_says_its_code_once_and_never_for_what_has_none():
    second = ArticleReference("205.2", "uk-rf", "2", episodes=3)
    unstated, administrative = ArticleReference("280", part="1"), ArticleReference("19.3", "koap-rf")
    written = write_references([FAKES, second, unstated, administrative], "ru").replace("\u00a0", " ")
    assert written == (
        "п. «а», «д» ч. 2 ст. 207.3, ч. 2 ст. 205.2 (3 эпизода) УК РФ; ч. 1 ст. 280; ст. 19.3 КоАП РФ"
    )


def test_the_code_is_left_out_where_the_page_says_it():
    assert write_reference(FAKES, "ru", with_code=False).endswith("ст.\u00a0207.3")
    assert write_references([], "ru") == ""
