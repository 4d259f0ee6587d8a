"""Questions a learner wants to ask a clinician: a list in their own words, for the next visit."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.commands import Pressed
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action, Button, Line, Outgoing, Plain, Row, Say, Words
from painbot.core.own_lines import may_write, one_line, with_answer, without_answer
from painbot.core.replies import at_state, button, reply

VERB = "cq"
STATE = "clinician/question"
MOST = 20
_SLOTS = "clinician-question/"


def kept_questions(file: LearnerFile) -> tuple[tuple[int, str], ...]:
    """Return the kept questions with the numbers of their slots, in the order they were written."""
    found: list[tuple[int, str]] = []
    for slot, answer in file.answers.items():
        number = slot.removeprefix(_SLOTS)
        if slot.startswith(_SLOTS) and number.isascii() and number.isdecimal():
            found.append((int(number), answer.value))
    return tuple(sorted(found))


def opened(file: LearnerFile, s: Surroundings) -> Decision:
    """Show the list, with the ways to add and to remove."""
    return Decision(_left(file), (_list(file, s),))


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button of the list."""
    what, number = (*action.args, "", "")[:2]
    edits = pressed.message_id
    if not may_write(file, s):
        return opened(file, s)
    match what:
        case "add" if len(kept_questions(file)) < MOST:
            row = (button("back", VERB, "show"),)
            asked = replace(reply((Say("clinician-ask"),), (row,)), edits=edits)
            return Decision(at_state(file, STATE), (asked,))
        case "add":
            return Decision(_left(file), (_list(file, s, Say("clinician-full"), edits=edits),))
        case "choose":
            return Decision(_left(file), (_list(file, s, edits=edits, removing=True),))
        case "remove":
            file = without_answer(_left(file), f"{_SLOTS}{number}")
            return Decision(file, (_list(file, s, edits=edits),))
        case "show":
            return Decision(_left(file), (_list(file, s, edits=edits),))
        case _:
            return opened(file, s)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Keep typed words as a question; nothing where none is asked for."""
    if file.dialogue.state != STATE or not may_write(file, s):
        return None
    line = one_line(text)
    if not line or s.read.read_back(text) or s.read.read_skip(text):
        return opened(file, s)
    kept = kept_questions(file)
    if len(kept) >= MOST:
        return Decision(_left(file), (_list(file, s, Say("clinician-full")),))
    if line not in (text for _, text in kept):
        number = max((number for number, _ in kept), default=0) + 1
        file = with_answer(file, f"{_SLOTS}{number}", "clinician-question", line, s)
    return Decision(_left(file), (_list(file, s, Say("clinician-kept")),))


def _list(
    file: LearnerFile,
    s: Surroundings,
    *before: Words,
    edits: MessageId | None = None,
    removing: bool = False,
) -> Outgoing:
    kept = kept_questions(file)
    lines = tuple(Line(Plain(str(at)), Plain(text)) for at, (_, text) in enumerate(kept, start=1))
    rows: tuple[Row, ...] = ()
    if may_write(file, s):
        if removing and kept:
            numbers = tuple(
                Button(Plain(str(at)), Action(VERB, ("remove", str(number))))
                for at, (number, _) in enumerate(kept, start=1)
            )
            rows = tuple(numbers[at : at + 5] for at in range(0, len(numbers), 5))
            rows = (*rows, (button("back", VERB, "show"),))
            before = (*before, Say("clinician-which"))
        else:
            add: Row = (button("clinician-add", VERB, "add"),) if len(kept) < MOST else ()
            remove: Row = (button("clinician-remove", VERB, "choose"),) if kept else ()
            rows = tuple(row for row in (add, remove) if row)
    body: tuple[Words, ...] = lines or (Say("clinician-none"),)
    rows = (*rows, (button("menu-today", "m", "today"),))
    return replace(reply((*before, Say("clinician-head"), *body), rows), edits=edits)


def _left(file: LearnerFile) -> LearnerFile:
    """Return the file with no question being written; any other conversation stays where it is."""
    return at_state(file, "idle") if file.dialogue.state == STATE else file
