"""What a ten-second line about a case can say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LineKind(models.TextChoices):
    """What a line of news about a case is."""

    RESTRAINT = "restraint", _("a measure of restraint is chosen or changed")
    EXTENDED = "extended", _("a measure of restraint is extended")
    HEARING = "hearing", _("a hearing")
    POSTPONED = "postponed", _("a hearing is postponed")
    CANCELLED = "cancelled", _("a hearing is cancelled")
    HELD = "held", _("a hearing took place")
    VERDICT = "verdict", _("verdict of guilty, or an administrative ruling")
    ACQUITTED = "acquitted", _("acquittal")
    UPHELD = "upheld", _("a review: upheld")
    REDUCED = "reduced", _("a review: reduced")
    INCREASED = "increased", _("a review: increased")
    QUASHED = "quashed", _("a review: quashed")
    REMITTED = "remitted", _("a review: sent back for retrial")
    IN_FORCE = "in_force", _("the verdict has entered into force")
    CHARGED = "charged", _("a charge is brought")
    RECLASSIFIED = "reclassified", _("a charge is reclassified")
    DISCONTINUED = "discontinued", _("the prosecution is discontinued")
    RETURNED = "returned", _("returned to the prosecutor")


REVIEWS = frozenset(
    {LineKind.UPHELD, LineKind.REDUCED, LineKind.INCREASED, LineKind.QUASHED, LineKind.REMITTED}
)
"""Lines that tell how a verdict was reviewed."""
OF_HEARINGS = frozenset({LineKind.HEARING, LineKind.POSTPONED, LineKind.CANCELLED, LineKind.HELD})
"""Lines about a hearing."""
