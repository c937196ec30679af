"""What stops sealing or verifying; each message says how to go on."""


class SealingError(Exception):
    """The history cannot be sealed, or cannot be verified: no key, no file, another one at work."""


class SealsDisagreeError(SealingError):
    """The table does not agree with the last signed head: sealing on would sign a forgery."""
