"""The pain map as a conversation: danger signs first, then what is still open, then what it shows.

One message is edited in place. Every step has a way back and can be left; /map goes on where it was, after
the danger signs of that day.
"""

from __future__ import annotations

from dataclasses import replace

from painbot.core import map_levers, map_questions, map_result, map_signs
from painbot.core.asked import TOGGLE, Asked
from painbot.core.commands import Pressed
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.forms import ANSWER, CHANGE
from painbot.core.ids import MessageId
from painbot.core.map_answers import (
    PREFIX,
    SIGNS,
    answer_of,
    current_date,
    done_dates,
    is_done,
    no_map_today,
    questions,
    signs_clear,
)
from painbot.core.map_questions import left
from painbot.core.map_sheet import RECIPE
from painbot.core.map_signs import ALONE, LINE, PAGES, PART, SLIP
from painbot.core.outgoing import Action, FileRecipe, Say
from painbot.core.own_lines import with_answer
from painbot.core.pain_map import VERB
from painbot.core.replies import button, say
from painbot.core.resting import stays


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
        return Decision(left(file), (map_result.view(file, s, done[-1], edits=edits),))
    return (
        map_questions.onward(file, s, edits)
        if signs_clear(file, today)
        else map_signs.asked(file, edits=edits)
    )


def _held(file: LearnerFile, s: Surroundings) -> Decision | None:
    """Return why there is no map now: a rest, or a danger sign earlier today."""
    if file.enrollment.rest is not None:
        return Decision(left(file), (stays(file, s.now),))
    if no_map_today(file, file.today(s.now)):
        row = (button("urgent-open", "u"), button("menu-today", "m", "today"))
        return Decision(left(file), (say("map-not-today", row),))
    return None


def _own(file: LearnerFile, s: Surroundings) -> tuple[Asked, ...]:
    """Return the current map's questions whose answers are its own, not a gate's."""
    asked = questions(file, current_date(file, file.today(s.now)))
    return tuple(each for each in asked if each.slot.startswith(PREFIX))


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
        return map_questions.pressed(file, action, s, edits) or opened(file, s)
    match what:
        case "new":
            return map_signs.asked(file, edits=edits)
        case "later":
            return Decision(left(file), (replace(say("map-left"), edits=edits),))
        case map_signs.PAGE:
            return _page_answered(file, s, name, more, edits)
        case map_signs.LINE | map_signs.PART | map_signs.ALONE:
            return _sign_pressed(file, s, what, name, edits)
        case map_result.PICK if done_dates(file):
            return map_levers.pressed(file, s, name, more == map_levers.ALL, edits)
        case "keep" if done_dates(file):
            sheet = FileRecipe(RECIPE, as_of=s.now)
            return Decision(file, (replace(say("map-keep-caption"), file=sheet),))
        case "show" if done_dates(file):
            return Decision(left(file), (map_result.view(file, s, done_dates(file)[-1], edits=edits),))
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
            return map_questions.onward(with_answer(file, SIGNS, "map-signs", "none", s), s, edits)
        case "decline":
            file, numbers = map_signs.declined(file, s)
            onward = map_questions.onward(file, s, None, Say("signs-declined"))
            return replace(onward, outgoing=(numbers, *onward.outgoing))
        case _:
            return map_signs.asked(file, len(PAGES), edits=edits)


def _dark(file: LearnerFile, s: Surroundings) -> Decision:
    finding = map_signs.dark_finding(s)
    return opened(file, s) if finding is None else map_signs.sign_there(file, s, finding, alone=True)


# -- typed words


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    """Take typed words as an answer to what the map asks; nothing where it asks nothing."""
    kept = _held(file, s)
    if kept is not None:
        return kept
    match file.dialogue.state:
        case map_signs.STATE:
            return _signs_typed(file, text, s)
        case map_questions.ASKING:
            return map_questions.typed(file, text, s) or opened(file, s)
        case map_levers.PICKING if done_dates(file):
            return map_levers.typed(file, text, s)
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
