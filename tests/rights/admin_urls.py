"""Every address of the office, asked by every group with every method. Nothing is listed by hand.

Views are called without rendering their pages and what they write is taken back: thousands of
questions in seconds. A pattern whose arguments nobody explained fails with its name.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpResponseNotFound
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from memorial.base.models import HistoryEntry
from memorial.staff.choices import SignInWay
from memorial.staff.session_store import CONFIRMED, IS_WHOLE, WAY

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
LEFT_OUT = {"admin:logout": "it ends the session that asks"}


@dataclass(frozen=True)
class Address:
    """One address: what the table calls it, and the path with the numbers of this world."""

    name: str
    path: str


def addresses(rows: dict[type[models.Model], Any]) -> list[Address]:
    """Every pattern below ADMIN_PATH with a row of its model, each deed and each autocomplete apart."""
    found = [
        address
        for pattern, namespace in _patterns(get_resolver(), "", is_office=False)
        for address in _of_pattern(pattern, namespace, rows)
    ]
    return sorted([*found, *_autocompletes()], key=lambda address: address.name)


def _patterns(resolver: URLResolver, space: str, *, is_office: bool) -> Iterator[tuple[URLPattern, str]]:
    for entry in resolver.url_patterns:
        here = is_office or str(entry.pattern).startswith(settings.ADMIN_PATH)
        if isinstance(entry, URLResolver):
            yield from _patterns(
                entry, f"{space}{entry.namespace}:" if entry.namespace else space, is_office=here
            )
        elif here:
            yield entry, space


def _of_pattern(pattern: URLPattern, space: str, rows: dict[type[models.Model], Any]) -> Iterator[Address]:
    names = list(dict.fromkeys([*pattern.pattern.converters, *pattern.pattern.regex.groupindex]))
    if pattern.name is None:
        # Django's own: what is not an address leads to one, and the old form of a record's page.
        return
    full = f"{space}{pattern.name}"
    if full in LEFT_OUT:
        return
    if "code" in names:
        page = admin.site._registry[_model_of(pattern.name)]
        for deed in page.deeds:
            yield Address(f"{full} {deed.code}", _reverse(full, names, rows, code=deed.code))
    else:
        yield Address(full, _reverse(full, names, rows))


def _reverse(full: str, names: list[str], rows: dict[type[models.Model], Any], **given: str) -> str:
    values: dict[str, Any] = {}
    for name in names:
        if name in given:
            values[name] = given[name]
        elif name in FIXED:
            values[name] = FIXED[name](rows, full)
        else:
            assert name in ("pk", "object_id", "id"), (
                f"{full}: say in FIXED (tests/rights/admin_urls.py) what {name!r} may be"
            )
            values[name] = _number(rows, full)
    return reverse(full, kwargs=values or None)


def _model_of(name: str) -> type[models.Model]:
    """The model that an address is named after: `cases_case_record` → Case; the longest that fits."""
    named = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in apps.get_models()}
    # Django names one address of accounts after its own model of them.
    named["auth_user"] = get_user_model()
    fits = [key for key in named if name.startswith(f"{key}_") or name == key]
    assert fits, f"{name}: an address of the office is named after its model"
    return named[max(fits, key=len)]


def _number(rows: dict[type[models.Model], Any], full: str) -> Any:
    """The number of a record of the address's model; where that has no page of its own, of any."""
    name = full.partition(":")[2]
    other = OF_ANOTHER.get(name)
    model = apps.get_model(other) if other else _model_of(name)
    return rows.get(model) or model._base_manager.values_list("pk", flat=True).first() or 1


OF_ANOTHER = {
    # «View on site» takes the kind of record as an argument.
    "view_on_site": "prisoners.Prisoner",
    # Bulk entries are pages of prosecutions about one case; the texts of a recognition, about its statement.
    "cases_prosecution_together": "cases.Case",
    "cases_prosecution_review": "cases.Case",
    "cases_prosecution_texts": "prisoners.Statement",
    # The attention desk stands beside the later looks, and is about people and institutions.
    "attention_afterlook_desk_person": "prisoners.Prisoner",
    "attention_afterlook_desk_place": "prisoners.Facility",
}
"""Addresses whose number is that of a record of another model than they are named after."""


def _entry(rows: dict[type[models.Model], Any], full: str) -> int:
    """An entry of the history of that very record."""
    model = _model_of(full.partition(":")[2])
    of_it = HistoryEntry.objects.filter(table=model._meta.db_table, row=str(_number(rows, full)))
    return of_it.values_list("pk", flat=True).first() or 1


FIXED: dict[str, Any] = {
    "app_label": lambda rows, full: "prisoners",
    "content_type_id": lambda rows, full: ContentType.objects.get_by_natural_key("prisoners", "prisoner").pk,
    "ending": lambda rows, full: "csv",
    "entry": _entry,
    "language": lambda rows, full: "ru",
    "number": lambda rows, full: _number(rows, full) if "staff_user" in full else 1,
    "prisoner": lambda rows, full: rows[apps.get_model("prisoners.Prisoner")],
    "table": lambda rows, full: "prisoners_prisoner",
    "row": lambda rows, full: rows[apps.get_model("prisoners.Prisoner")],
    "field": lambda rows, full: "summary",
    "tongue": lambda rows, full: "en",
    "token": lambda rows, full: "no-such-token",
    "verb": lambda rows, full: "hide",
}
"""Arguments that are no number of a record of the address's own model."""


def _autocompletes() -> Iterator[Address]:
    """Each foreign key that the office could ask choices of: what it answers is a matter of rights too."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey) and field.related_model in admin.site._registry:
                if not admin.site._registry[field.related_model].search_fields:
                    continue
                asked = {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                }
                yield Address(
                    f"admin:autocomplete {model._meta.label}.{field.name}",
                    f"{reverse('admin:autocomplete')}?{urlencode(asked)}",
                )


def ask(method: str, path: str, user: Any = None) -> int:
    """The status that a view answers, its page not rendered and its writing taken back."""
    request = RequestFactory().generic(method, path)
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    if user is not None:
        # Somebody who has enrolled everything and has come in just now, as tests/conftest.py has it.
        request.session.update({IS_WHOLE: True, WAY: SignInWay.CODE, CONFIRMED: time.time()})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    view = resolve(path.partition("?")[0])
    request.resolver_match = view
    with transaction.atomic():
        try:
            response = view.func(request, *view.args, **view.kwargs)
        except PermissionDenied:
            return 403
        except Http404:
            response = HttpResponseNotFound()
        finally:
            transaction.set_rollback(True)
    return int(response.status_code)
