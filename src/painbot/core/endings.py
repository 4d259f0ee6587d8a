"""How an item ends: the parts made from the learner's own data, then what comes next."""

from __future__ import annotations

from painbot.core.checkin import checkin_row
from painbot.core.course import Item
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.made_parts import told
from painbot.core.outgoing import MessageKind, Outgoing, Say
from painbot.core.planning import next_words


def lesson_end(file: LearnerFile, item: Item, s: Surroundings) -> tuple[Outgoing, ...]:
    """Return the closing messages of a day's item: its own parts, then what comes next and when."""
    closing = Outgoing(
        MessageKind.REPLY, "", (Say("lesson-end"), next_words(file, s.course, s.now)), checkin_row(file, s)
    )
    return (*told(file, item, s), closing)
