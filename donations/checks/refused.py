"""What is wrong with a detail, in a sentence that staff may read."""


class DetailsRefused(ValueError):
    """Details or a text that must not be shown; says why, in the language of whoever works with it."""
