"""The flare plan: five lines of one's own, opened in every state, danger signs first."""

from __future__ import annotations

from painbot.core.flare_plan import LINES, PlanLine, slot_of, written
from painbot.core.own_lines import LONGEST_LINE
from tests.core.people import Person, enrolled

OWN = ("Half the garden", "Tea at eight", "The blue blanket", "Sam next door", "The clinic on the corner")


def with_plan() -> Person:
    person = enrolled()
    person.types("/flare")
    person.taps("Write my plan")
    for line in OWN:
        person.types(line)
    return person


def plan(person: Person) -> tuple[str | None, ...]:
    return tuple(written(person.file, line) for line in LINES)


def test_without_a_plan_the_first_steps_stand_there_danger_signs_first() -> None:
    person = enrolled()
    person.types("/flare")
    words = person.words
    assert words.index("/urgent") < words.index("Half.") < words.index("Comfort.") < words.index("Breath.")
    assert "two weeks" in words
    assert "No more medicine than" in words


def test_five_typed_lines_make_a_plan() -> None:
    person = with_plan()
    assert plan(person) == OWN
    assert all(line in person.words for line in OWN)
    assert person.words.index("/urgent") < person.words.index(OWN[0])
    assert "not settling after about two weeks" in person.words


def test_one_line_is_changed_and_the_others_stay() -> None:
    person = with_plan()
    person.taps("Change a line")
    person.taps("Comfort")
    person.types("Warm socks")
    assert plan(person) == (*OWN[:2], "Warm socks", *OWN[3:])


def test_a_line_is_kept_taken_out_or_taken_from_the_example() -> None:
    person = with_plan()
    person.taps("Change a line")
    person.taps("Keep doing")
    person.taps("Keep it")
    assert plan(person) == OWN
    person.taps("Change a line")
    person.taps("Keep doing")
    person.taps("Take it out")
    assert written(person.file, PlanLine.KEEP) is None
    person.taps("Change a line")
    person.taps("Keep doing")
    person.taps("Take the example")
    assert "usual time" in str(written(person.file, PlanLine.KEEP))


def test_every_line_can_be_skipped_and_gone_back_from() -> None:
    person = enrolled()
    person.types("/flare")
    person.taps("Write my plan")
    person.taps("Skip")
    assert "Keep doing." in person.words
    person.types("back")
    assert "Cut back to half." in person.words
    person.taps("Back")
    assert "Your flare plan." in person.words
    assert plan(person) == (None,) * 5


def test_what_is_typed_after_doing_something_else_is_no_line() -> None:
    person = enrolled()
    person.types("/flare")
    person.taps("Write my plan")
    person.types("/today")
    person.types("Half the garden")
    assert plan(person) == (None,) * 5


def test_it_opens_in_a_rest_and_takes_no_line_there() -> None:
    person = enrolled()
    person.types("/flare")
    person.taps("Write my plan")
    person.types("crushing chest pain")
    assert person.file.enrollment.rest is not None
    person.types("Half the garden")
    person.types("/flare")
    assert "Your flare plan." in person.words
    assert [row[0][0] for row in person.said[-1].buttons] == ["Danger signs and numbers"]
    assert plan(person) == (None,) * 5


def test_it_opens_while_setting_up_paused_and_after_leaving() -> None:
    starting = Person()
    starting.types("/flare")
    assert "Half." in starting.words
    starting.types("Leeds, England")
    starting.taps("Yes")
    assert starting.file.learner.zone == "Europe/London"
    person = with_plan()
    person.types("/pause 5")
    person.types("/flare")
    assert OWN[0] in person.words
    person.types("/stop")
    person.types("/flare")
    assert OWN[0] in person.words
    person.consent_version = "test-2"
    person.types("/flare")
    assert OWN[0] in person.words


def test_long_and_odd_lines_fit_one_message() -> None:
    person = enrolled()
    person.types("/flare")
    person.taps("Write my plan")
    for _ in LINES:
        person.types("<b>&" * 1000 + "🙂" * 1000)
    assert all(0 < len(line or "") <= LONGEST_LINE for line in plan(person))
    assert "&lt;b&gt;" in person.words


def test_each_line_has_a_slot_of_its_own() -> None:
    assert slot_of(PlanLine.TELL) == "flare-plan/tell"
    assert len({slot_of(line) for line in LINES}) == 5
