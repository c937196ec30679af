"""Words of people in a case: their role, plea and relations; officials."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProsecutionRole(models.TextChoices):
    """What the person is in the case. Whether somebody gave evidence is never here."""

    SUSPECT = "suspect", pgettext_lazy("prosecution_role", "suspect")
    ACCUSED = "accused", pgettext_lazy("prosecution_role", "accused")
    ADMINISTRATIVELY_LIABLE = (
        "administratively_liable",
        pgettext_lazy("prosecution_role", "person facing administrative proceedings"),
    )
    HELD = "held", pgettext_lazy("prosecution_role", "person held without a case")
    EXTRADITION_SOUGHT = (
        "extradition_sought",
        pgettext_lazy("prosecution_role", "person whose extradition is sought"),
    )
    UNKNOWN = "unknown", pgettext_lazy("prosecution_role", "role unknown")


class Plea(models.TextChoices):
    """Whether the person admits what is charged."""

    NOT_KNOWN = "not_known", pgettext_lazy("plea", "not known")
    NOT_ADMITTED = "not_admitted", pgettext_lazy("plea", "does not admit guilt")
    PARTLY = "partly", pgettext_lazy("plea", "admits guilt in part")
    ADMITTED = "admitted", pgettext_lazy("plea", "admits guilt")


class SuspensionReason(models.TextChoices):
    """Why a prosecution stands still."""

    WANTED = "wanted", pgettext_lazy("suspension_reason", "the person is wanted")
    CONTRACT = "contract", pgettext_lazy("suspension_reason", "contract with the army (Art. 78.1)")
    OTHER = "other", pgettext_lazy("suspension_reason", "another reason")


class RelationKind(models.TextChoices):
    """How two people are related: the first to the second."""

    SPOUSE = "spouse", pgettext_lazy("relation_kind", "spouse")
    PARTNER = "partner", pgettext_lazy("relation_kind", "partner")
    PARENT = "parent", pgettext_lazy("relation_kind", "parent")
    CHILD = "child", pgettext_lazy("relation_kind", "child")
    SIBLING = "sibling", pgettext_lazy("relation_kind", "sibling")
    GRANDPARENT = "grandparent", pgettext_lazy("relation_kind", "grandparent")
    GRANDCHILD = "grandchild", pgettext_lazy("relation_kind", "grandchild")
    OTHER_RELATIVE = "other_relative", pgettext_lazy("relation_kind", "other relative")
    SAME_EVENT = "same_event", pgettext_lazy("relation_kind", "same event")


class OfficialKind(models.TextChoices):
    """The office that somebody holds; a private person is never an official."""

    JUDGE = "judge", pgettext_lazy("official", "judge")
    PROSECUTOR = "prosecutor", pgettext_lazy("official", "prosecutor")
    INVESTIGATOR = "investigator", pgettext_lazy("official", "investigator")
    EXPERT = "expert", pgettext_lazy("official", "expert")
    HEAD_OF_INSTITUTION = "head_of_institution", pgettext_lazy("official", "head of an institution")


class OfficialPart(models.TextChoices):
    """What an official was in a prosecution; nouns, which say nothing of the official's gender."""

    INVESTIGATED = "investigated", pgettext_lazy("official_part", "investigator in the case")
    ORDERED_DETENTION = (
        "ordered_detention",
        pgettext_lazy("official_part", "choice of the measure of restraint"),
    )
    PROSECUTED = "prosecuted", pgettext_lazy("official_part", "prosecutor in court")
    GAVE_EXPERT_OPINION = "gave_expert_opinion", pgettext_lazy("official_part", "expert in the case")
    TRIED = "tried", pgettext_lazy("official_part", "judge in the case")
    REVIEWED = "reviewed", pgettext_lazy("official_part", "judge of a higher court")
    HEADED_INSTITUTION = (
        "headed_institution",
        pgettext_lazy("official_part", "head of the place of detention"),
    )
    OTHER = "other", pgettext_lazy("official_part", "other")


class SanctionList(models.TextChoices):
    """Whose list of sanctions an official is on."""

    EU = "eu", pgettext_lazy("sanction_list", "European Union")
    UK = "uk", pgettext_lazy("sanction_list", "United Kingdom")
    USA = "usa", pgettext_lazy("sanction_list", "United States")
    CANADA = "canada", pgettext_lazy("sanction_list", "Canada")
    SWITZERLAND = "switzerland", pgettext_lazy("sanction_list", "Switzerland")
    UKRAINE = "ukraine", pgettext_lazy("sanction_list", "Ukraine")
    OTHER = "other", pgettext_lazy("sanction_list", "another list")
