"""The danger-sign screen of onboarding, and what follows a tap on one of its lines."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.gates import CRISIS
from painbot.core.outgoing import Action, Button, Plain, Row, Say, Words
from painbot.core.replies import at_state, button, reply, safety, say
from painbot.core.resting import SEEN, ending_button, with_rest
from painbot.core.triage.model import Finding
from painbot.core.triage.screen import SCREEN

SIGNS = "onb"
SIGNS_STATE = "onboarding/signs"


def screen_question() -> tuple[Words, ...]:
    """Return the danger-sign screen: ten short questions in one message."""
    lines = tuple(
        Say("signs-line", {"number": number, "text": question.text})
        for number, question in enumerate(SCREEN, start=1)
    )
    return (Say("signs-ask"), *lines, Say("signs-lasting"))


def screen_rows() -> tuple[Row, ...]:
    """Return a button a line, and "none of these"."""
    numbers = tuple(
        Button(Plain(str(number)), Action(SIGNS, ("signs", f"q-{question.id}")))
        for number, question in enumerate(SCREEN, start=1)
    )
    return (numbers[:5], numbers[5:], (button("signs-none", SIGNS, "signs", "none"),))


def signs_chosen(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    """Answer a tap on a line of the screen (its parts as buttons) or on a part (its card)."""
    question = next((q for q in SCREEN if value == f"q-{q.id}"), None)
    if question is not None:
        parts: tuple[Row, ...] = tuple(
            (Button(Plain(part.text), Action(SIGNS, ("signs", f"p-{part.id}"))),) for part in question.parts
        )
        none = button("signs-back", SIGNS, "signs", "list")
        if question.may_decline:
            parts = (*parts, (button("signs-rather-not", SIGNS, "signs", "decline"),))
        return Decision(file, (reply((Say("signs-which"),), (*parts, (none,))),))
    finding = s.safety.screen_finding(value.removeprefix("p-"))
    if finding is None:
        return Decision(file, (say("onb-where-we-are"),))
    mistake = button("signs-mistake", SIGNS, "signs", "list")
    onward = button("signs-go-on", SIGNS, "signs", "go-on")
    return after_card(file, s, finding, mistake, onward=(onward,), state=SIGNS_STATE)


def after_card(
    file: LearnerFile, s: Surroundings, finding: Finding, mistake: Button, *, onward: Row, state: str
) -> Decision:
    """Show the card of a sign chosen on a screen, and rest as its level asks.

    `mistake` takes the tap back, `onward` goes on where nothing has to wait, `state` is where a rest that
    this tap began is remembered.
    """
    card = safety(s.safety.card(finding, file.learner.country))
    rested = with_rest(file, finding, s)
    rest = rested.enrollment.rest
    mistaken: Row = (mistake,)
    if rest is None:
        return Decision(rested, (card, reply((Say("signs-soon"),), ((*onward, *mistaken),))))
    if file.enrollment.rest is None:
        # Only the rest that this tap began can be taken back as a slip of the finger.
        rested = at_state(rested, state, since=rest.since.isoformat(), group=finding.group)
    if rest.waits_for == SEEN:
        rows: tuple[Row, ...] = ((ending_button(rest),), mistaken)
        return Decision(rested, (card, reply((Say("signs-wait-seen"),), rows)))
    return Decision(rested, (card, reply((Say("signs-wait-day"),), (mistaken,))))


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
