"""Small pieces that many replies share."""

from __future__ import annotations

from dataclasses import replace

from painbot.core.advice import SafetyCardText
from painbot.core.decisions import LearnerFile
from painbot.core.enrollment import Dialogue
from painbot.core.outgoing import Action, Button, Link, MessageKind, Outgoing, Plain, Row, Say, Words

FIND_A_HELPLINE = "https://findahelpline.com"

ASIDE = ("settings/", "flare/", "clinician/", "map/")
"""How states begin in which something beside the course is asked; doing anything else closes them."""


def say(key: str, *rows: Row, **args: str | int) -> Outgoing:
    """Return a one-sentence reply with optional rows of buttons."""
    return Outgoing(MessageKind.REPLY, "", (Say(key, args),), rows)


def reply(parts: tuple[Words, ...], rows: tuple[Row, ...] = ()) -> Outgoing:
    """Return a reply made of several paragraphs."""
    return Outgoing(MessageKind.REPLY, "", parts, rows)


def button(key: str, verb: str, *args: str) -> Button:
    """Return a button labelled with interface words."""
    return Button(Say(key), Action(verb, args))


def safety(card: SafetyCardText, *rows: Row, slot: str = "") -> Outgoing:
    """Return a safety card with its buttons; it travels in the urgent lane."""
    link: Row = (Link(Say("find-a-helpline"), FIND_A_HELPLINE),)
    parts = tuple(Plain(paragraph) for paragraph in card.paragraphs)
    return Outgoing(MessageKind.SAFETY, slot, parts, (*rows, link))


def at_state(file: LearnerFile, state: str, **data: str) -> LearnerFile:
    """Return the file with its conversation at this state."""
    return replace(file, dialogue=Dialogue(state, data))
