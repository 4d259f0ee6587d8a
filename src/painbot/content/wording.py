"""pydantic's findings in plain words for authors, at the place in the file they are about."""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Iterator
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.yaml_source import YamlDocument

_SLUG_ADVICE: Final = "use small letters, digits and single hyphens, like `pne-01`"
_PATTERN_ADVICE: Final = (
    ("a-z0-9", _SLUG_ADVICE),
    ("a-z", "use a language code such as `en`"),
    ("d{4}", "write a month or day, like `2026-11` or `2026-11-02`"),
)
_WANTED: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a group of fields",
    "model_type": "a group of fields",
    "model_attributes_type": "a group of fields",
}


def validate(document: YamlDocument, adapter: TypeAdapter[Any]) -> tuple[Any, list[Diagnostic]]:
    """Return the model, or None and what is wrong.

    Values that were refused while reading are not complained about a second time.
    """
    try:
        return adapter.validate_python(document.data), []
    except ValidationError as error:
        found = [_reword(document, adapter, details) for details in error.errors(include_url=False)]
        return None, [diagnostic for diagnostic in found if diagnostic is not None]


def _reword(document: YamlDocument, adapter: TypeAdapter[Any], details: ErrorDetails) -> Diagnostic | None:
    # Union tags are no fields of the file.
    path: FieldPath = tuple(part for part in details["loc"] if not str(part).startswith("#"))
    names_key = bool(path) and path[-1] == "[key]"
    path = path[:-1] if names_key else path
    if not document.is_readable(path):
        return None
    kind, context = details["type"], details.get("ctx", {})
    value = document.get(path)
    if kind == "missing":
        return document.problem(
            path, "is missing", _example(adapter, path), "field-missing", spot=document.value_spot(path[:-1])
        )
    if kind == "extra_forbidden":
        message, remedy = _unknown(adapter, path)
        return document.problem(path, message, remedy, "field-unknown", spot=document.key_spot(path))
    if kind in _WANTED:
        spot = document.key_spot(path) if value is None else None
        message, remedy = _wrong_type(adapter, path, kind, value, document.source(path))
        return document.problem(path, message, remedy, "field-type", spot=spot)
    message, remedy = _wrong_value(kind, context, path[-1] if names_key else value)
    spot = document.key_spot(path) if names_key else None
    return document.problem(path, message or details["msg"], remedy, "field-value", spot=spot)


def _wrong_type(
    adapter: TypeAdapter[Any], path: FieldPath, kind: str, value: object, source: str
) -> tuple[str, str]:
    if value is None:
        return "is empty", _example(adapter, path)
    wanted = _WANTED[kind]
    message = f"must be {wanted}, not {_described(value)}"
    if kind == "string_type" and isinstance(value, bool | int | float):
        return message, f'put it in quotes: "{source}"'
    if kind == "list_type":
        return message, "start each entry on its own line with `- `"
    return message, _example(adapter, path)


def _wrong_value(kind: str, context: dict[str, Any], value: object) -> tuple[str, str]:
    match kind:
        case "literal_error" | "enum":
            expected = str(context["expected"]).replace("'", "")
            near = _nearest(str(value), expected.replace(" or ", ", ").split(", "))
            hint = f"did you mean `{near}`?" if near else f"write {expected}"
            return f"must be {expected}, not {_described(value)}", hint
        case "string_too_short":
            return "is empty", "write the text, or remove the field if it may be left out"
        case "string_too_long":
            return f"is longer than {context['max_length']} characters", "shorten it"
        case "string_pattern_mismatch":
            pattern = str(context["pattern"])
            advice = next((advice for part, advice in _PATTERN_ADVICE if part in pattern), "")
            return f"`{value}` is not written as it should be", advice
        case "too_short":
            return (
                f"needs at least {context['min_length']}, has {context['actual_length']}",
                "add what is missing",
            )
        case "greater_than_equal":
            return f"must be {context['ge']} or more", f"write {context['ge']}"
        case "less_than_equal":
            return f"must be {context['le']} or less", f"write {context['le']}"
    return "", ""


def _unknown(adapter: TypeAdapter[Any], path: FieldPath) -> tuple[str, str]:
    known = _fields(adapter, path[:-1])
    name = str(path[-1])
    if name in known:
        # Only a question has several forms; this field belongs to another one.
        remedy = "use one of `choices`, `low` and `high`, `minutes`, `clock`"
        return "does not go with the fields beside it", remedy
    near = _nearest(name, list(known))
    hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"
    return f"there is no field `{name}` here", hint


def _example(adapter: TypeAdapter[Any], path: FieldPath) -> str:
    """Say what to write, from the example that the schema holds for this field."""
    name = next((part for part in reversed(path) if isinstance(part, str)), None)
    if name is None:
        return "write `name: value` lines"
    if isinstance(path[-1], int):
        return f"write a value, or remove this entry of `{name}`"
    schema = _fields(adapter, path[:-1]).get(name, {})
    if schema.get("examples"):
        example = schema["examples"][0]
        if example == "|":
            return f"write `{name}: |` and the text indented below it"
        return f"write `{name}: {_in_yaml(example)}`"
    if "const" in schema:
        return f"write `{name}: {schema['const']}`"
    return f"write `{name}:` and its parts indented below it"


def _in_yaml(example: object) -> str:
    match example:
        case str():
            return example
        case dict():
            return "{ " + ", ".join(f"{name}: {_in_yaml(value)}" for name, value in example.items()) + " }"
        case list():
            return "[" + ", ".join(map(_in_yaml, example)) + "]"
    return json.dumps(example)


def _fields(adapter: TypeAdapter[Any], path: FieldPath) -> dict[str, Any]:
    """Return the fields the format knows at a path, by name, in the order of the format."""
    root = _schema(adapter)
    level = [root]
    for part in path:
        level = [below for node in level for below in _step(root, node, part)]
    return {
        name: field
        for node in level
        for shape in _shapes(root, node)
        for name, field in shape.get("properties", {}).items()
    }


def _step(root: dict[str, Any], node: dict[str, Any], part: str | int) -> Iterator[dict[str, Any]]:
    for shape in _shapes(root, node):
        if isinstance(part, int) and "items" in shape:
            yield shape["items"]
        elif part in shape.get("properties", {}):
            yield shape["properties"][part]


def _shapes(root: dict[str, Any], node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Follow references and alternatives down to plain descriptions."""
    if "$ref" in node:
        yield from _shapes(root, root["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    for alternative in [*node.get("anyOf", []), *node.get("oneOf", [])]:
        yield from _shapes(root, alternative)
    if "properties" in node or "items" in node:
        yield node


@functools.cache
def _schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    return adapter.json_schema()


def _nearest(name: str, known: list[str]) -> str | None:
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return near[0] if near else None


def _described(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return f"{str(value).lower()} (yes or no)"
        case int() | float():
            return f"the number {value}"
        case str():
            short = value if len(value) <= 40 else value[:37] + "..."
            return f'the text "{short.strip()}"'
        case list():
            return "a list"
    return "a group of fields"
