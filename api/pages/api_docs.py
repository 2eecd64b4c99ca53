"""``/docs``: the API's documentation, drawn from the OpenAPI document by ourselves: no third party sees who reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from api.pages.curl import command, content_of
from api.pages.render import page

router = APIRouter(include_in_schema=False)

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a model."""

    name: str
    place: str
    type: str
    model: str | None
    """The model the type refers to."""
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation."""

    id: str
    method: str
    path: str
    description: str
    parameters: tuple[Field, ...]
    body: str | None
    answers: tuple[tuple[str, str | None], ...]
    """(status, model)."""
    needs_key: bool
    example: str


@dataclass(frozen=True, slots=True)
class Model:
    """One kind of object."""

    name: str
    description: str
    fields: tuple[Field, ...]


@router.get("/docs")
def docs(request: Request) -> Response:
    """The documentation."""
    document = request.app.openapi()
    base = str(request.base_url).rstrip("/")
    return page(
        request,
        "docs.html",
        about=document["info"]["description"].strip(),
        version=document["info"]["version"],
        endpoints=list(endpoints(document, base)),
        models=list(models(document)),
    )


def endpoints(document: Schema, base: str) -> Iterator[Endpoint]:
    """Every operation of an OpenAPI document, in its order."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            needs_key = "401" in operation["responses"]
            yield Endpoint(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                description=operation.get("description", operation.get("summary", "")),
                parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
                body=_reference(content_of(operation.get("requestBody", {}))),
                answers=tuple(
                    (status, _reference(content_of(one))) for status, one in operation["responses"].items()
                ),
                needs_key=needs_key,
                example=command(document, base, path, method, operation, needs_key=needs_key),
            )


def models(document: Schema) -> Iterator[Model]:
    """Every model of an OpenAPI document, in order of name."""
    for name, schema in sorted(document["components"]["schemas"].items()):
        required = set(schema.get("required", ()))
        fields = tuple(
            _field(n, one, "", is_required=n in required) for n, one in schema.get("properties", {}).items()
        )
        yield Model(name, schema.get("description", ""), fields)


def type_text(schema: Schema) -> str:
    """A schema's type in a few words: ``integer``, ``list of string``, ``a or null``, ``"in" | "out"``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(type_text(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {type_text(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"object of {type_text(schema['additionalProperties'])}"
    return str(schema.get("format") or schema.get("type", "any"))


def _parameter(one: Schema) -> Field:
    schema = {**one["schema"]}
    schema.setdefault("description", one.get("description", ""))
    return _field(one["name"], schema, one["in"], is_required=one.get("required", False))


def _field(name: str, schema: Schema, place: str, *, is_required: bool) -> Field:
    notes = [schema.get("description", ""), *_limits(schema)]
    return Field(
        name, place, type_text(schema), _reference(schema), is_required, "; ".join(n for n in notes if n)
    )


def _limits(schema: Schema) -> Iterator[str]:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "maxLength": "characters at most",
        "maxItems": "entries at most",
    }
    for key, text in words.items():
        if key in schema:
            yield f"{text} {schema[key]:,}"
    if schema.get("default") not in (None, "", []):
        yield f"default {json.dumps(schema['default'], ensure_ascii=False)}"


def _reference(schema: Schema) -> str | None:
    """The first model a schema refers to, at whatever depth."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    inner = [*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")]
    return next((name for one in inner if isinstance(one, Mapping) and (name := _reference(one))), None)
