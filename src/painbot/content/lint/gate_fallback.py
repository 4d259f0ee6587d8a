"""What is not safe for somebody has a form that leaves it out for them, also while they have not answered.

The offer to shorten the time in bed (`window-offer`) is for nobody with the gates sleep-window,
epilepsy-bipolar, fall or not-seen. The starting line, the step up and timed trials are for nobody with crash,
exercise or not-seen. An item that has one of them needs a variant for each of those gates, which lists
what it shows instead (`shows: []` for nothing).

Passes::

    shows: [window-offer]
    variants:
      - { id: steady, when: [sleep-window, epilepsy-bipolar, fall, not-seen], shows: [] }

Fails (somebody who may fall is offered a shorter night)::

    shows: [window-offer]
    variants:
      - { id: steady, when: [not-seen], shows: [] }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule
from painbot.content.lint.learners import Meeting, meetings
from painbot.core.gates import Gate
from painbot.core.parts import MadePart

NO_SHORTER_NIGHT: Final = (Gate.SLEEP_WINDOW, Gate.EPILEPSY_BIPOLAR, Gate.FALL, Gate.NOT_SEEN)
NO_TRIAL: Final = (Gate.CRASH, Gate.EXERCISE, Gate.NOT_SEEN)

UNSAFE_SHOWS: Final[Mapping[str, tuple[Gate, ...]]] = {
    MadePart.WINDOW_OFFER: NO_SHORTER_NIGHT,
    MadePart.STARTING_LINE: NO_TRIAL,
    MadePart.STEP_OFFER: NO_TRIAL,
}
UNSAFE_QUESTIONS: Final[Mapping[str, tuple[Gate, ...]]] = {
    "trial-1": NO_TRIAL,
    "trial-2": NO_TRIAL,
    "trial-3": NO_TRIAL,
    "line-minutes": NO_TRIAL,
}


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield parts and questions that reach somebody they are not safe for."""
    for item in source.items():
        if item.model is None:
            continue
        met = list(meetings(item, also={*NO_SHORTER_NIGHT, *NO_TRIAL}))
        for name, gates in UNSAFE_SHOWS.items():
            places = [(meeting, meeting.shows_at) for meeting in met if name in meeting.shows]
            yield from _problem(item, name, gates, places)
        for name, gates in UNSAFE_QUESTIONS.items():
            places = [
                (meeting, (*meeting.question_at, "id"))
                for meeting in met
                if meeting.question is not None and meeting.question.id == name
            ]
            yield from _problem(item, name, gates, places)


def _problem(
    item: ItemSource, name: str, gates: tuple[Gate, ...], places: list[tuple[Meeting, FieldPath]]
) -> Iterator[Diagnostic]:
    reached = {gate for meeting, _ in places for gate in gates if gate in meeting.gates}
    if reached:
        path = next(path for meeting, path in places if not reached.isdisjoint(meeting.gates))
        named = ", ".join(f"`{gate}`" for gate in gates if gate in reached)
        message = f"`{name}` reaches learners with {named}"
        remedy = f"add a variant with `when: [{', '.join(gates)}]` that leaves it out"
        yield item.document.problem(path, message, remedy, RULE.id)


RULE = Rule("gate-fallback", check)
