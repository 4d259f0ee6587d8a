"""Which quiz item to bring back, and when: misses first, then at growing distances."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

RECALL_DAYS: Final = (2, 7, 21)
"""Days until an item comes back after its first, second and third correct answer in a row."""

GIVES_WAY: Final = timedelta(days=21)
"""How far back in the line an item stands for each return at which it was known."""


@dataclass(frozen=True, slots=True)
class QuizRecord:
    """Every answer a learner gave to one quiz item, oldest first: the local date, and whether right."""

    item_id: str
    answered_on: tuple[tuple[date, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class _Recall:
    due_on: date
    missed: bool
    waits_since: date
    """Where it stands in the line: its due date, later for each time it was known already."""


def due_recalls(
    records: Iterable[QuizRecord], today: date, limit: int, first: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of at most `limit` quiz items to ask again today.

    Misses come first, then items due 2, 7 and 21 days after successive correct answers; after that an
    item rests. Within each group the items named in `first` (the chosen lever's) come before others,
    then the oldest due, then by id. More items are due than days have room for, so one that was known
    already gives way: otherwise the first weeks fill every place and the last never come back. An item
    answered today is never asked again today.
    """
    found = [
        (not recall.missed, record.item_id not in first, recall.waits_since, record.item_id)
        for record in records
        if (recall := _recall(record)) is not None and recall.due_on <= today
    ]
    return tuple(item_id for *_, item_id in sorted(found)[: max(limit, 0)])


def _recall(record: QuizRecord) -> _Recall | None:
    """Return when an item comes back, or None where it was never asked or is known well."""
    if not record.answered_on:
        return None
    last_on, correct = record.answered_on[-1]
    if not correct:
        due_on = last_on + timedelta(days=1)
        return _Recall(due_on=due_on, missed=True, waits_since=due_on)
    in_a_row = 0
    for _, right in reversed(record.answered_on):
        if not right:
            break
        in_a_row += 1
    if in_a_row > len(RECALL_DAYS):
        return None
    due_on = last_on + timedelta(days=RECALL_DAYS[in_a_row - 1])
    return _Recall(due_on=due_on, missed=False, waits_since=due_on + GIVES_WAY * (in_a_row - 1))
