"""No dose to take: amounts in milligrams and the like stand in the ceiling of a toolkit card only.

Nor does any sentence, the ceiling's included, tell people to take an amount or a number of pills. Doses
come from a prescriber or pharmacist, who know what else somebody takes.

Passes::

    # en/toolkit/magnesium.yaml
    ceiling: From supplements, no more than 350 mg a day. This is a limit and not an amount to take.

Fails::

    # en/toolkit/magnesium.yaml
    strength: In trials people had 400 mg a day.

Fails::

    # en/toolkit/magnesium.yaml
    ceiling: Take up to 350 mg a day.

Fails::

    action: { text: Take two tablets before bed., smaller: Take one. }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule
from painbot.content.lint.sentences import Sentence, sentences

_COUNT: Final = (
    r"(?:\d[\d.,]*(?:\s?(?:-|–|to|or)\s?\d[\d.,]*)?|half|an?|one|two|three|four|five|six|eight|ten|twelve)"
)
_AMOUNT: Final = re.compile(
    r"(?<![\w.])\d[\d.,]*\s?(?:mg|mcg|µg|μg|milligrams?|micrograms?|grams?|g|ml|millilit(?:er|re)s?|iu|units?)\b"
    r"(?!\s+of\s+(?:protein|fibre|fiber|salt|sugar|vegetables|fruit))",
    re.IGNORECASE,
)
_PILLS: Final = re.compile(
    rf"\b{_COUNT}\s+(?:\w+\s+)?"
    r"(?:tablets?|capsules?|pills?|doses?|drops|sachets?|puffs|patch(?:es)?|painkillers?)\b",
    re.IGNORECASE,
)
_TAKE: Final = re.compile(
    r"^(?:(?:please|then|now|so|and|just|today|first|instead|you (?:can|could|may|should|might)|"
    r"on a \w+ day|if \w[^,]{0,60}|when \w[^,]{0,60}|before \w[^,]{0,40}|after \w[^,]{0,40}),?\s+)*"
    r"(?:take|use|swallow|start (?:with|on|at)|begin (?:with|at)|try|have|add|aim for|go up to|stick to|"
    r"increase (?:it |this )?to|double)\b",
    re.IGNORECASE,
)


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield amounts outside a ceiling, and sentences that tell people to take an amount."""
    for file in source.files():
        for path, text in file.texts():
            for sentence in sentences(text):
                yield from _sentence(file, path, sentence)


def _sentence(file: ItemSource | ShelfSource, path: FieldPath, sentence: Sentence) -> Iterator[Diagnostic]:
    amount = _AMOUNT.search(sentence.text)
    told = amount or _PILLS.search(sentence.text)
    if told and _TAKE.match(sentence.text):
        message = f"`{told.group()}` in a sentence that tells people to take it"
        remedy = 'write "ask your pharmacist what is safe for you"'
    elif amount and not (isinstance(file, ShelfSource) and path == ("ceiling",)):
        told = amount
        message = f"`{told.group()}` is an amount, and amounts stand in the `ceiling` of a toolkit card only"
        remedy = "say it without a number, or name the card"
    else:
        return
    spot = file.document.spot_in(path, sentence.start + told.start(), told.group())
    yield file.document.problem(path, message, remedy, RULE.id, spot=spot)


RULE = Rule("dose", check)
