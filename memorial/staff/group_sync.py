"""Brings the groups in the database to the table in the code."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from memorial.staff.groups import GROUPS, OWN_RIGHTS, codenames


class UnknownRightError(LookupError):
    """The table names a right that no installed model has."""


@transaction.atomic
def sync_groups() -> list[str]:
    """Makes the groups and gives each exactly its rights; returns the names of those that changed.

    Groups that are not in the table are left alone. Raises `UnknownRightError` for a misspelt right.
    """
    _make_own_rights()
    known = {
        (right.content_type.app_label, right.codename): right
        for right in Permission.objects.select_related("content_type")
    }
    changed = []
    for name, table in GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        missing = [pair for pair in codenames(table) if pair not in known]
        if missing:
            raise UnknownRightError(f"{name}: no such right: {missing}")
        wanted = {known[pair] for pair in codenames(table)}
        if is_new or wanted != set(group.permissions.all()):
            group.permissions.set(wanted)
            changed.append(name)
    return changed


def _make_own_rights() -> None:
    for label, (meaning, model) in OWN_RIGHTS.items():
        app, codename = label.split(".")
        kind = ContentType.objects.get_by_natural_key(app, model)
        Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": meaning})
