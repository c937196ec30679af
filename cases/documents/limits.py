"""What an uploaded document may weigh and cost."""

from dataclasses import asdict, dataclass

MOST_BYTES = 40 * 1024 * 1024
"""What is taken in, in bytes."""
MOST_PUBLIC_BYTES = 60 * 1024 * 1024
"""What the pages made anew may weigh together, in bytes."""


@dataclass(frozen=True)
class Limits:
    """The bounds of one reading. `seconds` is wall-clock time, `memory` the address space in bytes."""

    pages: int = 300
    dots_per_inch: int = 150
    longest_side: int = 2400
    shortest_side: int = 60
    pixels_of_an_image: int = 40_000_000
    seconds: int = 150
    memory: int = 2 * 1024**3

    def as_arguments(self) -> dict[str, int]:
        """The limits for the worker, which cannot import this module."""
        return asdict(self)


LIMITS = Limits()
