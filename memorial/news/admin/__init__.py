"""News in the office."""

from memorial.news.admin import news, today

__all__ = ["news", "today"]
