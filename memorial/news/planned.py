"""The kind of due work that publishes news at its moment."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from memorial.due.kinds import WorkKind
from memorial.news.actions import PUBLISH, publish_planned

PUBLISHING: Final = WorkKind(PUBLISH, _("publish news"), publish_planned, "admin:news_newsitem_change")
