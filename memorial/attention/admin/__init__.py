"""The attention desk in the office."""

from memorial.attention.admin import after_looks, links, pairs, today

__all__ = ["after_looks", "links", "pairs", "today"]
