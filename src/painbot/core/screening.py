"""The danger-sign screen of onboarding, and what follows a tap on one of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.gates import CRISIS
from painbot.core.outgoing import Action, Button, Plain, Row, Say, Words
from painbot.core.replies import at_state, button, reply, safety, say
from painbot.core.resting import SEEN, ending_button, wait_words, with_rest
from painbot.core.triage.model import Finding
from painbot.core.triage.screen import SCREEN, ScreenQuestion

DOUBLE_TAP = timedelta(seconds=10)
"""The same button pressed again within this time is the same tap, not another wish."""

SIGNS = "onb"
SIGNS_STATE = "onboarding/signs"


def screen_question() -> tuple[Words, ...]:
    """Return the danger-sign screen: ten short questions in one message."""
    return (Say("signs-ask"), *line_words(SCREEN), Say("signs-lasting"))


def screen_rows() -> tuple[Row, ...]:
    """Return a button a line, and "none of these"."""
    numbers = line_buttons(SCREEN)
    return (numbers[:5], numbers[5:], (button("signs-none", SIGNS, "signs", "none"),))


def line_words(lines: Iterable[ScreenQuestion]) -> tuple[Words, ...]:
    """Return lines of the screen, each with its number."""
    return tuple(Say("signs-line", {"number": _number(line), "text": line.text}) for line in lines)


def line_buttons(lines: Iterable[ScreenQuestion]) -> Row:
    """Return a button for each of these lines of the screen."""
    return tuple(
        Button(Plain(str(_number(line))), Action(SIGNS, ("signs", f"q-{line.id}"))) for line in lines
    )


def _number(line: ScreenQuestion) -> int:
    return SCREEN.index(line) + 1


def part_rows(line: ScreenQuestion) -> tuple[Row, ...]:
    """Return the signs of a line as buttons, with "rather not say" where it may stay unsaid."""
    parts: tuple[Row, ...] = tuple(
        (Button(Plain(part.text), Action(SIGNS, ("signs", f"p-{part.id}"))),) for part in line.parts
    )
    declined: Row = (button("signs-rather-not", SIGNS, "signs", "decline"),)
    return (*parts, declined) if line.may_decline else parts


def signs_chosen(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    """Answer a tap on a line of the screen (its parts as buttons) or on a part (its card)."""
    question = next((q for q in SCREEN if value == f"q-{q.id}"), None)
    if question is not None:
        none: Row = (button("signs-back", SIGNS, "signs", "list"),)
        return Decision(file, (reply((Say("signs-which"),), (*part_rows(question), none)),))
    finding = s.safety.screen_finding(value.removeprefix("p-"))
    if finding is None:
        return Decision(file, (say("onb-where-we-are"),))
    mistake = button("signs-mistake", SIGNS, "signs", "list")
    onward = button("signs-go-on", SIGNS, "signs", "go-on")
    return after_card(file, s, finding, mistake, onward=(onward,), state=SIGNS_STATE)


def after_card(
    file: LearnerFile,
    s: Surroundings,
    finding: Finding,
    mistake: Button,
    *,
    onward: Row,
    state: str | None = None,
) -> Decision:
    """Show the card of a sign chosen on a screen, and rest as its level asks.

    `mistake` takes the tap back, `onward` goes on where nothing has to wait. A rest that this tap began is
    remembered in `state`, or beside what is being asked where the screen is not open.
    """
    card = safety(s.safety.card(finding, file.learner.country))
    rested = file if _tapped_before(file, finding, s.now) else with_rest(file, finding, s)
    rest = rested.enrollment.rest
    mistaken: Row = (mistake,)
    if rest is None:
        return Decision(rested, (card, reply((Say("signs-soon"),), ((*onward, *mistaken),))))
    if file.enrollment.rest is None:
        # Only the rest that this tap began can be taken back as a slip of the finger.
        asked = {} if state else rested.dialogue.data
        data = {**asked, "since": rest.since.isoformat(), "group": finding.group}
        rested = at_state(rested, state or rested.dialogue.state, **data)
    ending: tuple[Row, ...] = ((ending_button(rest),),) if rest.waits_for == SEEN else ()
    waits = reply((wait_words(rest),), (*ending, mistaken))
    return Decision(rested, (card, waits), cancel_pending=True)


def _tapped_before(file: LearnerFile, finding: Finding, now: datetime) -> bool:
    """Say whether this very sign began the rest a moment ago: a second tap begins no other."""
    rest, data = file.enrollment.rest, file.dialogue.data
    if rest is None or data.get("since") != rest.since.isoformat() or data.get("group") != finding.group:
        return False
    return now - rest.since <= DOUBLE_TAP


def taken_back(file: LearnerFile) -> LearnerFile | None:
    """Return the file without the rest that a mistaken tap on the screen began.

    Nothing where the rest has another reason, such as something typed: that one is not lifted here.
    """
    rest = file.enrollment.rest
    if rest is None:
        return file
    if file.dialogue.data.get("since") != rest.since.isoformat():
        return None
    noted = file.answers.get(CRISIS)
    answers = dict(file.answers)
    if noted is not None and noted.at == rest.since:
        del answers[CRISIS]
    return replace(file, answers=answers, enrollment=replace(file.enrollment, rest=None))
