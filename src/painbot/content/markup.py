"""The light markup of course texts: **bold**, _italic_, lists of "- " lines, blank line = paragraph.

A single line break is only where the author's line was full. Bold and italic may hold each other but
not cross, and end in the paragraph or list entry in which they begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_BULLET: Final = re.compile(r" *- ")
_SOFT_BREAK: Final = re.compile(r"\s*\n\s*")
_MARKER: Final = re.compile(r"\*\*|(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)")
_FOREIGN: Final = (
    (
        re.compile(r"(?<!\*)\*(?![\s*])[^*\n]*[^\s*]\*(?!\*)"),
        "single stars",
        "write `**bold**` or `_italic_`",
    ),
    (re.compile(r"(?<!\w)__(?=[^\s_])[^_\n]+__(?!\w)"), "double underscores", "write `_italic_`"),
    (re.compile(r"^#{1,6} .*", re.MULTILINE), "headings", "write a line in `**bold**`"),
    (re.compile(r"^[*•+] .*", re.MULTILINE), "this kind of bullet", "start the line with `- `"),
    (re.compile(r"\[[^\]\n]+\]\([^)\n]*\)"), "links", "name the card or command in words"),
    (re.compile(r"</?[a-zA-Z][^>\n]*>"), "HTML", "write `**bold**` or `_italic_`"),
    (re.compile(r"`+[^`\n]*`+"), "code marks", "write plain words"),
)


@dataclass(frozen=True)
class Run:
    """Some words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph or a list entry."""

    runs: tuple[Run, ...]
    is_bullet: bool = False


@dataclass(frozen=True)
class MarkupProblem:
    """Something the markup does not hold, found at `offset` of the text as `fragment`."""

    offset: int
    fragment: str
    message: str
    remedy: str


def blocks(text: str) -> tuple[Block, ...]:
    """Split a text into paragraphs and list entries with their styled words."""
    return tuple(Block(tuple(_runs(body)), is_bullet) for _, body, is_bullet in _split(text) if body.strip())


def problems(text: str) -> Iterator[MarkupProblem]:
    """Yield markers that do not pair up and signs of other markup languages."""
    for start, body, _ in _split(text):
        _, found = _pair(body)
        for offset, marker, message, remedy in found:
            yield MarkupProblem(start + offset, marker, message, remedy)
    for pattern, what, remedy in _FOREIGN:
        for match in pattern.finditer(text):
            yield MarkupProblem(match.start(), match.group(), f"{what} are not part of the markup", remedy)


def has_markers(text: str) -> re.Match[str] | None:
    """Return the first bold or italic marker, or nothing."""
    return _MARKER.search(text)


def _split(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (offset, body, is a list entry) for each block."""
    start, body, is_bullet, at = 0, "", False, 0
    for line in text.splitlines(keepends=True):
        bullet = _BULLET.match(line)
        if body and (bullet or not line.strip()):
            yield start, body, is_bullet
            body = ""
        if bullet:
            start, body, is_bullet = at + bullet.end(), line[bullet.end() :], True
        elif body:
            body += line
        elif line.strip():
            start, body, is_bullet = at, line, False
        at += len(line)
    if body:
        yield start, body, is_bullet


def _pair(body: str) -> tuple[list[tuple[int, int, str]], list[tuple[int, str, str, str]]]:
    """Match markers; returns the spans (open, close, marker) and the problems."""
    spans: list[tuple[int, int, str]] = []
    found: list[tuple[int, str, str, str]] = []
    pending: list[tuple[int, str]] = []
    for match in _MARKER.finditer(body):
        at, marker = match.start(), match.group()
        is_open = any(marker == other for _, other in pending)
        after_space = not body[:at] or body[at - 1].isspace()
        before_space = not body[match.end() :] or body[match.end()].isspace()
        if not is_open and not before_space:
            pending.append((at, marker))
        elif is_open and not after_space and pending[-1][1] == marker:
            spans.append((pending.pop()[0], at, marker))
        elif is_open and not after_space:
            message, remedy = f"`{marker}` ends before what was opened inside it", "close the inner one first"
            found.append((at, marker, message, remedy))
            pending = [entry for entry in pending if entry[1] != marker]
        else:
            message = f"`{marker}` is neither the start nor the end of a marked word"
            found.append((at, marker, message, "put it right against the word, or remove it"))
    for at, marker in pending:
        message = f"`{marker}` is opened and not closed in its paragraph"
        found.append((at, marker, message, f"add the closing `{marker}`, or remove this one"))
    return spans, found


def _runs(body: str) -> Iterator[Run]:
    spans, _ = _pair(body)
    edges = sorted(
        [(start, marker, True) for start, _, marker in spans]
        + [(end, marker, False) for _, end, marker in spans]
    )
    at, bold, italic = 0, False, False
    for edge, marker, opens in [*edges, (len(body.rstrip()), "", False)]:
        if edge > at:
            yield Run(_SOFT_BREAK.sub(" ", body[at:edge]), bold, italic)
        bold, italic = (opens, italic) if marker == "**" else (bold, opens)
        at = edge + len(marker)
