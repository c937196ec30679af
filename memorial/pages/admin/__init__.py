"""Pages and texts of themes in the office."""

from memorial.pages.admin import pages, themes

__all__ = ["pages", "themes"]
