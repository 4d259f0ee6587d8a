"""Write the generated parts of the reference documents: fields and rules of the lesson format.

    .venv/bin/python scripts/reference.py

A generated part stands between `<!-- made by scripts/reference.py: NAME -->` and `<!-- end -->`; what is
around it is written by hand. A test fails while a part is not as the code would write it.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from painbot.content.lint import ALL_RULES
from painbot.content.schema import json_schema

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "lesson-format.md"

_PART = re.compile(r"(<!-- made by scripts/reference\.py: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

_SHARED = {
    "LessonFile": "Lesson",
    "PracticeFile": "Practice day",
    "CheckFile": "Check day",
    "BoosterFile": "Booster",
    "ToolkitFile": "Toolkit card",
    "QuestionFile": "Question card",
}
"""The kinds of item file, with the words for their headings."""


def fields_of_items() -> str:
    """Return a table for each kind of item and for each part of one."""
    parts = json_schema("lesson")["$defs"]
    kinds = [_table(words, parts[name], parts) for name, words in _SHARED.items()]
    others = [_table(_heading(n), part, parts) for n, part in _groups(parts) if n not in _SHARED]
    return "\n\n".join([*kinds, *others])


def fields_of_course() -> str:
    """Return the tables of course.yaml."""
    schema = json_schema("course")
    parts = schema.get("$defs", {})
    return "\n\n".join(
        [_table("course.yaml", schema, parts), *(_table(_heading(n), p, parts) for n, p in _groups(parts))]
    )


def fields_of_evidence() -> str:
    """Return the tables of evidence.yaml."""
    parts = json_schema("evidence")["$defs"]
    ordered = sorted(_groups(parts), key=lambda named: named[0] != "Claim")
    return "\n\n".join(_table(_heading(name), part, parts) for name, part in ordered)


def _groups(parts: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the parts that are groups of fields; a list of names stands where it is used."""
    return [(name, part) for name, part in parts.items() if "properties" in part]


def rules() -> str:
    """Return what each rule asks, with its samples, from the rule's own documentation."""
    return "\n\n".join(_rule(rule.id, _doc_of(rule.check), rule.stops_start) for rule in ALL_RULES)


PARTS = {
    "item-fields": fields_of_items,
    "course-fields": fields_of_course,
    "evidence-fields": fields_of_evidence,
    "rules": rules,
}


def written_anew(page: str) -> str:
    """Return the page with every generated part as the code writes it now."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}", page)


def _doc_of(check: Any) -> str:
    return inspect.cleandoc(sys.modules[check.__module__].__doc__ or "")


def _rule(rule_id: str, doc: str, stops_start: bool) -> str:
    body = "\n".join(_with_fences(doc))
    end = "\n\nThe bot does not start with a course that breaks this rule." if stops_start else ""
    return f"#### `{rule_id}`\n\n{body.strip()}{end}"


def _with_fences(doc: str) -> Iterator[str]:
    """Yield the lines of a docstring with its indented samples as YAML blocks."""
    sample: list[str] = []
    for line in [*doc.splitlines(), "end"]:
        if line.startswith("    ") or (sample and not line):
            sample.append(line)
            continue
        if sample:
            yield from ("```yaml", textwrap.dedent("\n".join(sample)).strip(), "```", "")
            sample = []
        yield line.removesuffix("::") + (":" if line.endswith("::") else "") if line != "end" else ""


def _heading(name: str) -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name.removesuffix("Part")).lower()
    return words[0].upper() + words[1:]


def _table(heading: str, part: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    rows = [
        f"| `{name}` | {_type(field, parts)} | {_need(name, field, part)} | {_meaning(field, parts)} |"
        for name, field in part["properties"].items()
    ]
    intro = " ".join(part.get("description", "").split())
    head = ["| field | value | needed | meaning |", "|---|---|---|---|"]
    return "\n".join([f"#### {heading}", "", *([intro, ""] if intro else []), *head, *rows])


def _meaning(field: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    # A field described in its part's own words has no description beside the reference.
    part = parts.get(field.get("$ref", "").rpartition("/")[2], {})
    return str(field.get("description") or part.get("description", ""))


def _need(name: str, field: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    if name in part.get("required", ()):
        return "yes"
    default = field.get("default")
    return f"no; {default}" if isinstance(default, int) and not isinstance(default, bool) else "no"


def _type(field: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return what may stand in a field, in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        named = parts.get(name, {})
        return _type(named, parts) if "enum" in named else _heading(name).lower()
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if choices := field.get("anyOf") or field.get("oneOf"):
        kinds = dict.fromkeys(_type(choice, parts) for choice in choices)
        return ", or ".join(kind for kind in kinds if kind != "null")
    match field.get("type"):
        case "array":
            return f"list of {_type(field['items'], parts)}{_bounds(field, 'minItems', 'maxItems')}"
        case "object" if "$ref" in field.get("additionalProperties", {}):
            return f"by name: {_type(field['additionalProperties'], parts)}"
        case "object":
            return "by language: text"
        case "integer":
            return f"whole number{_bounds(field, 'minimum', 'maximum')}"
        case "boolean":
            return "`true` or `false`"
        case "string" if "pattern" in field:
            return _pattern(field)
        case "string":
            return "text"
        case other:
            return str(other)


def _pattern(field: Mapping[str, Any]) -> str:
    if "maxLength" in field:
        return f"id, at most {field['maxLength']} characters"
    return "`YYYY-MM` or `YYYY-MM-DD`" if "0[1-9]" in field["pattern"] else "text"


def _bounds(field: Mapping[str, Any], low: str, high: str) -> str:
    if low in field and high in field:
        return f" ({field[low]} to {field[high]})"
    return f" ({field[low]} or more)" if field.get(low, 0) > 1 else ""


if __name__ == "__main__":
    PAGE.write_text(written_anew(PAGE.read_text()))
