"""/map as a conversation: danger signs first in every state, always a way out, the result in plain rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painbot.core.commands import Pressed, Slash, Typed
from painbot.core.decisions import Decision
from painbot.core.gates import WINDOW_KEPT, Gate, held
from painbot.core.ids import MessageId
from painbot.core.levers import CHOSEN, chosen_levers
from painbot.core.map_answers import PREFIX, SIGNS, done_dates, result_of
from painbot.core.outgoing import Action, Plain
from painbot.core.pain_map import QUESTIONS, Driver
from painbot.core.parts import Lever
from painbot.core.triage.screen import SCREEN
from painbot.rendering.callback_data import decode
from tests.core.people import Person, enrolled

NOT_A_DIAGNOSIS = (
    "This is not a diagnosis. It shows what may be adding to your pain and what you could work on."
)
DIAGNOSES = ("type of pain", "total", "score", "points", "%")

FITTING = {"gate-eating": "no"}
"""What the person of these tests answers to gates; everything else is skipped."""


def labels(person: Person) -> list[str]:
    return [label for row in person.said[-1].buttons for label, _ in row]


def at_questions(person: Person | None = None) -> Person:
    """Return somebody past the danger signs of their map, at its first question."""
    person = person or enrolled()
    person.types("/map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("No")
    return person


def asking(person: Person) -> str | None:
    return person.file.dialogue.data.get("asking") if person.file.dialogue.state == "map/ask" else None


def answered(person: Person, answers: dict[str, str]) -> Decision | None:
    """Answer whatever the map asks: as given, or with a skip."""
    last = None
    while (name := asking(person)) is not None:
        on = max(slot for slot in _map_ids(person))
        last = person.does(Pressed(Action("f", (on, name, answers.get(name, "skip"))), MessageId(99)))
    return last


def _map_ids(person: Person) -> list[str]:
    data = [data for _, data, _ in person.buttons if f"|{PREFIX}" in data]
    return [decode(each).args[0] for each in data if decode(each)]  # type: ignore[union-attr]


def mapped(answers: dict[str, str], person: Person | None = None) -> Person:
    person = at_questions(person)
    answered(person, {**FITTING, **answers})
    return person


def shown(person: Person) -> set[str]:
    return {driver.value for driver in result_of(person.file, done_dates(person.file)[-1]).shown}


def test_danger_signs_come_first_and_no_question_before_they_are_clear() -> None:
    person = enrolled()
    person.types("/map")
    assert NOT_A_DIAGNOSIS in person.words
    assert "1. New trouble passing" in person.words
    today = person.file.today(person.now).isoformat()
    person.does(Pressed(Action("f", (f"map:{today}", "sleep-1", "2")), MessageId(5)))
    assert "List 1 of 3" in person.words
    assert not [slot for slot in person.file.answers if slot.startswith(PREFIX)]


def test_every_line_of_the_screen_is_shown_once() -> None:
    person = enrolled()
    seen = ""
    person.types("/map")
    for _ in range(3):
        seen += person.words
        person.taps("None of these")
    seen += person.words
    assert all(seen.count(question.text) == 1 for question in SCREEN)


@pytest.mark.parametrize("part", [part.id for question in SCREEN for part in question.parts])
def test_a_sign_brings_its_own_card_and_no_map_that_day(part: str) -> None:
    person = enrolled()
    person.types("/map")
    finding = person.around().safety.screen_finding(part)
    assert finding is not None
    decision = person.does(Pressed(Action("mp", ("pt", part)), MessageId(5)))
    card = person.around().safety.card(finding, person.file.learner.country)
    assert decision.outgoing[0].kind.value == "safety"
    assert decision.outgoing[0].parts == tuple(Plain(paragraph) for paragraph in card.paragraphs)
    assert "no map today" in person.words
    person.types("/map")
    assert "List 1" not in person.words
    person.waits(timedelta(days=8))
    while person.file.enrollment.rest is not None:
        person.taps("I have been seen" if person.file.enrollment.rest.waits_for == "seen" else "I would like")
    person.types("/map")
    assert "List 1 of 3" in person.words


def test_not_sure_counts_as_one_and_whoever_cannot_tell_gets_the_most_pressing_card() -> None:
    person = enrolled()
    person.types("/map")
    person.taps("None of these")
    person.taps("Not sure")
    assert "Which line is it" in person.words
    person.taps("4")
    person.taps("I cannot tell which")
    rest = person.file.enrollment.rest
    assert rest is not None
    assert rest.level == "emergency"


def test_a_dark_thought_brings_the_crisis_card_and_keeps_the_sleep_window() -> None:
    person = enrolled()
    person.types("/map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("Yes")
    rest = person.file.enrollment.rest
    assert rest is not None
    assert (rest.level, rest.waits_for) == ("crisis", "wish")
    assert person.file.answers[WINDOW_KEPT].value == "yes"
    assert Gate.SLEEP_WINDOW in held(person.file.answers)


def test_rather_not_say_shows_the_help_line_goes_on_and_keeps_the_sleep_window() -> None:
    person = enrolled()
    person.types("/map")
    for _ in range(3):
        person.taps("None of these")
    decision = person.taps("Rather not say")
    assert [out.kind.value for out in decision.outgoing] == ["safety", "reply"]
    assert asking(person) is not None
    assert person.file.enrollment.rest is None
    assert person.file.answers[WINDOW_KEPT].value == "yes"
    assert person.file.answers[SIGNS].value == "declined"


def test_a_slip_of_the_finger_is_taken_back_with_all_it_brought() -> None:
    person = enrolled()
    person.types("/map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("Yes")
    person.taps("I tapped by mistake")
    assert person.file.enrollment.rest is None
    assert WINDOW_KEPT not in person.file.answers
    assert SIGNS not in person.file.answers
    assert "List 1 of 3" in person.words


def test_signs_can_be_typed_and_gone_back_from() -> None:
    person = enrolled()
    person.types("/map")
    person.types("none of these")
    assert "List 2 of 3" in person.words
    person.types("back")
    assert "List 1 of 3" in person.words
    person.types("no")
    person.types("no")
    person.types("9")
    assert "Which of these comes closest" in person.words
    person.taps("None of them, back to the list")
    person.types("purple")
    assert "Please tap a number" in person.words
    person.types("none")
    assert "One question by itself" in person.words
    person.types("maybe")
    assert "One question by itself" in person.words
    person.types("no")
    assert asking(person) is not None


def test_gates_answered_lately_are_not_asked_again_and_old_ones_are() -> None:
    person = enrolled()
    person.waits(timedelta(days=1))
    at_questions(person)
    today = person.file.today(person.now)
    person.does(Pressed(Action("f", (f"map:{today}", "gate-crash", "no")), MessageId(5)))
    person.types("/today")
    person.waits(timedelta(days=3))
    at_questions(person)
    assert asking(person) == "gate-sleep"
    person.waits(timedelta(days=8))
    at_questions(person)
    assert asking(person) == "gate-crash"


def test_an_onboarding_answer_is_asked_again_only_in_a_later_map() -> None:
    person = enrolled()
    person.waits(timedelta(days=6))
    mapped({}, person)
    first = done_dates(person.file)[-1]
    assert f"map:{first}/clinician" not in person.file.answers
    assert person.file.answers["onboarding/clinician"].on < first
    person.waits(timedelta(days=30))
    person.types("/map")
    person.taps("A new map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("No")
    answered(person, {"clinician": "no"})
    assert person.file.answers["onboarding/clinician"].value == "no"


def test_the_eating_row_is_asked_only_after_a_clear_no_to_its_gate() -> None:
    asked = mapped({"eating-1": "2", "eating-2": "2"})
    assert {"eating", "alcohol"} <= shown(asked)
    assert "Never stop heavy daily drinking suddenly" in asked.words
    unclear = enrolled()
    at_questions(unclear)
    answered(unclear, {"gate-eating": "not-sure", "eating-1": "2", "eating-2": "2"})
    assert not [slot for slot in unclear.file.answers if slot.endswith(("eating-1", "eating-2"))]
    assert shown(unclear) == set()


def test_mood_answers_of_the_last_two_weeks_are_used_and_older_ones_asked_for() -> None:
    person = mapped({"phq-interest": "1", "phq-down": "1", "gad-nervous": "0", "gad-worry": "1"})
    assert "mood" not in shown(person)
    first = str(done_dates(person.file)[-1])
    person.waits(timedelta(days=10))
    person.types("/map")
    person.taps("A new map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("No")
    answered(person, {})
    assert not [slot for slot in person.file.answers if "phq" in slot and first not in slot]
    person.waits(timedelta(days=20))
    person.types("/map")
    person.taps("A new map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("No")
    answered(person, {"phq-interest": "3", "phq-down": "0"})
    assert "mood" in shown(person)


def test_a_positive_mood_pair_brings_the_kind_word_and_nothing_further_is_asked() -> None:
    person = at_questions()
    last = answered(person, {"phq-interest": "2", "phq-down": "1"})
    assert last is not None
    assert [out.kind.value for out in last.outgoing] == ["reply", "safety"]
    assert "your mood may need care of its own" in person.words
    assert not [slot for slot in person.file.answers if "gad-" in slot]
    assert shown(person) == {"mood"}


def test_the_result_says_clinician_first_and_twice_that_it_is_no_diagnosis() -> None:
    person = mapped(
        {"sleep-1": "2", "nerve-1": "1", "nerve-2": "1", "headache-1": "yes", "alone-2": "not-sure"}
    )
    words = person.words
    assert words.count(NOT_A_DIAGNOSIS) == 2
    assert words.index(NOT_A_DIAGNOSIS) < words.index("Ask about nerves") < words.index("Sleep may be adding")
    assert words.rindex(NOT_A_DIAGNOSIS) > words.index("Sleep may be adding")
    assert "Poor sleep most nights: <b>Often</b>" in words
    assert "Nobody gets the pain" in words
    assert not [word for word in DIAGNOSES if word in words.casefold()]


def test_a_full_map_with_an_earlier_one_fits_one_message() -> None:
    often = {each.id: "2" for each in QUESTIONS if "2" in each.options}
    often |= {each.id: "yes" for each in QUESTIONS if "yes" in each.options}
    often |= {"spread-1": "most", "phq-interest": "3", "phq-down": "3"}
    person = mapped(often)
    person.taps("Choose what to work on")
    for name in ("Sleep", "Stress", "People"):
        person.taps(f"▢ {name}")
    person.waits(timedelta(days=49))
    person.types("/map")
    person.taps("A new map")
    for _ in range(3):
        person.taps("None of these")
    person.taps("No")
    answered(person, {**FITTING, **often})
    person.types("/map")
    assert len(person.words) < 4096
    assert "Then and now" in person.words
    assert "2 March: <b>sleep, stress" in person.words
    assert shown(person) == {driver.value for driver in Driver}


def test_up_to_three_levers_are_kept_in_the_order_they_are_chosen() -> None:
    person = mapped({"sleep-1": "2", "stress-1": "2", "alone-1": "2", "guarding-1": "2"})
    person.taps("Choose what to work on")
    for name in ("People", "Sleep", "Stress"):
        person.taps(f"▢ {name}")
    assert person.file.answers[CHOSEN].value == "alone,sleep,stress"
    assert person.taps("▢ Small safe moves").toast == "map-three"
    person.taps("✓ Sleep")
    person.taps("▢ Small safe moves")
    person.taps("Done")
    assert chosen_levers(person.file) == (Lever.ALONE, Lever.STRESS, Lever.GUARDING)
    assert "1: <b>People</b>" in person.words


def test_no_lever_is_a_fair_answer_and_other_levers_are_one_tap_away() -> None:
    person = mapped({"sleep-1": "2"})
    person.taps("Choose what to work on")
    assert [label for label in labels(person) if label.startswith("▢")] == ["▢ Sleep"]
    person.taps("Show the others")
    assert "▢ Pacing" in labels(person)
    assert "▢ Help with the past" not in labels(person)
    person.types("pacing")
    assert chosen_levers(person.file) == (Lever.BOOM_BUST,)
    person.types("back")
    person.taps("Choose what to work on")
    person.taps("✓ Pacing")
    person.taps("None for now")
    assert person.file.answers[CHOSEN].value == "none"
    assert chosen_levers(person.file) == ()


def test_a_map_left_half_way_goes_on_another_day_after_that_days_danger_signs() -> None:
    person = at_questions()
    while asking(person) != "stress-2":
        name = asking(person)
        value = "1" if name in ("sleep-1", "sleep-2", "stress-1") else "skip"
        person.does(Pressed(Action("f", (max(_map_ids(person)), str(name), value)), MessageId(99)))
    person.taps("Leave it for now")
    assert person.file.dialogue.state == "idle"
    person.types("/map")
    assert asking(person) == "stress-2"
    person.waits(timedelta(days=2))
    person.types("/map")
    assert "List 1 of 3" in person.words
    for _ in range(3):
        person.taps("None of these")
    person.taps("No")
    assert asking(person) == "stress-2"
    answered(person, {"stress-2": "1"})
    assert shown(person) == {"sleep", "stress"}
    assert len(done_dates(person.file)) == 1


def test_the_way_back_leads_through_the_questions_to_the_signs() -> None:
    person = at_questions()
    first = asking(person)
    person.types("skip")
    assert asking(person) != first
    person.types("back")
    assert asking(person) == first
    person.taps("Back")
    assert "List 1 of 3" in person.words


def test_answers_are_typed_and_a_guess_waits_for_a_yes() -> None:
    person = at_questions()
    while asking(person) != "sleep-1":
        person.types("skip")
    person.types("often")
    assert asking(person) == "sleep-2"
    person.types("somtimes")
    assert "Did I get that right" in person.words
    person.taps("Yes")
    assert asking(person) == "stress-1"
    person.types("a green elephant")
    assert asking(person) == "stress-1"
    answered(person, {})
    assert "sleep" in shown(person)


def test_an_answer_is_changed_on_the_same_day_and_the_map_follows() -> None:
    person = mapped({"sleep-1": "2"})
    assert shown(person) == {"sleep"}
    person.taps("Change an answer")
    person.taps("Poor sleep most nights")
    person.taps("Never or no")
    assert shown(person) == set()
    person.waits(timedelta(days=1))
    person.types("/map")
    assert "Change an answer" not in labels(person)


def test_ticks_of_a_gate_are_kept_while_the_map_asks() -> None:
    person = at_questions()
    while asking(person) != "gate-medicines":
        person.types("skip")
    person.taps("▢ Opioid pain medicine")
    person.taps("▢ Blood thinners")
    person.taps("Done")
    assert person.file.answers["gate/gate-medicines"].value == "blood-thinners,opioids"


def test_no_map_in_a_rest_while_setting_up_or_after_leaving() -> None:
    person = at_questions()
    person.types("crushing chest pain")
    for command in (Slash("map"), Pressed(Action("mp"), MessageId(3)), Typed("often")):
        person.does(command)
        assert "The course is resting" in person.words
    starting = Person()
    starting.types("/map")
    assert "Where are you" in starting.words
    gone = mapped({})
    gone.types("/stop")
    gone.does(Pressed(Action("mp", ("lv", "sleep")), MessageId(3)))
    assert CHOSEN not in gone.file.answers


moves = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 12)),
    st.tuples(st.just("press"), st.integers(0, 40)),
    st.tuples(
        st.just("type"),
        st.sampled_from(
            ("yes", "no", "often", "skip", "back", "2", "none of these", "not sure", "sleep", "done", "hm",
             "crushing chest pain", "I want to kill myself", "/map", "/flare", "/today", "/checkin", "x" * 99)
        ),
    ),
    st.tuples(
        st.just("odd"),
        st.builds(
            Action,
            st.sampled_from(("mp", "f", "fc", "ft", "fl", "cq")),
            st.lists(
                st.sampled_from(
                    ("map:2026-03-02", "map:2026-03-03", "map:²", "map:", "sg", "ln", "pt", "al", "lv", "new",
                     "slip", "later", "show", "yes", "no", "none", "0", "3", "9", "sleep-1", "2", "sleep",
                     "gate-medicines", "opioids", "done", "thoughts", "chest", "line", "half", "walk", "use",
                     "write", "add", "remove", "1", "")
                ),
                max_size=4,
            ).map(tuple),
        ),
    ),
    st.tuples(st.just("wait"), st.sampled_from((1, 7, 26, 24 * 9))),
)  # fmt: skip


@settings(max_examples=120)
@given(st.lists(moves, max_size=60))
def test_whatever_people_do_there_is_a_way_on_and_no_map_before_its_signs(
    todo: list[tuple[str, object]],
) -> None:
    person = enrolled()
    person.types("/map")
    for kind, value in todo:
        before = person.file
        decision = None
        match kind, value:
            case "press", int() as place if person.buttons:
                _, data, message_id = person.buttons[-1 - place % len(person.buttons)]
                action = decode(data)
                if action is None or action.args[:1] == ("erase",):
                    continue
                decision = person.does(Pressed(action, message_id))
            case "type", str() as text:
                decision = person.types(text)
            case "odd", Action() as action:
                decision = person.does(Pressed(action, MessageId(1)))
            case "wait", int() as hours:
                person.waits(timedelta(hours=hours))
        if decision is None:
            continue
        assert decision.outgoing or decision.toast
        _no_answer_before_its_signs(person, before.answers)
        state = person.file.dialogue.state
        if state.startswith("map/"):
            assert person.file.enrollment.rest is None or "since" in person.file.dialogue.data
            if decision.outgoing and decision.outgoing[-1].kind.value == "reply":
                assert decision.outgoing[-1].rows, "no way on"


def _no_answer_before_its_signs(person: Person, before: object) -> None:
    new = {
        slot
        for slot, answer in person.file.answers.items()
        if slot.startswith(PREFIX) and (not isinstance(before, dict) or before.get(slot) != answer)
    }
    if new:
        signs = person.file.answers[SIGNS]
        assert signs.value in ("none", "declined")
        assert signs.on == person.file.today(person.now)
