"""Which values a list shows is told by counts first: the others need no words, and nothing else may change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from memorial.base.facets.definition import NOT_KNOWN, SHOWN, Facet
from memorial.base.facets.shown import FacetValue, group, worth_naming
from memorial.base.shown_text import ShownText

VALUES = st.sampled_from([*NOT_KNOWN, *(f"v{number:02}" for number in range(40))])
COUNTS = st.dictionaries(VALUES, st.integers(1, 6), max_size=40)


def values(names, counts, chosen) -> list[FacetValue]:
    """Words go the other way than the values, so that equal counts are told apart by words alone."""
    return [
        FacetValue(name, ShownText(name[::-1], "ru"), counts.get(name, 0), name in chosen) for name in names
    ]


@settings(max_examples=80, deadline=None)
@given(counts=COUNTS, chosen=st.frozensets(VALUES, max_size=15), in_order=st.booleans())
def test_the_list_shows_the_same_values_as_if_all_had_words(counts, chosen, in_order):
    facet = Facet("facet", "label", in_order=in_order)
    everything = list({**counts, **dict.fromkeys(chosen, 0)})
    all_named = group(facet, values(everything, counts, chosen), len(everything))
    named = worth_naming(counts, sorted(chosen))
    assert group(facet, values(named, counts, chosen), len(everything)) == all_named


def test_rare_values_need_no_words():
    counts = {f"v{number}": number + 1 for number in range(100)}
    assert len(worth_naming(counts, ())) == SHOWN
    assert set(worth_naming(counts, ("v0", "absent"))) == {f"v{n}" for n in range(88, 100)} | {"v0", "absent"}
