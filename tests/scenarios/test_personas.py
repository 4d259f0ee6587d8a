"""Every persona lives its days to the end: nobody gets stuck, nobody is crowded, each gets their own course.

The whole courses are played in two processes at once. What is looked at is the chat as the simulated
Telegram has it and the stored file, beside the course itself.
"""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from multiprocessing import get_context

import pytest

from painbot.content.loader import courses_in, load_course, shipped_lessons
from painbot.core import activity, line_dialogue, pacing, window_dialogue
from painbot.core.asked import SKIPPED
from painbot.core.course import Course, Item
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.gates import Gate, held
from painbot.core.lessons import skipped_slot
from painbot.log import set_up_logging
from painbot.simulate import Life, lived
from painbot.simulator.personas import PERSONAS
from painbot.simulator.telegram_types import Message

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WHOLE = ("gentle", "crashes", "opioids-and-thinners", "quiet-ten-days", "steady", "skips-trauma")
FIRST_DAYS = tuple(name for name in PERSONAS if name not in WHOLE)
APART = timedelta(hours=2)
A_REPLY = timedelta(minutes=1)
"""How long an answer or a planned message may take to go out."""

GATES_KNOWN = 4
"""From this course day on every safety question has been asked once."""


@pytest.fixture(scope="module")
def lives() -> Iterator[dict[str, Future[Life]]]:
    days = {name: PERSONAS[name].whole_course for name in WHOLE} | dict.fromkeys(FIRST_DAYS, 4)
    with ProcessPoolExecutor(2, get_context("spawn"), set_up_logging, ("console", "error")) as pool:
        yield {name: pool.submit(lived, PERSONAS[name], many, START) for name, many in days.items()}


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


@pytest.mark.parametrize("name", WHOLE)
def test_whole_course_is_handed_out_and_ends(
    name: str, lives: dict[str, Future[Life]], course: Course
) -> None:
    file = lives[name].result().file
    assert set(file.deliveries) == {item.id for item in course.items}
    last_check = {slot: answer.value for slot, answer in file.answers.items() if "check-08/" in slot}
    assert last_check.keys() >= {
        f"check:check-08/{asked}" for asked in ("peg-pain", "phq-down", "change", "harm")
    }
    assert SKIPPED not in last_check.values()
    assert file.enrollment.status is EnrollmentStatus.COMPLETED
    assert "been through the whole course" in lives[name].result().transcript


@pytest.mark.parametrize("name", PERSONAS)
def test_nothing_goes_wrong_and_nothing_is_said_twice_in_a_row(
    name: str, lives: dict[str, Future[Life]]
) -> None:
    life = lives[name].result()
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


@pytest.mark.parametrize("name", PERSONAS)
def test_nobody_is_crowded(name: str, lives: dict[str, Future[Life]]) -> None:
    life = lives[name].result()
    sent = [message.sent_at.astimezone(life.file.zone) for message in pushes(life)]
    assert sent
    assert all(after - before >= APART - A_REPLY for before, after in pairwise(sent))
    assert max(Counter(at.date() for at in sent).values()) <= 2
    quiet = life.file.enrollment.quiet
    assert not [at for at in sent if quiet.contains(at.time())]


@pytest.mark.parametrize("name", WHOLE)
def test_each_reads_the_cards_of_their_own_track_and_no_others(
    name: str, lives: dict[str, Future[Life]], course: Course
) -> None:
    life = lives[name].result()
    gates, said = held(life.file.answers), everything_said(life)
    first_day = START.date()
    for item in course.items:
        handed_out_on: date = life.file.deliveries[item.id].handed_out_on
        if (handed_out_on - first_day).days < GATES_KNOWN or item.id in life.file.answers:
            continue
        own = {squashed(card.text) for card in item.fitted(gates).cards}
        if skipped_slot(item.id) in life.file.answers:
            own = set()
        assert [text for text in own if text not in said] == [], item.id
        assert [text for text in all_cards(item) - own if text in said] == [], item.id


@pytest.mark.parametrize("name", WHOLE)
def test_line_window_and_warned_medicine_only_for_whom_they_are_safe(
    name: str, lives: dict[str, Future[Life]]
) -> None:
    life = lives[name].result()
    gates, verbs = held(life.file.answers), {data.split("|")[1] for data in buttons_seen(life) if data}
    has_line = activity.may_have_a_line(life.file.answers)
    assert (activity.current(life.file.answers) is not None) == has_line
    assert (line_dialogue.VERB in verbs) == has_line
    assert (window_dialogue.VERB in verbs) == (Gate.SLEEP_WINDOW not in gates)
    about_ldn = [data for data in buttons_seen(life) if data.endswith("|ldn")]
    assert bool(about_ldn) == (Gate.OPIOIDS not in gates)


def test_personas_are_what_their_names_say(lives: dict[str, Future[Life]]) -> None:
    gates = {name: held(lives[name].result().file.answers) for name in WHOLE}
    assert Gate.CRASH in gates["crashes"]
    assert {Gate.OPIOIDS, Gate.BLOOD_THINNERS, Gate.SLEEP_WINDOW} <= gates["opioids-and-thinners"]
    assert Gate.SEDATIVES not in gates["opioids-and-thinners"]
    assert gates["steady"] == frozenset()
    skipped = {name: "skipped/pne-11" in lives[name].result().file.answers for name in WHOLE}
    assert skipped == {name: name == "skips-trauma" for name in WHOLE}


def test_silence_brings_no_lesson_and_the_course_goes_on_where_it_was(lives: dict[str, Future[Life]]) -> None:
    life = lives["quiet-ten-days"].result()
    days = {START.date() + timedelta(days=day - 1) for day in PERSONAS["quiet-ten-days"].away}
    acts = {press.pressed_at.astimezone(life.file.zone).date() for press in life.chat.presses}
    assert acts.isdisjoint(days)
    handed_out = Counter(d.handed_out_on for d in life.file.deliveries.values())
    assert sum(handed_out[day] for day in days) <= 2 + len(days) // pacing.DAYS_A_WEEK
    back = max(days) + timedelta(days=1)
    assert any(d.opened_at and d.opened_at.date() == back for d in life.file.deliveries.values())


@pytest.mark.parametrize("name", FIRST_DAYS)
def test_persona_lives_the_first_days_of_the_course(name: str, lives: dict[str, Future[Life]]) -> None:
    transcript = lives[name].result().transcript
    assert "Your pain is real" in transcript
    assert transcript.count("\n--- ") >= 2


def test_steady_week_has_a_lesson_or_a_day_each_day(lives: dict[str, Future[Life]]) -> None:
    week = lives["steady"].result().transcript.partition("--- Monday 9 March")[0]
    assert week.count("Today's lesson, about") == 3
    assert week.count("Thank you. That is all for today.") == 6
    assert "That was your first week" in week


def test_worried_person_gets_the_card_and_no_lesson_after_it(lives: dict[str, Future[Life]]) -> None:
    _, _, after = lives["worried"].result().transcript.partition("a hot swollen joint")
    assert "today" in after
    assert "The course is resting" in after
    assert "Today's lesson" not in after
