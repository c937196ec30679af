"""Totals of a provider's statement: taken in, known again, or put in the place of older ones with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from donations.models import Campaign, ProviderTotal, Statement
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.base.refusals import refused_in_words

PROVIDER: Final = r"(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True, order=True)
class MonthTotal:
    """A sum of one month (its first day), currency and campaign (its address; empty for none)."""

    month: date
    currency: str
    campaign: str
    gross: Decimal
    fee: Decimal


@dataclass(frozen=True)
class StatementTotals:
    """What a statement comes to. Of the payments that it lists nothing else is known here."""

    provider: str
    totals: tuple[MonthTotal, ...]

    @property
    def first(self) -> date:
        """The first month."""
        return min(total.month for total in self.totals)

    @property
    def last(self) -> date:
        """The last month."""
        return max(total.month for total in self.totals)


class Outcome(Enum):
    """What became of a statement."""

    TAKEN = "taken"
    SAME = "same"
    """Exactly these totals are there: nothing was changed."""
    REPLACED = "replaced"


def standing_rivals(statement: StatementTotals) -> list[Statement]:
    """Statements that hold some of the same months, the oldest first."""
    rivals = Statement.objects.overlapping(statement.provider, statement.first, statement.last)
    return list(rivals.prefetch_related("totals__campaign").order_by("first_month", "pk"))


def is_there(statement: StatementTotals, rivals: Sequence[Statement]) -> bool:
    """Whether just these totals were taken in before."""
    return len(rivals) == 1 and _totals_of(rivals[0]) == sorted(statement.totals)


@transaction.atomic
def take_statement(
    *, statement: StatementTotals, replace: bool = False, reason: str = "", by: str = ""
) -> Outcome:
    """Takes totals in. The same ones again change nothing; others for one of their months are refused.

    With `replace` and a reason they take the place of those, as long as no month of theirs is lost.
    `by` names the actor, "" for the one who acts already. Raises `ValidationError` with a sentence.
    """
    campaigns = _campaigns(statement)
    rivals = standing_rivals(statement)
    if is_there(statement, rivals):
        return Outcome.SAME
    if rivals:
        _refuse_rivals(statement, rivals, replace=replace, reason=reason)
    with acting(by), refused_in_words():
        for rival in rivals:
            Statement.objects.filter(pk=rival.pk).update(replaced_on=civil_date())
        row = Statement.objects.create(
            provider=statement.provider,
            first_month=statement.first,
            last_month=statement.last,
            reason=reason.strip() if rivals else "",
            taken_by=by,
        )
        for total in statement.totals:
            ProviderTotal.objects.create(
                statement=row,
                month=total.month,
                currency=total.currency,
                campaign=campaigns.get(total.campaign),
                gross=total.gross,
                fee=total.fee,
            )
    return Outcome.REPLACED if rivals else Outcome.TAKEN


def months_in_words(first: date, last: date) -> str:
    """«09.2026», «09.2026–11.2026»."""
    return f"{first:%m.%Y}" if first == last else f"{first:%m.%Y}–{last:%m.%Y}"


def _campaigns(statement: StatementTotals) -> dict[str, Campaign]:
    wanted = {total.campaign for total in statement.totals} - {""}
    found = {campaign.slug: campaign for campaign in Campaign.objects.filter(slug__in=wanted)}
    if missing := sorted(wanted - set(found)):
        raise ValidationError(
            _("The mapping names campaigns that do not exist: %(names)s.") % {"names": ", ".join(missing)}
        )
    return found


def _refuse_rivals(
    statement: StatementTotals, rivals: Sequence[Statement], *, replace: bool, reason: str
) -> None:
    names = ", ".join(months_in_words(rival.first_month, rival.last_month) for rival in rivals)
    if not replace:
        raise ValidationError(
            _(
                "There is a statement of this provider with other sums for %(months)s: replace it, with a reason."
            )
            % {"months": names},
            code="overlaps",
        )
    if not reason.strip():
        raise ValidationError(_("Say why the statement for %(months)s is replaced.") % {"months": names})
    if any(r.first_month < statement.first or r.last_month > statement.last for r in rivals):
        raise ValidationError(
            _("It would lose months: the statement for %(months)s has more of them. Take in all its months.")
            % {"months": names}
        )


def _totals_of(row: Statement) -> list[MonthTotal]:
    return sorted(
        MonthTotal(
            each.month, each.currency, each.campaign.slug if each.campaign else "", each.gross, each.fee
        )
        for each in row.totals.all()
    )
