"""The pages of the book: a cover, running heads, page numbers, bookmarks, and the contents page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

from painbot.preview.book.styles import (
    LINE,
    MARGIN,
    PAGE,
    REGULAR,
    SOFT,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TOC_ITEM,
    TOC_PART,
)

COVER: Final = "cover"
INSIDE: Final = "inside"
_HEAD: Final = PAGE[1] - 13 * mm
_FOOT: Final = 12 * mm
_HEAD_SIZE: Final = 8.5


class Heading(Paragraph):
    """A heading that a bookmark leads to; what is not `listed` is left out of the contents page."""

    def __init__(
        self, text: str, style: ParagraphStyle, *, level: int, anchor: str, listed: bool = True
    ) -> None:
        super().__init__(f"<a name={quoteattr(anchor)}/>{escape(text)}", style)
        self.words = text
        self.level = level
        self.anchor = anchor
        self.listed = listed


class Book(BaseDocTemplate):
    """The document. The same course gives the same bytes: no date and no chance goes into it."""

    def __init__(self, file: Path, *, title: str, foot: str, language: str) -> None:
        super().__init__(
            str(file),
            pagesize=PAGE,
            title=title,
            subject=foot,
            author="painbot",
            creator="painbot",
            lang=language,
            invariant=1,
        )
        self._foot = foot
        self._running = ""
        inside = PageTemplate(INSIDE, [_frame()], onPageEnd=self._running_lines)
        self.addPageTemplates([PageTemplate(COVER, [_frame()]), inside])

    def write(self, story: list[Flowable]) -> int:
        """Lay the story out until the page numbers on the contents page stand, and return the last one."""
        self.multiBuild(story)
        return self.page

    def beforeDocument(self) -> None:
        """Open with the bookmarks shown, in each of the passes."""
        self._running = ""
        self.canv.showOutline()

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note a heading for the contents page, the bookmarks and the running head."""
        if not isinstance(flowable, Heading):
            return
        self.canv.addOutlineEntry(flowable.words, flowable.anchor, flowable.level, closed=True)
        if flowable.listed:
            self._running = flowable.words
            self.notify("TOCEntry", (flowable.level, escape(flowable.words), self.page, flowable.anchor))

    def _running_lines(self, canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, _HEAD_SIZE)
        canvas.setFillColor(SOFT)
        canvas.setStrokeColor(LINE)
        if self._running:
            canvas.drawString(MARGIN, _HEAD, self._running)
            canvas.line(MARGIN, _HEAD - 2 * mm, PAGE[0] - MARGIN, _HEAD - 2 * mm)
        canvas.drawString(MARGIN, _FOOT, self._foot)
        canvas.drawRightString(PAGE[0] - MARGIN, _FOOT, str(canvas.getPageNumber()))
        canvas.restoreState()


def _frame() -> Frame:
    size = (MARGIN, MARGIN, TEXT_WIDTH, TEXT_HEIGHT)
    return Frame(*size, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def contents() -> TableOfContents:
    """Return the contents page, with a dotted line to each page number."""
    table = _Contents(dotsMinLevel=1)
    table.levelStyles = [TOC_PART, TOC_ITEM]
    return table


class _Contents(TableOfContents):
    """Keeps a part's name on one page with the first of its items."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._plain_style = self.tableStyle
        self._levels: list[int] = []

    def beforeBuild(self) -> None:
        """Take what the last pass found as what is set in this one."""
        super().beforeBuild()
        together: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
        row = 0
        for level in self._levels[:-1]:
            # The space above an entry is a row of its own.
            entry = row + bool(self.getLevelStyle(level).spaceBefore)
            if level == 0:
                together.append(("NOSPLIT", (0, row), (-1, entry + 1)))
            row = entry + 1
        self.tableStyle = TableStyle(together, parent=self._plain_style)
        self._levels = []

    def addEntry(self, level: int, text: str, pageNum: int, key: str | None = None) -> None:
        """Note an entry and its level."""
        super().addEntry(level, text, pageNum, key)
        self._levels.append(level)
