"""The API described for programs (OpenAPI 3.1), made of the declarations by which it answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.api.answers import PROBLEM, absolute
from memorial.api.parameters import LANGUAGE, Parameter
from memorial.api.records import Field
from memorial.api.resources import Part, Resource
from memorial.base.localized import LANGUAGES
from memorial.base.opendata.about import LICENCE, LICENCE_NAME
from memorial.base.opendata.columns import Table

VERSION: Final = "1.2.0"
"""Of what is promised: the second figure grows with every field that is added, the first with an address."""
Schema = dict[str, Any]
_TEXT: Final[Schema] = {"type": "string"}
_LINK: Final[Schema] = {"type": "string", "format": "uri"}
_LINK_OR_NOT: Final[Schema] = {"type": ["string", "null"], "format": "uri"}


def description(resources: Sequence[Resource]) -> dict[str, Any]:
    """The whole description, in the active language."""
    paths: dict[str, Any] = {"/": _get(_index_operation()), "/openapi.json": _get(_openapi_operation())}
    for resource in resources:
        paths[f"/{resource.name}/"] = _get(_list_operation(resource))
        paths[f"/{resource.name}/{{{resource.argument}}}/"] = _get(_detail_operation(resource))
    schemas = _shared()
    for resource in resources:
        schemas |= _schemas_of(resource)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Political Prisoners. Memorial"),
            "version": VERSION,
            "summary": _("What the pages of the encyclopaedia say, as data."),
            "license": {"name": LICENCE_NAME, "identifier": LICENCE},
        },
        "externalDocs": {"url": absolute(reverse("api"))},
        "servers": [{"url": f"{settings.PUBLIC_URL}{reverse('api-index').rstrip('/')}"}],
        "security": [],
        "tags": [_tag(resource.table) for resource in resources],
        "paths": paths,
        "components": {"schemas": schemas, "responses": _responses()},
    }


def _tag(table: Table) -> dict[str, Any]:
    return {"name": table.name, "description": f"{table.title}. {table.description}"}


def _get(operation: dict[str, Any]) -> dict[str, Any]:
    return {"get": operation}


# --- What is asked ---------------------------------------------------------------------------------


def _index_operation() -> dict[str, Any]:
    said = {"operationId": "index", "summary": _("What there is"), "parameters": _parameters([LANGUAGE])}
    return said | {"responses": _answered(_ref("Index"), "400")}


def _openapi_operation() -> dict[str, Any]:
    content = {"application/vnd.oai.openapi+json;version=3.1": {"schema": {"type": "object"}}}
    said = {"operationId": "openapi", "summary": _("This description"), "parameters": _parameters([LANGUAGE])}
    answered = {"200": {"description": _("This description"), "content": content}}
    return said | {"responses": answered | {status: _response(status) for status in ("304", "400")}}


def _list_operation(resource: Resource) -> dict[str, Any]:
    return {
        "operationId": f"list_{resource.name}",
        "tags": [resource.name],
        "summary": str(resource.table.title),
        "description": f"{resource.table.description} {resource.order}",
        "parameters": _parameters(resource.parameters),
        "responses": _answered(
            _ref(f"{_camel(resource.name)}List"), "400", *(["404"] if resource.of_any_day else [])
        ),
    }


def _detail_operation(resource: Resource) -> dict[str, Any]:
    key = {
        "name": resource.argument,
        "in": "path",
        "required": True,
        "description": _("The identifier of the record."),
        "schema": {"type": "string", "pattern": resource.key_pattern},
    }
    others = ("301", "400", "404") if resource.moved_from else ("400", "404")
    return {
        "operationId": f"get_{resource.name}",
        "tags": [resource.name],
        "summary": _("One record: %(title)s") % {"title": resource.table.title},
        "parameters": [key, *_parameters(resource.of_record)],
        "responses": _answered(_ref(f"{_camel(resource.name)}Answer"), *others),
    }


def _parameters(parameters: Iterable[Parameter]) -> list[dict[str, Any]]:
    """Parameters; left out are filters that nobody has a value of."""
    described = ((parameter, parameter.described()) for parameter in parameters)
    return [
        {
            "name": parameter.name,
            "in": "query",
            "required": False,
            "description": str(parameter.description),
            "schema": schema,
        }
        for parameter, schema in described
        if schema is not None
    ]


# --- What is answered ------------------------------------------------------------------------------


def _answered(schema: Schema, *others: str) -> dict[str, Any]:
    headers = {name: {"schema": _TEXT} for name in ("ETag", "Link")}
    found = {
        "description": _("Found"),
        "headers": headers,
        "content": {"application/json": {"schema": schema}},
    }
    return {"200": found} | {status: _response(status) for status in ("304", *others)}


def _response(status: str) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/{_RESPONSES[status]}"}


_RESPONSES: Final = {"301": "Moved", "304": "Unchanged", "400": "Refused", "404": "Absent"}


def _responses() -> dict[str, Any]:
    problem = {PROBLEM: {"schema": _ref("Problem")}}
    return {
        "Moved": {
            "description": _("The record has another identifier today."),
            "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
        },
        "Unchanged": {"description": _("Nothing has changed since the answer with this ETag.")},
        "Refused": {
            "description": _("A parameter is not known or has no such value; “parameter” names it."),
            "content": problem | {"text/plain": {"schema": _TEXT}},
        },
        "Absent": {"description": _("There is nothing at this address."), "content": problem},
    }


# --- What it is made of ----------------------------------------------------------------------------


def _shared() -> dict[str, Schema]:
    nullable: Schema = {"type": ["string", "null"]}
    several: Schema = {"type": "array", "items": _TEXT}
    language: Schema = {"type": "string", "enum": list(LANGUAGES)}
    licence = _object({"name": _TEXT, "title": _TEXT, "url": _LINK})
    about: dict[str, Schema] = {
        "language": language,
        "as_of": {"type": "string", "format": "date"},
        "disclaimer": _TEXT,
        "licence": licence,
        "terms": _TEXT,
        "documentation": _LINK,
    }
    of_list = {
        "page": _LINK_OR_NOT,
        "title": _TEXT,
        "selection": _TEXT,
        "count": {"type": "integer", "minimum": 0},
    }
    resource = _object({"name": _TEXT, "title": _TEXT, "description": _TEXT, "url": _LINK})
    problem = _object({"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT})
    problem["properties"]["parameter"] = _TEXT
    return {
        "Names": _object(dict.fromkeys(LANGUAGES, nullable)),
        "NamesOfSeveral": _object(dict.fromkeys(LANGUAGES, several)),
        "Text": _object({"text": _TEXT, "lang": language}),
        "Texts": _object({"texts": several, "lang": language}),
        "ListMeta": _object(about | {"url": _LINK} | of_list),
        "RecordMeta": _object(about | {"url": _LINK, "page": _LINK_OR_NOT}),
        "Index": _object(
            {
                "data": {"type": "array", "items": resource},
                "meta": _object(about | {"url": _LINK, "openapi": _LINK}),
            }
        ),
        "Problem": problem,
    }


def _schemas_of(resource: Resource) -> dict[str, Schema]:
    name = _camel(resource.name)
    record = {"id": {"type": "string", "pattern": resource.key_pattern}, "api_url": _LINK}
    fields = record | _properties(resource.fields)
    parts = {part.table.name: _part(part) for part in resource.parts}
    details = {"details": _object(parts)} if parts else {}
    listed = {
        "data": {"type": "array", "items": _ref(f"{name}Record")},
        "next": _LINK_OR_NOT,
        "meta": _ref("ListMeta"),
    }
    return {
        f"{name}Record": _object(fields),
        f"{name}List": _object(listed),
        f"{name}Answer": _object({"data": _object(fields | details), "meta": _ref("RecordMeta")}),
    }


def _part(part: Part) -> Schema:
    return {
        "type": "array",
        "description": str(part.table.description),
        "items": _object(_properties(part.fields)),
    }


def _properties(fields: Iterable[Field]) -> dict[str, Schema]:
    return {field.name: field.schema() for field in fields}


def _object(properties: dict[str, Schema]) -> Schema:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _camel(name: str) -> str:
    return name.title().replace("_", "")
