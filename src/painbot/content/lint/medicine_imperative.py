"""No sentence tells people to start, stop, change, skip or take more or less of a medicine.

Warning against it is fine ("Do not stop ...", "Never change ... on your own"), and so is planning it
with the person who prescribes. A wrong answer of a quiz may say it: its reply sets it right.

Passes::

    action: { text: Do not stop your tablets on your own., smaller: Plan any change with your prescriber. }

Fails::

    action: { text: Skip your evening pills for a week., smaller: Skip them once. }

Fails::

    why: { text: You can cut down your opioids when you feel better. }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import is_wrong_answer
from painbot.content.lint.frame import Rule
from painbot.content.lint.sentences import Sentence, sentences

_VERB: Final = (
    r"(?:stop(?: taking| using)?|start(?: taking| using| on)?|begin(?: taking)?|change|skip|swap"
    r"|switch(?: to)?|replace|double|halve|lower|reduce|raise|increase|drop|quit"
    r"|cut(?: down| back| out)?(?: on)?|come off|go off|get off|wean off|taper(?: off)?|leave out|miss"
    r"|go without|take (?:more|less|extra|fewer|another|a higher|a lower|twice|double)(?: of)?)"
)
_MEDICINE: Final = (
    r"(?:medicines?|medications?|pills?|tablets?|capsules?|doses?|opioids?|painkillers?|pain relief"
    r"|patch(?:es)?|antidepressants?|anti-inflammator(?:y|ies)|nsaids?|steroids?|insulin|warfarin"
    r"|blood thinners?|statins?|sleeping (?:pills|tablets)|sedatives?|benzodiazepines?|drugs?|prescriptions?"
    r"|morphine|oxycodone|codeine|tramadol|methadone|fentanyl|ibuprofen|naproxen|paracetamol|acetaminophen"
    r"|naltrexone|ldn|gabapentin|pregabalin|duloxetine|amitriptyline)"
)
_TOLD: Final = re.compile(
    r"(?:^|[,;:.–—]\s+(?:and |so |then |please |just )*"
    r"|\b(?:please|then|you (?:can|could|may|might|should|must|need to|have to)"
    r"|feel free to|try to|it is (?:time|safe|fine|best|better) to|why not)\s+)"
    r"(?:and |so |please |just |now |safely |slowly )*"
    rf"(?P<told>{_VERB}\s+(?:[\w'’-]+\s+){{0,4}}?{_MEDICINE})\b"
    r"(?!\s+(?:review|list|plan|question|box|chart|diary|name|leaflet|talk|check|safety|card)\w*)",
    re.IGNORECASE,
)
# What turns such words into a warning, or into a plan made with somebody who may.
_SAFE: Final = re.compile(
    r"\b(?:do not|don['’]t|never|no one|nobody|without|rather than|instead of|not|only with"
    r"|with (?:your|a|the|their|our) (?:own )?(?:prescriber|doctor|clinician|pharmacist|team|nurse))\b",
    re.IGNORECASE,
)


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield sentences that tell people to change what they take."""
    for file in source.files():
        for path, text in file.texts():
            if is_wrong_answer(file, path):
                continue
            for sentence in sentences(text):
                yield from _sentence(file, path, sentence)


def _sentence(file: ItemSource | ShelfSource, path: FieldPath, sentence: Sentence) -> Iterator[Diagnostic]:
    for match in _TOLD.finditer(sentence.text):
        if _SAFE.search(sentence.text[: match.start("told")]) or _SAFE.search(match["told"]):
            continue
        if _SAFE.search(sentence.text[match.end() : match.end() + 60]):
            continue
        told = match["told"]
        spot = file.document.spot_in(path, sentence.start + match.start("told"), told)
        message = f"`{' '.join(told.split())}` reads as an instruction to change a medicine"
        remedy = 'write "plan any change with your prescriber"'
        yield file.document.problem(path, message, remedy, RULE.id, spot=spot)


RULE = Rule("medicine-imperative", check)
