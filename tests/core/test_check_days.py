"""Check days: their measures, the look back, and what follows a course."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from painbot.core import after_course, progress
from painbot.core.after_course import After
from painbot.core.course import Booster, Course, Item, ItemKind
from painbot.core.enrollment import Delivery, EnrollmentStatus
from painbot.core.ids import ItemId
from painbot.core.outgoing import Outgoing
from painbot.core.sleep_window import Kind, Window, current, with_record
from tests.core.nights import with_answer
from tests.core.people import RENDERING, Person, check, course, enrolled, lesson
from tests.core.test_reasking import CLEAR

WINDOW = Window(time(23), time(7), time(22))


def booster(number: int) -> Item:
    return replace(lesson(f"b-{number}"), kind=ItemKind.BOOSTER)


def the_course(*measures: str, shows: tuple[str, ...] = ()) -> Course:
    """One week with a check day, and boosters two and six weeks after it."""
    end = replace(check("c-1"), measures=measures, shows=shows)
    made = course((lesson("l-1"), end))
    return replace(made, boosters=(Booster(3, booster(3)), Booster(7, booster(7))))


def at_check(*measures: str, shows: tuple[str, ...] = (), window: bool = False) -> Person:
    """Return somebody on the check day with its questions open."""
    person = enrolled()
    person.course = the_course(*measures, shows=shows)
    for name, clear in CLEAR.items():
        person.file = with_answer(person.file, f"gate/{name}", clear, person.file.today(person.now))
    if window:
        person.file = with_record(person.file, Kind.CUT, WINDOW, person.around())
    person.waits(timedelta(days=6, hours=2))
    person.taps("Start, about two minutes")
    return person


def value(person: Person, question: str) -> str | None:
    found = person.file.answers.get(f"check:c-1/{question}")
    return found.value if found else None


def said_since(person: Person, before: int) -> str:
    return " ".join(message.html for message in person.said[before:])


def test_the_change_question_has_seven_steps() -> None:
    person = at_check("change")
    steps = ["Much better", "Better", "A little better", "The same", "A little worse", "Worse", "Much worse"]
    assert [label for label, data, _ in person.buttons if "|change|" in data][:7] == steps
    person.taps("A little worse")
    assert value(person, "change") == "little-worse"


def test_the_mood_questions_are_asked_on_a_check_day() -> None:
    person = at_check("phq4")
    for _ in range(3):
        person.taps("Not at all")
    before = len(person.said)
    person.taps("Nearly every day")
    assert value(person, "gad-worry") == "3"
    assert "your mood may need care" in said_since(person, before)


def test_sleep_effects_are_asked_only_of_those_with_a_changed_window() -> None:
    assert "sleepy while driving" not in at_check("sleep-effects", "harm").words
    assert "sleepy while driving" in at_check("sleep-effects", "harm", window=True).words


@pytest.mark.parametrize(
    ("labels", "holds", "line"),
    [
        (("No", "No", "No"), True, False),
        (("Yes", "No", "No"), False, False),
        (("No", "Yes", "No"), False, False),
        (("No", "No", "Yes"), False, True),
        (("Skip", "Skip", "Skip"), True, False),
    ],
)
def test_any_effect_brings_the_old_time_in_bed_back(labels: tuple[str, ...], holds: bool, line: bool) -> None:
    person = at_check("sleep-effects", "harm", window=True)
    before = len(person.said)
    for label in labels:
        person.taps(label)
    assert (current(person.file.answers) is not None) is holds
    assert ("A lower mood deserves help" in said_since(person, before)) is line
    # All three are asked, also after the first yes, and the harm question follows.
    assert "make things worse" in said_since(person, before)


# -- looking back


def with_pegs(*means: int) -> Person:
    """Return somebody whose weeks had these PEG answers, the first of them at the start."""
    person = enrolled()
    weeks = [(check(f"c-{number}"),) for number in range(1, len(means))]
    person.course = course((lesson("l-1"), *weeks[0]), *weeks[1:])
    for week, mean in enumerate(means):
        form = "peg:start" if week == 0 else f"check:c-{week}"
        for question in ("peg-pain", "peg-enjoyment", "peg-activity"):
            person.file = with_answer(person.file, f"{form}/{question}", str(mean))
        if week:
            handed_out_at = person.now + timedelta(days=7 * week)
            check_id = ItemId(f"c-{week}")
            handed_out = Delivery(check_id, handed_out_at, handed_out_at.date())
            deliveries = {**person.file.deliveries, check_id: handed_out}
            person.file = replace(person.file, deliveries=deliveries)
    return person


def look_back(person: Person, week: int) -> str | None:
    item = person.course.checks[week - 1]
    found = progress.compared(person.file, item, person.around())
    return None if found is None else getattr(found.parts[0], "key", None)


@pytest.mark.parametrize(
    ("means", "key"),
    [
        ((6, 6, 6, 6), "peg-about-the-same"),
        ((6, 6, 2, 5), "peg-better"),
        ((6, 6, 5, 5), "peg-better"),
        ((6, 6, 6, 5), "peg-about-the-same"),
        ((6, 6, 7, 7), "peg-worse"),
        ((6, 6, 6, 7), "peg-about-the-same"),
    ],
)
def test_the_last_two_weeks_are_held_beside_the_first_two(means: tuple[int, ...], key: str) -> None:
    assert look_back(with_pegs(*means), 3) == key


def test_before_week_3_nothing_is_said_and_one_week_alone_never() -> None:
    person = with_pegs(6, 6, 1, 1)
    assert look_back(person, 1) is None
    assert look_back(person, 2) is None
    del person.file.answers["check:c-2/peg-pain"]  # type: ignore[attr-defined]
    assert look_back(person, 3) is None


def test_a_rise_offers_to_go_slower() -> None:
    person = with_pegs(5, 5, 7, 7)
    found = progress.compared(person.file, person.course.checks[2], person.around())
    assert isinstance(found, Outgoing)
    assert ("m", ("slower",)) in [(b.action.verb, b.action.args) for row in found.rows for b in row]  # type: ignore[union-attr]


def test_the_summary_says_the_numbers_the_levers_and_the_medicines_question() -> None:
    person = with_pegs(6, 7, 5, 4, 3)
    person.file = with_answer(person.file, "map/levers", "sleep,alone")
    told = progress.summary_told(person.file, person.around())
    assert told is not None
    words = person_reads(told)
    assert "First two weeks: <b>6.5</b>" in words
    assert "Last two weeks: <b>3.5</b>" in words
    assert "Worked on, 1: <b>Sleep</b>" in words
    assert "Worked on, 2: <b>People</b>" in words
    assert "go through all my medicines" in words
    assert "PHQ" not in words


def person_reads(outgoing: Outgoing) -> str:
    return RENDERING.render(outgoing).html


def test_a_summary_with_few_weeks_says_so() -> None:
    person = with_pegs(6, 7)
    told = progress.summary_told(person.file, person.around())
    assert told is not None
    assert "too few weeks" in person_reads(told)


# -- after the course


def finished(choice: str | None) -> Person:
    """Return somebody a day after the end of the course, who made this choice or none."""
    person = at_check("harm", shows=("keep-going",))
    delivery = person.file.deliveries[ItemId("l-1")]
    opened = replace(delivery, opened_at=person.now)
    person.file = replace(person.file, deliveries={**person.file.deliveries, delivery.item_id: opened})
    person.taps("No")
    assert "What would you like from here on" in person.words
    if choice is not None:
        person.taps(choice)
    person.waits(timedelta(days=1))
    assert person.file.enrollment.status is EnrollmentStatus.COMPLETED
    return person


def pushed_on(person: Person, days: int) -> list[tuple[date, str]]:
    """Return what is said of the bot's own accord in this time, by day."""
    found: list[tuple[date, str]] = []
    for _ in range(days):
        for said in person.waits(timedelta(days=1)):
            found.append((person.file.today(person.now), said.slot.split(":")[0]))
    return found


def test_without_a_choice_the_end_asks_once_more_and_is_quiet() -> None:
    person = finished(None)
    assert "Three questions once a week" in [label for label, *_ in person.buttons]
    assert pushed_on(person, 60) == []


def test_quiet_is_quiet() -> None:
    assert pushed_on(finished("Quiet"), 60) == []


def test_boosters_come_their_weeks_after_the_course() -> None:
    person = finished("A short booster, now and then")
    ended_on = person.file.deliveries[ItemId("c-1")].handed_out_on
    assert [(on - ended_on, slot) for on, slot in pushed_on(person, 60)] == [
        (timedelta(weeks=2), "booster"),
        (timedelta(weeks=6), "booster"),
    ]
    person.taps("Open the lesson")
    assert "Card 0 of b-7" in person.words


def test_a_booster_whose_time_has_passed_is_let_go() -> None:
    person = finished("Quiet")
    person.waits(timedelta(weeks=4))
    person.types("/settings")
    person.taps("What comes after the course")
    person.taps("A short booster, now and then")
    assert [slot for _, slot in pushed_on(person, 30)] == ["booster"]
    assert ItemId("b-3") not in person.file.deliveries


def test_three_questions_come_once_a_week_on_the_check_day() -> None:
    person = finished("Three questions once a week")
    ended_on = person.file.deliveries[ItemId("c-1")].handed_out_on
    pushed = pushed_on(person, 20)
    assert [on - ended_on for on, _ in pushed] == [timedelta(weeks=n) for n in (1, 2, 3)]
    for label in ("4", "5", "6"):
        person.taps(label)
    on = person.file.today(person.now)
    assert person.file.answers[f"peg:{on.isoformat()}/peg-activity"].value == "6"


def test_planning_twice_after_the_course_changes_nothing() -> None:
    for choice in ("A short booster, now and then", "Three questions once a week"):
        person = finished(choice)
        once = person.file
        person.tick()
        assert person.file == once


@pytest.mark.parametrize("after", list(After))
def test_the_choice_can_be_changed(after: After) -> None:
    person = finished("Quiet")
    person.types("/settings")
    person.taps("What comes after the course")
    person.taps({"booster": "A short booster", "peg": "Three questions once", "quiet": "Quiet"}[after.value])
    assert after_course.chosen(person.file.answers) is after
