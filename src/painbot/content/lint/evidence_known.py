"""Every evidence id names a claim of evidence.yaml, and a card's ids are among its lesson's.

Passes::

    evidence: [course-scope]

Fails::

    evidence: [course-scoop]
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield ids that no claim has, and ids of a card that its item does not name."""
    if (
        source.evidence is None or source.evidence.data is None
    ):  # missing, unreadable, empty: reported as such
        return
    known = sorted({claim_id for _, claim_id in source.claim_ids()})
    for item in source.items():
        own = item.document.get(("evidence",))
        named = own if isinstance(own, list) else []
        for path, claim_id in _used(item):
            if claim_id not in known:
                near = difflib.get_close_matches(claim_id, known, n=1)
                remedy = f"did you mean `{near[0]}`?" if near else "add the claim, or take the id out"
                message = f"evidence.yaml has no claim `{claim_id}`"
                yield item.document.problem(path, message, remedy, RULE.id)
            elif len(path) > 2 and claim_id not in named:
                message = f"`{claim_id}` is not among the item's own evidence"
                yield item.document.problem(path, message, "add it to `evidence` at the top", RULE.id)


def _used(item: ItemSource) -> Iterator[tuple[FieldPath, str]]:
    cards: Any = item.document.get(("cards",))
    count = len(cards) if isinstance(cards, list) else 0
    lists: list[FieldPath] = [("evidence",), ("why", "evidence")]
    lists += [("cards", position, "evidence") for position in range(count)]
    for path in lists:
        ids = item.document.get(path)
        for position, claim_id in enumerate(ids if isinstance(ids, list) else []):
            if isinstance(claim_id, str):
                yield (*path, position), claim_id


RULE = Rule("evidence-known", check, stops_start=True)
