"""Step 0 of the pain map: the danger signs as three short lists, and one question by itself.

"Not sure" counts as "one of these". Whoever chooses one taps its line and then its sign, and gets the card
of that sign at its own level; there is no map that day.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.gates import WINDOW_KEPT
from painbot.core.ids import MessageId
from painbot.core.map_answers import SIGNS
from painbot.core.outgoing import Action, Button, Outgoing, Plain, Row, Say, Words
from painbot.core.own_lines import with_answer, without_answer
from painbot.core.pain_map import VERB
from painbot.core.replies import at_state, button, reply, safety
from painbot.core.resting import stays
from painbot.core.screening import after_card, taken_back
from painbot.core.triage.model import Finding, When
from painbot.core.triage.screen import SCREEN, ScreenQuestion

STATE: Final = "map/signs"
PAGE: Final = "sg"
LINE: Final = "ln"
PART: Final = "pt"
ALONE: Final = "al"
SLIP: Final = "slip"

_LISTED: Final = tuple(question for question in SCREEN if not question.may_decline)
_BY_ITSELF: Final = tuple(question for question in SCREEN if question.may_decline)
_PER_PAGE: Final = -(-len(_LISTED) // 3)
PAGES: Final = tuple(_LISTED[at : at + _PER_PAGE] for at in range(0, len(_LISTED), _PER_PAGE))


def asked(file: LearnerFile, page: int = 0, *before: Words, edits: MessageId | None = None) -> Decision:
    """Ask the list with this number, or after the last list the question that stands by itself."""
    file = at_state(file, STATE, page=str(page))
    shown = _page(page, before) if page < len(PAGES) else _alone(before)
    return Decision(file, (replace(shown, edits=edits),))


def page_now(file: LearnerFile) -> int | None:
    """Return which list is being asked, or nothing where none is."""
    page = file.dialogue.data.get("page", "")
    here = file.dialogue.state == STATE and page.isascii() and page.isdecimal()
    return min(int(page), len(PAGES)) if here else None


def _page(page: int, before: tuple[Words, ...]) -> Outgoing:
    head = (Say("map-intro"), Say("map-not-diagnosis"), Say("map-signs-why")) if page == 0 else ()
    parts = (*before, *head, Say("map-signs-ask", {"number": page + 1}), *_lines(page))
    answers: Row = (
        button("signs-none", VERB, PAGE, str(page), "none"),
        button("map-signs-one", VERB, PAGE, str(page), "one"),
    )
    back: Row = () if page == 0 else (button("back", VERB, PAGE, str(page), "back"),)
    rows = (answers, (button("choice-gate-not-sure", VERB, PAGE, str(page), "one"),), back)
    return reply(parts, (*(row for row in rows if row), (button("map-later", VERB, "later"),)))


def _alone(before: tuple[Words, ...]) -> Outgoing:
    parts = (*before, *(Plain(question.text) for question in _BY_ITSELF))
    answers = tuple(button(f"choice-gate-{value}", VERB, ALONE, value) for value in ("yes", "no"))
    rows: tuple[Row, ...] = (
        answers,
        (button("signs-rather-not", VERB, ALONE, "decline"),),
        (button("back", VERB, PAGE, str(len(PAGES)), "back"),),
    )
    return reply((Say("map-signs-alone"), *parts), rows)


def _lines(page: int) -> tuple[Words, ...]:
    first = page * _PER_PAGE + 1
    return tuple(
        Say("signs-line", {"number": number, "text": question.text})
        for number, question in enumerate(PAGES[page], start=first)
    )


def which_line(file: LearnerFile, page: int, edits: MessageId | None) -> Decision:
    """Ask which line of a list it is."""
    first = page * _PER_PAGE + 1
    numbers = tuple(
        Button(Plain(str(number)), Action(VERB, (LINE, question.id)))
        for number, question in enumerate(PAGES[page], start=first)
    )
    back: Row = (button("signs-back", VERB, PAGE, str(page), "list"),)
    shown = reply((Say("map-signs-which"), *_lines(page)), (numbers, back))
    return Decision(at_state(file, STATE, page=str(page)), (replace(shown, edits=edits),))


def which_part(file: LearnerFile, question: ScreenQuestion, edits: MessageId | None) -> Decision:
    """Ask which sign of a line it is; somebody who cannot tell gets the most pressing one's card."""
    page = next((number for number, each in enumerate(PAGES) if question in each), len(PAGES))
    parts: tuple[Row, ...] = tuple(
        (Button(Plain(part.text), Action(VERB, (PART, part.id))),) for part in question.parts
    )
    unsure: Row = (button("map-signs-cannot-tell", VERB, PART, question.id),)
    back: Row = (button("signs-back", VERB, PAGE, str(page), "list"),)
    rows = (*parts, unsure, back) if len(parts) > 1 else (*parts, back)
    shown = reply((Say("signs-which"), Plain(question.text)), rows)
    return Decision(at_state(file, STATE, page=str(page)), (replace(shown, edits=edits),))


def question_of(name: str) -> ScreenQuestion | None:
    """Return the line with this id."""
    return next((question for question in SCREEN if question.id == name), None)


def numbered(page: int, text: str) -> ScreenQuestion | None:
    """Return the line of a list that a typed number names."""
    first = page * _PER_PAGE + 1
    lines = {str(number): question for number, question in enumerate(PAGES[page], start=first)}
    return lines.get(text.strip())


def dark_finding(s: Surroundings) -> Finding | None:
    """Return the finding behind a yes to the question that stands by itself."""
    return next((finding_of(question.id, s) for question in _BY_ITSELF), None)


def finding_of(name: str, s: Surroundings) -> Finding | None:
    """Return the finding behind a sign, or behind a line its most pressing one."""
    question = question_of(name)
    if question is None:
        return s.safety.screen_finding(name)
    found = [s.safety.screen_finding(part.id) for part in question.parts]
    return max((each for each in found if each is not None), key=_pressing, default=None)


def _pressing(finding: Finding) -> tuple[int, int]:
    return finding.level.rank, -list(When).index(finding.when)


def sign_there(file: LearnerFile, s: Surroundings, finding: Finding, *, alone: bool = False) -> Decision:
    """Show the card of a sign that is there: no map today, and after a dark thought no sleep window."""
    file = with_answer(file, SIGNS, "map-signs", finding.group, s)
    if alone:
        file = with_answer(file, WINDOW_KEPT, "map-window-kept", "yes", s)
    mistake = button("signs-mistake", VERB, SLIP)
    decision = after_card(file, s, finding, mistake, onward=(), state=STATE)
    *cards, last = decision.outgoing
    last = replace(last, parts=(*last.parts, Say("map-not-today")))
    return replace(decision, outgoing=(*cards, last))


def slipped(file: LearnerFile, s: Surroundings) -> Decision:
    """Take a mistaken tap back: the rest it began, and its answers."""
    lifted = taken_back(file)
    if lifted is None:
        return Decision(file, (stays(file, s.now),))
    sign, kept = file.answers.get(SIGNS), file.answers.get(WINDOW_KEPT)
    if sign is not None and kept is not None and sign.at == kept.at:
        lifted = without_answer(lifted, WINDOW_KEPT)
    return asked(without_answer(lifted, SIGNS))


def declined(file: LearnerFile, s: Surroundings) -> tuple[LearnerFile, Outgoing]:
    """Return the file after "rather not say", and the help lines to show before the map goes on."""
    file = with_answer(file, SIGNS, "map-signs", "declined", s)
    file = with_answer(file, WINDOW_KEPT, "map-window-kept", "yes", s)
    return file, safety(s.safety.numbers(file.learner.country))
