"""What the attention desk remembers. All of it is confidential."""

from memorial.attention.models.after_look import AfterLook, Outcome
from memorial.attention.models.link import CheckedLink
from memorial.attention.models.pair import SuspectedPair

__all__ = ["AfterLook", "CheckedLink", "Outcome", "SuspectedPair"]
