"""The questions of day 0, one short step at a time, each with its way back."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.checkin import START_PEG, start_peg_form
from painbot.core.decisions import LearnerFile
from painbot.core.forms import FormState, view
from painbot.core.hours import clock_words, offered_rows
from painbot.core.outgoing import Button, Outgoing, ReplyKeyboard, Row, Say, Words
from painbot.core.replies import button, reply
from painbot.core.screening import screen_question, screen_rows

VERB = "onb"

STEPS = (
    "place",
    "age",
    "duration",
    "clinician",
    "signs",
    "lesson-hour",
    "checkin-hour",
    "goal",
    "peg",
    "ready",
)

GATES = ("age", "duration", "signs")
"""Questions that decide whether the course is for this person at all."""


def state_of(step: str) -> str:
    """Return the dialogue state of a step."""
    return f"onboarding/{step}"


def step_of(file: LearnerFile) -> str:
    """Return the step a learner is at; in a state this version does not know, the first open one."""
    if file.dialogue.data.get("form") == START_PEG:
        step = "peg"
    else:
        step = file.dialogue.state.partition("/")[2].partition("?")[0]
    if step not in STEPS:
        return _first_open(file)
    gate = open_gate(file)
    # Whatever led further, nobody gets past a question that keeps people safe.
    return step if gate is None or STEPS.index(step) <= STEPS.index(gate) else gate


def open_gate(file: LearnerFile) -> str | None:
    """Return the first step without which the course must not begin and that is still open."""
    if file.learner.zone is None:
        return "place"
    return next((step for step in GATES if f"onboarding/{step}" not in file.answers), None)


def _first_open(file: LearnerFile) -> str:
    if file.learner.zone is None:
        return "place"
    for step in ("age", "duration", "clinician", "signs"):
        if f"onboarding/{step}" not in file.answers:
            return step
    if start_peg_form().next_open(file) is None:
        return "ready"
    return "lesson-hour"


def question(file: LearnerFile, step: str, before: tuple[Words, ...]) -> Outgoing:
    """Return a step's question, after optional words about the answer just given."""
    head = Say("onb-step", {"number": STEPS.index(step) + 1, "total": len(STEPS)})
    rows = _rows(file, step)
    back = back_row(step)
    match step:
        case "peg":
            form = view(start_peg_form(), file, FormState(START_PEG))
            return replace(form, parts=(*before, head, *form.parts), rows=(*form.rows, *rows, *back))
        case "signs":
            parts: tuple[Words, ...] = (*before, head, *screen_question())
        case "ready":
            parts = (*before, *_summary(file))
        case _:
            parts = (*before, head, Say(f"onb-{step}"))
    asked = reply(parts, (*rows, *back))
    # A location can only be asked for by a keyboard under the text box.
    return replace(asked, keyboard=ReplyKeyboard.ASK_LOCATION) if step == "place" else asked


def _rows(file: LearnerFile, step: str) -> tuple[Row, ...]:
    match step:
        case "age" | "duration":
            return ((_choice(step, "yes"), _choice(step, "no")),)
        case "clinician":
            return ((_choice(step, "yes"), _choice(step, "no"), _skip(step)),)
        case "signs":
            return screen_rows()
        case "lesson-hour" | "checkin-hour":
            return offered_rows(file, VERB, step)
        case "goal":
            return ((_skip(step),),)
        case "peg" if start_peg_form().next_open(file) is None:
            return ((button("onb-go-on", VERB, step, "done"),),)
        case "ready":
            return ((button("onb-start", VERB, "ready", "start"),),)
        case _:
            return ()


def _choice(step: str, value: str) -> Button:
    return button(f"choice-{step}-{value}", VERB, step, value)


def _skip(step: str) -> Button:
    return button("form-skip", VERB, step, "skip")


def back_row(step: str) -> tuple[Row, ...]:
    """Return the way back to the step before."""
    return () if step == STEPS[0] else ((button("back", VERB, step, "back"),),)


def _summary(file: LearnerFile) -> tuple[Words, ...]:
    enrollment = file.enrollment
    return (
        Say(
            "onb-ready",
            {"lesson": clock_words(enrollment.lesson_time), "checkin": clock_words(enrollment.checkin_time)},
        ),
        Say("onb-promise"),
    )
