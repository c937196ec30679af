"""Words of courts, hearings, events, documents and findings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CourtLevel(models.TextChoices):
    """The level of a court."""

    MAGISTRATE = "magistrate", pgettext_lazy("court_level", "magistrate (justice of the peace)")
    DISTRICT = "district", pgettext_lazy("court_level", "district court")
    REGIONAL = "regional", pgettext_lazy("court_level", "regional or equivalent court")
    APPELLATE_GENERAL = (
        "appellate_general",
        pgettext_lazy("court_level", "appellate court of general jurisdiction"),
    )
    CASSATION_GENERAL = (
        "cassation_general",
        pgettext_lazy("court_level", "cassation court of general jurisdiction"),
    )
    GARRISON_MILITARY = "garrison_military", pgettext_lazy("court_level", "garrison military court")
    DISTRICT_MILITARY = "district_military", pgettext_lazy("court_level", "district (fleet) military court")
    APPELLATE_MILITARY = "appellate_military", pgettext_lazy("court_level", "military court of appeal")
    CASSATION_MILITARY = "cassation_military", pgettext_lazy("court_level", "military court of cassation")
    SUPREME = "supreme", pgettext_lazy("court_level", "Supreme Court of the Russian Federation")
    OCCUPIED_TERRITORY = (
        "occupied_territory",
        pgettext_lazy("court_level", "court set up by Russia in occupied territory"),
    )
    FOREIGN = "foreign", pgettext_lazy("court_level", "court of another country")
    INTERNATIONAL = "international", pgettext_lazy("court_level", "international court")
    UNKNOWN = "unknown", pgettext_lazy("court_level", "court unknown")


class HearingAccess(models.TextChoices):
    """Whether the public may come to a hearing."""

    OPEN = "open", pgettext_lazy("hearing_access", "open")
    CLOSED = "closed", pgettext_lazy("hearing_access", "closed")
    UNKNOWN = "unknown", pgettext_lazy("hearing_access", "not known whether open")


class HearingState(models.TextChoices):
    """Whether a hearing took place."""

    PLANNED = "planned", pgettext_lazy("hearing_state", "planned")
    HELD = "held", pgettext_lazy("hearing_state", "held")
    POSTPONED = "postponed", pgettext_lazy("hearing_state", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("hearing_state", "cancelled")


class EventKind(models.TextChoices):
    """What happened in a case beside charges, hearings and decisions."""

    CASE_OPENED = "case_opened", pgettext_lazy("event", "case opened")
    SEARCH = "search", pgettext_lazy("event", "search")
    DETENTION = "detention", pgettext_lazy("event", "detention")
    TRANSFER = "transfer", pgettext_lazy("event", "transfer")
    HUNGER_STRIKE = "hunger_strike", pgettext_lazy("event", "hunger strike")
    PUNISHMENT = "punishment", pgettext_lazy("event", "punishment in detention")
    EXCHANGE = "exchange", pgettext_lazy("event", "prisoner exchange")
    STATEMENT = "statement", pgettext_lazy("event", "statement")
    OTHER = "other", pgettext_lazy("event", "other")


class DocumentKind(models.TextChoices):
    """What a document is."""

    VERDICT = "verdict", pgettext_lazy("document", "verdict")
    INDICTMENT = "indictment", pgettext_lazy("document", "indictment")
    COURT_RULING = "court_ruling", pgettext_lazy("document", "court ruling")
    LAST_WORD = "last_word", pgettext_lazy("document", "last word")
    EXPERT_OPINION = "expert_opinion", pgettext_lazy("document", "expert opinion")
    STATEMENT = "statement", pgettext_lazy("document", "statement")
    COMPLAINT = "complaint", pgettext_lazy("document", "complaint")
    LETTER = "letter", pgettext_lazy("document", "letter")
    OTHER = "other", pgettext_lazy("document", "other document")


class FindingBody(models.TextChoices):
    """Who found that a prosecution breaks international law."""

    WGAD = "wgad", pgettext_lazy("finding_body", "UN Working Group on Arbitrary Detention")
    SPECIAL_PROCEDURES = "special_procedures", pgettext_lazy("finding_body", "UN special procedures")
    HRC = "hrc", pgettext_lazy("finding_body", "UN Human Rights Committee")
    ECTHR = "ecthr", pgettext_lazy("finding_body", "European Court of Human Rights")
    PACE = "pace", pgettext_lazy("finding_body", "Parliamentary Assembly of the Council of Europe")
    EP = "ep", pgettext_lazy("finding_body", "European Parliament")
    AMNESTY = "amnesty", pgettext_lazy("finding_body", "Amnesty International")
    OTHER = "other", pgettext_lazy("finding_body", "another body")


class WgadCategory(models.TextChoices):
    """Categories of arbitrary detention of the UN Working Group on Arbitrary Detention."""

    I = "I", _("category I")  # noqa: E741 - its own name
    II = "II", _("category II")
    III = "III", _("category III")
    IV = "IV", _("category IV")
    V = "V", _("category V")
