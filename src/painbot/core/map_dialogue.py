"""The pain map as a conversation: danger signs first, then what is still open, then what it shows.

One message is edited in place. Every step has a way back and can be left; /map goes on where it was, after
the danger signs of that day.
"""

from __future__ import annotations

from dataclasses import replace

from painbot.core import map_result, map_signs
from painbot.core.asked import SKIPPED, TOGGLE, Asked, accepts, answer_rows, hint, understand, value_label
from painbot.core.commands import Pressed
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.forms import ANSWER, CHANGE
from painbot.core.ids import MessageId
from painbot.core.levers import CHOSEN
from painbot.core.map_answers import (
    PREFIX,
    SIGNS,
    answer_of,
    current_date,
    done_dates,
    form_id,
    is_done,
    next_open,
    no_map_today,
    questions,
    signs_clear,
    with_result,
)
from painbot.core.map_result import ALL, NO_LEVER
from painbot.core.map_signs import ALONE, LINE, PAGES, PART, SLIP
from painbot.core.mood import mood_noticed
from painbot.core.outgoing import Action, Button, Line, MessageKind, Outgoing, Row, Say, Words
from painbot.core.own_lines import with_answer
from painbot.core.pain_map import VERB
from painbot.core.parts import Lever
from painbot.core.replies import at_state, button, reply, say
from painbot.core.resting import stays

ASKING = "map/ask"
BACK = "back"


def is_of_map(action: Action) -> bool:
    """Say whether a button belongs to the map: its own, or one that answers its questions."""
    answers = action.verb in (ANSWER, CHANGE, TOGGLE)
    return action.verb == VERB or (answers and bool(action.args) and action.args[0].startswith(PREFIX))


def opened(file: LearnerFile, s: Surroundings, edits: MessageId | None = None) -> Decision:
    """Open the map: the last one, the one still open, or a new one with its danger signs."""
    kept = _held(file, s)
    if kept is not None:
        return kept
    today = file.today(s.now)
    on, done = current_date(file, today), done_dates(file)
    begun = any(answer_of(file, asked, on) is not None for asked in _own(file, s))
    if done and (is_done(file, on) or not begun):
        return Decision(_left(file), (map_result.view(file, s, done[-1], edits=edits),))
    return _onward(file, s, edits) if signs_clear(file, today) else map_signs.asked(file, edits=edits)


def _held(file: LearnerFile, s: Surroundings) -> Decision | None:
    """Return why there is no map now: a rest, or a danger sign earlier today."""
    if file.enrollment.rest is not None:
        return Decision(_left(file), (stays(file, s.now),))
    if no_map_today(file, file.today(s.now)):
        row = (button("urgent-open", "u"), button("menu-today", "m", "today"))
        return Decision(_left(file), (say("map-not-today", row),))
    return None


def _own(file: LearnerFile, s: Surroundings) -> tuple[Asked, ...]:
    """Return the current map's questions whose answers are its own, not a gate's."""
    asked = questions(file, current_date(file, file.today(s.now)))
    return tuple(each for each in asked if each.slot.startswith(PREFIX))


def _left(file: LearnerFile) -> LearnerFile:
    """Return the file with nothing of the map being asked; another conversation stays where it is."""
    return at_state(file, "idle") if file.dialogue.state.startswith("map/") else file


# -- buttons


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a button of the map."""
    edits = pressed.message_id
    what, name, more = (*action.args, "", "", "")[:3]
    if what == SLIP and action.verb == VERB:
        return map_signs.slipped(file, s)
    kept = _held(file, s)
    if kept is not None:
        return kept
    if action.verb != VERB:
        return _question_pressed(file, action, s, edits)
    match what:
        case "new":
            return map_signs.asked(file, edits=edits)
        case "later":
            return Decision(_left(file), (replace(say("map-left"), edits=edits),))
        case "sg":
            return _page_answered(file, s, name, more, edits)
        case "ln" | "pt" | "al":
            return _sign_pressed(file, s, what, name, edits)
        case "lv" if done_dates(file):
            return _lever_pressed(file, s, name, more == ALL, edits)
        case "show" if done_dates(file):
            return Decision(_left(file), (map_result.view(file, s, done_dates(file)[-1], edits=edits),))
        case _:
            return opened(file, s)


def _page_answered(
    file: LearnerFile, s: Surroundings, name: str, value: str, edits: MessageId | None
) -> Decision:
    now = map_signs.page_now(file)
    if now is None:
        # Its place is lost, as after something else in between: what is read first is asked again.
        return opened(file, s)
    if name != str(now):
        return Decision(file, toast="already-here")
    match value:
        case "none" if now < len(PAGES):
            return map_signs.asked(file, now + 1, edits=edits)
        case "one" if now < len(PAGES):
            return map_signs.which_line(file, now, edits)
        case "back":
            return map_signs.asked(file, max(now - 1, 0), edits=edits)
        case _:
            return map_signs.asked(file, now, edits=edits)


def _sign_pressed(
    file: LearnerFile, s: Surroundings, what: str, name: str, edits: MessageId | None
) -> Decision:
    if what == LINE:
        question = map_signs.question_of(name)
        return opened(file, s) if question is None else map_signs.which_part(file, question, edits)
    if what == PART:
        finding = map_signs.finding_of(name, s)
        return opened(file, s) if finding is None else map_signs.sign_there(file, s, finding)
    if map_signs.page_now(file) != len(PAGES):
        if name == "yes":
            return _dark(file, s)
        return opened(file, s)
    match name:
        case "yes":
            return _dark(file, s)
        case "no":
            return _onward(with_answer(file, SIGNS, "map-signs", "none", s), s, edits)
        case "decline":
            file, numbers = map_signs.declined(file, s)
            onward = _onward(file, s, None, Say("signs-declined"))
            return replace(onward, outgoing=(numbers, *onward.outgoing))
        case _:
            return map_signs.asked(file, len(PAGES), edits=edits)


def _dark(file: LearnerFile, s: Surroundings) -> Decision:
    finding = map_signs.dark_finding(s)
    return opened(file, s) if finding is None else map_signs.sign_there(file, s, finding, alone=True)


def _lever_pressed(
    file: LearnerFile, s: Surroundings, name: str, every: bool, edits: MessageId | None
) -> Decision:
    on = done_dates(file)[-1]
    match name:
        case "open" | "more":
            return map_result.picking(file, s, edits=edits, every=name == "more")
        case "none":
            file = _left(with_answer(file, CHOSEN, "levers", NO_LEVER, s))
            return Decision(file, (map_result.view(file, s, on, Say("map-no-lever-kept"), edits=edits),))
        case "done":
            return Decision(_left(file), (map_result.view(file, s, on, Say("map-levers-kept"), edits=edits),))
        case "back":
            return Decision(_left(file), (map_result.view(file, s, on, edits=edits),))
    lever = next((each for each in map_result.offered_levers(file, True) if each.value == name), None)
    if lever is None:
        return map_result.picking(file, s, edits=edits, every=every)
    return _lever_picked(file, s, lever, every, edits)


def _lever_picked(
    file: LearnerFile, s: Surroundings, lever: Lever, every: bool, edits: MessageId | None
) -> Decision:
    with_lever = map_result.picked(file, lever, s)
    if with_lever is None:
        return Decision(file, toast="map-three")
    return map_result.picking(with_lever, s, edits=edits, every=every)


# -- questions


def _question_pressed(
    file: LearnerFile, action: Action, s: Surroundings, edits: MessageId | None
) -> Decision:
    today = file.today(s.now)
    on = current_date(file, today)
    if action.args[0] != form_id(on) or not signs_clear(file, today):
        return opened(file, s)
    name, value = (*action.args[1:], "", "")[:2]
    asked = next((each for each in questions(file, on) if each.id == name), None)
    if action.verb == CHANGE and not name and is_done(file, on):
        return Decision(_left(file), (_changing(file, s, edits),))
    if asked is None:
        return _onward(file, s, edits)
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
    return mood_noticed(file, _onward(kept, s, edits), s)


def _onward(file: LearnerFile, s: Surroundings, edits: MessageId | None, *before: Words) -> Decision:
    """Ask what is still open, or show what the map says."""
    on = current_date(file, file.today(s.now))
    asked = next_open(file, on)
    if asked is not None:
        return _ask(file, s, asked, edits, *before)
    file = _left(with_result(file, on, s))
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


# -- typed words


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as an answer to what the map asks; nothing where it asks nothing."""
    kept = _held(file, s)
    if kept is not None:
        return kept
    match file.dialogue.state:
        case map_signs.STATE:
            return _signs_typed(file, text, s)
        case "map/ask":
            return _question_typed(file, text, s)
        case "map/levers" if done_dates(file):
            return _levers_typed(file, text, s)
        case _:
            return None


def _signs_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    page = map_signs.page_now(file)
    if page is None:
        return None
    if s.read.read_back(text):
        return map_signs.asked(file, max(page - 1, 0))
    if page == len(PAGES):
        return _alone_typed(file, text, s)
    line = map_signs.numbered(page, text)
    if line is not None:
        return map_signs.which_part(file, line, None)
    labels = {"none": s.words("signs-none"), "one": s.words("map-signs-one")}
    said = s.read.read_choice(text, {**labels, "not-sure": s.words("choice-gate-not-sure")})
    if s.read.read_plain_no(text) or (said.value == "none" and not said.confirm):
        return map_signs.asked(file, page + 1)
    if said.value in ("one", "not-sure") and not said.confirm:
        return map_signs.which_line(file, page, None)
    return map_signs.asked(file, page, Say("signs-tap"))


def _alone_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    if s.read.read_skip(text):
        return _sign_pressed(file, s, ALONE, "decline", None)
    if s.read.read_plain_no(text):
        return _sign_pressed(file, s, ALONE, "no", None)
    said = s.read.read_choice(text, {"yes": s.words("choice-gate-yes"), "no": s.words("choice-gate-no")})
    if said.value == "yes":
        # Better once too often: a yes with other words beside it is a yes here.
        return _sign_pressed(file, s, ALONE, "yes", None)
    return map_signs.asked(file, len(PAGES), Say("map-signs-alone-tap"))


def _question_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    today = file.today(s.now)
    on = current_date(file, today)
    all_asked = questions(file, on)
    name = file.dialogue.data.get("asking", "")
    place = next((at for at, each in enumerate(all_asked) if each.id == name), None)
    if place is None or not signs_clear(file, today):
        return opened(file, s)
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


def _levers_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    every = ALL in file.dialogue.data
    if s.read.read_back(text):
        return _lever_pressed(file, s, "back", every, None)
    if s.read.read_skip(text):
        return _lever_pressed(file, s, "done", every, None)
    levers = {lever.value: lever for lever in map_result.offered_levers(file, every)}
    labels = {name: s.words(f"lever-{name}") for name in levers}
    said = s.read.read_choice(text, {**labels, "done": s.words("form-done"), "none": s.words("map-no-lever")})
    if said.value in ("done", "none") and not said.confirm:
        return _lever_pressed(file, s, said.value, every, None)
    if said.value in levers and not said.confirm:
        picked = map_result.picked(file, levers[said.value], s)
        if picked is not None:
            return map_result.picking(picked, s, every=every)
        return map_result.picking(file, s, Say("map-three"), every=every)
    return map_result.picking(file, s, Say("form-hint-choice"), every=every)
