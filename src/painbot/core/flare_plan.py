"""The flare plan: five lines written on a calm day, opened on a hard one.

It can be opened in every state, also in a rest or a pause, because flares do not wait. Danger signs come
first on it, and it never speaks of more medicine.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from painbot.core.commands import Pressed
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action, Line, Outgoing, Plain, Row, Say, Words
from painbot.core.own_lines import may_write, one_line, with_answer, without_answer
from painbot.core.replies import at_state, button, reply

VERB = "fl"
STATE = "flare/"
"""Where a line is being written; the line's id follows."""

WALK = "walk"
"""The argument of buttons that go on to the next line, while the whole plan is written."""


class PlanLine(StrEnum):
    """A line of the plan, in the order they are written and shown."""

    HALF = "half"
    KEEP = "keep"
    COMFORT = "comfort"
    TELL = "tell"
    HELP = "help"
    """When to get help; its standing words are always there, own ones may be added."""


LINES = tuple(PlanLine)


def slot_of(line: PlanLine) -> str:
    """Return the slot a line's words are kept in."""
    return f"flare-plan/{line.value}"


def written(file: LearnerFile, line: PlanLine) -> str | None:
    """Return the learner's own words of a line, if there are any."""
    stored = file.answers.get(slot_of(line))
    return stored.value if stored else None


def opened(file: LearnerFile, s: Surroundings) -> Decision:
    """Show the plan, or the first steps that hold for anyone where none is written yet."""
    return Decision(_left(file), (view(file, s),))


def view(
    file: LearnerFile, s: Surroundings, *before: Words, edits: MessageId | None = None, choosing: bool = False
) -> Outgoing:
    """Return the plan as a message, with its buttons; danger signs come first."""
    lines: list[Words] = []
    empty = all(written(file, line) is None for line in LINES)
    if empty:
        lines.append(Say("flare-steps"))
    else:
        for line in LINES:
            own = written(file, line)
            standing = Say("flare-help-standing") if line is PlanLine.HELP else None
            if standing is not None:
                lines.append(Line(Say("flare-line-help"), standing))
            if own is not None:
                label = "flare-line-help-own" if standing is not None else f"flare-line-{line.value}"
                lines.append(Line(Say(label), Plain(own)))
            elif standing is None:
                lines.append(Line(Say(f"flare-line-{line.value}"), Say("flare-not-yet")))
    head = (Say("flare-head"), Say("flare-first"))
    standing_help = (Say("flare-help-anyone"),) if empty else ()
    parts = (*before, *head, *lines, *standing_help, Say("flare-medicine"))
    return replace(reply(parts, _rows(file, s, empty, choosing)), edits=edits)


def _rows(file: LearnerFile, s: Surroundings, empty: bool, choosing: bool) -> tuple[Row, ...]:
    urgent: Row = (button("urgent-open", "u"),)
    if not may_write(file, s):
        return (urgent,)
    if empty:
        return (urgent, (button("flare-write", VERB, "write"),))
    if choosing:
        lines = tuple(button(f"flare-line-{line.value}", VERB, "line", line.value) for line in LINES)
        return (*((each,) for each in lines), (button("back", VERB, "show"),))
    return (urgent, (button("flare-change", VERB, "choose"),))


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button of the plan."""
    what, name, walk = (*action.args, "", "", "")[:3]
    edits = pressed.message_id
    if not what or not may_write(file, s):
        return opened(file, s)
    if what in ("write", "choose", "show"):
        if what == "write":
            return _ask(file, LINES[0], walk=True, edits=edits)
        return Decision(_left(file), (view(file, s, edits=edits, choosing=what == "choose"),))
    line = next((each for each in LINES if each.value == name), None)
    if line is None:
        return opened(file, s)
    match what:
        case "line":
            return _ask(file, line, walk=False, edits=edits)
        case "skip":
            return _onward(file, s, line, walk == WALK, edits)
        case "back":
            return _back(file, s, line, walk == WALK, edits)
        case "use":
            example = s.words(f"flare-example-{line.value}")
            return _onward(_kept(file, s, line, example), s, line, walk == WALK, edits)
        case "out":
            return _onward(without_answer(file, slot_of(line)), s, line, walk == WALK, edits)
        case _:
            return opened(file, s)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as the line being written; nothing where none is."""
    name = file.dialogue.state.removeprefix(STATE)
    line = next((each for each in LINES if each.value == name), None)
    if line is None or not may_write(file, s):
        return None
    walk = WALK in file.dialogue.data
    if s.read.read_back(text):
        return _back(file, s, line, walk, None)
    if s.read.read_skip(text) or not text.strip():
        return _onward(file, s, line, walk, None)
    return _onward(_kept(file, s, line, text), s, line, walk, None, Say("flare-kept"))


def _kept(file: LearnerFile, s: Surroundings, line: PlanLine, text: str) -> LearnerFile:
    return with_answer(file, slot_of(line), f"flare-{line.value}", one_line(text), s)


def _ask(file: LearnerFile, line: PlanLine, walk: bool, edits: MessageId | None, *before: Words) -> Decision:
    mode = (WALK,) if walk else ()
    own = written(file, line)
    parts: list[Words] = [*before]
    if walk:
        parts.append(Say("onb-step", {"number": LINES.index(line) + 1, "total": len(LINES)}))
    parts.append(Say(f"flare-ask-{line.value}"))
    example = Say(f"flare-example-{line.value}")
    parts.append(Line(Say("flare-for-example"), example))
    if own is not None:
        parts.append(Line(Say("flare-now"), Plain(own)))
    use: tuple[Row, ...] = ()
    # What somebody is told in the line about help, and whom they tell, only they can know.
    if line in (PlanLine.HALF, PlanLine.KEEP, PlanLine.COMFORT):
        use = ((button("flare-use", VERB, "use", line.value, *mode),),)
    out = ((button("flare-out", VERB, "out", line.value, *mode),),) if own is not None else ()
    skip = button("flare-keep" if own is not None else "form-skip", VERB, "skip", line.value, *mode)
    rows: tuple[Row, ...] = (*use, *out, (skip, button("back", VERB, "back", line.value, *mode)))
    state = at_state(file, f"{STATE}{line.value}", **({WALK: "yes"} if walk else {}))
    return Decision(state, (replace(reply(tuple(parts), rows), edits=edits),))


def _onward(
    file: LearnerFile, s: Surroundings, line: PlanLine, walk: bool, edits: MessageId | None, *before: Words
) -> Decision:
    """Go on to the next line, or show the plan after the last one."""
    at = LINES.index(line) + 1
    if walk and at < len(LINES):
        return _ask(file, LINES[at], True, edits, *before)
    return Decision(_left(file), (view(file, s, *before, edits=edits),))


def _back(
    file: LearnerFile, s: Surroundings, line: PlanLine, walk: bool, edits: MessageId | None
) -> Decision:
    at = LINES.index(line) - 1
    if walk and at >= 0:
        return _ask(file, LINES[at], True, edits)
    return Decision(_left(file), (view(file, s, edits=edits),))


def _left(file: LearnerFile) -> LearnerFile:
    """Return the file with no line being written; any other conversation stays where it is."""
    return at_state(file, "idle") if file.dialogue.state.startswith(STATE) else file
