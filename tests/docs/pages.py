"""The documents, taken apart: links, headings and code."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^|\n)\n((?: {4,}[^\n]*\n?)+)")
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def pages() -> list[Path]:
    """Return every Markdown page of the project, the README included."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name_of(page: Path) -> str:
    """Return a page's path inside the project."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> list[str]:
    """Return where a page's links lead, code left out."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return _LINK.findall(_SPAN.sub("", text.replace("[`", "[").replace("`]", "]")))


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings as a forge makes them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in _HEADING.findall(text)}


def code_lines(page: Path) -> Iterator[str]:
    """Yield the lines of code blocks and the code spans of a page; a trailing backslash joins lines."""
    text = page.read_text(encoding="utf-8")
    for fence in _FENCE.finditer(text):
        yield from fence.group().replace("\\\n", " ").splitlines()[1:-1]
    text = _FENCE.sub("", text)
    for block in _INDENTED.findall(text):
        yield from block.replace("\\\n", " ").splitlines()
    yield from _SPAN.findall(text)
