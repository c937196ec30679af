"""Why and how: articles, courts, officials, cases, and what each means for each person."""

from cases.models.article import Article, ArticleEdition, ArticleEditionPrivate, ArticlePart
from cases.models.case import Case, CaseLink, CasePrivate
from cases.models.charge import Charge, ChargeEvent
from cases.models.court import Court
from cases.models.decision import Decision, DecisionPerson, Penalty
from cases.models.document import Document, DocumentOriginal
from cases.models.event import Event, Relation
from cases.models.finding import FindingPerson, InternationalFinding
from cases.models.hearing import Hearing, HearingPerson
from cases.models.official import Official, OfficialConfirmation, OfficialRole, Sanction
from cases.models.origin import ImportedRow
from cases.models.prosecution import Prosecution, ProsecutionPrivate, RecognitionProsecution
from cases.models.published_case import PublishedCase
from cases.models.published_person import PublishedPerson
from cases.models.restraint import Restraint, RestraintExtension
from cases.models.source import CaseCitation, ConfidentialCaseCitation
from cases.models.term import Term, TermAbsorption, TermDecision

__all__ = [
    "Article",
    "ArticleEdition",
    "ArticleEditionPrivate",
    "ArticlePart",
    "Case",
    "CaseCitation",
    "CaseLink",
    "CasePrivate",
    "Charge",
    "ChargeEvent",
    "ConfidentialCaseCitation",
    "Court",
    "Decision",
    "DecisionPerson",
    "Document",
    "DocumentOriginal",
    "Event",
    "FindingPerson",
    "Hearing",
    "HearingPerson",
    "ImportedRow",
    "InternationalFinding",
    "Official",
    "OfficialConfirmation",
    "OfficialRole",
    "Penalty",
    "Prosecution",
    "ProsecutionPrivate",
    "PublishedCase",
    "PublishedPerson",
    "RecognitionProsecution",
    "Relation",
    "Restraint",
    "RestraintExtension",
    "Sanction",
    "Term",
    "TermAbsorption",
    "TermDecision",
]
