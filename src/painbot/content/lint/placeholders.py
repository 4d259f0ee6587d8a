"""Every language names the same commands and gaps: /urgent, /flare, { name }, ____.

A command is a way to help, so a translation may not lose one. The first language (in alphabetical
order) is the one the others are compared with.

Passes::

    # de/pne-01.yaml
    idea: Schmerz ist echt.

Fails::

    # de/pne-01.yaml
    idea: Schmerz ist echt. Bei Gefahr hilft /urgent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule
from painbot.content.lint.same_ids import translations

_PLACEHOLDER: Final = re.compile(r"(?<![\w/])/[a-z]+\b|\{[^{}]*\}|_{3,}")


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield texts whose commands or gaps are not those of the first language."""
    for first, file, language in translations(source):
        wanted_texts = dict(first.texts())
        for path, text in file.texts():
            wanted, found = _placeholders(wanted_texts.get(path, text)), _placeholders(text)
            if wanted == found:
                continue
            missing, extra = wanted - found, found - wanted
            parts = [f"lacks {_written(missing)}"] if missing else []
            parts += [f"has {_written(extra)} in addition"] if extra else []
            message = f"{' and '.join(parts)}, other than `{language}`"
            yield file.document.problem(path, message, "name the same in both", RULE.id)


def _placeholders(text: str) -> Counter[str]:
    return Counter("____" if found.startswith("_") else found for found in _PLACEHOLDER.findall(text))


def _written(found: Counter[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(found))


RULE = Rule("placeholders", check, stops_start=True)
