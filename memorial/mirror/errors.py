"""What can stop a mirror from being built."""


class MirrorError(Exception):
    """Says in one sentence what is wrong and how to mend it; the mirror before stays whole."""
