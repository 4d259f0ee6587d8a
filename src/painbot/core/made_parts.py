"""Parts of an item that are made from the learner's own data: what is done by button, and what is told.

An item names them in `shows`. What is done (the pain map, the flare plan, questions for a clinician)
becomes a button under the small step; what is told becomes a message after the item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from painbot.core import (
    after_course,
    clinician_questions,
    flare_plan,
    line_dialogue,
    pain_map,
    progress,
    window_dialogue,
)
from painbot.core.course import Item
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.outgoing import Action, Button, Outgoing, Row, Say
from painbot.core.parts import MadePart

Teller = Callable[[LearnerFile, Surroundings], Outgoing | None]

DONE: Final[Mapping[MadePart, tuple[str, str]]] = {
    MadePart.PAIN_MAP: ("map-open", pain_map.VERB),
    MadePart.FLARE_PLAN: ("flare-open", flare_plan.VERB),
    MadePart.CLINICIAN_QUESTIONS: ("clinician-open", clinician_questions.VERB),
}
"""What is done by button: the button's words and its verb."""

TOLD: Final[Mapping[MadePart, Teller]] = {
    MadePart.SLEEP_NUMBER: window_dialogue.number_told,
    MadePart.WINDOW_OFFER: window_dialogue.offer_told,
    MadePart.WINDOW_REVIEW: window_dialogue.review_told,
    MadePart.STARTING_LINE: line_dialogue.starting_told,
    MadePart.STEP_OFFER: line_dialogue.step_told,
    MadePart.LINE_DAYS: line_dialogue.days_told,
    MadePart.MINUTES_THEN_NOW: line_dialogue.then_and_now_told,
    MadePart.SUMMARY: progress.summary_told,
    MadePart.KEEP_GOING: after_course.told,
}
"""What is told, each by the function that makes its message, or nothing where there is nothing to tell."""


def done_rows(item: Item) -> tuple[Row, ...]:
    """Return the buttons of the parts that are done."""
    found = (DONE.get(MadePart(name)) for name in item.shows)
    return tuple((Button(Say(words), Action(verb)),) for words, verb in (one for one in found if one))


def told(file: LearnerFile, item: Item, s: Surroundings) -> tuple[Outgoing, ...]:
    """Return the messages of the parts that are told."""
    tellers = (TOLD.get(MadePart(name)) for name in item.shows)
    messages = (teller(file, s) for teller in tellers if teller is not None)
    return tuple(message for message in messages if message is not None)
