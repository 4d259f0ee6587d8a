"""The light markup of course prose, and the one place where text becomes HTML."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^>]*>")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_ITALIC = re.compile(r"(?<!\w)_(?!\s)(.+?)(?<!\s)_(?!\w)", re.DOTALL)
_LIST_ITEM = re.compile(r"^[ ]*- ", re.MULTILINE)
_SOFT_BREAK = re.compile(r"(?<!\n)\n(?!\n|[ ]*(?:- |•))")


def escape(text: str) -> str:
    """Return plain text made safe for Telegram's HTML."""
    return html.escape(text, quote=False)


def to_html(text: str) -> str:
    """Return prose with **bold**, _italic_ and "- " lists as Telegram HTML.

    A single line break inside a paragraph is only where the author's line was full: it becomes a space.
    """
    safe = escape(text.strip())
    safe = _LIST_ITEM.sub("• ", _SOFT_BREAK.sub(" ", safe))
    safe = _BOLD.sub(r"<b>\1</b>", safe)
    return _ITALIC.sub(r"<i>\1</i>", safe)


def shown(rendered: str) -> str:
    """Return the bare words of Telegram HTML, as a reader sees them."""
    return html.unescape(_TAG.sub("", rendered))


def shown_length(rendered: str) -> int:
    """Return the length of Telegram HTML once its tags are read, in UTF-16 units as Telegram counts."""
    return len(shown(rendered).encode("utf-16-le")) // 2
