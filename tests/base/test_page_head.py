"""The title of a page, as tabs and search results show it."""

import pytest
from django.utils import translation

from memorial.base.page_head import LONGEST_TITLE, PageHead
from memorial.base.page_kinds import Page


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("People", "People — Political Prisoners. Memorial"),
        ("P" * 38, f"{'P' * 38} — Political Prisoners. Memorial"),
        ("P" * 39, f"{'P' * 39} — Memorial"),
        ("P" * 59, f"{'P' * 59} — Memorial"),
        ("P" * 60, "P" * 60),
    ],
)
def test_title_names_the_site_as_fully_as_there_is_room(title, expected):
    with translation.override("en"):
        found = PageHead(title=title, description="", page=Page("home")).full_title
    assert found == expected
    assert len(found) <= LONGEST_TITLE


def test_title_never_cuts_a_name():
    assert PageHead(title="P" * 90, description="", page=Page("home")).full_title == "P" * 90
