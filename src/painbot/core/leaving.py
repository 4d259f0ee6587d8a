"""/stop, /delete, /export and /privacy: leaving well, with everything or with nothing kept."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.outgoing import Action, FileRecipe, MessageKind, Outgoing, Say
from painbot.core.planning import next_words
from painbot.core.replies import at_state, button, reply, say

VERB = "lv"


def stop(file: LearnerFile, s: Surroundings) -> Decision:
    """End all messages at once, asking nothing; the place is kept for coming back."""
    if file.enrollment.status is EnrollmentStatus.ONBOARDING:
        return Decision(file, (say("stop-onboarding", (button("delete-all", VERB, "ask"),)),))
    enrollment = replace(file.enrollment, status=EnrollmentStatus.LEFT, paused_until=None)
    file = at_state(replace(file, enrollment=enrollment), "idle")
    return Decision(file, (say("stopped", (button("delete-all", VERB, "ask"),)),), cancel_pending=True)


def come_back(file: LearnerFile, s: Surroundings) -> Decision:
    """Go on where the learner left."""
    if file.enrollment.status is not EnrollmentStatus.LEFT:
        return Decision(file, (say("already-here-still"),))
    status = EnrollmentStatus.ACTIVE if file.enrollment.started_on else EnrollmentStatus.ONBOARDING
    enrollment = replace(file.enrollment, status=status, resumes_on=file.today(s.now))
    file = replace(file, enrollment=enrollment)
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
    sent = Outgoing(MessageKind.REPLY, "", (Say("export-caption"),), file=FileRecipe("export", as_of=s.now))
    return Decision(file, (sent,))


def ask_delete(file: LearnerFile) -> Decision:
    """Ask once before erasing."""
    row = (button("delete-yes", VERB, "erase"), button("delete-no", VERB, "keep"))
    return Decision(file, (say("delete-ask", row),))


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on a leaving button."""
    match action.args[0] if action.args else "":
        case "erase":
            return Decision(file, (goodbye(),), erase=True)
        case "keep":
            return Decision(file, (say("delete-kept"),))
        case "export":
            return export(file, s)
        case _:
            return ask_delete(file)


def goodbye() -> Outgoing:
    """Return the last message before everything about the learner is erased."""
    return Outgoing(MessageKind.GOODBYE, "", (Say("erased"), Say("erased-chat")))
