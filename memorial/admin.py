"""What the roof adds to the office: lists of courts, articles and cases are taken out and loaded as tables.

The pages are an edge of `prisoners`, which the admin of `cases` may not import.
"""

from __future__ import annotations

from django.contrib import admin

from cases.models import Article, Case, Court
from memorial.lists.kinds import ARTICLES, CASES, COURTS
from prisoners.admin.exports import ExportPages

for model, kind in ((Court, COURTS), (Article, ARTICLES), (Case, CASES)):
    own = type(admin.site.get_model_admin(model))
    admin.site.unregister(model)
    admin.site.register(
        model, type(own.__name__, (ExportPages, own), {"export_kind": kind.code, "__module__": __name__})
    )
