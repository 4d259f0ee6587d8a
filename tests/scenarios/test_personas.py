"""Every persona lives its days to the end: nobody gets stuck, nobody is crowded, each gets their own course.

A life takes a while to play, so one test plays it once and looks at everything: the chat as
the simulated Telegram has it, and the stored file, beside the course itself.
"""

import os
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from painbot.content.loader import courses_in, load_course, shipped_lessons
from painbot.core import activity, line_dialogue, pacing, window_dialogue
from painbot.core.asked import SKIPPED
from painbot.core.course import Course, Item
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.gates import Gate, held
from painbot.core.ids import ItemId
from painbot.core.lessons import skipped_slot
from painbot.simulate import Life, lived
from painbot.simulator.personas import PERSONAS
from painbot.simulator.telegram_types import Message

ASKED_FOR = "PAINBOT_WHOLE_COURSES"
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PART_WAY = {"gentle": 28, "quiet-ten-days": 31, "skips-trauma": 21}
"""For whom a few weeks show what sets them apart, and how many days these are.

A whole course takes half a minute of one core. With PAINBOT_WHOLE_COURSES=1 these are played to the end, too.
"""

IN_FULL = ("steady", "crashes", "opioids-and-thinners", *(PART_WAY if os.environ.get(ASKED_FOR) else ()))
FIRST_DAYS = tuple(name for name in PERSONAS if name not in {*IN_FULL, *PART_WAY})
APART = timedelta(hours=2)
A_REPLY = timedelta(minutes=1)
"""How long an answer or a planned message may take to go out."""

GATES_KNOWN = 4
"""From this course day on every safety question has been asked once."""


GATES = {
    "crashes": {Gate.CRASH},
    "opioids-and-thinners": {Gate.OPIOIDS, Gate.BLOOD_THINNERS, Gate.PHARMACIST, Gate.SLEEP_WINDOW},
}
"""What counts as yes at the end; nothing for everybody else."""


@pytest.fixture(scope="module")
def course() -> Course:
    (folder,) = courses_in(shipped_lessons())
    return load_course(folder, "en")


def from_bot(life: Life) -> list[Message]:
    return [message for message in life.chat.messages.values() if message.from_bot]


def at_first(message: Message) -> str:
    return message.edits[0].text if message.edits else message.text


def pushes(life: Life) -> list[Message]:
    """Return what the bot sent by itself: nobody had written or tapped in the minute before."""
    acts = [press.pressed_at for press in life.chat.presses]
    acts += [message.sent_at for message in life.chat.messages.values() if not message.from_bot]
    return [
        message
        for message in from_bot(life)
        if not any(timedelta(0) <= message.sent_at - at <= A_REPLY for at in acts)
    ]


def buttons_seen(life: Life) -> set[str]:
    on_show = (
        str(button.get("callback_data", ""))
        for message in from_bot(life)
        for row in message.inline_keyboard
        for button in row
    )
    return {*on_show, *(press.data for press in life.chat.presses)}


def squashed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def everything_said(life: Life) -> str:
    return squashed(" ".join(words for m in from_bot(life) for words in (m.text, *(e.text for e in m.edits))))


def all_cards(item: Item) -> set[str]:
    return {squashed(card.text) for one in (item, *(v.item for v in item.variants)) for card in one.cards}


def course_is_handed_out_and_ends(name: str, life: Life, course: Course) -> None:
    file = life.file
    assert {item.id for item in course.items} <= set(file.deliveries)
    last_check = {slot: answer.value for slot, answer in file.answers.items() if "check-08/" in slot}
    assert last_check.keys() >= {
        f"check:check-08/{asked}" for asked in ("peg-pain", "phq-down", "change", "harm")
    }
    assert SKIPPED not in last_check.values()
    assert file.enrollment.status is EnrollmentStatus.COMPLETED
    assert "been through the whole course" in life.transcript


def nothing_goes_wrong_or_is_said_twice_in_a_row(name: str, life: Life, course: Course) -> None:
    said = from_bot(life)
    assert not any("Something went wrong" in message.text for message in said)
    assert not any("could not take that in" in message.text for message in said)
    for before, after in pairwise(said):
        if (
            before.sent_at.astimezone(life.file.zone).date()
            == after.sent_at.astimezone(life.file.zone).date()
        ):
            assert at_first(before) != at_first(after)
            assert before.text != after.text


def nobody_is_crowded(name: str, life: Life, course: Course) -> None:
    sent = [message.sent_at.astimezone(life.file.zone) for message in pushes(life)]
    assert sent
    assert all(after - before >= APART - A_REPLY for before, after in pairwise(sent))
    assert max(Counter(at.date() for at in sent).values()) <= 2
    quiet = life.file.enrollment.quiet
    assert not [at for at in sent if quiet.contains(at.time())]


def cards_are_those_of_the_own_track(name: str, life: Life, course: Course) -> None:
    gates, said = held(life.file.answers), everything_said(life)
    first_day = START.date()
    for item in course.items:
        delivery = life.file.deliveries.get(item.id)
        read = delivery is not None and (delivery.finished_at or not item.is_read)
        if delivery is None or not read or (delivery.handed_out_on - first_day).days < GATES_KNOWN:
            continue
        own = {squashed(card.text) for card in item.fitted(gates).cards}
        if skipped_slot(item.id) in life.file.answers:
            own = set()
        assert [text for text in own if text not in said] == [], item.id
        assert [text for text in all_cards(item) - own if text in said] == [], item.id


def line_window_and_medicine_only_where_safe(name: str, life: Life, course: Course) -> None:
    gates, verbs = held(life.file.answers), {data.split("|")[1] for data in buttons_seen(life) if data}
    has_line = activity.may_have_a_line(life.file.answers)
    assert (activity.current(life.file.answers) is not None) == has_line
    assert (line_dialogue.VERB in verbs) == has_line
    assert (window_dialogue.VERB in verbs) == (Gate.SLEEP_WINDOW not in gates)
    about_ldn = [data for data in buttons_seen(life) if data.endswith("|ldn")]
    assert bool(about_ldn) == (Gate.OPIOIDS not in gates)


def persona_is_what_its_name_says(name: str, life: Life, course: Course) -> None:
    answers = life.file.answers
    assert held(answers) == GATES.get(name, set())
    assert (skipped_slot(ItemId("pne-11")) in answers) == (name == "skips-trauma")


def silence_brings_no_lesson_and_the_course_goes_on(name: str, life: Life, course: Course) -> None:
    days = {START.date() + timedelta(days=day - 1) for day in PERSONAS[name].away}
    acts = {press.pressed_at.astimezone(life.file.zone).date() for press in life.chat.presses}
    assert acts.isdisjoint(days)
    handed_out = Counter(d.handed_out_on for d in life.file.deliveries.values())
    assert sum(handed_out[day] for day in days) <= 2 + len(days) // pacing.DAYS_A_WEEK
    back = max(days) + timedelta(days=1)
    assert any(d.opened_at and d.opened_at.date() == back for d in life.file.deliveries.values())


def first_days_are_lived(name: str, life: Life, course: Course) -> None:
    transcript = life.transcript
    assert "Your pain is real" in transcript
    assert transcript.count("\n--- ") >= 2


def week_has_a_lesson_or_a_day_each_day(name: str, life: Life, course: Course) -> None:
    week = life.transcript.partition("--- Monday 9 March")[0]
    assert week.count("Today's lesson, about") == 3
    assert week.count("Thank you. That is all for today.") == 6
    assert "That was your first week" in week


def danger_sign_brings_the_card_and_no_lesson_after_it(name: str, life: Life, course: Course) -> None:
    _, _, after = life.transcript.partition("a hot swollen joint")
    assert "today" in after
    assert "The course is resting" in after
    assert "Today's lesson" not in after


ALWAYS = (nothing_goes_wrong_or_is_said_twice_in_a_row, nobody_is_crowded)
ON_THE_WAY = (cards_are_those_of_the_own_track, persona_is_what_its_name_says)
TO_THE_END = (course_is_handed_out_and_ends, line_window_and_medicine_only_where_safe)
ALSO = {
    "steady": week_has_a_lesson_or_a_day_each_day,
    "quiet-ten-days": silence_brings_no_lesson_and_the_course_goes_on,
    "worried": danger_sign_brings_the_card_and_no_lesson_after_it,
}


@pytest.mark.parametrize("name", IN_FULL)
def test_persona_lives_the_whole_course(name: str, course: Course) -> None:
    life = lived(PERSONAS[name], PERSONAS[name].whole_course, START)
    for holds in (*ALWAYS, *ON_THE_WAY, *TO_THE_END, *([ALSO[name]] if name in ALSO else [])):
        holds(name, life, course)


@pytest.mark.parametrize("name", [name for name in PART_WAY if name not in IN_FULL])
def test_persona_lives_the_weeks_that_make_the_difference(name: str, course: Course) -> None:
    life = lived(PERSONAS[name], PART_WAY[name], START)
    for holds in (*ALWAYS, *ON_THE_WAY, *([ALSO[name]] if name in ALSO else [])):
        holds(name, life, course)


@pytest.mark.parametrize("name", FIRST_DAYS)
def test_persona_lives_the_first_days(name: str, course: Course) -> None:
    life = lived(PERSONAS[name], 4, START)
    for holds in (*ALWAYS, first_days_are_lived, *([ALSO[name]] if name in ALSO else [])):
        holds(name, life, course)
