"""Ways to give: what each is called, what the other side asks, how a monthly gift is ended. No account is here."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.choices import MethodKind, Network
from memorial.base.publication import Versioned


class PaymentMethodQuerySet(models.QuerySet):
    """Ways to give."""

    def published(self) -> Self:
        """Those that readers are told of; whether one may be used is for notices and the signed set to say."""
        return self.filter(is_shown=True)

    def for_list(self) -> Self:
        """In the order of the page."""
        return self.order_by("position", "slug")


class PaymentMethod(Versioned):
    """A way to give. Its account or address stands in the signed set alone (`donations.signing.current`).

    Kind, network and currency must be those of the signed details, or these are not shown: whoever changes
    the row cannot turn an address of one network into one of another.
    """

    PUBLIC = frozenset(
        {"slug", "kind", "network", "asset", "name", "asks", "how_to_cancel", "position", "is_shown"}
    )
    PUBLIC_WHEN = "r.is_shown"

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MethodKind)
    network = models.CharField(_("network"), max_length=12, choices=Network, blank=True)
    asset = models.CharField(_("currency of the wallet"), max_length=6, blank=True, help_text=_("BTC, USDT…"))
    name = models.CharField(_("name"), max_length=80)
    asks = models.TextField(
        _("what that page will ask of you"),
        blank=True,
        help_text=_("Name, e-mail, card, address: what the other side asks, and whom it shows it to."),
    )
    how_to_cancel = models.TextField(_("how to end a monthly gift"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_shown = models.BooleanField(
        _("readers are told of it"),
        default=False,
        help_text=_("Taken off, it disappears at once, whatever is signed. One person is enough for that."),
    )

    objects = PaymentMethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("way to give")
        verbose_name_plural = _("ways to give")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="paymentmethod_slug_is_plain",
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                violation_error_message=_("An address has small letters, digits and single hyphens."),
            ),
            models.CheckConstraint(
                name="paymentmethod_kind_is_known",
                condition=Q(kind__in=MethodKind.values),
                violation_error_message=_("Choose one of the kinds."),
            ),
            models.CheckConstraint(
                name="paymentmethod_wallets_have_a_network",
                condition=Q(kind=MethodKind.CRYPTO, network__in=Network.values, asset__regex=r"^[A-Z]{3,6}$")
                | (~Q(kind=MethodKind.CRYPTO) & Q(network="", asset="")),
                violation_error_message=_("A wallet has a network and a currency; nothing else has."),
            ),
            models.CheckConstraint(
                name="paymentmethod_has_a_name",
                condition=~Q(name_ru=""),
                violation_error_message=_("Give it a name in Russian."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_monthly(self) -> bool:
        """Whether a gift goes on by itself until it is ended."""
        return self.kind in (MethodKind.CARD_MONTHLY, MethodKind.PATREON, MethodKind.BOOSTY)
