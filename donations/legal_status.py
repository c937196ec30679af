"""The organisation's legal status in Russia: one word of the settings, which outweighs every notice.

Without Django, because the settings read it before there is any.
"""

from enum import StrEnum


class LegalStatus(StrEnum):
    """What Russian authorities have declared the organisation to be."""

    FOREIGN_AGENT = "foreign_agent"
    """Labelled and fined; giving it money is no offence (Federal Law 255-FZ of 14 July 2022)."""
    UNDESIRABLE = "undesirable"
    """Giving it money is an offence (Art. 284.1(2) of the Criminal Code)."""
    EXTREMIST = "extremist"
    """Giving it money is an offence (Art. 282.3 of the Criminal Code)."""
    TERRORIST = "terrorist"
    """Giving it money is an offence (Art. 205.1(1.1) of the Criminal Code)."""
