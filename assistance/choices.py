"""Closed vocabularies of help; codes as in the domain's vocabulary table. Every value is confidential."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Programme(models.TextChoices):
    """What kind of help is wanted."""

    LEGAL = "legal", _("lawyers")
    DETENTION = "detention", _("rights in detention")
    HUMANITARIAN = "humanitarian", _("parcels and money")
    NOT_CLEAR = "not_clear", _("not clear yet")


class RequestState(models.TextChoices):
    """Where a request for help stands, from first contact to its end."""

    FIRST_CONTACT = "first_contact", _("first contact")
    CONSIDERED = "considered", pgettext_lazy("help_request", "being considered")
    ACCEPTED = "accepted", pgettext_lazy("help_request", "accepted")
    IN_WORK = "in_work", pgettext_lazy("help_request", "in work")
    DONE = "done", pgettext_lazy("help_request", "done")
    REFUSED = "refused", pgettext_lazy("help_request", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("help_request", "withdrawn by the client")


OPEN_STATES: Final = (
    RequestState.FIRST_CONTACT,
    RequestState.CONSIDERED,
    RequestState.ACCEPTED,
    RequestState.IN_WORK,
)
"""States in which somebody waits for us: each has a next step and its day."""


class RequestChannel(models.TextChoices):
    """How a request reached us."""

    LETTER = "letter", _("letter from prison")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    MESSENGER = "messenger", _("messenger")
    IN_PERSON = "in_person", _("in person")
    LAWYER = "lawyer", _("through a lawyer")
    RELATIVE = "relative", _("through a relative")
    PARTNER = "partner", _("from another organisation")
    OURSELVES = "ourselves", _("we found out ourselves")


class Relation(models.TextChoices):
    """Who a contact person is to the client."""

    SPOUSE = "spouse", pgettext_lazy("relation_kind", "spouse")
    PARTNER = "partner", pgettext_lazy("relation_kind", "partner")
    PARENT = "parent", pgettext_lazy("relation_kind", "parent")
    CHILD = "child", pgettext_lazy("relation_kind", "child")
    SIBLING = "sibling", pgettext_lazy("relation_kind", "sibling")
    GRANDPARENT = "grandparent", pgettext_lazy("relation_kind", "grandparent")
    GRANDCHILD = "grandchild", pgettext_lazy("relation_kind", "grandchild")
    OTHER_RELATIVE = "other_relative", pgettext_lazy("relation_kind", "other relative")
    FRIEND = "friend", _("friend")
    LAWYER = "lawyer", _("lawyer")
    SUPPORT_GROUP = "support_group", _("support group")
    OTHER = "other", _("other")


class LegalStage(models.TextChoices):
    """The stage for which a lawyer was paid. People by stage sum to more than people helped."""

    INVESTIGATION = "investigation", pgettext_lazy("legal_aid_stage", "investigation")
    FIRST_INSTANCE = "first_instance", pgettext_lazy("legal_aid_stage", "first instance")
    APPEAL = "appeal", pgettext_lazy("legal_aid_stage", "appeal")
    CASSATION = "cassation", pgettext_lazy("legal_aid_stage", "cassation")
    SUPERVISORY = "supervisory", pgettext_lazy("legal_aid_stage", "supervisory review")
    EXECUTION = "execution", pgettext_lazy("legal_aid_stage", "execution of the sentence")
    INTERNATIONAL = "international", pgettext_lazy("legal_aid_stage", "international bodies")


class LegalOutcomeKind(models.TextChoices):
    """What came of a lawyer's work; a case may have several, each with its date."""

    RELEASED_FROM_DETENTION = "released_from_detention", _("released from detention")
    RELEASED_FROM_HOUSE_ARREST = "released_from_house_arrest", _("released from house arrest")
    HOUSE_ARREST_INSTEAD = "house_arrest_instead", _("house arrest instead of a SIZO")
    CHARGE_REDUCED = "charge_reduced", _("charge reduced")
    CHARGE_DROPPED = "charge_dropped", _("charge dropped")
    CASE_DISCONTINUED = "case_discontinued", _("case discontinued")
    RETURNED_TO_PROSECUTOR = "returned_to_prosecutor", _("returned to the prosecutor")
    ACQUITTED = "acquitted", pgettext_lazy("legal_outcome", "acquitted")
    NON_CUSTODIAL = "non_custodial", _("non-custodial sentence")
    SENTENCE_REDUCED = "sentence_reduced", _("sentence reduced")
    SENTENCE_QUASHED = "sentence_quashed", _("sentence quashed")
    PAROLE = "parole", pgettext_lazy("legal_outcome", "parole")
    EXTRADITION_REFUSED = "extradition_refused", _("extradition refused")
    FINDING_OF_BODY = "finding_of_body", _("finding of an international body")
    NO_CHANGE = "no_change", pgettext_lazy("legal_outcome", "no change")
    PENDING = "pending", pgettext_lazy("aid_outcome", "pending")


class DetentionRight(models.TextChoices):
    """The right that was violated."""

    CALLS = "calls", _("phone calls")
    LETTERS = "letters", pgettext_lazy("detention_right", "letters")
    VISITS = "visits", pgettext_lazy("detention_right", "visits")
    PARCELS = "parcels", pgettext_lazy("detention_right", "parcels")
    MEDICAL_CARE = "medical_care", _("medical care")
    LAWYER_ACCESS = "lawyer_access", _("access to a lawyer")
    RELIGION = "religion", _("religious practice and diet")
    CONDITIONS = "conditions", _("conditions of detention")
    PUNISHMENT_CELL = "punishment_cell", pgettext_lazy("detention_right", "punishment cell")
    TRANSFER = "transfer", pgettext_lazy("detention_right", "transfer")
    ILL_TREATMENT = "ill_treatment", _("ill-treatment")
    DISAPPEARANCE = "disappearance", _("place concealed")
    OTHER = "other", pgettext_lazy("detention_right", "other")


class DetentionOutcomeKind(models.TextChoices):
    """What came of defending a right; several, each with its date."""

    CALLS_GRANTED = "calls_granted", _("calls granted")
    LETTERS_RESTORED = "letters_restored", _("letters restored")
    VISIT_GRANTED = "visit_granted", _("visit granted")
    PARCEL_ACCEPTED = "parcel_accepted", _("parcel accepted")
    TREATED = "treated", _("treatment received")
    HOSPITALISED = "hospitalised", _("sent to hospital")
    TRANSFERRED = "transferred", pgettext_lazy("detention_outcome", "transferred")
    PENALTY_LIFTED = "penalty_lifted", _("disciplinary penalty lifted")
    PLACE_ESTABLISHED = "place_established", _("place established")
    CHECK_OPENED = "check_opened", _("check opened")
    REFUSED = "refused", pgettext_lazy("detention_outcome", "refused")
    PENDING = "pending", pgettext_lazy("aid_outcome", "pending")


class AidChannel(models.TextChoices):
    """The way humanitarian help took (`aid_form` of the vocabulary)."""

    PARCEL = "parcel", _("parcel")
    SHOP_ORDER = "shop_order", _("shop order")
    ACCOUNT_TRANSFER = "account_transfer", _("transfer to a prison account")
    FAMILY_SUPPORT = "family_support", _("help to the family")
    TRAVEL = "travel", _("travel of relatives")


FOR_FAMILIES: Final = (AidChannel.FAMILY_SUPPORT, AidChannel.TRAVEL)
"""Ways that lead to the family only: never counted with prisoners."""


class Recipient(models.TextChoices):
    """Whom help was for. Families have a total of their own, which is never public."""

    PRISONER = "prisoner", pgettext_lazy("aid_recipient", "prisoner")
    FAMILY = "family", pgettext_lazy("aid_recipient", "family")


class Unit(models.TextChoices):
    """What a quantity counts."""

    PIECE = "piece", _("pieces")
    PACK = "pack", _("packs")
    KILOGRAM = "kg", _("kg")
    LITRE = "l", _("litres")
    MONTH = "month", pgettext_lazy("unit", "months of treatment")


class Currency(models.TextChoices):
    """Currencies in which help is paid."""

    RUB = "RUB", _("roubles")
    EUR = "EUR", _("euros")
    USD = "USD", _("dollars")
    GBP = "GBP", _("pounds")
    UAH = "UAH", _("hryvnias")
    GEL = "GEL", _("lari")
    AMD = "AMD", _("drams")
    KZT = "KZT", _("tenge")


RATE_CURRENCIES: Final = (Currency.RUB, Currency.EUR)
"""Currencies into which sums are turned for the accounts."""
