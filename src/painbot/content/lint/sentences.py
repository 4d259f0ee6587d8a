"""Texts cut into sentences with their place, for rules that ask what a sentence tells people to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_END: Final = re.compile(r"(?<=[.?!])[\"”’')*_]*\s+|\n\s*\n|\n\s*- ")
_LEAD: Final = re.compile(r"^(?:[\s\"“”‘’'(*_-]|[a-d]\))+")


class Sentence(NamedTuple):
    """One sentence, and where it starts in its text."""

    start: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in light markup; list entries are sentences of their own."""
    begin = 0
    for end, onward in [*((m.start(), m.end()) for m in _END.finditer(text)), (len(text), len(text))]:
        whole = text[begin:end]
        lead = _LEAD.match(whole)
        start = lead.end() if lead else 0
        if whole[start:].strip():
            yield Sentence(begin + start, whole[start:])
        begin = onward
