"""People who are not learners (yet, or any more): nothing about them is kept."""

from __future__ import annotations

from dataclasses import dataclass

from painbot.core import consent, sign_buttons
from painbot.core.commands import (
    BlockedBot,
    Command,
    GroupContact,
    Media,
    Pressed,
    SentMedia,
    Slash,
    UnblockedBot,
)
from painbot.core.decisions import Surroundings
from painbot.core.outgoing import Action, MessageKind, Outgoing, Say
from painbot.core.replies import button, reply, safety, say

HELLO = "hi"


@dataclass(frozen=True)
class StrangerDecision:
    """What to say to a stranger, and whether they just became a learner."""

    outgoing: tuple[Outgoing, ...] = ()
    enroll: bool = False


def decide_stranger(command: Command, s: Surroundings) -> StrangerDecision:
    """Answer somebody nothing is known about; every button says all that is needed."""
    match command:
        case GroupContact():
            return StrangerDecision((group_goodbye(),))
        case BlockedBot() | UnblockedBot():
            # Nothing was said; whoever comes back says so with their next message.
            return StrangerDecision()
        case Slash(name, _):
            return StrangerDecision((_slash(name, s),))
        case Pressed(action, _) if action is not None:
            return _pressed(action, s)
        case SentMedia(Media.VOICE):
            return StrangerDecision((say("voice", (button("urgent-open", "u"),)),))
        case _:
            return StrangerDecision((_pointer(),))


def group_goodbye() -> Outgoing:
    """Return why the bot leaves a group, without one word about anybody in it."""
    return Outgoing(MessageKind.GROUP_GOODBYE, "", (Say("group-goodbye"),))


def _pointer() -> Outgoing:
    return say("welcome-stranger", (button("urgent-open", "u"),))


def _slash(name: str, s: Surroundings) -> Outgoing:
    match name:
        case "start":
            return welcome()
        case "urgent":
            return safety(s.safety.urgent(None))
        case "privacy":
            return reply((Say("privacy-stranger"), consent.stored(s)), ((button("urgent-open", "u"),),))
        case "delete":
            return say("delete-nothing")
        case "export":
            return say("export-nothing")
        case _:
            return _pointer()


def welcome() -> Outgoing:
    """Return who the bot is and is not, and the way to what is stored."""
    rows = ((button("welcome-open", HELLO, "stored"),), (button("urgent-open", "u"),))
    return reply((Say("welcome"), Say("welcome-limits")), rows)


def _pressed(action: Action, s: Surroundings) -> StrangerDecision:
    sign = sign_buttons.for_stranger(action, s)
    if sign:
        return StrangerDecision(sign)
    match (action.verb, *action.args):
        case ("u",):
            return StrangerDecision((safety(s.safety.urgent(None)),))
        case ("hi", *_):
            return StrangerDecision((consent.consent_question(s),))
        case ("consent", version) if version == s.consent_version:
            return StrangerDecision(enroll=True)
        case ("consent", "no"):
            return StrangerDecision((say("consent-declined"),))
        case ("consent", *_):
            return StrangerDecision((consent.consent_question(s, changed=True),))
        case ("lv", "export"):
            return StrangerDecision((say("export-nothing"),))
        case ("lv", *_):
            return StrangerDecision((say("delete-nothing"),))
        case _:
            return StrangerDecision((_pointer(),))
