"""Who may do what with donations: one block for each part, joined into the groups of `memorial.staff.groups`.

Finance proposes payment details and somebody else approves them, of finance or above it; PostgreSQL sees to
it that it is somebody else.
"""

from __future__ import annotations

from typing import Final

Rights = dict[str, str]

OWN_RIGHTS_OF_PAYMENT: Final = {
    "donations.approve_details": (
        "May approve payment details that a colleague has proposed",
        "detailsproposal",
    ),
    "donations.load_paymentset": ("May take in a signed set of payment details", "paymentset"),
    "donations.notice_details": ("Is told of every change of payment details", "detailsproposal"),
}
OWN_RIGHTS_OF_REPORTS: Final = {
    "donations.approve_report": (
        "May approve reports on money that a colleague has proposed",
        "reportproposal",
    ),
}
OWN_RIGHTS_OF_CAMPAIGNS: Final = {
    "donations.publish_campaign": ("May publish and withdraw campaigns", "campaign"),
}
OWN_RIGHTS_OF_NOTICES: Final = {
    "donations.approve_notices": (
        "May approve notices of safety that a colleague has proposed",
        "safetyproposal",
    ),
}
OWN_RIGHTS_OF_DONATIONS: Final = {
    **OWN_RIGHTS_OF_PAYMENT,
    **OWN_RIGHTS_OF_CAMPAIGNS,
    **OWN_RIGHTS_OF_REPORTS,
    **OWN_RIGHTS_OF_NOTICES,
}

# Ways to give, their guarded details, signed sets.
_KEEPS_METHODS: Final[Rights] = {
    "donations.paymentmethod": "vac",
    "donations.detailsproposal": "v",
    "donations.paymentset": "v",
    "donations.approve_details": "+",
    "donations.load_paymentset": "+",
}
_PROPOSES_DETAILS: Final[Rights] = _KEEPS_METHODS | {"donations.detailsproposal": "va"}
_SEES_METHODS: Final[Rights] = dict.fromkeys(
    ("donations.paymentmethod", "donations.detailsproposal", "donations.paymentset"), "v"
)

# Reports on money: one proposes, another approves.
_SEES_REPORTS: Final[Rights] = {"donations.reportproposal": "v", "donations.proposedline": "v"}
_APPROVES_REPORTS: Final[Rights] = _SEES_REPORTS | {"donations.approve_report": "+"}
_PROPOSES_REPORTS: Final[Rights] = _APPROVES_REPORTS | {
    "donations.reportproposal": "va",
    "donations.proposedline": "va",
}
# Campaigns, what came in for them, providers' statements: statements are finance's alone.
_WRITES_CAMPAIGNS: Final[Rights] = {
    "donations.campaign": "vac",
    "donations.progress": "va",
    "donations.campaignpicture": "v",
}
_PUBLISHES_CAMPAIGNS: Final[Rights] = _WRITES_CAMPAIGNS | {"donations.publish_campaign": "+"}
_LOADS_STATEMENTS: Final[Rights] = {"donations.statement": "va", "donations.providertotal": "v"}
_SEES_CAMPAIGNS: Final[Rights] = dict.fromkeys(
    (
        "donations.campaign",
        "donations.campaignpicture",
        "donations.progress",
        "donations.statement",
        "donations.providertotal",
    ),
    "v",
)

# Notices of safety: one proposes, another approves, and whoever proposes may end one at once.
_NOTICES: Final = ("donations.safetyproposal", "donations.donornoticeproposal")
_SEES_NOTICES: Final[Rights] = dict.fromkeys(_NOTICES, "v")
_PROPOSES_NOTICES: Final[Rights] = dict.fromkeys(_NOTICES, "va")
_APPROVES_NOTICES: Final[Rights] = _PROPOSES_NOTICES | {"donations.approve_notices": "+"}

FINANCE: Final[Rights] = (
    _PROPOSES_DETAILS
    | {"donations.notice_details": "+"}
    | _PROPOSES_REPORTS
    | _WRITES_CAMPAIGNS
    | _LOADS_STATEMENTS
    | _PROPOSES_NOTICES
)
PUBLISHER: Final[Rights] = {**_KEEPS_METHODS} | _APPROVES_REPORTS | _PUBLISHES_CAMPAIGNS | _APPROVES_NOTICES
ADMINISTRATOR: Final[Rights] = (
    {**_PROPOSES_DETAILS} | _PROPOSES_REPORTS | _PUBLISHES_CAMPAIGNS | _APPROVES_NOTICES
)
AUDITOR: Final[Rights] = {**_SEES_METHODS} | _SEES_REPORTS | _SEES_CAMPAIGNS | _SEES_NOTICES
