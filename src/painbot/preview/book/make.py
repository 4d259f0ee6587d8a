"""A course folder to the book: one PDF with everything in it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak, Spacer

from painbot.content.loader import load_course
from painbot.content.pictures import CoursePictures
from painbot.content.reader import read_course
from painbot.content.schema.evidence import Claim
from painbot.core.course import Course, Item
from painbot.preview.book.document import INSIDE, Book, Heading, contents
from painbot.preview.book.evidence import claim_pages
from painbot.preview.book.front import cover, how_to_read, review_state
from painbot.preview.book.items import item_pages
from painbot.preview.book.parts import Sources
from painbot.preview.book.prose import plain
from painbot.preview.book.shelf import question_pages, toolkit_pages
from painbot.preview.book.styles import BODY, PART, use_fonts

ROOM_FOR_A_DAY: Final = 120 * mm
GAP_BEFORE_A_DAY: Final = 12 * mm


def make_book(root: Path, language: str, file: Path) -> int:
    """Write the book of a course and return its number of pages. Raises CourseBroken, OSError."""
    course = load_course(root, language)
    source = read_course(root, [language]).source
    claims = source.claims if source is not None else ()
    use_fonts()
    numbers = {claim.id: number for number, claim in enumerate(claims, start=1)}
    sources = Sources(course, CoursePictures(course.id, root), numbers)
    book = Book(
        file,
        title=course.title,
        foot=f"{course.title}, version {course.version}. {review_state(claims)}.",
        language=language,
    )
    return book.write([*_front(course, claims), *_course(course, sources), *_evidence(course, claims)])


def _front(course: Course, claims: Sequence[Claim]) -> Iterator[Flowable]:
    yield NextPageTemplate(INSIDE)
    yield from cover(course, claims)
    yield PageBreak()
    yield from how_to_read()
    yield PageBreak()
    yield plain("Contents", PART)
    yield contents()


def _course(course: Course, sources: Sources) -> Iterator[Flowable]:
    for week in course.weeks:
        yield from _part(f"Week {week.number}: {week.theme}", f"week-{week.number}")
        yield from _items(week.items, sources)
    if course.boosters:
        yield from _part("After the course", "boosters")
        weeks = ", ".join(str(booster.week) for booster in course.boosters)
        yield plain(f"One item each in weeks {weeks}, counted from the start of the course.", BODY)
        yield from _items([booster.item for booster in course.boosters], sources)
    shelf = course.shelf
    if shelf.toolkit:
        yield from _part("Toolkit", "toolkit")
        for number, tool in enumerate(shelf.toolkit.values()):
            yield from ([PageBreak()] if number else [])
            yield from toolkit_pages(tool, sources)
    if shelf.questions:
        yield from _part("Questions people ask", "questions")
        for number, question in enumerate(shelf.questions.values()):
            yield from ([PageBreak()] if number else [])
            yield from question_pages(question, sources)


def _items(items: Sequence[Item], sources: Sources) -> Iterator[Flowable]:
    for number, item in enumerate(items):
        if number:
            yield from _next(item)
        yield from item_pages(item, sources)


def _next(item: Item) -> Iterator[Flowable]:
    """Begin what is read on a new page; a short day may follow on where there is room."""
    if item.is_read or item.variants or item.levers:
        yield PageBreak()
    else:
        yield CondPageBreak(ROOM_FOR_A_DAY)
        yield Spacer(1, GAP_BEFORE_A_DAY)


def _evidence(course: Course, claims: Sequence[Claim]) -> Iterator[Flowable]:
    if not claims:
        return
    yield from _part("Evidence", "evidence")
    used = _uses(course)
    for number, claim in enumerate(claims, start=1):
        yield from claim_pages(claim, number, used.get(claim.id, ()))


def _part(heading: str, anchor: str) -> Iterator[Flowable]:
    yield PageBreak()
    yield Heading(heading, PART, level=0, anchor=anchor)


def _uses(course: Course) -> dict[str, list[tuple[str, str]]]:
    """Return for each claim the anchors and names of what rests on it, variants included."""
    used: dict[str, list[tuple[str, str]]] = {}
    items = (*course.items, *(booster.item for booster in course.boosters))
    for item in items:
        evidence = (*item.evidence, *(one for variant in item.variants for one in variant.item.evidence))
        for claim in dict.fromkeys(evidence):
            used.setdefault(claim, []).append((item.id, item.id))
    for key, tool in course.shelf.toolkit.items():
        for claim in tool.evidence:
            used.setdefault(claim, []).append((f"toolkit-{key}", f"toolkit {key}"))
    for key, question in course.shelf.questions.items():
        for claim in question.evidence:
            used.setdefault(claim, []).append((f"question-{key}", f"question {key}"))
    return used
