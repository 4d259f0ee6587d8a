"""The conversation: which part of the core answers what a person did.

`decide` never fails for an ordinary input: whatever the state, there is an answer and a way on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from painbot.core import (
    after_course,
    clinician_questions,
    erasing,
    flare_plan,
    form_answers,
    leaving,
    lessons,
    line_dialogue,
    looking_up,
    map_dialogue,
    onboarding,
    onboarding_steps,
    overview,
    pictures,
    quizzes,
    resting,
    settings_dialogue,
    sign_buttons,
    strangers,
    window_dialogue,
)
from painbot.core.checkin import START_PEG
from painbot.core.commands import (
    BlockedBot,
    Command,
    Edited,
    GroupContact,
    Media,
    Pressed,
    SentMedia,
    SharedLocation,
    Slash,
    Typed,
    UnblockedBot,
)
from painbot.core.consent import agreed, ask_consent_again, declined, needs_consent
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.forms import FormState
from painbot.core.outgoing import Action, MessageKind, Outgoing, Say, Words
from painbot.core.planning import going_on, next_words, pause_words, replanned
from painbot.core.replies import ASIDE, at_state, button, reply, safety, say

ALWAYS_ALLOWED = frozenset({"urgent", "flare", "help", "about", "privacy", "export", "delete", "stop"})
"""Commands that need no consent to the current text: they store nothing new, or take away."""


def decide(file: LearnerFile, command: Command, s: Surroundings) -> Decision:
    """Answer one thing a learner did, and set what is due next."""
    s = s.fitted(file)
    if not (isinstance(command, Pressed) and command.action == erasing.CONFIRM):
        file = erasing.unasked(file)
    there = reachable(file, s.now)
    decision = _rest_kept(there, window_dialogue.guarded(_decide(there, command, s), s))
    return replace(decision, file=replanned(decision.file, s.course, s.now))


def _rest_kept(before: LearnerFile, decision: Decision) -> Decision:
    """Say to somebody who pauses in a rest that the rest goes on beside the pause."""
    was, now = before.enrollment, decision.file.enrollment
    pauses = now.status is EnrollmentStatus.PAUSED
    if not pauses or (was.status, was.paused_until) == (now.status, now.paused_until):
        return decision
    if not resting.is_asked_about(decision.file):
        return decision
    *first, last = decision.outgoing
    return replace(decision, outgoing=(*first, replace(last, parts=(*last.parts, Say("paused-at-rest")))))


def reachable(file: LearnerFile, now: datetime) -> LearnerFile:
    """Return the file of somebody who sent something, whatever it was: they can be reached again."""
    if file.enrollment.status is not EnrollmentStatus.UNREACHABLE:
        return file
    status = file.enrollment.status_before or EnrollmentStatus.ACTIVE
    return going_on(
        replace(file, enrollment=replace(file.enrollment, status=status, status_before=None)), now
    )


def unreachable(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file of somebody who blocked the bot or closed the account."""
    enrollment = file.enrollment
    if enrollment.status is EnrollmentStatus.UNREACHABLE:
        return file
    gone = replace(enrollment, status=EnrollmentStatus.UNREACHABLE, status_before=enrollment.status)
    return replanned(replace(file, enrollment=gone), s.course, s.now)


def _decide(file: LearnerFile, command: Command, s: Surroundings) -> Decision:
    match command:
        case BlockedBot():
            return Decision(unreachable(file, s), cancel_pending=True)
        case UnblockedBot():
            return _back_again(file, s)
        case GroupContact():
            return Decision(file)
        case Slash(name, rest):
            if needs_consent(file, s) and name not in ALWAYS_ALLOWED:
                return ask_consent_again(file, s)
            return _slash(_aside_closed(file), name, rest, s)
        case Pressed(action, _) if action is not None:
            return _pressed(file, command, action, s)
        case Pressed():
            return Decision(file, (say("button-old", overview.menu_row()),))
        case _ if needs_consent(file, s):
            return ask_consent_again(file, s)
        case Typed(text):
            return _typed(file, text, s)
        case SharedLocation(latitude, longitude):
            return _located(file, s.read.zone_at(latitude, longitude), s)
        case SentMedia(media):
            return Decision(file, (_cannot_read(media),))
        case Edited():
            return Decision(file, (_puzzled("edited"),))


def _aside_closed(file: LearnerFile) -> LearnerFile:
    """Doing something else closes a question beside the course: what is typed later is no answer to it."""
    return at_state(file, "idle") if file.dialogue.state.startswith(ASIDE) else file


def _consent_pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    answer = action.args[0] if action.args else ""
    if not needs_consent(file, s):
        if answer != "no":
            return Decision(file, toast="already-here")
        return Decision(file, (say("consent-stands", (button("delete-all", leaving.VERB, "ask"),)),))
    if answer == "no":
        return Decision(
            declined(file, s), (say("consent-later", (button("delete-all", leaving.VERB, "ask"),)),)
        )
    if answer != s.consent_version:
        return ask_consent_again(file, s)
    file = agreed(file, s)
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return onboarding.or_rest(file, s)
    return overview.today(file, s)


def _back_again(file: LearnerFile, s: Surroundings) -> Decision:
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return onboarding.or_rest(file, s)
    if file.enrollment.status is not EnrollmentStatus.ACTIVE:
        return Decision(file)
    shown = overview.today(file, s)
    first = shown.outgoing[0]
    return replace(shown, outgoing=(replace(first, parts=(Say("unblocked"), *first.parts)),))


def _slash(file: LearnerFile, name: str, rest: str, s: Surroundings) -> Decision:
    status = file.enrollment.status
    onboarding_now = status is EnrollmentStatus.ONBOARDING
    match name:
        case "urgent":
            return Decision(file, (safety(s.safety.urgent(file.learner.country)),))
        case "flare":
            return flare_plan.opened(file, s)
        case "help":
            return Decision(file, (help_message(),))
        case "about":
            return looking_up.about(file, s)
        case "privacy":
            return Decision(file, (leaving.privacy(s),))
        case "export":
            return leaving.export(file, s)
        case "delete":
            return leaving.ask_delete(file, s)
        case "stop":
            return leaving.stop(file, s)
        case _ if onboarding_now:
            return onboarding.or_rest(file, s)
        case _ if status is EnrollmentStatus.LEFT:
            return overview.today(file, s)
        case "start":
            return _start(file, s)
        case "today":
            return overview.today(file, s)
        case "next":
            return overview.bring_next(file, s)
        case "checkin":
            return overview.open_checkin(file, s)
        case "pause":
            return settings_dialogue.pause_asked(file, s, rest)
        case "resume":
            return settings_dialogue.resume(file, s)
        case "slower":
            return settings_dialogue.slower(file, s)
        case "toolkit":
            return looking_up.toolkit(file, s)
        case "questions":
            return looking_up.questions(file, s)
        case "map":
            return map_dialogue.opened(file, s)
        case "settings":
            return settings_dialogue.menu(file, s)
        case _:
            return Decision(file, (_puzzled("unknown-command"),))


def _start(file: LearnerFile, s: Surroundings) -> Decision:
    """Never start over: say so and show where the learner is."""
    shown = overview.today(file, s)
    first = shown.outgoing[0]
    return replace(shown, outgoing=(replace(first, parts=(Say("start-again"), *first.parts)),))


def _pressed(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    if action.verb not in ("set", "pz", "u") and not map_dialogue.is_of_map(action):
        file = _aside_closed(file)
    sign = sign_buttons.out_of_place(file, action, s)
    if sign is not None:
        return sign
    match action.verb:
        case "consent":
            return _consent_pressed(file, action, s)
        case "lv":
            return leaving.press(file, pressed, action, s)
        case "u":
            return Decision(file, (safety(s.safety.urgent(file.learner.country)),))
        case "rest":
            return _rest_pressed(file, action, s)
        case strangers.HELLO:
            return Decision(file, (leaving.privacy(s),))
        case _ if needs_consent(file, s):
            return ask_consent_again(file, s)
        case _ if file.enrollment.status is EnrollmentStatus.ONBOARDING and _leads_away(file, action):
            return onboarding.or_rest(file, s)
        case _ if file.enrollment.status is EnrollmentStatus.LEFT and action.verb != overview.MENU:
            # Nothing is stored for somebody who left; the way back is one tap.
            return overview.today(file, s)
        case "onb":
            return onboarding.press(file, action, s)
        case _ if map_dialogue.is_of_map(action):
            return map_dialogue.press(file, pressed, action, s)
        case "f" | "fc" | "ft":
            return form_answers.press(file, pressed, action, s)
        case verb if verb in lessons.READING:
            return lessons.press(file, pressed, action, s)
        case verb if verb in looking_up.READING:
            return looking_up.press(file, action, s)
        case flare_plan.VERB:
            return flare_plan.press(file, pressed, action, s)
        case clinician_questions.VERB:
            return clinician_questions.press(file, pressed, action, s)
        case after_course.VERB:
            return after_course.press(file, action, s)
        case line_dialogue.VERB:
            return line_dialogue.press(file, action, s)
        case window_dialogue.VERB:
            return window_dialogue.press(file, action, s)
        case pictures.DESCRIBE:
            return pictures.describe(file, action, s)
        case "ci":
            return overview.open_checkin(file, s, action.args[0] if action.args else None)
        case "ck":
            return form_answers.open_check(file, action, s)
        case "set":
            return settings_dialogue.press(file, action, s)
        case "pz":
            return settings_dialogue.pause_pressed(file, action, s)
        case "m":
            return _menu_pressed(file, action, s)
        case _:
            return Decision(file, (say("button-old", overview.menu_row()),))


def _leads_away(file: LearnerFile, action: Action) -> bool:
    """Say whether a button pressed while setting up belongs to another day, or jumps over a question."""
    subject = action.args[0] if action.args else ""
    match action.verb:
        case "onb":
            return False
        case "f" | "fc":
            # At "ready" its three answers can still be changed.
            at_peg = onboarding_steps.step_of(file) in ("peg", "ready")
            return subject != START_PEG or not at_peg or file.enrollment.rest is not None
        case overview.MENU:
            return subject != "help"
        case _:
            return True


def _rest_pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    held = resting.held(file, action, s)
    if held is not None:
        return held
    file = resting.ended(file, s)
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return onboarding.after_rest(file, s)
    if file.enrollment.status is EnrollmentStatus.LEFT:
        return overview.today(file, s)
    match file.enrollment.status:
        case EnrollmentStatus.PAUSED:
            words: tuple[Words, ...] = (
                Say("rest-ended-alone"),
                Say("today-paused"),
                pause_words(file, s.now),
            )
        case EnrollmentStatus.COMPLETED:
            words = (Say("rest-ended-alone"),)
        case _:
            words = (Say("rest-ended"), next_words(file, s.course, s.now))
    return Decision(file, (reply(words),))


def _menu_pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    match action.args[0] if action.args else "":
        case "resume":
            return settings_dialogue.resume(file, s)
        case "slower" if file.enrollment.status is EnrollmentStatus.ACTIVE:
            return settings_dialogue.slower(file, s)
        case "back":
            return leaving.come_back(file, s)
        case "help":
            return Decision(file, (help_message(),))
        case _ if file.enrollment.status is EnrollmentStatus.ONBOARDING:
            return onboarding.or_rest(file, s)
        case _:
            return overview.today(file, s)


# -- typed words and other things


def _typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    status = file.enrollment.status
    if status is EnrollmentStatus.LEFT:
        return overview.today(file, s)
    if file.enrollment.rest is not None:
        return _typed_at_rest(file, text, s)
    if file.dialogue.state == "form":
        answered = form_answers.typed(file, text, s)
        if answered is not None:
            return answered
    if status is EnrollmentStatus.ONBOARDING:
        return _onboarding_typed(file, text, s)
    answered = _aside_typed(file, text, s)
    return Decision(file, (_puzzled("puzzled"),)) if answered is None else answered


def _aside_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision | None:
    match file.dialogue.state.partition("/")[0]:
        case "settings":
            return settings_dialogue.typed(file, text, s)
        case "flare":
            return flare_plan.typed(file, text, s)
        case "clinician":
            return clinician_questions.typed(file, text, s)
        case "map":
            return map_dialogue.typed(file, text, s)
        case quizzes.STATE:
            return quizzes.typed(file, text, s)
        case _:
            return None


def _typed_at_rest(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    """Take words in a rest as the answer to a settings question, never to what was asked before the rest."""
    if file.dialogue.state.startswith("settings/"):
        answered = settings_dialogue.typed(file, text, s)
        if answered is not None:
            return answered
    return Decision(file, (replace(resting.stays(file, s.now), kind=MessageKind.PUZZLED),))


def _onboarding_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    if onboarding_steps.step_of(file) != "peg":
        return onboarding.typed(file, text, s)
    asking = replace(file, dialogue=FormState(START_PEG).to_dialogue())
    return form_answers.typed(asking, text, s) or onboarding.peg_done(file, s)


def _located(file: LearnerFile, zone: str | None, s: Surroundings) -> Decision:
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        if onboarding_steps.step_of(file) == "place" and file.enrollment.rest is None:
            return onboarding.located(file, zone, s)
        return onboarding.or_rest(file, s)
    if file.enrollment.status is EnrollmentStatus.LEFT:
        return overview.today(file, s)
    return settings_dialogue.located(file, zone, s)


def _cannot_read(media: Media) -> Outgoing:
    if media is Media.VOICE:
        # Nobody can hear what was said in it: the way to help always comes, whatever else waits unsent.
        return say("voice", (button("urgent-open", "u"),))
    return replace(say("media"), kind=MessageKind.PUZZLED)


def _puzzled(key: str) -> Outgoing:
    return replace(say(key, overview.menu_row()), kind=MessageKind.PUZZLED)


def help_message() -> Outgoing:
    """Return the list of what one can do, with the danger signs one tap away."""
    return say("help", (button("urgent-open", "u"), button("menu-today", overview.MENU, "today")))
