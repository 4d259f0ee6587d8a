"""Whatever speaks of taking less of an opioid names /urgent, where the crisis line is.

Cutting down raises the risk of a crisis, so each card, "Why?" card and warning that rests on a claim about
it (`taper-...`, `...-opioid-taper`) has /urgent in its own text, and so has a toolkit card without such a
warning.

Passes::

    evidence: [pain-alarm]

Fails, where evidence.yaml has the claim::

    why: { text: It is planned and slow., evidence: [taper-safety-core] }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from painbot.content.bundle import CourseSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule

LINE: Final = "/urgent"


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield texts on cutting down that do not name the way to the crisis line."""
    for file in source.files():
        for path, holder in _holders(file.document.data, ()):
            text, claim = holder.get("text"), _taper_claim(holder.get("evidence"))
            if claim and isinstance(text, str) and LINE not in text:
                message = f"rests on `{claim}` and does not name {LINE}"
                spot = file.document.key_spot((*path, "text"))
                yield file.document.problem((*path, "text"), message, _REMEDY, RULE.id, spot=spot)
    for card in source.shelf():
        yield from _toolkit(card)


_REMEDY: Final = "add where help is: in a crisis, send /urgent"


def _toolkit(card: ShelfSource) -> Iterator[Diagnostic]:
    claim = _taper_claim(card.document.get(("evidence",)))
    texts = [text for _, text in card.texts()]
    if claim and card.folder == "toolkit" and not any(LINE in text for text in texts):
        message = f"the card rests on `{claim}` and does not name {LINE}"
        yield card.document.problem(("evidence",), message, _REMEDY, RULE.id)


def _taper_claim(evidence: object) -> str | None:
    """Return the first claim about taking less of an opioid."""
    ids = [claim for claim in evidence if isinstance(claim, str)] if isinstance(evidence, list) else []
    return next(
        (claim for claim in ids if claim.startswith("taper-") or claim.endswith("-opioid-taper")), None
    )


def _holders(data: Any, path: FieldPath) -> Iterator[tuple[FieldPath, dict[str, Any]]]:
    """Yield every part with a text of its own."""
    if isinstance(data, dict):
        if "text" in data:
            yield path, data
        for name, value in data.items():
            yield from _holders(value, (*path, name))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _holders(value, (*path, position))


RULE = Rule("crisis-line", check)
