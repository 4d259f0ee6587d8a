"""The levers a learner chose on their pain map, and what follows from them."""

from __future__ import annotations

from painbot.core.course import Course, Item, TinyAction
from painbot.core.decisions import LearnerFile
from painbot.core.gates import Gate, held
from painbot.core.parts import Lever

CHOSEN: str = "map/levers"
"""The slot of the chosen levers: their ids joined by commas, or "none"."""


def chosen_levers(file: LearnerFile) -> tuple[Lever, ...]:
    """Return the levers on the learner's map, in the order they were chosen.

    What is no lever is left out, and so is eating where its gate counts as yes.
    """
    stored = file.answers.get(CHOSEN)
    known = {lever.value: lever for lever in Lever}
    if Gate.EATING in held(file.answers):
        del known[Lever.EATING.value]
    return tuple(known[name] for name in (stored.value.split(",") if stored else ()) if name in known)


def lever_items(file: LearnerFile, course: Course) -> frozenset[str]:
    """Return the ids of the items that belong to the chosen levers."""
    links = (course.levers.get(lever) for lever in chosen_levers(file))
    return frozenset(item_id for link in links if link is not None for item_id in link.items)


def action_for(file: LearnerFile, item: Item) -> TinyAction | None:
    """Return the item's small step, or the one it has for the first chosen lever that it knows."""
    own = (item.levers.get(lever.value) for lever in chosen_levers(file))
    return next((action for action in own if action is not None), item.action)
