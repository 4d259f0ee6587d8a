"""A pain map's sheet drawn as a picture to keep: words only, large enough for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

from PIL import ImageFont

from painbot.core.map_sheet import MapSheet
from painbot.core.outgoing import Words
from painbot.rendering.catalog import Catalog
from painbot.rendering.drawing import WIDTH, draw_still
from painbot.rendering.messages import in_plain
from painbot.rendering.picture_file import FONT_FAMILY, PictureFacts, font_files

PAPER: Final = "#FBF6EA"
SAND: Final = "#F1E8D3"
INK: Final = "#10333A"
TEAL: Final = "#136270"

_MARGIN: Final = 48
_INSIDE: Final = 36
_GAP: Final = 24


@dataclass(frozen=True)
class _Style:
    """How a kind of line is set; sizes are units of a drawing 1080 across."""

    size: int
    weight: int
    colour: str
    leading: int
    """From one line to the next."""


_TITLE: Final = _Style(60, 700, INK, 72)
_HEAD: Final = _Style(48, 700, TEAL, 62)
_LINE: Final = _Style(42, 400, INK, 56)
_NOTE: Final = _Style(40, 400, INK, 52)


def draw_map(sheet: MapSheet, words: Catalog) -> bytes:
    """Return the sheet as PNG, 1080 pixels wide and as high as its words need."""
    svg, said = map_svg(sheet, words)
    return draw_still(svg, PictureFacts("", said))


def map_svg(sheet: MapSheet, words: Catalog) -> tuple[str, str]:
    """Return the sheet as SVG, and all its words as one description."""
    page = _Page(words)
    page.text(sheet.title, _TITLE)
    page.text(sheet.note, _NOTE)
    for section in sheet.sections:
        page.panel(section.head, section.lines)
    page.text(sheet.note, _NOTE)
    return page.svg(), " ".join(page.said)


class _Page:
    """Lines set one under the other."""

    def __init__(self, words: Catalog) -> None:
        self.said: list[str] = []
        self._words = words
        self._drawn: list[str] = []
        self._y = _MARGIN

    def text(self, words: Words, style: _Style) -> None:
        """Set a paragraph across the sheet."""
        self._set(self._plain((words,)), style, _MARGIN)
        self._y += _GAP

    def panel(self, head: Words, lines: tuple[tuple[Words, ...], ...]) -> None:
        """Set a heading and its lines on a panel."""
        at, top = len(self._drawn), self._y
        self._y += _INSIDE
        left = _MARGIN + _INSIDE
        self._set(self._plain((head,)), _HEAD, left)
        for line in lines:
            self._y += _GAP // 2
            self._set(self._plain(line), _LINE, left)
        self._y += _INSIDE
        width, height = WIDTH - 2 * _MARGIN, self._y - top
        panel = f'<rect x="{_MARGIN}" y="{top}" width="{width}" height="{height}" rx="48" fill="{SAND}"/>'
        self._drawn.insert(at, panel)
        self._y += _GAP

    def svg(self) -> str:
        """Return the whole sheet."""
        height = self._y + _MARGIN - _GAP
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'font-family="{FONT_FAMILY}"><rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
            f"{''.join(self._drawn)}</svg>"
        )

    def _plain(self, line: tuple[Words, ...]) -> str:
        """Return the words of a line as they are read, without the marks of the light markup."""
        joined = ", ".join(in_plain(each, self._words) for each in line)
        return " ".join(joined.replace("**", "").split())

    def _set(self, text: str, style: _Style, left: int) -> None:
        self.said.append(text)
        for line in _wrapped(text, style, WIDTH - left - _MARGIN - (left - _MARGIN)):
            self._y += style.leading
            # The baseline stands above the foot of its line, where the descenders are.
            baseline = self._y - (style.leading - style.size)
            self._drawn.append(
                f'<text x="{left}" y="{baseline}" font-size="{style.size}" font-weight="{style.weight}" '
                f'fill="{style.colour}">{escape(line)}</text>'
            )


def _wrapped(text: str, style: _Style, width: int) -> list[str]:
    """Return the text in lines that fit a width, broken between words."""
    font, lines = _font(style.weight, style.size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    regular, bold = font_files()
    return ImageFont.truetype(str(bold if weight == _HEAD.weight else regular), size)
