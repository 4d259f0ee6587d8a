"""Which quiz items come back, and when."""

from datetime import date, timedelta
from random import Random

import pytest

from painbot.core.recall import QuizRecord, due_recalls

START = date(2026, 3, 1)


def on(day: int) -> date:
    return START + timedelta(days=day)


def record(item_id: str, *answers: tuple[int, bool]) -> QuizRecord:
    return QuizRecord(item_id, tuple((on(day), right) for day, right in answers))


def due_days(*answers: tuple[int, bool]) -> list[int]:
    last = answers[-1][0]
    return [
        day for day in range(last, last + 60) if due_recalls([record("a", *answers)], on(day), 1) == ("a",)
    ]


@pytest.mark.parametrize(
    ("answers", "first_due"),
    [
        (((0, True),), 2),
        (((0, True), (2, True)), 9),
        (((0, True), (2, True), (9, True)), 30),
        (((0, False),), 1),
        (((0, False), (1, True)), 3),
        (((0, True), (2, False)), 3),
        (((0, True), (2, True), (9, False), (10, True)), 12),
    ],
)
def test_an_item_comes_back_at_its_distance_and_stays_due(
    answers: tuple[tuple[int, bool], ...], first_due: int
) -> None:
    days = due_days(*answers)
    assert days[0] == first_due
    assert days == list(range(first_due, first_due + len(days)))


def test_after_the_last_distance_an_item_rests() -> None:
    assert due_days((0, True), (2, True), (9, True), (30, True)) == []


def test_an_item_never_asked_is_not_due() -> None:
    assert due_recalls([QuizRecord("a")], on(0), 5) == ()


def test_misses_come_first_then_the_oldest_due() -> None:
    records = [
        record("old", (0, True)),
        record("older", (-3, True)),
        record("missed-late", (9, False)),
        record("missed-early", (7, False)),
        record("b", (1, True)),
        record("a", (1, True)),
    ]
    assert due_recalls(records, on(10), 9) == ("missed-early", "missed-late", "older", "old", "a", "b")
    assert due_recalls(records, on(10), 2) == ("missed-early", "missed-late")


def test_an_item_answered_today_is_not_asked_again_today() -> None:
    records = [record("a", (3, False)), record("b", (3, True))]
    assert due_recalls(records, on(3), 2) == ()
    assert due_recalls(records, on(4), 2) == ("a",)


def test_the_chosen_levers_items_come_before_others_but_after_misses() -> None:
    records = [record("old", (0, True)), record("lever", (5, True)), record("missed", (9, False))]
    assert due_recalls(records, on(10), 3, first={"lever"}) == ("missed", "lever", "old")


def test_no_limit_to_spend_means_nothing() -> None:
    assert due_recalls([record("a", (0, False))], on(9), 0) == ()


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [record(f"q{n}", (n % 4, n % 3 == 0)) for n in range(12)]
    expected = due_recalls(records, on(20), 6)
    for seed in range(5):
        Random(seed).shuffle(records)
        assert due_recalls(records, on(20), 6) == expected


def test_lessons_of_six_weeks_come_back_though_more_are_due_than_there_is_room_for() -> None:
    answered: dict[str, list[tuple[date, bool]]] = {}
    recalled: set[str] = set()
    start = date(2026, 3, 2)
    for day in range(56):
        on = start + timedelta(days=day)
        weekday = day % 7
        if weekday in (0, 2, 4, 5):
            answered[f"{day:02}"] = [(on, True)]
        records = [QuizRecord(item, tuple(said)) for item, said in answered.items()]
        for item in due_recalls(records, on, {1: 1, 3: 1, 6: 2}.get(weekday, 0)):
            answered[item].append((on, True))
            recalled.add(item)
    assert {item for item in answered if int(item) < 42} <= recalled
    assert any(len(said) == 3 for said in answered.values()), "the first ones come back once more"
