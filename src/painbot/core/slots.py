"""The slots that pushes fill: names that keep a thing from being owed twice, and lead back to it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from painbot.core.course import Item, ItemKind
from painbot.core.ids import EnrollmentId, ItemId

WELLBEING = "wellbeing"
OVER = "over"
AGAIN = "again"

_ITEM_KINDS = frozenset(kind.value for kind in ItemKind)


def item_slot(enrollment_id: EnrollmentId, item: Item) -> str:
    """Return the slot of an item handed out."""
    return f"{item.kind.value}:{enrollment_id}:{item.id}"


def again_slot(enrollment_id: EnrollmentId, item: Item, on: date, zone: ZoneInfo) -> str:
    """Return the slot of an item offered once more on a local day."""
    return f"{item_slot(enrollment_id, item)}:{AGAIN}:{day_of(on, zone)}"


def checkin_slot(enrollment_id: EnrollmentId, on: date, zone: ZoneInfo) -> str:
    """Return the slot of a local day's check-in."""
    return f"checkin:{enrollment_id}:{day_of(on, zone)}"


def day_of(on: date, zone: ZoneInfo) -> str:
    """Return a local day with its offset, such as "2026-03-10+1300".

    The date alone names two days for somebody who moves west across the date line.
    """
    return f"{datetime.combine(on, time(12), tzinfo=zone):%Y-%m-%d%z}"


def item_of(slot: str) -> tuple[ItemId, bool] | None:
    """Return the item a slot hands out and whether it is an offer once more; nothing for other slots."""
    kind, *rest = slot.split(":")
    if kind not in _ITEM_KINDS or len(rest) < 2:
        return None
    return ItemId(rest[1]), len(rest) > 2 and rest[2] == AGAIN
