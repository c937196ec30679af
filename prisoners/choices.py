"""Closed vocabularies that code branches on; codes and words as in the domain's vocabulary table."""

from django.db import models
from django.utils.translation import pgettext_lazy


class LibertyStatus(models.TextChoices):
    """The person's liberty on a day; what is not known is said, and never read as at liberty."""

    PRETRIAL_DETENTION = "pretrial_detention", pgettext_lazy("liberty_status", "in pre-trial detention")
    IMPRISONED = "imprisoned", pgettext_lazy("liberty_status", "imprisoned")
    HOUSE_ARREST = "house_arrest", pgettext_lazy("liberty_status", "under house arrest")
    INPATIENT_TREATMENT = (
        "inpatient_treatment",
        pgettext_lazy("liberty_status", "in compulsory in-patient treatment"),
    )
    PSYCHIATRIC_EXAMINATION = (
        "psychiatric_examination",
        pgettext_lazy("liberty_status", "in in-patient psychiatric examination"),
    )
    HELD_WITHOUT_CASE = "held_without_case", pgettext_lazy("liberty_status", "held without a case")
    ADMINISTRATIVE_ARREST = (
        "administrative_arrest",
        pgettext_lazy("liberty_status", "under administrative arrest"),
    )
    IMMIGRATION_DETENTION = (
        "immigration_detention",
        pgettext_lazy("liberty_status", "in a detention centre for foreign nationals"),
    )
    FORCED_LABOUR = "forced_labour", pgettext_lazy("liberty_status", "doing forced labour")
    AT_LIBERTY = "at_liberty", pgettext_lazy("liberty_status", "at liberty")
    SENT_TO_WAR = "sent_to_war", pgettext_lazy("liberty_status", "sent to the war (contract)")
    BEYOND_REACH = "beyond_reach", pgettext_lazy("liberty_status", "beyond reach (abroad)")
    FATE_UNKNOWN = "fate_unknown", pgettext_lazy("liberty_status", "fate unknown")
    NOT_KNOWN = "not_known", pgettext_lazy("liberty_status", "not known")
    DIED = "died", pgettext_lazy("liberty_status", "died")


class CustodyDateKind(models.TextChoices):
    """The three dates of losing liberty, which may differ; «deprived of liberty since» is the first."""

    SEIZED = "seized", pgettext_lazy("custody_date_kind", "actually seized")
    FORMALLY_DETAINED = "formally_detained", pgettext_lazy("custody_date_kind", "formally detained")
    REMANDED = "remanded", pgettext_lazy("custody_date_kind", "remanded by a court")


class EndOfCustodyKind(models.TextChoices):
    """How a deprivation of liberty ended; only a release has a ground and a circumstance."""

    RELEASE = "release", pgettext_lazy("end_of_custody", "release")
    DEATH = "death", pgettext_lazy("end_of_custody", "death")
    ESCAPE = "escape", pgettext_lazy("end_of_custody", "escape")


class ReleaseGround(models.TextChoices):
    """The legal ground of a release."""

    SERVED = "served", pgettext_lazy("release_ground", "sentence served")
    PAROLE = "parole", pgettext_lazy("release_ground", "parole")
    PARDON = "pardon", pgettext_lazy("release_ground", "pardon")
    AMNESTY = "amnesty", pgettext_lazy("release_ground", "amnesty")
    ILLNESS = "illness", pgettext_lazy("release_ground", "released on grounds of illness")
    PENALTY_REPLACED = "penalty_replaced", pgettext_lazy("release_ground", "penalty replaced by a milder one")
    DEFERRAL = "deferral", pgettext_lazy("release_ground", "deferral")
    QUASHED = "quashed", pgettext_lazy("release_ground", "sentence quashed")
    ACQUITTED = "acquitted", pgettext_lazy("release_ground", "acquittal")
    DISCONTINUED = "discontinued", pgettext_lazy("release_ground", "case discontinued")
    MEASURE_CHANGED = "measure_changed", pgettext_lazy("release_ground", "measure of restraint changed")
    CREDIT_EXCEEDS_TERM = (
        "credit_exceeds_term",
        pgettext_lazy("release_ground", "time in custody covers the term"),
    )
    SUSPENDED_SENTENCE = "suspended_sentence", pgettext_lazy("release_ground", "suspended sentence")
    NON_CUSTODIAL = "non_custodial", pgettext_lazy("release_ground", "non-custodial penalty")
    LIMITATION = "limitation", pgettext_lazy("release_ground", "limitation period expired")
    TREATMENT_ENDED = "treatment_ended", pgettext_lazy("release_ground", "compulsory treatment ended")
    WAR_78_1 = (
        "war_78_1",
        pgettext_lazy(
            "release_ground", "suspension or release from liability for joining the war (Art. 78.1)"
        ),
    )
    WAR_80_2 = (
        "war_80_2",
        pgettext_lazy("release_ground", "release from the sentence for joining the war (Art. 80.2)"),
    )
    WAR_PARDON = "war_pardon", pgettext_lazy("release_ground", "pardon for joining the war")
    NONE_KNOWN = "none_known", pgettext_lazy("release_ground", "no ground known")


class ReleaseCircumstance(models.TextChoices):
    """How a release came about; an exchange is a circumstance, its ground may be a pardon or none."""

    ORDINARY = "ordinary", pgettext_lazy("release_circumstance", "ordinary")
    IN_COURTROOM = "in_courtroom", pgettext_lazy("release_circumstance", "released in the courtroom")
    EXCHANGE = "exchange", pgettext_lazy("release_circumstance", "prisoner exchange")
    EXPELLED = "expelled", pgettext_lazy("release_circumstance", "expelled")
    DEPORTED = "deported", pgettext_lazy("release_circumstance", "deported")
    EXTRADITED = "extradited", pgettext_lazy("release_circumstance", "extradited")
    HANDED_TO_UKRAINE = "handed_to_ukraine", pgettext_lazy("release_circumstance", "handed over to Ukraine")
    SENT_TO_WAR = "sent_to_war", pgettext_lazy("release_circumstance", "sent to the war")
    OTHER = "other", pgettext_lazy("release_circumstance", "other")
    UNKNOWN = "unknown", pgettext_lazy("release_circumstance", "circumstances unknown")


class DeathCircumstance(models.TextChoices):
    """Where death met the person."""

    IN_CUSTODY = "in_custody", pgettext_lazy("death_circumstance", "in custody")
    AT_ARREST = "at_arrest", pgettext_lazy("death_circumstance", "at arrest")
    WITHIN_YEAR_OF_RELEASE = (
        "within_year_of_release",
        pgettext_lazy("death_circumstance", "within a year of release"),
    )
    AT_WAR = "at_war", pgettext_lazy("death_circumstance", "at the war")
    OTHER = "other", pgettext_lazy("death_circumstance", "other")


class RecognitionOutcome(models.TextChoices):
    """What was decided. Requests under consideration and refusals stand in `RecognitionReview`."""

    RECOGNISED = "recognised", pgettext_lazy("recognition_outcome", "recognised as a political prisoner")
    WITHDRAWN = "withdrawn", pgettext_lazy("recognition_outcome", "recognition withdrawn")


class DecidingBody(models.TextChoices):
    """Who decided on a recognition."""

    THIS_PROJECT = "this_project", pgettext_lazy("deciding_body", "Political Prisoners. Memorial")
    MEMORIAL_HRC = "memorial_hrc", pgettext_lazy("deciding_body", "Memorial Human Rights Centre")
    OTHER = "other", pgettext_lazy("deciding_body", "another organisation")


class RecognitionGround(models.TextChoices):
    """The two grounds for recognising a political prisoner."""

    GROUND_1 = (
        "ground_1",
        pgettext_lazy(
            "recognition_ground", "persecuted solely for exercising rights, for beliefs or identity"
        ),
    )
    GROUND_2 = (
        "ground_2",
        pgettext_lazy(
            "recognition_ground",
            "persecuted for a political motive with substantial violations of law, or selectively",
        ),
    )


class PacePoint(models.TextChoices):
    """Points of PACE Resolution 1900 (2012)."""

    PACE_A = (
        "pace_a",
        pgettext_lazy(
            "pace_point",
            "(a) detention in violation of a fundamental guarantee of the European Convention on Human Rights",
        ),
    )
    PACE_B = (
        "pace_b",
        pgettext_lazy(
            "pace_point", "(b) detention for purely political reasons, without connection to any offence"
        ),
    )
    PACE_C = (
        "pace_c",
        pgettext_lazy(
            "pace_point",
            "(c) for political motives, length or conditions clearly out of proportion to the offence",
        ),
    )
    PACE_D = (
        "pace_d",
        pgettext_lazy("pace_point", "(d) for political motives, detained in a discriminatory manner"),
    )
    PACE_E = (
        "pace_e",
        pgettext_lazy(
            "pace_point",
            "(e) detention resulting from clearly unfair proceedings connected with political motives of the authorities",
        ),
    )


class LegalCode(models.TextChoices):
    """Codes of law; those of occupation bodies stand in quotes."""

    UK_RF = "uk-rf", pgettext_lazy("legal_code", "Criminal Code of the Russian Federation")
    KOAP_RF = (
        "koap-rf",
        pgettext_lazy("legal_code", "Code of Administrative Offences of the Russian Federation"),
    )
    UK_UA = "uk-ua", pgettext_lazy("legal_code", "Criminal Code of Ukraine")
    UK_DNR = "uk-dnr", pgettext_lazy("legal_code", "criminal code of the 'DNR'")
    UK_LNR = "uk-lnr", pgettext_lazy("legal_code", "criminal code of the 'LNR'")
    OTHER = "other", pgettext_lazy("legal_code", "another code")


class Regime(models.TextChoices):
    """The regime of a stay; it changes by decision."""

    GENERAL = "general", pgettext_lazy("regime", "general regime")
    STRICT = "strict", pgettext_lazy("regime", "strict regime")
    SPECIAL = "special", pgettext_lazy("regime", "special regime")
    SETTLEMENT = "settlement", pgettext_lazy("regime", "colony-settlement")
    JUVENILE = "juvenile", pgettext_lazy("regime", "juvenile colony")
    PRISON = "prison", pgettext_lazy("regime", "prison")
    UNKNOWN = "unknown", pgettext_lazy("regime", "regime unknown")


class InstitutionKind(models.TextChoices):
    """What a place is."""

    SIZO = "sizo", pgettext_lazy("institution_kind", "SIZO (pre-trial detention centre)")
    FSB_SIZO = "fsb_sizo", pgettext_lazy("institution_kind", "SIZO of central subordination or of the FSB")
    PFRSI = "pfrsi", pgettext_lazy("institution_kind", "premises functioning as a SIZO (inside a colony)")
    IVS = "ivs", pgettext_lazy("institution_kind", "temporary detention facility (police cells)")
    COLONY = "colony", pgettext_lazy("institution_kind", "penal colony")
    COLONY_SETTLEMENT = "colony_settlement", pgettext_lazy("institution_kind", "colony-settlement")
    JUVENILE_COLONY = "juvenile_colony", pgettext_lazy("institution_kind", "juvenile colony")
    PRISON = "prison", pgettext_lazy("institution_kind", "prison")
    MEDICAL_COLONY = "medical_colony", pgettext_lazy("institution_kind", "medical correctional institution")
    PRISON_HOSPITAL = "prison_hospital", pgettext_lazy("institution_kind", "prison hospital")
    PSYCHIATRIC_HOSPITAL = "psychiatric_hospital", pgettext_lazy("institution_kind", "psychiatric hospital")
    PSYCHIATRIC_EXPERTISE = (
        "psychiatric_expertise",
        pgettext_lazy("institution_kind", "psychiatric hospital (examination)"),
    )
    PBSTIN = (
        "pbstin",
        pgettext_lazy("institution_kind", "specialised psychiatric hospital with intensive supervision"),
    )
    CIVIL_HOSPITAL = "civil_hospital", pgettext_lazy("institution_kind", "civilian hospital")
    CORRECTIONAL_CENTRE = "correctional_centre", pgettext_lazy("institution_kind", "correctional centre")
    UFIC = (
        "ufic",
        pgettext_lazy("institution_kind", "section of a colony functioning as a correctional centre"),
    )
    SPECIAL_DETENTION_CENTRE = (
        "special_detention_centre",
        pgettext_lazy("institution_kind", "special detention centre"),
    )
    GUARDHOUSE = "guardhouse", pgettext_lazy("institution_kind", "military guardhouse")
    DISCIPLINARY_UNIT = "disciplinary_unit", pgettext_lazy("institution_kind", "disciplinary military unit")
    MILITARY_UNIT = "military_unit", pgettext_lazy("institution_kind", "military unit")
    TSVSIG = "tsvsig", pgettext_lazy("institution_kind", "temporary detention centre for foreign nationals")
    TSVSNP = "tsvsnp", pgettext_lazy("institution_kind", "temporary detention centre for juvenile offenders")
    SPECIAL_SCHOOL = "special_school", pgettext_lazy("institution_kind", "special closed school")
    FOREIGN_PRISON = (
        "foreign_prison",
        pgettext_lazy("institution_kind", "place of detention in another country"),
    )
    HOUSE_ARREST_ADDRESS = "house_arrest_address", pgettext_lazy("institution_kind", "place of house arrest")
    UNOFFICIAL = "unofficial", pgettext_lazy("institution_kind", "unofficial place")
    UNKNOWN = "unknown", pgettext_lazy("institution_kind", "place unknown")
    IN_TRANSIT = "in_transit", pgettext_lazy("institution_kind", "in transit")


class StayReason(models.TextChoices):
    """Why a person is kept in a place."""

    CAPTURED = "captured", pgettext_lazy("stay_reason", "captured")
    SEIZED = "seized", pgettext_lazy("stay_reason", "seized")
    POLICE_DETENTION = "police_detention", pgettext_lazy("stay_reason", "detention by police")
    REMAND = "remand", pgettext_lazy("stay_reason", "remand in custody")
    SERVING = "serving", pgettext_lazy("stay_reason", "serving the sentence")
    HOUSE_ARREST = "house_arrest", pgettext_lazy("stay_reason", "house arrest")
    TRANSIT = "transit", pgettext_lazy("stay_reason", "transfer")
    TEMPORARY = "temporary", pgettext_lazy("stay_reason", "temporary transfer")
    HOSPITAL = "hospital", pgettext_lazy("stay_reason", "in hospital")
    EXAMINATION = "examination", pgettext_lazy("stay_reason", "psychiatric examination")
    COMPULSORY_TREATMENT = "compulsory_treatment", pgettext_lazy("stay_reason", "compulsory treatment")
    ADMINISTRATIVE_ARREST = "administrative_arrest", pgettext_lazy("stay_reason", "administrative arrest")
    FORCED_LABOUR = "forced_labour", pgettext_lazy("stay_reason", "forced labour")
    NO_CASE = "no_case", pgettext_lazy("stay_reason", "held without a case")
    EXTRADITION = "extradition", pgettext_lazy("stay_reason", "held for extradition")
    EXPULSION = "expulsion", pgettext_lazy("stay_reason", "held before expulsion")
    UNKNOWN = "unknown", pgettext_lazy("stay_reason", "reason unknown")


class StayPublic(models.TextChoices):
    """How much of a stay readers may see."""

    YES = "yes", pgettext_lazy("stay_public", "public")
    REGION_ONLY = "region_only", pgettext_lazy("stay_public", "region only")
    NO = "no", pgettext_lazy("stay_public", "not public")


class Register(models.TextChoices):
    """State registers that persecuted people are put on."""

    ROSFINMONITORING = "rosfinmonitoring", pgettext_lazy("register", "list of terrorists and extremists")
    FOREIGN_AGENTS = "foreign_agents", pgettext_lazy("register", "register of 'foreign agents'")
    WANTED = "wanted", pgettext_lazy("register", "wanted list of the Interior Ministry")
    UNDESIRABLE = "undesirable", pgettext_lazy("register", "list of 'undesirable' organisations")


class LeadReliability(models.TextChoices):
    """How far news of a possible case can be relied on. Confidential."""

    A = "a", pgettext_lazy("lead_reliability", "A: reliable source, confirmed")
    B = "b", pgettext_lazy("lead_reliability", "B: reliable source, not confirmed")
    C = "c", pgettext_lazy("lead_reliability", "C: source of unknown reliability")
    D = "d", pgettext_lazy("lead_reliability", "D: doubtful")


class ConsentScope(models.TextChoices):
    """What a person can consent to."""

    LISTED = "listed", pgettext_lazy("consent_scope", "to be listed")
    PHOTO = "photo", pgettext_lazy("consent_scope", "photo")
    LETTERS_ADDRESS = "letters_address", pgettext_lazy("consent_scope", "letters and address")
    HEALTH = "health", pgettext_lazy("consent_scope", "health")
    ILL_TREATMENT = "ill_treatment", pgettext_lazy("consent_scope", "ill-treatment")
    STORY = "story", pgettext_lazy("consent_scope", "story")
    BIRTHDAY = "birthday", pgettext_lazy("consent_scope", "birthday")
    LAWYER_NAME = "lawyer_name", pgettext_lazy("consent_scope", "name of the lawyer")
    APPEAL = "appeal", pgettext_lazy("consent_scope", "urgent appeal")


class SecondLookReason(models.TextChoices):
    """Why a page is published by another person than the one who sent it for review; codes of the database."""

    MINOR = "minor", pgettext_lazy("second_look", "arrest under 18")
    TREASON = "treason", pgettext_lazy("second_look", "an accusation of treason")
    TORTURE = "torture", pgettext_lazy("second_look", "claims of torture")
    LGBT = "lgbt", pgettext_lazy("second_look", "an accusation about 'LGBT'")
    COOPERATION = "cooperation", pgettext_lazy("second_look", "cooperation with the investigation")
