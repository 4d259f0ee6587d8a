"""The cover and the page that says how to read the book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from painbot.content.schema.evidence import Claim
from painbot.core.course import Course
from painbot.preview.book.prose import plain, prose
from painbot.preview.book.styles import (
    BODY,
    COVER_LINE,
    COVER_TITLE,
    LABEL,
    LINE,
    PART,
    SECTION,
    SOFT,
    TEXT_WIDTH,
)

_SIGNED: Final = ("Name", "Profession and registration", "What I read", "Date", "Signature")
_HOW: Final = """
- Every item stands in the order in which a learner meets it: cards, the deeper card, the small step, the
  quiz with the reply to each answer, and what is asked.
- A line in amber says **for whom** a part is. Safety questions (gates) decide that. Until somebody has
  answered one with a clear no, it counts as yes: they get the careful version.
- A **variant** replaces parts of an item for some learners. Only what differs is printed.
- Small numbers under a card lead to the **claims** at the end. A claim says what the course may say at
  most, what it must not say, how sure that is, and the sources.
- A source or figure marked **not seen** was named from memory when the claim was compiled. Please check
  it before you rely on it.
- No card names a dose or tells anybody to start, stop or change a medicine. If one reads as if it did,
  that is a fault: please say so.
"""
_PLEASE: Final = """
- Is anything wrong, out of date, or said more firmly than you would say it?
- Is a warning missing, or too weak, or frightening without need?
- Is there somebody you would not give this to, and does the course know?
- Would you give this to your own patients?
"""


def cover(course: Course, claims: Sequence[Claim]) -> Iterator[Flowable]:
    """Yield the cover: what this is, its version, that its review is due, and a place to sign."""
    yield Spacer(1, 38 * mm)
    yield plain(course.title, COVER_TITLE)
    yield plain("The whole course, for review by a clinician", COVER_LINE)
    yield Spacer(1, 8 * mm)
    yield plain(f"Version {course.version}, language {course.language}", COVER_LINE)
    yield plain(review_state(claims), COVER_LINE)
    yield Spacer(1, 26 * mm)
    rows = [[plain(label, LABEL), ""] for label in _SIGNED]
    style = TableStyle(
        [
            ("LINEBELOW", (1, 0), (1, -1), 0.6, SOFT),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ]
    )
    heights = [11 * mm, 11 * mm, 20 * mm, 11 * mm, 15 * mm]
    yield KeepTogether(
        [
            plain("Reviewed by", SECTION),
            Table(rows, colWidths=[48 * mm, TEXT_WIDTH - 48 * mm], rowHeights=heights, style=style),
        ]
    )
    yield Spacer(1, 10 * mm)
    yield Table([[""]], colWidths=[TEXT_WIDTH], style=TableStyle([("LINEABOVE", (0, 0), (-1, 0), 0.6, LINE)]))
    yield plain("This course is education. It examines nobody, and it does not replace care.", LABEL)


def how_to_read() -> Iterator[Flowable]:
    """Yield how to read the book, and what a reviewer is asked."""
    yield plain("How to read this", PART)
    yield from prose(_HOW)
    yield plain("What we ask you", SECTION)
    yield from prose(_PLEASE)
    yield plain("When you are done", SECTION)
    yield plain(
        "For each claim you agree with, the operator writes the date of your review into evidence.yaml, as "
        "reviewed_on. Learners then read that a clinician has reviewed it, and when.",
        BODY,
    )


def review_state(claims: Sequence[Claim]) -> str:
    """Return when the claims were compiled, and how many of them a clinician has reviewed."""
    compiled = max((claim.compiled for claim in claims), default="at no known date")
    reviewed = sum(claim.reviewed_on is not None for claim in claims)
    if not reviewed:
        return f"Compiled {compiled}, not yet reviewed by a clinician"
    if reviewed == len(claims):
        return f"Compiled {compiled}, all {reviewed} claims reviewed by a clinician"
    return f"Compiled {compiled}, {reviewed} of {len(claims)} claims reviewed by a clinician"
