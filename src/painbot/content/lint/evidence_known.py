"""Every evidence id names a claim of evidence.yaml, and a card's ids are among its item's.

A variant that lists evidence of its own answers for its own cards.

Passes::

    evidence: [course-scope]

Fails::

    evidence: [course-scoop]
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, NamedTuple

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import names_in
from painbot.content.lint.frame import Rule
from painbot.content.yaml_source import YamlDocument


class _Used(NamedTuple):
    path: FieldPath
    claim_id: str
    holder: FieldPath
    """The way to the list that this one must be a part of; its own way for such a list itself."""


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield ids that no claim has, and ids of a card that its item does not name."""
    if (
        source.evidence is None or source.evidence.data is None
    ):  # missing, unreadable, empty: reported as such
        return
    known = sorted({claim_id for _, claim_id in source.claim_ids()})
    for file in source.files():
        document = file.document
        for path, claim_id, holder in _used(document):
            if claim_id not in known:
                near = difflib.get_close_matches(claim_id, known, n=1)
                remedy = f"did you mean `{near[0]}`?" if near else "add the claim, or take the id out"
                message = f"evidence.yaml has no claim `{claim_id}`"
                yield document.problem(path, message, remedy, RULE.id)
            elif holder != path[:-1] and claim_id not in {name for _, name in names_in(document, holder)}:
                whose = "the variant's" if len(holder) > 1 else "the item's"
                message = f"`{claim_id}` is not among {whose} own evidence"
                yield document.problem(path, message, "add it to `evidence` at the top", RULE.id)


def _used(document: YamlDocument) -> Iterator[_Used]:
    for path in _lists(document.data, ()):
        holder: FieldPath = ("evidence",)
        if path[0] == "variants" and isinstance(document.get((*path[:2], "evidence")), list):
            holder = (*path[:2], "evidence")
        for below, claim_id in names_in(document, path):
            yield _Used(below, claim_id, holder)


def _lists(data: Any, path: FieldPath) -> Iterator[FieldPath]:
    """Yield the way to every list called `evidence`, the item's own first."""
    pairs: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in pairs:
        if part == "evidence" and isinstance(value, list):
            yield (*path, part)
        else:
            yield from _lists(value, (*path, part))


RULE = Rule("evidence-known", check, stops_start=True)
