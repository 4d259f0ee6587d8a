"""A check day speaks of the lessons before it; a week whose lessons are not through gets one between."""

from __future__ import annotations

import pytest

from painbot.core.course import Course, Item, ItemKind, Week
from painbot.core.ids import CourseId, ItemId


def _item(name: str, kind: ItemKind = ItemKind.LESSON) -> Item:
    return Item(ItemId(name), kind, name, ())


WEEKS = (
    Week(1, "One", (_item("a"), _item("b"), _item("check-01", ItemKind.CHECK))),
    Week(2, "Two", (_item("c"), _item("d"), _item("check-02", ItemKind.CHECK))),
)
COURSE = Course(CourseId("c"), "Course", "en", "1", WEEKS, between=_item("check-between", ItemKind.CHECK))


@pytest.mark.parametrize(
    ("done", "check"),
    [
        ("a b", "check-01"),
        ("a", "check-between-1"),
        ("a check-between-1", "check-between-2"),
        ("a b check-between-1", "check-01"),
        ("a b check-01 c", "check-between-1"),
        ("a b check-01 c d", "check-02"),
    ],
)
def test_the_weeks_check_day_fits_the_lessons_that_were_handed_out(done: str, check: str) -> None:
    found = COURSE.next_check(frozenset(map(ItemId, done.split())))
    assert found is not None
    assert found.id == check


def test_after_the_last_check_day_there_is_none() -> None:
    assert COURSE.next_check(frozenset(item.id for item in COURSE.items)) is None


def test_each_check_between_is_an_item_of_its_own() -> None:
    found = COURSE.item(ItemId("check-between-12"))
    assert found is not None
    assert (found.id, found.kind) == ("check-between-12", ItemKind.CHECK)
    assert COURSE.item(ItemId("check-between-x")) is None


def test_without_one_the_check_days_come_in_their_order() -> None:
    plain = Course(CourseId("c"), "Course", "en", "1", WEEKS)
    found = plain.next_check(frozenset({ItemId("a")}))
    assert found is not None
    assert found.id == "check-01"
