"""Lines in the learner's own words that are kept: the flare plan, questions for a clinician."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.consent import needs_consent
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer, EnrollmentStatus

LONGEST_LINE = 160
"""How much of a typed line is kept, as Telegram counts it once it is made safe for a message."""

WRITING = frozenset({EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED, EnrollmentStatus.COMPLETED})

_ESCAPED = {"&": len("&amp;"), "<": len("&lt;"), ">": len("&gt;")}


def may_write(file: LearnerFile, s: Surroundings) -> bool:
    """Say whether lines may be kept now: not while setting up, after leaving, or in a rest."""
    return file.enrollment.status in WRITING and file.enrollment.rest is None and not needs_consent(file, s)


def one_line(text: str) -> str:
    """Return typed words as one line, cut where it grows too long to stand in a list with others."""
    line, room = " ".join(text.split()), LONGEST_LINE
    for at, sign in enumerate(line):
        room -= _ESCAPED.get(sign, len(sign.encode("utf-16-le")) // 2)
        if room < 0:
            return line[:at].rstrip()
    return line


def with_answer(file: LearnerFile, slot: str, question: str, value: str, s: Surroundings) -> LearnerFile:
    """Return the file with this answer in its slot."""
    stored = Answer(slot, question, value, on=file.today(s.now), at=s.now)
    return replace(file, answers={**file.answers, slot: stored})


def without_answer(file: LearnerFile, slot: str) -> LearnerFile:
    """Return the file with nothing in this slot."""
    return replace(file, answers={kept: answer for kept, answer in file.answers.items() if kept != slot})
