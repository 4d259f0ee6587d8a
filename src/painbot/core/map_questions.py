"""The questions of the pain map in one message: asked in order, answered, gone back to and changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from painbot.core import map_result, map_signs
from painbot.core.asked import SKIPPED, TOGGLE, Asked, accepts, answer_rows, hint, understand, value_label
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.forms import ANSWER, CHANGE
from painbot.core.ids import MessageId
from painbot.core.map_answers import (
    answer_of,
    current_date,
    form_id,
    is_done,
    next_open,
    questions,
    signs_clear,
    with_result,
)
from painbot.core.mood import mood_noticed
from painbot.core.outgoing import Action, Button, Line, MessageKind, Outgoing, Row, Say, Words
from painbot.core.own_lines import with_answer
from painbot.core.pain_map import VERB
from painbot.core.replies import at_state, button, reply

ASKING: Final = "map/ask"


def pressed(file: LearnerFile, action: Action, s: Surroundings, edits: MessageId | None) -> Decision | None:
    """Answer a press on a question's button; nothing where it belongs to no map that is open now."""
    today = file.today(s.now)
    on = current_date(file, today)
    if action.args[0] != form_id(on) or not signs_clear(file, today):
        return None
    name, value = (*action.args[1:], "", "")[:2]
    asked = next((each for each in questions(file, on) if each.id == name), None)
    if action.verb == CHANGE and not name and is_done(file, on):
        return Decision(left(file), (_changing(file, s, edits),))
    if asked is None:
        return onward(file, s, edits)
    if action.verb == CHANGE:
        return _ask(file, s, asked, edits)
    if action.verb == TOGGLE:
        ticked = _ticked(file, asked)
        if value != "done":
            known = value in dict(asked.choices)
            return _ask(file, s, asked, edits, ticked=ticked ^ {value} if known else ticked)
        if not ticked:
            # Silence must never be stored as "none".
            return _ask(file, s, asked, edits)
        value = ",".join(sorted(ticked))
    if not accepts(asked, value):
        return _ask(file, s, asked, edits)
    return _answered(file, s, asked, value, edits)


def _answered(
    file: LearnerFile, s: Surroundings, asked: Asked, value: str, edits: MessageId | None
) -> Decision:
    """Keep an answer and go on; a positive mood pair brings its kind word with the help lines."""
    kept = with_answer(file, asked.slot, asked.id, value, s)
    return mood_noticed(file, onward(kept, s, edits), s)


def onward(file: LearnerFile, s: Surroundings, edits: MessageId | None, *before: Words) -> Decision:
    """Ask what is still open, or show what the map says."""
    on = current_date(file, file.today(s.now))
    asked = next_open(file, on)
    if asked is not None:
        return _ask(file, s, asked, edits, *before)
    file = left(with_result(file, on, s))
    return Decision(file, (map_result.view(file, s, on, *before, edits=edits),))


def _ticked(file: LearnerFile, asked: Asked) -> frozenset[str]:
    data = file.dialogue.data
    here = file.dialogue.state == ASKING and data.get("asking") == asked.id
    return frozenset(filter(None, data.get("ticked", "").split(","))) if here else frozenset()


def _ask(
    file: LearnerFile,
    s: Surroundings,
    asked: Asked,
    edits: MessageId | None,
    *before: Words,
    ticked: frozenset[str] = frozenset(),
) -> Decision:
    on = current_date(file, file.today(s.now))
    all_asked = questions(file, on)
    count = sum(answer_of(file, each, on) is not None for each in all_asked)
    title = Say("map-question", {"done": count, "total": len(all_asked)})
    words = (title, asked.note, asked.ask, asked.ends)
    parts = (*before, *(each for each in words if each is not None))
    place = next((at for at, each in enumerate(all_asked) if each.id == asked.id), 0)
    back = (
        Button(Say("back"), Action(CHANGE, (form_id(on), all_asked[place - 1].id)))
        if place > 0
        else button("back", VERB, "new")
    )
    ways: Row = (back, button("map-later", VERB, "later"))
    rows: tuple[Row, ...] = (*answer_rows(form_id(on), asked, ticked), ways)
    data = {"asking": str(asked.id), **({"ticked": ",".join(sorted(ticked))} if ticked else {})}
    return Decision(at_state(file, ASKING, **data), (replace(reply(parts, rows), edits=edits),))


def _changing(file: LearnerFile, s: Surroundings, edits: MessageId | None) -> Outgoing:
    """Return the list of answers to choose from for changing one."""
    on = current_date(file, file.today(s.now))
    given = [(each, answer_of(file, each, on)) for each in questions(file, on)]
    lines = tuple(Line(each.label, value_label(each, value)) for each, value in given if value is not None)
    buttons = tuple(Button(each.label, Action(CHANGE, (form_id(on), each.id))) for each, _ in given)
    rows = tuple(buttons[at : at + 2] for at in range(0, len(buttons), 2))
    return replace(reply((*lines, Say("form-which")), (*rows, (button("back", VERB, "show"),))), edits=edits)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as the answer to the question on show; nothing where the map is not open now."""
    today = file.today(s.now)
    on = current_date(file, today)
    all_asked = questions(file, on)
    name = file.dialogue.data.get("asking", "")
    place = next((at for at, each in enumerate(all_asked) if each.id == name), None)
    if place is None or not signs_clear(file, today):
        return None
    asked = all_asked[place]
    if s.read.read_back(text):
        return map_signs.asked(file) if place == 0 else _ask(file, s, all_asked[place - 1], None)
    value, sure = understand(asked, text, s)
    if value is None or not accepts(asked, value):
        again = _ask(file, s, asked, None, hint(asked), ticked=_ticked(file, asked))
        return replace(again, outgoing=(replace(again.outgoing[0], kind=MessageKind.PUZZLED),))
    if sure or value == SKIPPED:
        return _answered(file, s, asked, value, None)
    yes = Button(Say("yes"), Action(ANSWER, (form_id(on), asked.id, value)))
    no = Button(Say("no-choose"), Action(CHANGE, (form_id(on), asked.id)))
    shown = (Say("form-guess"), Line(asked.label, value_label(asked, value)))
    return Decision(file, (reply(shown, ((yes, no),)),))


def left(file: LearnerFile) -> LearnerFile:
    """Return the file with nothing of the map being asked; another conversation stays where it is."""
    return at_state(file, "idle") if file.dialogue.state.startswith("map/") else file
