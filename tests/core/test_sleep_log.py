"""The three taps of the morning, and what follows from answers that speak against a changed window."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from painbot.core.course import Choice, Course, Question, Reask, SleepLogSpan
from painbot.core.enrollment import Answer
from painbot.core.ids import ItemId, QuestionId
from painbot.core.parts import MadePart
from painbot.core.sleep_window import Kind, Window, current, with_record
from tests.core.nights import with_night
from tests.core.people import Person, check, course, enrolled, lesson, practice
from tests.core.test_reasking import CLEAR

SLEEPY = Question(
    QuestionId("sleepy"),
    "Sleepy while driving or working?",
    (Choice("no", "Not sleepy"), Choice("a-bit", "A bit"), Choice("yes", "Yes")),
)


def the_course() -> Course:
    """A course whose first week is about anything and whose second is about sleep."""
    window = replace(lesson("s-2", question=SLEEPY), shows=(MadePart.WINDOW_OFFER.value,))
    end = replace(check("c-2"), measures=("harm",), shows=(MadePart.WINDOW_REVIEW.value,))
    made = course(
        (lesson("l-1"), practice("p-1"), check("c-1")),
        (lesson("s-1"), window, end),
        (*(practice(f"p-{number}") for number in range(10, 16)), check("c-3")),
        (check("c-4"),),
    )
    return replace(
        made,
        sleep_log=SleepLogSpan(ItemId("c-1"), ItemId("c-2")),
        reask=Reask(("sleep",), (ItemId("s-2"),)),
    )


def sleeper() -> Person:
    """Return somebody whose gates are all clear, before the log begins."""
    person = enrolled()
    person.course = the_course()
    on = person.file.today(person.now)
    answers = {
        f"gate/{name}": Answer(f"gate/{name}", name, value, on=on, at=person.now)
        for name, value in CLEAR.items()
    }
    person.file = replace(person.file, answers={**person.file.answers, **answers})
    return person


def morning(days: int) -> Person:
    """Return that person at the check-in of a course day, every lesson opened on its day."""
    person = sleeper()
    while person.now < person.file.enrollment.created_at + timedelta(days=days - 1) - timedelta(minutes=30):
        person.waits(timedelta(minutes=30))
        open_what_waits(person)
    return person


def open_what_waits(person: Person) -> None:
    for delivery in list(person.file.deliveries.values()):
        if delivery.opened_at is None:
            opened = replace(delivery, opened_at=person.now)
            person.file = replace(
                person.file, deliveries={**person.file.deliveries, delivery.item_id: opened}
            )


def value(person: Person, question: str) -> str | None:
    found = person.file.answers.get(f"checkin:{person.file.today(person.now).isoformat()}/{question}")
    return found.value if found else None


def night(person: Person) -> tuple[str | None, str | None, str | None]:
    return value(person, "to-bed"), value(person, "asleep"), value(person, "up")


def test_the_log_is_asked_from_the_morning_after_the_check_day() -> None:
    for days, asked in ((7, False), (8, True)):
        person = morning(days)
        person.taps("5")
        person.taps("5")
        assert ("When did you go to bed" in person.words) is asked


def test_the_log_ends_with_the_day_of_the_second_check_day() -> None:
    for days, asked in ((14, True), (15, False)):
        person = morning(days)
        person.types("/checkin")
        person.taps("5")
        person.taps("5")
        assert ("When did you go to bed" in person.words) is asked


def logging() -> Person:
    person = morning(8)
    person.taps("5")
    person.taps("5")
    return person


def test_three_taps_log_a_night() -> None:
    person = logging()
    for label in ("22:30", "6 h 30 min", "07:00"):
        person.taps(label)
    assert (value(person, "to-bed"), value(person, "asleep"), value(person, "up")) == (
        "22:30",
        "390",
        "07:00",
    )
    assert "Asleep: <b>6 h 30 min</b>" in person.words


def test_a_night_is_typed() -> None:
    person = logging()
    for text in ("11pm", "about 7", "06:45"):
        person.types(text)
    assert (value(person, "to-bed"), value(person, "asleep"), value(person, "up")) == (
        "23:00",
        "420",
        "06:45",
    )


def test_a_bare_hour_is_shown_before_it_is_stored() -> None:
    person = logging()
    person.types("11")
    assert "To bed: <b>23:00</b>" in person.words
    assert value(person, "to-bed") is None
    person.taps("Yes")
    assert value(person, "to-bed") == "23:00"


def test_skipping_the_bedtime_skips_the_night() -> None:
    person = logging()
    person.taps("Skip")
    assert "hours were you asleep" not in person.words
    assert "small step" in person.words


def test_same_as_yesterday_fills_the_night_in_one_tap() -> None:
    person = logging()
    assert "Same as yesterday" not in [label for label, *_ in person.buttons]
    for label in ("22:30", "6 h 30 min", "07:00", "Yes"):
        person.taps(label)
    person.waits(timedelta(days=1))
    for label in ("5", "5", "Same as yesterday"):
        person.taps(label)
    assert (value(person, "to-bed"), value(person, "asleep"), value(person, "up")) == (
        "22:30",
        "390",
        "07:00",
    )


def test_more_sleep_than_time_in_bed_is_asked_once_more() -> None:
    person = logging()
    for label in ("23:00", "8 h", "06:00"):
        person.taps(label)
    assert "more sleep than time in bed" in person.words
    assert value(person, "asleep") is None
    person.taps("6 h")
    assert value(person, "asleep") == "360"


def test_two_times_that_make_no_night_are_asked_once_more() -> None:
    person = logging()
    person.types("10am")
    person.types("7")
    person.types("09:00")
    assert "do not fit a night" in person.words
    assert value(person, "to-bed") is None


# -- the window in conversation


def reach_offer(sleepy: str = "Not sleepy") -> Person:
    """Return somebody with a logged week at 70 percent who came to the end of the window lesson."""
    person = sleeper()
    person.waits(timedelta(days=2, hours=2))
    open_what_waits(person)
    person.waits(timedelta(days=1))
    today = person.file.today(person.now)
    for back in range(6):
        person.file = with_night(person.file, today - timedelta(days=back), "22:00", 420, "08:00")
    for label in ("Open the lesson", "Nothing has changed", "Open the lesson", "Go on"):
        person.taps(label)
    for label in ("Today's small step", "One quick question", "B", sleepy):
        person.taps(label)
    return person


def said_lately(person: Person) -> str:
    return " ".join(message.html for message in person.said[-4:])


def test_the_offer_is_made_taken_shown_in_the_settings_and_undone() -> None:
    person = reach_offer()
    assert "at 22:30" in said_lately(person)
    person.taps("Yes, I will try it")
    assert current(person.file.answers) == Window(time(22, 30), time(8), time(22))
    person.types("/settings")
    assert "22:30 to 08:00" in person.words
    person.taps("My sleep window")
    person.taps("Undo, back to my old time")
    assert current(person.file.answers) is None
    assert "22:00 to 08:00" in person.words
    person.types("/settings")
    assert "My sleep window" not in person.words


def test_no_is_a_full_answer() -> None:
    person = reach_offer()
    person.taps("No, keep it as it is")
    assert current(person.file.answers) is None


@pytest.mark.parametrize("sleepy", ["A bit", "Yes"])
def test_some_sleepiness_means_no_offer(sleepy: str) -> None:
    person = reach_offer(sleepy=sleepy)
    assert "Sleepiness comes first" in said_lately(person)


def test_an_offer_of_another_day_no_longer_holds() -> None:
    person = reach_offer()
    person.waits(timedelta(days=1))
    person.taps("Yes, I will try it")
    assert current(person.file.answers) is None
    assert "no longer fits" in person.words


WINDOW = Window(time(23), time(7), time(22))


def changed() -> Person:
    """Return somebody with a changed window, at the check-in of day 9."""
    person = morning(9)
    person.file = with_record(person.file, Kind.CUT, WINDOW, person.around())
    return person


@pytest.mark.parametrize("command", ["/pause 3", "/stop"])
def test_a_pause_or_an_end_brings_the_old_time_back_and_says_so(command: str) -> None:
    person = changed()
    person.types(command)
    assert current(person.file.answers) is None
    assert "from about 22:00 to 07:00" in person.words


def test_a_gate_that_closes_brings_the_old_time_back() -> None:
    person = changed()
    stored = Answer("gate/gate-fall", "gate-fall", "yes", on=person.file.today(person.now), at=person.now)
    person.file = replace(person.file, answers={**person.file.answers, "gate/gate-fall": stored})
    person.types("/today")
    assert current(person.file.answers) is None
    assert "speaks against less time in bed" in person.words


def test_a_danger_sign_is_followed_by_the_news_in_the_next_message() -> None:
    person = changed()
    person.types("I want to kill myself")
    assert current(person.file.answers) is None
    told = person.waits(timedelta(days=2))
    assert any(getattr(part, "key", "") == "window-back" for said in told for part in said.parts)


def test_seven_silent_days_are_followed_by_the_news_in_the_check_in() -> None:
    person = changed()
    person.types("/checkin")
    person.taps("5")
    person.waits(timedelta(days=6))
    assert current(person.file.answers) is not None
    told = person.waits(timedelta(days=1))
    assert current(person.file.answers) is None
    assert any(getattr(part, "key", "") == "window-back" for said in told for part in said.parts)
    # It is said until the check-in is answered, and not after that day.
    person.types("/checkin")
    assert "Your old time in bed holds again" in person.words
    person.taps("5")
    assert "Your old time in bed holds again" in person.words
    person.waits(timedelta(days=1))
    assert "Your old time in bed holds again" not in person.words


def harm(person: Person, *labels: str) -> None:
    delivered = {**person.file.deliveries}
    person.file = replace(person.file, deliveries=delivered)
    person.types("/today")
    person.waits(timedelta(days=14) - (person.now - person.file.enrollment.created_at))
    open_what_waits(person)
    person.taps("Start, about two minutes")
    for label in labels:
        person.taps(label)


@pytest.mark.parametrize(
    ("labels", "holds", "crisis_line"),
    [
        (("A bit", "Pain"), True, False),
        (("A bit", "A fall or sleepy driving"), False, False),
        (("A bit", "Mood"), False, True),
        (("Yes", "Pain"), False, False),
        (("No",), True, False),
    ],
)
def test_what_the_harm_question_does_to_the_window(
    labels: tuple[str, ...], holds: bool, crisis_line: bool
) -> None:
    person = changed()
    person.types("/checkin")
    person.taps("5")
    said = len(person.said)
    harm(person, *labels)
    assert (current(person.file.answers) is not None) is holds
    heard = " ".join(message.html for message in person.said[said:])
    assert ("A lower mood deserves help" in heard) is crisis_line
