"""The backup file: gzip-compressed JSON lines that either database can write and read back.

    {"painbot_backup": 1, "revision": ..., "made_at": ..., "made_by": ..., "ledger_key": ..., "last_ids": ...}
    {"table": "learners", "columns": {"id": "int", "created_at": "instant", ...}}
    [1, "2026-01-31T09:00:00+00:00", ...]
    ...
    {"rows": {"learners": 1, ...}}

The last line counts the rows, so a file that was cut short is noticed.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, Final

from painbot.core.errors import PainbotError

FORMAT: Final = 1
"""Version of the file's form; it changes only when an old reader could misread a new file."""

KINDS: Final = frozenset({"int", "real", "text", "instant", "date", "time"})
"""What a column may hold."""

_LEVEL = 6
_DAMAGED = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError)


class BadBackup(PainbotError):
    """The file is no whole painbot backup: take another one; nothing was changed."""


@dataclass(frozen=True)
class Header:
    """What a backup says about itself.

    `ledger_key` tells which key the erasure ledger was written with, without telling the key.
    `last_ids` holds the highest id each table has given out, erased rows included.
    """

    revision: str
    made_at: datetime
    made_by: str
    ledger_key: str | None
    last_ids: Mapping[str, int]


@dataclass(frozen=True)
class TableHead:
    """One table's name and the kinds of its columns, in the order of each row's values."""

    name: str
    columns: Mapping[str, str]


Row = tuple[Any, ...]


class Writer:
    """Writes one backup, table by table; made by `open_writer`."""

    def __init__(self, stream: IO[str], header: Header) -> None:
        self._stream = stream
        self._rows: dict[str, int] = {}
        self._line(
            {
                "painbot_backup": FORMAT,
                "revision": header.revision,
                "made_at": header.made_at.isoformat(),
                "made_by": header.made_by,
                "ledger_key": header.ledger_key,
                "last_ids": dict(header.last_ids),
            }
        )

    def table(self, head: TableHead, rows: Iterator[Sequence[Any]]) -> None:
        """Write one table and all its rows."""
        self._line({"table": head.name, "columns": dict(head.columns)})
        count = 0
        for row in rows:
            self._line([_encoded(value) for value in row])
            count += 1
        self._rows[head.name] = count

    def finish(self) -> Mapping[str, int]:
        """Write the last line; return how many rows each table has."""
        self._line({"rows": self._rows})
        return dict(self._rows)

    def _line(self, data: object) -> None:
        self._stream.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def open_writer(file: Path, header: Header, *, replace: bool = False) -> Iterator[Writer]:
    """Write a backup that appears under its name only when it is whole, readable by its owner alone.

    Raises PainbotError when the file cannot be written, or without `replace` when there is one of that
    name; the earlier file then stays.
    """
    _refuse_taken(file, replace)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as raw:
                with (
                    gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=raw) as packed,
                    _text(packed) as stream,
                ):
                    yield Writer(stream, header)
                raw.flush()
                os.fsync(raw.fileno())
            # Writing took a while: somebody else may have used the name meanwhile.
            _refuse_taken(file, replace)
            part.replace(file)
            _sync_folder(file.parent)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        raise PainbotError(
            f"The backup {file} could not be written: {error.strerror or error}. "
            "Choose a folder that exists, that you may write to and that has room."
        ) from error


def _refuse_taken(file: Path, replace: bool) -> None:
    if file.is_dir():
        raise PainbotError(f"{file} is a folder. Give the backup a name in it: {file / 'painbot.backup'}.")
    if not replace and os.path.lexists(file):
        raise PainbotError(
            f"There is a file {file} already. Choose another name, or replace it with --force."
        )


def read(file: Path) -> Iterator[Header | TableHead | Row]:
    """Yield the header, then each table's head followed by its rows.

    Raises BadBackup on the first thing that is wrong, at the latest at the end of a file cut short.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as stream:
            yield from _parts(stream)
    except FileNotFoundError:
        raise BadBackup(f"There is no file {file}. Look for the backup's name with `ls`.") from None
    except PermissionError:
        raise BadBackup(f"The file {file} may not be read. Run the command as its owner.") from None
    except BadBackup as error:
        raise BadBackup(f"{file} {error}") from None
    except _DAMAGED:
        # The fault may quote a row, and a row may hold a person's words: it is not passed on.
        raise BadBackup(f"{file} is damaged or no painbot backup. {_REMEDY}") from None


_REMEDY = "Nothing was changed. Take another backup."


def verify(file: Path) -> tuple[Header, Mapping[str, int]]:
    """Read a backup from its first to its last line; return its header and the rows each table has."""
    header: Header | None = None
    counts: dict[str, int] = {}
    name = ""
    for part in read(file):
        match part:
            case Header():
                header = part
            case TableHead():
                name = part.name
                counts[name] = 0
            case _:
                counts[name] += 1
    if header is None:
        raise BadBackup(f"{file} is empty. {_REMEDY}")
    return header, counts


def _parts(stream: IO[str]) -> Iterator[Header | TableHead | Row]:
    yield _header(json.loads(stream.readline()))
    counts: dict[str, int] = {}
    head: TableHead | None = None
    for line in stream:
        data = json.loads(line)
        if isinstance(data, list):
            if head is None or len(data) != len(head.columns):
                raise BadBackup(f"holds a row that fits no table. {_REMEDY}")
            counts[head.name] += 1
            yield tuple(
                _decoded(value, kind) for value, kind in zip(data, head.columns.values(), strict=True)
            )
        elif "table" in data:
            head = TableHead(data["table"], data["columns"])
            if head.name in counts or not KINDS.issuperset(head.columns.values()):
                raise BadBackup(f"holds a table in a form this painbot does not know. {_REMEDY}")
            counts[head.name] = 0
            yield head
        elif data["rows"] == counts and not stream.readline():
            return
        else:
            raise BadBackup(f"does not hold as many rows as it says. {_REMEDY}")
    raise BadBackup(f"was cut short. {_REMEDY}")


def _header(data: Any) -> Header:
    version = data.get("painbot_backup")
    if version is None:
        raise BadBackup(f"is no painbot backup. {_REMEDY}")
    if version != FORMAT:
        raise BadBackup("was written by a newer painbot. Nothing was changed. Install that version first.")
    return Header(
        revision=str(data["revision"]),
        made_at=datetime.fromisoformat(data["made_at"]),
        made_by=str(data["made_by"]),
        ledger_key=data["ledger_key"],
        last_ids={name: int(last) for name, last in data["last_ids"].items()},
    )


def _encoded(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _decoded(value: Any, kind: str) -> Any:
    if value is None:
        return None
    match kind:
        case "instant":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "time":
            return time.fromisoformat(value)
        case _:
            return value


@contextmanager
def _text(packed: gzip.GzipFile) -> Iterator[IO[str]]:
    stream = io.TextIOWrapper(packed, encoding="utf-8", newline="\n")
    yield stream
    stream.flush()
    stream.detach()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
