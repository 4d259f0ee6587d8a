"""Buttons that name a danger sign: they bring their signs or their card wherever the chat has gone on to.

Such buttons stay in the chat for good. Where their screen is open, its own room answers them
(`painbot.core.onboarding`, `painbot.core.map_dialogue`); everywhere else they are answered here, because
a danger sign is never too late.
"""

from __future__ import annotations

from typing import Final

from painbot.core import map_signs, onboarding, onboarding_steps, overview, pain_map
from painbot.core.consent import ask_consent_again, needs_consent
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.gates import WINDOW_KEPT
from painbot.core.map_answers import no_map_today
from painbot.core.outgoing import Action, Outgoing, Row, Say
from painbot.core.own_lines import with_answer
from painbot.core.replies import button, reply, safety, say
from painbot.core.resting import stays
from painbot.core.screening import SIGNS, after_card, line_buttons, line_words, part_rows, taken_back
from painbot.core.triage.model import Finding
from painbot.core.triage.screen import ScreenQuestion

DECLINED: Final = "decline"
SLIP: Final = Action(SIGNS, ("signs", "list"))

_NONE: Final[Row] = (button("signs-none", SLIP.verb, *SLIP.args),)

_Named = tuple[ScreenQuestion, ...] | ScreenQuestion | Finding | str


def out_of_place(file: LearnerFile, action: Action, s: Surroundings) -> Decision | None:
    """Answer a danger sign pressed while its screen is not open; nothing for every other press."""
    named = _named(action, s)
    if named is None or _in_place(file, action, s):
        return _slip(file, s) if action == SLIP else None
    if file.enrollment.status is EnrollmentStatus.LEFT:
        # Nothing is stored for somebody who left.
        return Decision(file, _shown(named, file.learner.country, s))
    if isinstance(named, Finding):
        mistake = button("signs-mistake", SLIP.verb, *SLIP.args)
        onward: Row = (button("menu-today", overview.MENU, "today"),)
        return after_card(file, s, named, mistake, onward=onward)
    if named == DECLINED:
        return _declined(file, s)
    return Decision(file, _shown(named, file.learner.country, s))


def for_stranger(action: Action, s: Surroundings) -> tuple[Outgoing, ...]:
    """Return what a danger sign brings somebody of whom nothing is kept; nothing for every other press."""
    named = _named(action, s)
    return () if named is None else _shown(named, None, s)


def _named(action: Action, s: Surroundings) -> _Named | None:
    """Return what a button names: a list of lines, a line, a sign, or that somebody would rather not say."""
    match (action.verb, *action.args):
        case (onboarding_steps.VERB, "signs", "decline") | (pain_map.VERB, map_signs.ALONE, "decline"):
            return DECLINED
        case (onboarding_steps.VERB, "signs", str(value)) if value.startswith("q-"):
            return map_signs.question_of(value.removeprefix("q-"))
        case (onboarding_steps.VERB, "signs", str(value)) if value.startswith("p-"):
            return s.safety.screen_finding(value.removeprefix("p-"))
        case (pain_map.VERB, map_signs.PAGE, str(page), "one"):
            found = [lines for number, lines in enumerate(map_signs.PAGES) if page == str(number)]
            return found[0] if found else None
        case (pain_map.VERB, map_signs.LINE, str(name)):
            return map_signs.question_of(name)
        case (pain_map.VERB, map_signs.PART, str(name)):
            return map_signs.finding_of(name, s)
        case (pain_map.VERB, map_signs.ALONE, "yes"):
            return map_signs.dark_finding(s)
        case _:
            return None


def _in_place(file: LearnerFile, action: Action, s: Surroundings) -> bool:
    """Say whether the screen that a button belongs to is open."""
    status = file.enrollment.status
    if needs_consent(file, s) or file.enrollment.rest is not None or status is EnrollmentStatus.LEFT:
        return False
    setting_up = status is EnrollmentStatus.ONBOARDING
    if action.verb == onboarding_steps.VERB:
        return setting_up and onboarding_steps.step_of(file) == "signs"
    if setting_up or no_map_today(file, file.today(s.now)):
        return False
    page = map_signs.page_now(file)
    match action.args:
        case (map_signs.PAGE, number, *_):
            return number == str(page)
        case (map_signs.ALONE, *_):
            return page == len(map_signs.PAGES)
        case _:
            return page is not None


def _shown(named: _Named, country: str | None, s: Surroundings) -> tuple[Outgoing, ...]:
    match named:
        case Finding():
            return (safety(s.safety.card(named, country)),)
        case ScreenQuestion():
            return (reply((Say("signs-which"),), (*part_rows(named), _NONE)),)
        case tuple():
            return (reply((Say("map-signs-which"), *line_words(named)), (line_buttons(named), _NONE)),)
        case _:
            return (safety(s.safety.numbers(country)),)


def _declined(file: LearnerFile, s: Surroundings) -> Decision:
    """Show the help lines; like a dark thought, not saying keeps the nights as they are."""
    numbers = _shown(DECLINED, file.learner.country, s)
    if needs_consent(file, s):
        return Decision(file, (*numbers, say("signs-declined")))
    file = with_answer(file, WINDOW_KEPT, "map-window-kept", "yes", s)
    return Decision(file, (*numbers, say("signs-declined", overview.menu_row())))


def _slip(file: LearnerFile, s: Surroundings) -> Decision | None:
    """Take back the rest that a tap by mistake began; nothing where there is none, or its screen is open."""
    setting_up = file.enrollment.status is EnrollmentStatus.ONBOARDING
    at_screen = setting_up and onboarding_steps.step_of(file) == "signs" and not needs_consent(file, s)
    if file.enrollment.rest is None or file.enrollment.status is EnrollmentStatus.LEFT or at_screen:
        return None
    if file.dialogue.state == map_signs.STATE:
        return map_signs.slipped(file, s)
    lifted = taken_back(file)
    if lifted is None:
        return Decision(file, (stays(file, s.now),))
    if needs_consent(lifted, s):
        return ask_consent_again(lifted, s)
    return onboarding.again(lifted, s) if setting_up else overview.today(lifted, s)
