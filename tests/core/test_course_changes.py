"""A course that changes under people who are enrolled: nothing is sent again, skipped, or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from painbot.core.course import Course, Item
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import ItemId
from tests.core.people import COURSE, Person, course, enrolled, lesson, practice

DAY = timedelta(days=1)


def with_items(*items: Item) -> Course:
    return course(items)


def living(person: Person, days: int) -> list[str]:
    """Let days pass, opening what waits; return the ids handed out in this time."""
    before = set(person.file.deliveries)
    for _ in range(days):
        person.waits(DAY)
        person.types("/today")
        if "Open the lesson" in [words for words, *_ in person.buttons[-6:]]:
            person.taps("Open the lesson")
    return [item for item in person.file.deliveries if item not in before]


def test_a_lesson_added_before_the_place_of_a_learner_comes_next() -> None:
    person = enrolled()
    assert living(person, 2) == ["p-1"]
    person.course = with_items(lesson("new"), *COURSE.items)
    assert living(person, 3)[0] == "new"


def test_a_lesson_moved_is_neither_sent_again_nor_skipped() -> None:
    person = enrolled()
    living(person, 3)
    first, *others = COURSE.items
    person.course = with_items(*others, first)
    living(person, 12)
    assert sorted(person.file.deliveries) == sorted(item.id for item in COURSE.items)


def test_buttons_of_a_lesson_that_is_gone_still_answer() -> None:
    person = enrolled()
    person.course = with_items(*COURSE.items[1:])
    person.taps("Go on")
    assert "has changed since" in person.words
    person.types("/today")
    assert "went wrong" not in person.words


def test_a_lesson_that_lost_cards_goes_on_with_its_last() -> None:
    person = enrolled()
    person.course = with_items(lesson("l-1", cards=1), *COURSE.items[1:])
    person.taps("Go on")
    assert "Card 0 of l-1" in person.words or "Already done" in person.words


def test_a_quiz_answer_that_is_gone_shows_the_quiz_as_it_is_now() -> None:
    person = enrolled()
    for label in ("Go on", "Today's small step", "One quick question"):
        person.taps(label)
    quiz = COURSE.items[0].quiz
    assert quiz is not None
    changed = replace(quiz, options=tuple(replace(option, id=f"new-{option.id}") for option in quiz.options))
    person.course = with_items(replace(COURSE.items[0], quiz=changed), *COURSE.items[1:])
    person.taps("A")
    assert "What is it?" in person.words
    assert not any(slot.startswith("quiz:") for slot in person.file.answers)


def test_a_waiting_lesson_that_is_gone_gives_way_to_the_next() -> None:
    person = enrolled()
    living(person, 1)
    person.waits(DAY + timedelta(hours=2))
    assert "l-2" in person.file.deliveries
    person.course = with_items(*(item for item in COURSE.items if item.id != "l-2"))
    person.types("/today")
    assert "l-2" not in person.words
    assert "l-3" in living(person, 3)


def test_who_completed_the_course_brings_what_is_new_by_next() -> None:
    person = enrolled()
    living(person, 30)
    assert person.file.enrollment.status is EnrollmentStatus.COMPLETED
    assert person.waits(10 * DAY) == []
    person.course = with_items(*COURSE.items, lesson("l-9"), practice("p-9"))
    assert person.waits(2 * DAY) == []
    person.types("/next")
    assert "Your small step" in person.words, "the last lesson was left before its step"
    person.types("/next")
    assert "Card 0 of l-9" in person.words
    assert person.file.enrollment.status is EnrollmentStatus.ACTIVE
    assert ItemId("p-9") in living(person, 3)
