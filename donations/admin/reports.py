"""Reports on money in the office: one person proposes, another looks at the sums and approves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from donations.actions.reports import approve_report, decline_report
from donations.display.money import money
from donations.models import ProposedLine, ReportProposal
from donations.models.report_figures import SUMS
from donations.reports.doubts import doubts_about
from donations.reports.recorded import compared_with_records
from donations.reports.sums import refuse_what_does_not_add_up
from memorial.base.admin import OfficeForm, StaffAdmin, both
from memorial.base.admin.options import OfficeFields
from memorial.base.localized import all_languages

APPROVES = "donations.approve_report"
SEES_COSTS = "assistance.count_costs"


class LinesThatAddUp(BaseInlineFormSet):
    """The lines of a report, refused where they are not what is stated above them."""

    def clean(self) -> None:
        """Raises `ValidationError` with both sums."""
        super().clean()
        stated = self.instance
        if any(self.errors) or stated.received_euros is None or stated.spent_euros is None:
            return
        typed = [form.instance for form in self.forms if form.has_changed() and form.cleaned_data]
        refuse_what_does_not_add_up(stated, typed)


class Lines(OfficeFields, admin.TabularInline):
    """What came in and what was spent; written with the proposal, and never changed."""

    model = ProposedLine
    form = OfficeForm
    formset = LinesThatAddUp
    extra = 12
    fields = [
        "side",
        "way",
        "purpose",
        "campaign",
        "currency",
        "amount",
        "per_euro",
        "rate_on",
        *all_languages("rate_basis"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With their campaigns, so that their number adds no query."""
        return super().get_queryset(request).select_related("campaign")

    def get_fields(self, request: HttpRequest, obj: ReportProposal | None = None) -> list[Any]:
        """Of a proposal that is there, what each line is in euros, too."""
        return [*self.fields, "euros"] if obj else list(self.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: ReportProposal | None = None) -> list[Any]:
        return ["euros"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: ReportProposal | None = None) -> bool:
        """Only with the proposal itself."""
        return obj is None and bool(super().has_add_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ReportProposal)
class ReportProposalAdmin(StaffAdmin):
    """Proposals with their lines. Nothing of one can be changed; a decision is an action of the list."""

    list_display = ["__str__", "as_of", "decision", "proposed_by", "decided_by"]
    list_filter = ["fund", "decision"]
    actions = ["approve", "decline"]
    inlines = [Lines]
    fieldsets = [
        (None, {"fields": [("fund", "period", "as_of")]}),
        (
            _("Stated sums"),
            {
                "fields": [SUMS[:2], SUMS[2:]],
                "description": _(
                    "What one gift alone would make up is put together with another way or left for a longer"
                    " period: nobody is to be known by a sum."
                ),
            },
        ),
        (_("Where it corrects a published report"), {"fields": [*both("reason")]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: ReportProposal | None = None) -> Any:
        """What is to be looked at stands first on the page of a proposal."""
        if obj is None:
            return self.fieldsets
        looked = ["doubts", *(["records"] if request.user.has_perm(SEES_COSTS) else [])]
        who = ["proposed_by", "proposed_at", "decision", "decided_by", "decided_at"]
        return [(_("To be looked at"), {"fields": looked}), *self.fieldsets, (_("Who"), {"fields": who})]

    def get_readonly_fields(self, request: HttpRequest, obj: ReportProposal | None = None) -> list[Any]:
        shown = ["doubts", "records", "proposed_by", "proposed_at", "decision", "decided_by", "decided_at"]
        return shown if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed; a decision is an action of the list."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Whether the account may decide on reports of a colleague."""
        return bool(request.user.has_perm(APPROVES))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Saves the lines, and says at once what the second person will be told."""
        super().save_related(request, form, formsets, change)
        for sentence in doubts_about(form.instance):
            self.message_user(request, sentence, messages.WARNING)

    @admin.display(description=_("doubts"))
    def doubts(self, proposal: ReportProposal) -> SafeString:
        """What does not fit, in sentences."""
        if not proposal.is_waiting:
            return format_html("{}", _("Somebody has decided on this report already."))
        found = doubts_about(proposal)
        if not found:
            return format_html("{}", _("The sums add up, and nothing else is to be said."))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in found)))

    @admin.display(description=_("beside the records of help"))
    def records(self, proposal: ReportProposal) -> SafeString:
        """What the records of help say it cost, in each currency. Never public."""
        compared = compared_with_records(proposal.told_period, proposal.lines.all())
        if not compared:
            return format_html("{}", _("There is nothing to compare."))
        rows = format_html_join(
            "",
            "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
            (
                (
                    " + ".join(str(purpose.label) for purpose in each.purposes),
                    money(each.reported, each.currency),
                    money(each.recorded, each.currency),
                    money(each.difference, each.currency),
                )
                for each in compared
            ),
        )
        heads = (_("Spent on"), _("Reported"), _("Recorded"), _("Difference"))
        head = format_html_join("", "<th scope='col'>{}</th>", ((word,) for word in heads))
        return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, rows)

    @admin.action(description=_("Approve: readers will see the report, for good"), permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: QuerySet[ReportProposal]) -> None:
        """The second person's word."""
        self._decide(request, queryset, approve_report)

    @admin.action(description=_("Decline"), permissions=["approve"])
    def decline(self, request: HttpRequest, queryset: QuerySet[ReportProposal]) -> None:
        """Nothing becomes public."""
        self._decide(request, queryset, decline_report)

    def _decide(self, request: HttpRequest, queryset: QuerySet[ReportProposal], decide: Any) -> None:
        for proposal in queryset.order_by("pk"):
            try:
                decide(proposal=proposal)
            except ValidationError as error:
                self.message_user(request, f"{proposal}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{proposal}: {proposal.get_decision_display()}", messages.SUCCESS)
