"""Problems in course files, as values: where, what is wrong, what to write instead.

Fields are named like `cards[2].text`; list positions count from 0, lines and columns from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

FieldPath = tuple[str | int, ...]
"""The way from the top of a file to a value: names of fields and positions in lists."""


class Severity(StrEnum):
    """An error keeps a course from being accepted; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Format(StrEnum):
    """How problems are written out."""

    TEXT = "text"
    GITHUB = "github"
    JSON = "json"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One problem. Sorts by place, so a list of them reads from top to bottom of each file."""

    file: str
    line: int
    column: int
    field: str
    message: str
    remedy: str
    rule: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        field = f" {self.field}:" if self.field else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        kind = "warning: " if self.severity is Severity.WARNING else ""
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}{field} {kind}{self.message}{remedy} ({self.rule})"


def field_name(path: FieldPath) -> str:
    """Write a path the way authors read it: `cards[2].text`."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return name


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True when at least one problem is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def closing_count(diagnostics: Sequence[Diagnostic], files_checked: int) -> str:
    """Say in one line how the check went."""
    checked = _counted(files_checked, "file")
    if not diagnostics:
        return f"No problems in {checked}."
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    touched = len({diagnostic.file for diagnostic in diagnostics})
    parts = [_counted(errors, "error")] if errors else []
    if warnings:
        parts.append(_counted(warnings, "warning"))
    return f"{' and '.join(parts)} in {_counted(touched, 'file')} ({checked} checked)."


def write(diagnostics: Sequence[Diagnostic], style: Format, files_checked: int) -> str:
    """Return the whole report: every problem in order of place, and a closing count."""
    ordered = sorted(diagnostics)
    closing = closing_count(ordered, files_checked)
    if style is Format.JSON:
        errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in ordered)
        report = {
            "problems": [asdict(diagnostic) for diagnostic in ordered],
            "errors": errors,
            "warnings": len(ordered) - errors,
            "files_checked": files_checked,
        }
        return json.dumps(report, indent=2, ensure_ascii=False)
    one_line = _github if style is Format.GITHUB else str
    return "\n".join([*(one_line(diagnostic) for diagnostic in ordered), closing])


def _github(diagnostic: Diagnostic) -> str:
    text = f"{diagnostic.field}: " if diagnostic.field else ""
    text += diagnostic.message
    if diagnostic.remedy:
        text += f"; {diagnostic.remedy}"
    properties = {
        "file": diagnostic.file,
        "line": str(diagnostic.line),
        "col": str(diagnostic.column),
        "title": diagnostic.rule,
    }
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{diagnostic.severity} {written}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
