"""How the book looks: its fonts, colours, measures and paragraph styles."""

from __future__ import annotations

from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

from painbot.rendering.picture_file import font_files

PAGE: Final = A4
MARGIN: Final = 22 * mm
TEXT_WIDTH: Final = PAGE[0] - 2 * MARGIN
TEXT_HEIGHT: Final = PAGE[1] - 2 * MARGIN

INK: Final = HexColor("#1c2723")
SOFT: Final = HexColor("#55645d")
ACCENT: Final = HexColor("#25695b")
ACCENT_NAME: Final = "#25695b"
LINE: Final = HexColor("#d3ddd7")
PALE: Final = HexColor("#f2f6f4")
CARE: Final = HexColor("#8a5a00")

REGULAR: Final = "Book"
BOLD: Final = "Book-Bold"


def use_fonts() -> None:
    """Make the shipped fonts known; they are embedded, as far as their letters are used."""
    regular, bold = font_files()
    registerFont(TTFont(REGULAR, str(regular)))
    registerFont(TTFont(BOLD, str(bold)))
    # The shipped family has no slanted cut; what is slanted in a chat stands upright here.
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def _style(
    name: str,
    size: float = 10,
    *,
    leading: float | None = None,
    bold: bool = False,
    color: Color = INK,
    before: float = 0,
    after: float = 4,
    left: float = 0,
    with_next: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=leading or size * 1.38,
        textColor=color,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=left,
        alignment=TA_LEFT,
        keepWithNext=with_next,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        bulletFontName=REGULAR,
        bulletFontSize=size,
        bulletIndent=left,
    )


COVER_TITLE: Final = _style("cover-title", 30, bold=True, color=ACCENT, after=10)
COVER_LINE: Final = _style("cover-line", 13, after=4)
PART: Final = _style("part", 20, bold=True, color=ACCENT, after=10, with_next=True)
ITEM: Final = _style("item", 15, bold=True, before=2, after=3, with_next=True)
SECTION: Final = _style("section", 11, bold=True, color=ACCENT, before=9, after=3, with_next=True)
VARIANT: Final = _style("variant", 12, bold=True, color=CARE, before=14, after=3, with_next=True)
BODY: Final = _style("body")
LABEL: Final = _style("label", 8.5, color=SOFT, after=3)
WHOM: Final = _style("whom", 9, bold=True, color=CARE, after=3)
REFERENCE: Final = _style("reference", 8.5, color=SOFT, before=1, after=0)
SMALL: Final = _style("small", 9, after=3)
DEEPER: Final = _style("deeper", 9, after=5, left=12)
SMALL_LABEL: Final = _style("small-label", 9, bold=True, color=SOFT, before=3, after=1, with_next=True)
CLAIM: Final = _style("claim", 11, bold=True, before=12, after=3, with_next=True)
TOC_PART: Final = _style("toc-part", 10.5, bold=True, before=5, after=0)
TOC_ITEM: Final = _style("toc-item", 9.5, leading=12.6, after=0, left=6 * mm)
