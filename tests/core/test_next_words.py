"""What is said about the days to come: no date that reads as today, and nothing said twice."""

from __future__ import annotations

from datetime import timedelta

from tests.core.people import enrolled


def test_a_pause_into_another_year_names_the_year() -> None:
    person = enrolled()
    person.types("/pause 365")
    assert "02 March 2027" in person.words
    person.types("/today")
    assert "02 March 2027" in person.words


def test_a_pause_within_the_year_names_the_day_alone() -> None:
    person = enrolled()
    person.types("/pause 10")
    assert "12 March." in person.words


def test_a_waiting_lesson_is_not_announced_as_the_next_one_too() -> None:
    person = enrolled()
    person.waits(timedelta(days=2, hours=2))
    person.types("/pause 3")
    person.waits(timedelta(hours=22))
    person.types("/resume")
    assert "Lesson l-2" in person.words
    assert "The next lesson comes" not in person.words
    person.types("/today")
    assert "Lesson l-2" in person.words
    assert "The next lesson comes" not in person.words
