"""Who and where: people, places, deprivation of liberty, recognitions."""

from prisoners.models.consent import Consent
from prisoners.models.custody import Custody, Death, EndOfCustody, Stay, StayPrivate
from prisoners.models.office import Correction, Lead, RecognitionReview, RestrictionRequest, StaffNote
from prisoners.models.origin import ImportKey, ImportRun, ImportSource
from prisoners.models.person_details import (
    Citizenship,
    ExternalIdentifier,
    HiddenNameVariant,
    NameVariant,
    OldAddress,
    PrisonerCommunity,
    PrisonerListing,
    PrisonerProfession,
    PrisonerTheme,
    PrisonerVulnerability,
)
from prisoners.models.photo import Photo, PhotoOriginal
from prisoners.models.place import Facility, FacilityPrivate, OccupationPeriod, Region
from prisoners.models.prisoner import Prisoner, PrisonerPrivate
from prisoners.models.published_name import PublishedName
from prisoners.models.recognition import Recognition, RegisterEntry, Statement
from prisoners.models.second_look import SecondLook
from prisoners.models.source import Citation, ConfidentialCitation
from prisoners.models.uploads import Export, ImportMapping, ImportUpload
from prisoners.models.vocabulary import Community, PrisonerList, Profession, Theme, Vulnerability

__all__ = [
    "Citation",
    "Citizenship",
    "Community",
    "ConfidentialCitation",
    "Consent",
    "Correction",
    "Custody",
    "Death",
    "EndOfCustody",
    "Export",
    "ExternalIdentifier",
    "Facility",
    "FacilityPrivate",
    "HiddenNameVariant",
    "ImportKey",
    "ImportMapping",
    "ImportRun",
    "ImportSource",
    "ImportUpload",
    "Lead",
    "NameVariant",
    "OccupationPeriod",
    "OldAddress",
    "Photo",
    "PhotoOriginal",
    "Prisoner",
    "PrisonerCommunity",
    "PrisonerList",
    "PrisonerListing",
    "PrisonerPrivate",
    "PrisonerProfession",
    "PrisonerTheme",
    "PrisonerVulnerability",
    "Profession",
    "PublishedName",
    "Recognition",
    "RecognitionReview",
    "Region",
    "RegisterEntry",
    "RestrictionRequest",
    "SecondLook",
    "StaffNote",
    "Statement",
    "Stay",
    "StayPrivate",
    "Theme",
    "Vulnerability",
]
