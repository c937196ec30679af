"""Words of the case and its law: kinds, stages, charges, decisions, penalties."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CaseKind(models.TextChoices):
    """What a case is in law; held with no case is one of them."""

    CRIMINAL = "criminal", pgettext_lazy("case_kind", "criminal case")
    ADMINISTRATIVE = "administrative", pgettext_lazy("case_kind", "administrative case")
    NO_PROCEEDINGS = "no_proceedings", pgettext_lazy("case_kind", "no proceedings")
    EXTRADITION = "extradition", pgettext_lazy("case_kind", "extradition proceedings")


class CaseLinkKind(models.TextChoices):
    """How one case hangs together with another: the first to the second."""

    JOINED_INTO = "joined_into", pgettext_lazy("case_link", "joined into")
    SEVERED_FROM = "severed_from", pgettext_lazy("case_link", "severed from")
    LED_TO = "led_to", pgettext_lazy("case_link", "led to")


class Stage(models.TextChoices):
    """Where a prosecution stands. Derived from decisions and hearings (`cases.stage`) unless staff enter it."""

    PRE_INVESTIGATION = "pre_investigation", pgettext_lazy("stage", "pre-investigation check")
    INVESTIGATION = "investigation", pgettext_lazy("stage", "investigation")
    RETURNED_TO_PROSECUTOR = "returned_to_prosecutor", pgettext_lazy("stage", "returned to the prosecutor")
    FIRST_INSTANCE = "first_instance", pgettext_lazy("stage", "first instance")
    NEW_TRIAL = "new_trial", pgettext_lazy("stage", "retrial")
    APPEAL = "appeal", pgettext_lazy("stage", "appeal")
    IN_FORCE = "in_force", pgettext_lazy("stage", "sentence in force")
    CASSATION = "cassation", pgettext_lazy("stage", "cassation")
    SUPERVISORY = "supervisory", pgettext_lazy("stage", "supervisory review")
    SERVING = "serving", pgettext_lazy("stage", "serving the sentence")
    SERVED = "served", pgettext_lazy("stage", "sentence served")
    COMPULSORY_TREATMENT = "compulsory_treatment", pgettext_lazy("stage", "compulsory treatment")
    SUSPENDED_WANTED = "suspended_wanted", pgettext_lazy("stage", "suspended (wanted)")
    SUSPENDED_CONTRACT = "suspended_contract", pgettext_lazy("stage", "suspended (contract)")
    SUSPENDED_OTHER = "suspended_other", pgettext_lazy("stage", "suspended (other)")
    DISCONTINUED = "discontinued", pgettext_lazy("stage", "prosecution discontinued")
    ACQUITTED = "acquitted", pgettext_lazy("stage", "acquittal")
    ENDED_BY_DEATH = "ended_by_death", pgettext_lazy("stage", "ended by death")
    ADM_PROTOCOL = "adm_protocol", pgettext_lazy("stage", "administrative report")
    ADM_RULING = "adm_ruling", pgettext_lazy("stage", "administrative ruling")
    ADM_COMPLAINT = "adm_complaint", pgettext_lazy("stage", "administrative complaint")
    EXTRADITION_REQUEST = "extradition_request", pgettext_lazy("stage", "extradition request")
    EXTRADITION_DECISION = "extradition_decision", pgettext_lazy("stage", "extradition decision")
    EXTRADITION_APPEAL = "extradition_appeal", pgettext_lazy("stage", "extradition appeal")
    HELD_NO_PROCEEDINGS = "held_no_proceedings", pgettext_lazy("stage", "held without proceedings")
    UNKNOWN = "unknown", pgettext_lazy("stage", "stage unknown")


class HasParts(models.TextChoices):
    """Whether an article is divided into parts; «unknown» until somebody has read it."""

    YES = "yes", pgettext_lazy("has_parts", "has parts")
    NO = "no", pgettext_lazy("has_parts", "has no parts")
    UNKNOWN = "unknown", pgettext_lazy("has_parts", "not known whether it has parts")


class Attempt(models.TextChoices):
    """An offence that was not completed (УК РФ, Art. 30)."""

    PREPARATION = "preparation", pgettext_lazy("attempt", "preparation (part 1 of Art. 30)")
    ATTEMPT = "attempt", pgettext_lazy("attempt", "attempt (part 3 of Art. 30)")
    ARTICLE_30 = "article_30", pgettext_lazy("attempt", "Art. 30, part unknown")


class ChargeEventKind(models.TextChoices):
    """What became of a charge."""

    BROUGHT = "brought", pgettext_lazy("charge_event", "brought")
    RECLASSIFIED = "reclassified", pgettext_lazy("charge_event", "reclassified")
    DROPPED = "dropped", pgettext_lazy("charge_event", "dropped")
    EXCLUDED = "excluded", pgettext_lazy("charge_event", "excluded")
    CONVICTED = "convicted", pgettext_lazy("charge_event", "found guilty")
    ACQUITTED = "acquitted", pgettext_lazy("charge_event", "acquitted")


class DecisionKind(models.TextChoices):
    """What was decided. A ruling on compulsory medical measures is no verdict and imposes no penalty."""

    GUILTY_VERDICT = "guilty_verdict", pgettext_lazy("decision_kind", "verdict of guilty")
    ACQUITTAL = "acquittal", pgettext_lazy("decision_kind", "acquittal")
    MEDICAL_RULING = "medical_ruling", pgettext_lazy("decision_kind", "ruling on compulsory medical measures")
    MEDICAL_EXTENDED = "medical_extended", pgettext_lazy("decision_kind", "compulsory treatment extended")
    MEDICAL_CHANGED = "medical_changed", pgettext_lazy("decision_kind", "compulsory medical measure changed")
    MEDICAL_ENDED = "medical_ended", pgettext_lazy("decision_kind", "compulsory treatment ended")
    DISCONTINUATION = "discontinuation", pgettext_lazy("decision_kind", "discontinuation")
    RETURNED_TO_PROSECUTOR = (
        "returned_to_prosecutor",
        pgettext_lazy("decision_kind", "return to the prosecutor"),
    )
    REMITTED = "remitted", pgettext_lazy("decision_kind", "remitted for retrial")
    QUASHED = "quashed", pgettext_lazy("decision_kind", "sentence quashed")
    UPHELD = "upheld", pgettext_lazy("decision_kind", "sentence upheld")
    REDUCED = "reduced", pgettext_lazy("decision_kind", "sentence reduced")
    INCREASED = "increased", pgettext_lazy("decision_kind", "sentence increased")
    RESTRAINT_CHOSEN = "restraint_chosen", pgettext_lazy("decision_kind", "measure of restraint chosen")
    RESTRAINT_EXTENDED = "restraint_extended", pgettext_lazy("decision_kind", "measure of restraint extended")
    RESTRAINT_CHANGED = "restraint_changed", pgettext_lazy("decision_kind", "measure of restraint changed")
    RESTRAINT_CANCELLED = (
        "restraint_cancelled",
        pgettext_lazy("decision_kind", "measure of restraint cancelled"),
    )
    REGIME_CHANGED = "regime_changed", pgettext_lazy("decision_kind", "change of the kind of institution")
    PENALTY_REPLACED = "penalty_replaced", pgettext_lazy("decision_kind", "penalty replaced")
    SUSPENDED_REVOKED = "suspended_revoked", pgettext_lazy("decision_kind", "suspended sentence revoked")
    PAROLE_GRANTED = "parole_granted", pgettext_lazy("decision_kind", "parole granted")
    PAROLE_REFUSED = "parole_refused", pgettext_lazy("decision_kind", "parole refused")
    ILLNESS_RELEASE = "illness_release", pgettext_lazy("decision_kind", "release on grounds of illness")
    ILLNESS_REFUSED = (
        "illness_refused",
        pgettext_lazy("decision_kind", "release on grounds of illness refused"),
    )
    DEFERRAL_GRANTED = "deferral_granted", pgettext_lazy("decision_kind", "deferral granted")
    DEFERRAL_CANCELLED = "deferral_cancelled", pgettext_lazy("decision_kind", "deferral cancelled")
    PARDON = "pardon", pgettext_lazy("decision_kind", "pardon decree")
    AGGREGATED = "aggregated", pgettext_lazy("decision_kind", "sentences aggregated")
    ADM_RULING = "adm_ruling", pgettext_lazy("decision_kind", "administrative ruling")
    SUPERVISION_SET = "supervision_set", pgettext_lazy("decision_kind", "administrative supervision set")
    EXPULSION = "expulsion", pgettext_lazy("decision_kind", "expulsion decision")
    EXTRADITION = "extradition", pgettext_lazy("decision_kind", "extradition decision")


class Instance(models.TextChoices):
    """Before whom a decision was taken or a hearing is held."""

    INVESTIGATION = "investigation", pgettext_lazy("instance", "investigation")
    FIRST = "first", pgettext_lazy("instance", "first instance")
    APPEAL = "appeal", pgettext_lazy("instance", "appeal")
    CASSATION = "cassation", pgettext_lazy("instance", "cassation")
    SUPERVISORY = "supervisory", pgettext_lazy("instance", "supervisory review")
    EXECUTION = "execution", pgettext_lazy("instance", "execution of the sentence")
    NONE = "none", pgettext_lazy("instance", "no instance")


class PenaltyKind(models.TextChoices):
    """What a decision imposes: penalties (УК РФ, Art. 44; КоАП РФ, Art. 3.2) and other measures."""

    IMPRISONMENT = "imprisonment", pgettext_lazy("penalty", "imprisonment for a fixed term")
    LIFE = "life", pgettext_lazy("penalty", "life imprisonment")
    SUSPENDED = "suspended", pgettext_lazy("penalty", "suspended sentence")
    DEFERRAL = "deferral", pgettext_lazy("penalty", "deferral of the sentence")
    FINE = "fine", pgettext_lazy("penalty", "fine")
    BAN_POSITIONS = "ban_positions", pgettext_lazy("penalty", "ban on positions or activities")
    RANK_LOSS = "rank_loss", pgettext_lazy("penalty", "deprivation of rank and awards")
    COMPULSORY_WORK = "compulsory_work", pgettext_lazy("penalty", "compulsory work")
    CORRECTIVE_LABOUR = "corrective_labour", pgettext_lazy("penalty", "corrective labour")
    MILITARY_RESTRICTION = "military_restriction", pgettext_lazy("penalty", "restriction of military service")
    RESTRICTION_OF_FREEDOM = "restriction_of_freedom", pgettext_lazy("penalty", "restriction of freedom")
    FORCED_LABOUR = "forced_labour", pgettext_lazy("penalty", "forced labour")
    ARREST_PENALTY = "arrest_penalty", pgettext_lazy("penalty", "arrest (penalty)")
    DISCIPLINARY_UNIT = (
        "disciplinary_unit",
        pgettext_lazy("penalty", "detention in a disciplinary military unit"),
    )
    DEATH_PENALTY = "death_penalty", pgettext_lazy("penalty", "death penalty")
    CONFISCATION = "confiscation", pgettext_lazy("penalty", "confiscation of property")
    COURT_FINE = "court_fine", pgettext_lazy("penalty", "court fine")
    EDUCATIONAL_MEASURES = "educational_measures", pgettext_lazy("penalty", "educational measures")
    SPECIAL_SCHOOL = "special_school", pgettext_lazy("penalty", "special closed educational institution")
    ADMINISTRATIVE_ARREST = "administrative_arrest", pgettext_lazy("penalty", "administrative arrest")
    ADMINISTRATIVE_FINE = "administrative_fine", pgettext_lazy("penalty", "administrative fine")
    ADMINISTRATIVE_WORK = "administrative_work", pgettext_lazy("penalty", "compulsory work (administrative)")
    EXPULSION = "expulsion", pgettext_lazy("penalty", "expulsion")
    SUPERVISION = "supervision", pgettext_lazy("penalty", "administrative supervision")
    CITIZENSHIP_LOSS = "citizenship_loss", pgettext_lazy("penalty", "loss of citizenship")
    NONE = "none", pgettext_lazy("penalty", "no penalty imposed")


class MedicalMeasure(models.TextChoices):
    """Compulsory medical measures (УК РФ, Art. 99)."""

    OUTPATIENT = (
        "outpatient",
        pgettext_lazy("medical_measure", "compulsory out-patient observation and treatment"),
    )
    GENERAL = "general", pgettext_lazy("medical_measure", "in-patient, general type")
    SPECIALISED = "specialised", pgettext_lazy("medical_measure", "in-patient, specialised type")
    INTENSIVE = (
        "intensive",
        pgettext_lazy("medical_measure", "in-patient, specialised type with intensive supervision"),
    )


class RestraintMeasure(models.TextChoices):
    """Measures of restraint (УПК РФ, Art. 98), and what stands in their place."""

    POLICE_DETENTION = "police_detention", pgettext_lazy("restraint_measure", "detention by police")
    UNDERTAKING = (
        "undertaking",
        pgettext_lazy("restraint_measure", "written undertaking not to leave one's place of residence"),
    )
    SURETY = "surety", pgettext_lazy("restraint_measure", "personal surety")
    MILITARY_COMMAND = (
        "military_command",
        pgettext_lazy("restraint_measure", "supervision by the military unit command"),
    )
    JUVENILE_SUPERVISION = (
        "juvenile_supervision",
        pgettext_lazy("restraint_measure", "supervision of a juvenile accused"),
    )
    BAN_ON_ACTIONS = "ban_on_actions", pgettext_lazy("restraint_measure", "prohibition of certain actions")
    BAIL = "bail", pgettext_lazy("restraint_measure", "bail")
    HOUSE_ARREST = "house_arrest", pgettext_lazy("restraint_measure", "house arrest")
    CUSTODY = "custody", pgettext_lazy("restraint_measure", "remand in custody")
    CUSTODY_IN_ABSENTIA = (
        "custody_in_absentia",
        pgettext_lazy("restraint_measure", "remand in custody in absentia"),
    )
    WANTED = "wanted", pgettext_lazy("restraint_measure", "on the wanted list")
    EXTRAPROCEDURAL = (
        "extraprocedural",
        pgettext_lazy("restraint_measure", "extra-procedural deprivation of liberty"),
    )
    OBLIGATION_TO_APPEAR = "obligation_to_appear", pgettext_lazy("restraint_measure", "undertaking to appear")
    NONE = "none", pgettext_lazy("restraint_measure", "no measure of restraint")
    UNKNOWN = "unknown", pgettext_lazy("restraint_measure", "measure unknown")
