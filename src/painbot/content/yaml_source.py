"""YAML text to plain data, with the place of every value.

Scalars follow YAML 1.2: only `true`, `false`, `null`, `~`, whole numbers and decimal numbers are
special when unquoted. `12:30`, `no`, `on` and `2026-11` stay text. Anchors, aliases and tags are
refused: course files are read by people, and an alias can make a small file grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import yaml

from painbot.content.diagnostics import Diagnostic, FieldPath, field_name
from painbot.content.yaml_errors import explain

MAX_BYTES: Final = 256 * 1024
"""Largest course or lesson file, in bytes; the longest lessons are a few thousand."""
MAX_DEPTH: Final = 16
"""Deepest nesting; the format itself needs five levels."""

_MAX_DIGITS: Final = 18
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS: Final = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INT: Final = re.compile(r"[-+]?[0-9]+")
_BASED_INT: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
# What YAML forbids, plus the line separators on which parsers and editors disagree about line numbers.
_BAD_CHARACTER: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


class Spot(NamedTuple):
    """A place in a file, both numbers counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Mark:
    """Where a value stands: its key (if it has one), its first character, its slice of the text."""

    key: Spot | None
    value: Spot
    start: int
    end: int


@dataclass(frozen=True)
class YamlDocument:
    """One file as read: plain data and the place of every value in it.

    `unreadable` holds the paths whose value was refused (alias, tag); nothing sensible can be said
    about what is in them.
    """

    file: str
    text: str
    data: object
    marks: Mapping[FieldPath, Mark]
    unreadable: frozenset[FieldPath]

    def value_spot(self, path: FieldPath) -> Spot:
        """Return where a value starts, or where its nearest existing parent does."""
        return self._nearest(path).value

    def key_spot(self, path: FieldPath) -> Spot:
        """Return where the key of a value stands; a list entry has none, so its value's place."""
        mark = self._nearest(path)
        return mark.key or mark.value

    def spot_in(self, path: FieldPath, offset: int, fragment: str) -> Spot:
        """Return where `fragment`, found at `offset` of the text at `path`, stands in the file.

        Falls back to the start of the value when the fragment is not in the file as such, for
        example because a folded line break runs through it.
        """
        value = self.get(path)
        mark = self._nearest(path)
        if not isinstance(value, str) or not fragment:
            return mark.value
        at = mark.start - 1
        for _ in range(_count(value, fragment, offset) + 1):
            at = self.text.find(fragment, at + 1, mark.end)
            if at < 0:
                return mark.value
        return _spot_at(self.text, at)

    def source(self, path: FieldPath) -> str:
        """Return a value as it is written in the file."""
        mark = self._nearest(path)
        return self.text[mark.start : mark.end].strip()

    def get(self, path: FieldPath) -> object:
        """Return the plain value at a path, or None when there is none."""
        value: Any = self.data
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def problem(
        self, path: FieldPath, message: str, remedy: str, rule: str, *, spot: Spot | None = None
    ) -> Diagnostic:
        """Return an error about the value at `path`, placed at its start unless told otherwise."""
        line, column = spot or self.value_spot(path)
        return Diagnostic(self.file, line, column, field_name(path), message, remedy, rule)

    def is_readable(self, path: FieldPath) -> bool:
        """False when the value at `path`, or anything around it, was refused."""
        return not any(path[:length] in self.unreadable for length in range(len(path) + 1))

    def _nearest(self, path: FieldPath) -> Mark:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, _WHOLE_FILE)


_WHOLE_FILE: Final = Mark(None, Spot(1, 1), 0, 0)


class _Stop(Exception):
    """Reading cannot go on; the reason is already in the list of problems."""


def read_yaml(
    file: str, raw: bytes, max_bytes: int = MAX_BYTES
) -> tuple[YamlDocument | None, list[Diagnostic]]:
    """Read one file; `file` is the name used in problems.

    Returns the document, or None when nothing could be made of the file, and every problem found.
    """
    if len(raw) > max_bytes:
        limit = f"{max_bytes // 1024} KB"
        return None, [
            _whole_file(
                file, f"the file is larger than {limit}", "split it, or check what got into it", "size"
            )
        ]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, raw, error.start)]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    bad = _BAD_CHARACTER.search(text)
    if bad:
        line, column = _spot_at(text, bad.start())
        message = f"the character U+{ord(bad.group()):04X} cannot be used here"
        return None, [Diagnostic(file, line, column, "", message, "delete it", "yaml-character")]
    # The C parser is ten times faster; the Python one explains errors better, and always the same way.
    fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(file, text, fast).document()
    except yaml.YAMLError:
        builder = _Builder(file, text, yaml.SafeLoader)
        try:
            return builder.document()
        except yaml.YAMLError as error:
            return None, [*builder.problems, explain(error, file, text)]


class _Builder:
    """Turns the parser's events into data and marks."""

    def __init__(self, file: str, text: str, loader: Any) -> None:
        self.problems: list[Diagnostic] = []
        self._file = file
        self._text = text
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))
        self._marks: dict[FieldPath, Mark] = {}
        self._unreadable: set[FieldPath] = set()

    def document(self) -> tuple[YamlDocument | None, list[Diagnostic]]:
        """Read the one document of the file; an empty file is a document without data."""
        data: object = None
        seen = False
        try:
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if seen:
                        self._report(
                            (),
                            event.start_mark,
                            "a second document starts here",
                            "remove the line `---` or move the rest to a file of its own",
                            "yaml-documents",
                        )
                        raise _Stop
                    seen = True
                    data = self._value(next(self._events), (), None)
        except _Stop:
            return None, self.problems
        marks, refused = self._marks, frozenset(self._unreadable)
        return YamlDocument(self._file, self._text, data, marks, refused), self.problems

    def _value(self, event: Any, path: FieldPath, key: Spot | None) -> object:
        start, end = event.start_mark, event.end_mark.index
        if len(path) > MAX_DEPTH:
            self._report(path[:4], start, "this is nested too deeply", "write it flatter", "yaml-depth")
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                path, start, f"`*{event.anchor}` refers to another place", "write the value out here"
            )
            self._marks[path] = Mark(key, _spot(start), start.index, end)
            return None
        if event.anchor is not None:
            message = f"`&{event.anchor}` names this place for reuse"
            self._report(path, start, message, f"remove `&{event.anchor}`", "yaml-alias")
        if event.tag is not None:
            self._refuse(
                path, start, f"the type mark `{event.tag}` is not used here", "remove it", "yaml-tag"
            )
        data: object
        if isinstance(event, yaml.MappingStartEvent):
            data = self._mapping(path)
        elif isinstance(event, yaml.SequenceStartEvent):
            data = self._sequence(path)
        else:
            data = self._scalar(event, path)
        self._marks[path] = Mark(key, _spot(start), start.index, end)
        return data

    def _mapping(self, path: FieldPath) -> dict[str, object]:
        data: dict[str, object] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                message, remedy = "a field name must be a plain word", "write `name: value`"
                self._report(path, event.start_mark, message, remedy, "yaml-key")
                raise _Stop
            # Names are taken as written, so a language called `no` is not read as false.
            name, spot = event.value, _spot(event.start_mark)
            below = (*path, name)
            if name in data:
                first = self._marks[below]
                line = (first.key or first.value).line
                message = f"`{name}` is already set on line {line}"
                self._report(below, event.start_mark, message, "keep one of the two", "yaml-duplicate-key")
                self._skip_value()
                continue
            data[name] = self._value(next(self._events), below, spot)
        return data

    def _sequence(self, path: FieldPath) -> list[object]:
        data: list[object] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            data.append(self._value(event, (*path, len(data)), None))
        return data

    def _scalar(self, event: Any, path: FieldPath) -> object:
        value: str = event.value
        if event.style:  # quoted or a block: always text
            return value
        if value in _NULLS:
            return None
        if value in _BOOLS:
            return _BOOLS[value]
        if _INT.fullmatch(value) or _BASED_INT.fullmatch(value):
            if len(value) > _MAX_DIGITS:
                self._refuse(
                    path, event.start_mark, "this number is too long", "quote it if it is text", "yaml-number"
                )
                return None
            return int(value, 0) if _BASED_INT.fullmatch(value) else int(value)
        if _FLOAT.fullmatch(value):
            # Python writes `.inf` and `.nan` without the dot.
            return float(re.sub(r"\.(?=[a-z])", "", value.lower()))
        return value

    def _skip_value(self) -> None:
        depth = 0
        for event in self._events:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return

    def _refuse(
        self, path: FieldPath, mark: Any, message: str, remedy: str, rule: str = "yaml-alias"
    ) -> None:
        self._unreadable.add(path)
        self._report(path, mark, message, remedy, rule)

    def _report(self, path: FieldPath, mark: Any, message: str, remedy: str, rule: str) -> None:
        line, column = _spot(mark)
        self.problems.append(Diagnostic(self._file, line, column, field_name(path), message, remedy, rule))


def _spot(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1)


def _spot_at(text: str, index: int) -> Spot:
    return Spot(text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


def _count(value: str, fragment: str, before: int) -> int:
    """How often `fragment` starts before this offset, overlapping ones included."""
    return sum(value.startswith(fragment, at) for at in range(before))


def _whole_file(file: str, message: str, remedy: str, rule: str) -> Diagnostic:
    return Diagnostic(file, 1, 1, "", message, remedy, f"yaml-{rule}")


def _not_utf8(file: str, raw: bytes, at: int) -> Diagnostic:
    line_start = raw.rfind(b"\n", 0, at) + 1
    line, column = raw.count(b"\n", 0, at) + 1, len(raw[line_start:at].decode("utf-8")) + 1
    message = f"the byte 0x{raw[at]:02X} is not UTF-8 text"
    return Diagnostic(
        file, line, column, "", message, "save the file with the encoding UTF-8", "yaml-encoding"
    )
