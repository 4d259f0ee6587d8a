"""A learner's own data as files, made at the moment of sending and never stored."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from painbot.core.ids import ChatId
from painbot.services.ports import Storage

COLUMNS = ("on", "at", "slot", "question", "value")


class Exporter:
    """Makes the files of /export: everything as JSON, and the answers as a table."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def make(self, chat_id: ChatId, kind: str, as_of: datetime) -> Sequence[tuple[str, bytes]]:
        """Return (file name, bytes) of each file; for a learner erased meanwhile, an empty record."""
        async with self._storage.begin() as uow:
            data = await uow.learners.export(chat_id) or {}
        day = as_of.date().isoformat()
        return (
            (f"painbot-{day}.json", _as_json(data)),
            (f"painbot-{day}-answers.csv", _as_csv(data)),
        )


def _as_json(data: Mapping[str, object]) -> bytes:
    return json.dumps(data, indent=2, ensure_ascii=False, default=str).encode()


def _as_csv(data: Mapping[str, object]) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    enrolled = data.get("enrollments", ())
    if isinstance(enrolled, Sequence):
        for enrollment in enrolled:
            for answer in enrollment.get("answers", ()):
                writer.writerow({column: _harmless(answer.get(column)) for column in COLUMNS})
    # The mark lets spreadsheet programs see that it is UTF-8.
    return table.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    """Keep a spreadsheet from taking a typed line for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
