"""An API operation as a command that can be pasted: made from the OpenAPI document, so that it cannot be out of date."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

Schema = Mapping[str, Any]

EXAMPLES: Final[Mapping[str, Any]] = {
    "q": "iPhone 15", "marketplace": "jd", "keywords": ["手机"], "name": "手机，每六小时", "key": "jd:100000000001:",
    "product_id": "PRODUCT", "expression": "0 */6 * * *", "is_paused": True, "left": "jd:100000000001:", "right": "taobao:200000000001:",
}  # fmt: skip
"""Values in examples, by name; others are made from the schema."""


def command(
    document: Schema, base: str, path: str, method: str, operation: Schema, *, needs_key: bool
) -> str:
    """A command that works when pasted, but for the key and for ids."""
    query: dict[str, Any] = {}
    for one in operation.get("parameters", ()):
        if one["in"] == "path":
            path = path.replace(
                "{" + one["name"] + "}", quote(str(_value(document, one["name"], one["schema"])))
            )
        elif one["name"] == "q":
            query["q"] = EXAMPLES["q"]
    address = base + path + (f"?{urlencode(query)}" if query else "")
    lines = [f"curl {'' if method == 'get' else f'-X {method.upper()} '}{shlex.quote(address)}"]
    if needs_key:
        lines.append('-H "Authorization: Bearer $BIJIA_ADMIN_KEY"')
    schema = content_of(operation.get("requestBody", {}))
    if schema:
        body = json.dumps(_value(document, "", schema), ensure_ascii=False)
        lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(body)}"]
    return " \\\n  ".join(lines)


def content_of(one: Schema) -> Schema:
    """The schema of a body or answer; empty when it has none."""
    content: Mapping[str, Any] = one.get("content", {})
    schema: Schema = next((kind.get("schema", {}) for kind in content.values()), {})
    return schema


def _value(document: Schema, name: str, schema: Schema) -> Any:
    """A value that fits a schema, for an example."""
    if name in EXAMPLES:
        return EXAMPLES[name]
    if "$ref" in schema:
        model = document["components"]["schemas"][str(schema["$ref"]).rpartition("/")[2]]
        wanted = model.get("required") or list(model["properties"])[-1:]
        wanted = [*wanted, *(n for n in model["properties"] if n == "keywords" and n not in wanted)]
        return {field: _value(document, field, model["properties"][field]) for field in wanted}
    if "anyOf" in schema:
        return _value(document, name, schema["anyOf"][0])
    plain = {"integer": 1, "boolean": True, "array": []}.get(schema.get("type", ""), name)
    return next(iter(schema.get("enum", ())), plain)
