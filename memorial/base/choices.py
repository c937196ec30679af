"""Closed vocabularies of the floor; codes as in the domain's vocabulary table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a record stands on its way to readers. Only `published` is public."""

    DRAFT = "draft", _("draft")
    READY = "ready", _("ready for review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Verification(models.TextChoices):
    """How far a fact has been checked. What is unverified is never published."""

    UNVERIFIED = "unverified", _("not verified")
    ONE_SOURCE = "one_source", _("one source")
    TWO_INDEPENDENT = "two_independent", _("two independent sources")
    DOCUMENT_SEEN = "document_seen", _("document seen")


class SourceKind(models.TextChoices):
    """What a source is. A lawyer, relative or prisoner is confidential unless staff say otherwise."""

    COURT_DOCUMENT = "court_document", _("court document")
    COURT_WEBSITE = "court_website", _("court website")
    OFFICIAL = "official", _("official statement")
    MEDIA = "media", _("media report")
    HUMAN_RIGHTS = "human_rights", _("human rights organisation")
    SOCIAL_MEDIA = "social_media", _("social media")
    LAWYER = "lawyer", _("lawyer")
    RELATIVE = "relative", _("relative")
    PRISONER = "prisoner", _("prisoner")
    LETTER = "letter", _("letter")
    WITNESS = "witness", _("eyewitness")
    ARCHIVE = "archive", _("case file, project archive")
    REGISTER = "register", _("state register")
    INTERNATIONAL_BODY = "international_body", _("international body")
    OTHER = "other", _("other")


CONFIDENTIAL_BY_DEFAULT = frozenset(
    {
        SourceKind.LAWYER,
        SourceKind.RELATIVE,
        SourceKind.PRISONER,
        SourceKind.LETTER,
        SourceKind.WITNESS,
        SourceKind.OTHER,
    }
)
"""Kinds of source that staff must open on purpose before readers may see them."""
