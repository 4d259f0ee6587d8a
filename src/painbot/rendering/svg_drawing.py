"""A drawing in SVG: what it shows, whether it keeps to the shared style, and how it moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from painbot.rendering.motion import Motion, motions_in
from painbot.rendering.picture_file import FONT_FAMILY

VIEW: Final = "0 0 1080 810"
SMALLEST_TEXT: Final = 40
"""Units of a drawing 1080 across: on a phone that shows 360 of them a line, some 13 pixels."""

MAX_WORDS: Final = 16
"""Words with a letter in them; numbers on a scale are not read one after the other."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_REFERENCES: Final = ("href", "{http://www.w3.org/1999/xlink}href")


class SvgUnreadable(ValueError):
    """A file is no well-formed SVG; the message says where."""


@dataclass(frozen=True)
class SvgDrawing:
    """A drawing that could be read; `faults` say where it leaves the shared style."""

    svg: str
    description: str
    faults: tuple[str, ...]
    motion: Motion | None


def read_drawing(content: bytes) -> SvgDrawing:
    """Read an SVG file. Raises SvgUnreadable."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise SvgUnreadable(f"is no well-formed SVG: {error}") from error
    if root.tag != f"{_SVG}svg":
        raise SvgUnreadable('is no SVG: it must begin with <svg xmlns="http://www.w3.org/2000/svg">')
    description = " ".join((root.findtext(f"{_SVG}desc") or "").split())
    try:
        motion = motions_in(root)
    except ValueError as error:
        raise SvgUnreadable(str(error)) from error
    faults = tuple(dict.fromkeys(_faults(root, description)))
    return SvgDrawing(content.decode("utf-8"), description, faults, motion)


def _faults(root: ElementTree.Element, description: str) -> Iterator[str]:
    if root.get("viewBox") != VIEW:
        yield f'its viewBox must be "{VIEW}", four to three'
    if not (root.findtext(f"{_SVG}title") or "").strip() or not description:
        yield "it needs a <title>, and a <desc> that says in words what it shows"
    for element in root.iter():
        if element.tag == f"{_SVG}style" or element.get("style"):
            yield "write attributes such as font-size, not CSS"
        if any(not element.get(name, "#").startswith("#") for name in _REFERENCES):
            yield "it must not refer to another file"
        if element.get("font-family", FONT_FAMILY) != FONT_FAMILY:
            yield f"its font must be {FONT_FAMILY}: no other is there when it is drawn"
    words = 0
    for text, size in _texts(root, None):
        words += sum(any(letter.isalpha() for letter in word) for word in text.split())
        if size is None or size < SMALLEST_TEXT:
            yield f'"{text}" needs a font-size of {SMALLEST_TEXT} or more'
    if words > MAX_WORDS:
        yield f"it has {words} words, and {MAX_WORDS} are the most that are read"


def _texts(element: ElementTree.Element, size: float | None) -> Iterator[tuple[str, float | None]]:
    """Yield every piece of text with its font size, handed down as SVG does."""
    given = element.get("font-size")
    if given is not None:
        try:
            size = float(given)
        except ValueError:
            size = None
    inside = element.tag in (f"{_SVG}text", f"{_SVG}tspan")
    if inside and (own := (element.text or "").strip()):
        yield own, size
    for child in element:
        yield from _texts(child, size)
        if inside and (after := (child.tail or "").strip()):
            yield after, size
