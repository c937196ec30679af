"""Copies as tests need them."""

from memorial.copies.page_copy import PageCopy


def a_copy(address: str, **given) -> PageCopy:
    """A copy of a page that nobody has made."""
    return PageCopy(
        **{
            "address": address,
            "names": (),
            "headers": (("Content-Type", "text/html"),),
            "body": b"",
            "etag": '"x"',
            "version": "1-1",
            "taken_back": "0-0",
            "day": "",
            "program": "",
            "checked_at": 0.0,
            **given,
        }
    )
