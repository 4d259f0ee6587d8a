"""Course prose to paragraphs: escaped, with bold words and lists, never read as anything else."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from painbot.content.markup import Block, blocks
from painbot.preview.book.styles import ACCENT_NAME, BODY

_BULLET_INDENT = 11


def prose(text: str, style: ParagraphStyle = BODY) -> list[Flowable]:
    """Return the paragraphs and list entries of a text in light markup."""
    entry = ParagraphStyle(
        f"{style.name}-entry",
        parent=style,
        leftIndent=style.leftIndent + _BULLET_INDENT,
        bulletIndent=style.leftIndent,
    )
    return [
        Paragraph(
            _xml(block), entry if block.is_bullet else style, bulletText="•" if block.is_bullet else None
        )
        for block in blocks(text)
    ]


def plain(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Return a paragraph of words that hold no markup."""
    return Paragraph(escape(text), style)


def labelled(label: str, text: str, style: ParagraphStyle = BODY) -> list[Flowable]:
    """Return a text whose first paragraph is led by a label in bold."""
    first, *rest = blocks(text) or (Block(()),)
    lead = Paragraph(f"<b>{escape(label)}</b> {_xml(first)}", style)
    following = [Paragraph(_xml(block), style) for block in rest]
    return [lead, *following]


def link(to: str, words: str) -> str:
    """Return words that lead to an anchor of the book, or to an https address."""
    href = to if to.startswith("https://") else f"#{to}"
    return f'<a href={quoteattr(href)} color="{ACCENT_NAME}">{escape(words)}</a>'


def linked(pieces: Iterable[str], style: ParagraphStyle) -> Paragraph:
    """Return a paragraph of pieces that are escaped already, or made by `link`."""
    return Paragraph("".join(pieces), style)


def _xml(block: Block) -> str:
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in block.runs)
