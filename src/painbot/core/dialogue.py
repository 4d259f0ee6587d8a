"""The conversation: which part of the core answers what a person did.

`decide` never fails for an ordinary input: whatever the state, there is an answer and a way on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from painbot.core import forms, leaving, lessons, onboarding, overview, screening, settings_dialogue
from painbot.core.checkin import (
    CHECK,
    CHECKIN,
    LESSON,
    START_PEG,
    check_form,
    check_form_id,
    form_for,
    opened_checkin,
)
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
from painbot.core.consent import agreed, ask_consent_again, needs_consent
from painbot.core.course import ItemKind
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.forms import FormState
from painbot.core.ids import FormId, ItemId
from painbot.core.measures import HARM, PHQ4, screen_phq4
from painbot.core.outgoing import Action, MessageKind, Outgoing, Row, Say
from painbot.core.planning import replanned
from painbot.core.replies import at_state, button, reply, safety, say

ALWAYS_ALLOWED = frozenset({"urgent", "help", "privacy", "export", "delete", "stop"})
"""Commands that need no consent to the current text: they store nothing new, or take away."""


def decide(file: LearnerFile, command: Command, s: Surroundings) -> Decision:
    """Answer one thing a learner did, and set what is due next."""
    decision = _decide(_reachable(file, s.now), command, s)
    return replace(decision, file=replanned(decision.file, s.course, s.now))


def _reachable(file: LearnerFile, now: datetime) -> LearnerFile:
    """Anything a person sends shows that they can be reached again."""
    if file.enrollment.status is not EnrollmentStatus.UNREACHABLE:
        return file
    status = file.enrollment.status_before or EnrollmentStatus.ACTIVE
    back = replace(file.enrollment, status=status, status_before=None, resumes_on=file.today(now))
    return replace(file, enrollment=back)


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
            return _slash(file, name, rest, s)
        case Pressed(action, _) if action is not None:
            return _pressed(file, command, action, s)
        case Pressed():
            return Decision(file, (say("button-old", _menu_row()),))
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


def _consent_pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    if not action.args or action.args[0] != s.consent_version:
        if action.args and action.args[0] == "no":
            return Decision(file, (say("consent-later", (button("delete-all", leaving.VERB, "ask"),)),))
        return ask_consent_again(file, s)
    if not needs_consent(file, s):
        return Decision(file, toast="already-here")
    file = agreed(file, s)
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return onboarding.again(file, s)
    return overview.today(file, s)


def _back_again(file: LearnerFile, s: Surroundings) -> Decision:
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return onboarding.again(file, s)
    if file.enrollment.status is not EnrollmentStatus.ACTIVE:
        return Decision(file)
    shown = overview.today(file, s)
    first = shown.outgoing[0]
    return replace(shown, outgoing=(replace(first, parts=(Say("unblocked"), *first.parts)),))


def _slash(file: LearnerFile, name: str, rest: str, s: Surroundings) -> Decision:
    onboarding_now = file.enrollment.status is EnrollmentStatus.ONBOARDING
    match name:
        case "urgent":
            return Decision(file, (safety(s.safety.urgent(file.learner.country)),))
        case "help":
            return Decision(file, (help_message(),))
        case "privacy":
            return Decision(file, (leaving.privacy(s),))
        case "export":
            return leaving.export(file, s)
        case "delete":
            return leaving.ask_delete(file)
        case "stop":
            return leaving.stop(file, s)
        case _ if onboarding_now:
            return _onboarding_or_rest(file, s)
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
        case "settings":
            return settings_dialogue.menu(file, s)
        case _:
            return Decision(file, (_puzzled("unknown-command"),))


def _start(file: LearnerFile, s: Surroundings) -> Decision:
    """Never start over: say so and show where the learner is."""
    shown = overview.today(file, s)
    if file.enrollment.status is EnrollmentStatus.LEFT:
        return shown
    first = shown.outgoing[0]
    return replace(shown, outgoing=(replace(first, parts=(Say("start-again"), *first.parts)),))


def _onboarding_or_rest(file: LearnerFile, s: Surroundings) -> Decision:
    if file.enrollment.rest is not None:
        return Decision(file, (reply((Say("rest-stays"),), screening.rest_rows(file)),))
    return onboarding.again(file, s)


def _pressed(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    match action.verb:
        case "consent":
            return _consent_pressed(file, action, s)
        case "lv":
            return leaving.press(file, action, s)
        case "u":
            return Decision(file, (safety(s.safety.urgent(file.learner.country)),))
        case "rest":
            return screening.press(file, action, s)
        case _ if needs_consent(file, s):
            return ask_consent_again(file, s)
        case "onb":
            return onboarding.press(file, action, s)
        case "f" | "fc" | "ft":
            return _form_pressed(file, pressed, action, s)
        case "o" | "c" | "w" | "s" | "q" | "qa" | "r":
            return lessons.press(file, pressed, action, s)
        case "ci":
            return overview.open_checkin(file, s, action.args[0] if action.args else None)
        case "ck":
            return _open_check(file, action, s)
        case "set":
            return settings_dialogue.press(file, action, s)
        case "pz":
            return settings_dialogue.pause_pressed(file, action, s)
        case "m":
            return _menu_pressed(file, action, s)
        case _:
            return Decision(file, (say("button-old", _menu_row()),))


def _menu_pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    match action.args[0] if action.args else "":
        case "resume":
            return settings_dialogue.resume(file, s)
        case "back":
            return leaving.come_back(file, s)
        case "help":
            return Decision(file, (help_message(),))
        case _ if file.enrollment.status is EnrollmentStatus.ONBOARDING:
            return _onboarding_or_rest(file, s)
        case _:
            return overview.today(file, s)


def _open_check(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    item = s.course.item(ItemId(action.args[0])) if action.args else None
    if item is None or item.kind is not ItemKind.CHECK or item.id not in file.deliveries:
        return Decision(file, (say("lesson-gone", _menu_row()),))
    delivery = file.deliveries[item.id]
    if delivery.opened_at is None:
        opened = replace(delivery, opened_at=s.now)
        file = replace(file, deliveries={**file.deliveries, item.id: opened})
    return forms.show(check_form(item, file), file, FormState(check_form_id(item.id)))


# -- forms


def _form_pressed(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    form_id = FormId(action.args[0]) if action.args else FormId("")
    form = form_for(form_id, file, s)
    if form is None:
        return overview.closed_checkin(file, s)
    state = FormState.of(file.dialogue, form_id)
    decision = forms.press(form, file, state, action, s, edits=pressed.message_id)
    return _form_moved(file, decision, form_id, s)


def _form_moved(before: LearnerFile, decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    """After an answer: note the check-in as asked, and go on where the last answer completes a form."""
    after = decision.file
    if form_id.startswith(f"{CHECKIN}:"):
        after = opened_checkin(after, after.today(s.now))
        decision = replace(decision, file=after)
    if after.answers == before.answers:
        return decision
    form = form_for(form_id, after, s)
    was_open = form is not None and form.next_open(before) is not None
    decision = _mood_noticed(before, decision, s)
    if form is None or form.next_open(decision.file) is not None:
        # A form may have grown by this answer, as the harm question does: show it as it is now.
        return _shown_anew(decision, form_id, s)
    return _form_completed(decision, form_id, s) if was_open else decision


def _shown_anew(decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    form = form_for(form_id, decision.file, s)
    if form is None or not decision.outgoing or decision.file.dialogue.state == "form":
        return decision
    edits = decision.outgoing[0].edits
    shown = forms.show(form, decision.file, FormState(form_id), edits)
    return replace(decision, file=shown.file, outgoing=(*shown.outgoing, *decision.outgoing[1:]))


def _mood_noticed(before: LearnerFile, decision: Decision, s: Surroundings) -> Decision:
    """Show the kind message and local help once, when both answers of a mood pair make it positive."""
    ids = [scale.id for scale in PHQ4]

    def screen(file: LearnerFile, prefix: str) -> bool:
        found = {key: value for key, value in forms.numbers(file.answers, prefix).items() if key in ids}
        return screen_phq4(found).any_positive

    prefixes = {slot.rpartition("/")[0] for slot in decision.file.answers if slot.rpartition("/")[2] in ids}
    for prefix in sorted(prefixes):
        if screen(decision.file, prefix) and not screen(before, prefix):
            card = s.safety.numbers(decision.file.learner.country)
            kind_words = safety(card)
            said = replace(kind_words, parts=(Say("mood-noticed"), *kind_words.parts))
            return replace(decision, outgoing=(*decision.outgoing, said))
    return decision


def _form_completed(decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    file = decision.file
    if form_id == START_PEG:
        if file.enrollment.status is not EnrollmentStatus.ONBOARDING:
            return decision
        onward = onboarding.peg_done(file, s)
        return replace(decision, file=onward.file, outgoing=(*decision.outgoing, *onward.outgoing))
    kind = form_id.partition(":")[0]
    if kind == LESSON:
        return replace(decision, outgoing=(*decision.outgoing, lessons.lesson_end(file, s)))
    if kind == CHECK:
        return _check_completed(decision, form_id, s)
    return decision


def _check_completed(decision: Decision, form_id: FormId, s: Surroundings) -> Decision:
    file = decision.file
    item_id = ItemId(form_id.partition(":")[2])
    delivery = file.deliveries[item_id]
    file = replace(file, deliveries={**file.deliveries, item_id: replace(delivery, finished_at=s.now)})
    more: list[Outgoing] = []
    harm = file.answers.get(f"{form_id}/{HARM.id}")
    if harm is not None and harm.value in ("a-bit", "yes"):
        card = safety(s.safety.urgent(file.learner.country))
        more.append(replace(card, parts=(Say("harm-noted"), *card.parts)))
    item = s.course.item(item_id)
    if item is not None and lessons.next_recall(file, s, item.recalls) is not None:
        more.append(say("recall-offer", (button("recall-open", lessons.RECALL, item_id),)))
    return replace(decision, file=file, outgoing=(*decision.outgoing, *more))


# -- typed words and other things


def _typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    if file.enrollment.status is EnrollmentStatus.ONBOARDING and file.enrollment.rest is not None:
        return _onboarding_or_rest(file, s)
    state = file.dialogue.state
    if state == "form":
        form_id = FormId(file.dialogue.data.get("form", ""))
        form = form_for(form_id, file, s)
        if form is not None:
            current = FormState.of(file.dialogue, form_id)
            decision = forms.read_typed(form, file, current, text, s)
            if decision is not None:
                return _form_moved(file, decision, form_id, s)
        elif form_id.startswith(f"{CHECKIN}:"):
            return overview.closed_checkin(at_state(file, "idle"), s)
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return _onboarding_typed(file, text, s)
    if state.startswith("settings/"):
        answered = settings_dialogue.typed(file, text, s)
        if answered is not None:
            return answered
    if file.enrollment.status is EnrollmentStatus.LEFT:
        return overview.today(file, s)
    return Decision(file, (_puzzled("puzzled"),))


def _onboarding_typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    if onboarding.step_of(file) != "peg":
        return onboarding.typed(file, text, s)
    form = form_for(START_PEG, file, s)
    if form is None:
        return onboarding.again(file, s)
    decision = forms.read_typed(form, file, FormState(START_PEG), text, s)
    if decision is None:
        return onboarding.peg_done(file, s)
    return _form_moved(file, decision, START_PEG, s)


def _located(file: LearnerFile, zone: str | None, s: Surroundings) -> Decision:
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        if onboarding.step_of(file) == "place":
            return onboarding.located(file, zone, s)
        return onboarding.again(file, s)
    return settings_dialogue.located(file, zone, s)


def _cannot_read(media: Media) -> Outgoing:
    key = "voice" if media is Media.VOICE else "media"
    rows = ((button("urgent-open", "u"),),) if media is Media.VOICE else ()
    return replace(say(key, *rows), kind=MessageKind.PUZZLED)


def _puzzled(key: str) -> Outgoing:
    return replace(say(key, _menu_row()), kind=MessageKind.PUZZLED)


def _menu_row() -> Row:
    return (button("menu-today", overview.MENU, "today"), button("menu-help", overview.MENU, "help"))


def help_message() -> Outgoing:
    """Return the list of what one can do, with the danger signs one tap away."""
    return say("help", (button("urgent-open", "u"), button("menu-today", overview.MENU, "today")))
