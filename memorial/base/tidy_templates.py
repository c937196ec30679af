"""Loads templates so that their indentation does not become trailing white space of the pages."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION_OF_A_TAG = re.compile(r"^[ \t]+(?=\{[%{#])", re.MULTILINE)


def tidied(source: str) -> str:
    """A template whose lines that begin with a tag are not indented: the tag may print nothing.

    Lines stay lines, so that the line number of a mistake is that of the file.
    """
    return _INDENTATION_OF_A_TAG.sub("", source)


class Loader(filesystem.Loader):
    """The loader of our own templates; what stands in packages is loaded as it is."""

    def get_contents(self, origin: Origin) -> str:
        """The template's source, tidied once, before it is compiled."""
        return tidied(super().get_contents(origin))
