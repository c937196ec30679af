"""Closed lists of the app: what code branches on."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MethodKind(models.TextChoices):
    """What a way to give is: it decides which details it has and how they are shown."""

    CARD_ONCE = "card_once", _("card, once")
    CARD_MONTHLY = "card_monthly", _("card, every month")
    PAYPAL = "paypal", _("PayPal")
    PATREON = "patreon", _("Patreon")
    BOOSTY = "boosty", _("Boosty")
    BANK = "bank", _("bank transfer")
    CRYPTO = "crypto", _("cryptocurrency")
    WORKPLACE = "workplace", _("through an employer")


class Network(models.TextChoices):
    """Where a wallet's address is good: money sent over another network is lost."""

    BITCOIN = "bitcoin", _("Bitcoin")
    ETHEREUM = "ethereum", _("Ethereum")
    TRON = "tron", _("Tron")


class Place(models.TextChoices):
    """Where a donor is, by their own word; the value is the word of the address."""

    IN_RUSSIA = "in-russia", _("in Russia")
    SOMETIMES = "sometimes-in-russia", _("sometimes in Russia")
    ELSEWHERE = "elsewhere", _("outside Russia")


class Level(models.TextChoices):
    """What a notice of safety says of a way to give in a place."""

    NO = "no", _("Do not pay")
    CAUTION = "caution", _("With caution")
    SUITABLE = "suitable", _("Suitable")


class Fund(models.TextChoices):
    """Whose money it is; sums of the two are never added together."""

    PRISONERS = "prisoners", _("needs of political prisoners")
    ORGANISATION = "organisation", _("the organisation’s work")


RESERVED: Final = frozenset({"to", *Place.values})
"""Words of addresses below donate/ that no campaign may have as its own."""


class ReportSide(models.TextChoices):
    """On which side of a report a line stands."""

    RECEIVED = "received", pgettext_lazy("report_side", "received")
    SPENT = "spent", pgettext_lazy("report_side", "spent")


class IncomeWay(models.TextChoices):
    """By which way money came in, as a report tells it: coarser than the ways to give."""

    CARD = "card", _("bank cards")
    PAYPAL = "paypal", _("PayPal")
    PATREON = "patreon", _("Patreon")
    BOOSTY = "boosty", _("Boosty")
    BANK = "bank", _("bank transfers")
    CRYPTO = "crypto", _("cryptocurrency")
    WORKPLACE = "workplace", _("through employers")
    GRANT = "grant", _("grants")
    OTHER = "other", pgettext_lazy("income_way", "other")


class SpendingPurpose(models.TextChoices):
    """What money of a fund was spent on."""

    LAWYERS = "lawyers", pgettext_lazy("spending_purpose", "lawyers")
    DETENTION = "detention", pgettext_lazy("spending_purpose", "rights in detention")
    PARCELS = "parcels", pgettext_lazy("spending_purpose", "medicines, parcels, clothes")
    FAMILIES = "families", pgettext_lazy("spending_purpose", "families")
    ORGANISATION = "organisation", pgettext_lazy("spending_purpose", "work of the editors and lawyers")
    SERVERS = "servers", pgettext_lazy("spending_purpose", "servers, communication, security")
    FEES = "fees", pgettext_lazy("spending_purpose", "fees of banks and payment services")
