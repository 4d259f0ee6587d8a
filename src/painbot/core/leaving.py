"""/stop, /delete, /export and /privacy: leaving well, with everything or with nothing kept."""

from __future__ import annotations

from dataclasses import replace

from painbot.core import erasing, onboarding
from painbot.core.commands import Pressed
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.outgoing import Action, Button, FileRecipe, MessageKind, Outgoing, Say
from painbot.core.planning import going_on, next_words
from painbot.core.replies import at_state, button, reply, say
from painbot.core.resting import stays
from painbot.core.sleep_window import back_in_full, undone

VERB = erasing.VERB

EXPORT = "export"
"""What the file recipe of a learner's own data is called."""


def stop(file: LearnerFile, s: Surroundings) -> Decision:
    """End all messages at once, asking nothing; the place is kept for coming back."""
    if file.enrollment.status is EnrollmentStatus.LEFT:
        return Decision(file, (say("stopped", (button("delete-all", VERB, "ask"),)),))
    started = file.enrollment.status is not EnrollmentStatus.ONBOARDING
    enrollment = replace(file.enrollment, status=EnrollmentStatus.LEFT, paused_until=None)
    back = back_in_full(file)
    file = undone(replace(file, enrollment=enrollment), s, told=True)
    # Who stops while setting up comes back to the same question.
    file = at_state(file, "idle") if started else file
    key = "stopped" if started else "stop-onboarding"
    said = reply((Say(key), *back), ((button("delete-all", VERB, "ask"),),))
    return Decision(file, (said,), cancel_pending=True)


def come_back(file: LearnerFile, s: Surroundings) -> Decision:
    """Go on where the learner left."""
    if file.enrollment.status is not EnrollmentStatus.LEFT:
        return Decision(file, (say("already-here-still"),))
    if file.enrollment.started_on is None:
        file = replace(file, enrollment=replace(file.enrollment, status=EnrollmentStatus.ONBOARDING))
        return onboarding.or_rest(file, s)
    file = replace(file, enrollment=replace(file.enrollment, status=EnrollmentStatus.ACTIVE))
    file = going_on(file, s.now)
    if file.enrollment.rest is not None:
        return Decision(file, (stays(file, s.now),))
    return Decision(file, (reply((Say("welcome-back"), next_words(file, s.course, s.now))),))


def privacy(s: Surroundings) -> Outgoing:
    """Return what is kept, by whom, for how long, and how to see or erase it."""
    return say(
        "privacy",
        (button("export-now", VERB, "export"), button("delete-all", VERB, "ask")),
        operator=s.operator_name,
        contact=s.contact,
    )


def export(file: LearnerFile, s: Surroundings) -> Decision:
    """Owe the learner their own data as files, made at the moment of sending."""
    sent = Outgoing(MessageKind.REPLY, "", (Say("export-caption"),), file=FileRecipe(EXPORT, as_of=s.now))
    return Decision(file, (sent,))


def ask_delete(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask once before erasing."""
    yes = Button(Say("delete-yes"), erasing.CONFIRM)
    row = (yes, button("delete-no", VERB, "keep"))
    return Decision(erasing.asked(file, s.now), (say("delete-ask", row),))


def press(file: LearnerFile, pressed: Pressed, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a leaving button."""
    match action.args[0] if action.args else "":
        case "erase" if erasing.counts(file, s.now):
            return Decision(file, (goodbye(),), erase=True)
        case "keep":
            # The question gives way to its answer, and its buttons go with it.
            return Decision(file, (replace(say("delete-kept"), edits=pressed.message_id),))
        case "export":
            return export(file, s)
        case _:
            return ask_delete(file, s)


def goodbye() -> Outgoing:
    """Return the last message before everything about the learner is erased."""
    return Outgoing(MessageKind.GOODBYE, "", (Say("erased"), Say("erased-chat")))
