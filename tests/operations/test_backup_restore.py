"""A backup holds everything, a restore puts it back, and nobody who was erased comes back."""

# ruff: noqa: ASYNC240 - the files are small and nothing else waits

import asyncio
import gzip
import json
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from painbot.core.errors import AlreadyRunning, PainbotError
from painbot.operations import archive
from painbot.operations import backup as backup_module
from painbot.operations import restore as restore_module
from painbot.operations.archive import BadBackup, verify
from painbot.operations.backup import backup
from painbot.operations.restore import restore
from painbot.storage import migrate
from painbot.storage.engine import create_engine
from painbot.storage.leadership import leadership
from painbot.storage.migrate import current, downgrade, head
from tests.operations.rows import (
    NOON,
    all_rows,
    chats,
    enroll,
    erase,
    run_sql,
    settings_for,
    storage_of,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup goes."""
    return tmp_path / "painbot.backup"


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a handful of rows take several pages."""
    monkeypatch.setattr(backup_module, "_ROWS_AT_ONCE", 3)
    monkeypatch.setattr(restore_module, "_ROWS_AT_ONCE", 3)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def other_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A second database without tables."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


async def test_restored_database_equals_the_one_backed_up(
    database_url: str, other_database_url: str, file: Path
) -> None:
    """Also from SQLite to PostgreSQL and back: all four ways run."""
    for chat_id in range(101, 108):
        await enroll(database_url, chat_id)
    rows = await backup(settings_for(database_url), file)
    assert rows["learners"] == 7
    restored = await restore(settings_for(other_database_url), file)
    assert restored.erased_again == 0
    assert not restored.notes
    assert await all_rows(other_database_url) == await all_rows(database_url)
    assert await current(other_database_url) == head()


async def test_drill_the_erased_learner_stays_erased(database_url: str, file: Path) -> None:
    await enroll(database_url, 101)
    await enroll(database_url, 102)
    await backup(settings_for(database_url), file)
    await erase(database_url, 101, NOON + timedelta(days=2))

    restored = await restore(settings_for(database_url), file, force=True)

    assert restored.erased_again == 1
    assert await chats(database_url) == [102]
    rows = await all_rows(database_url)
    assert "101" not in str({name: found for name, found in rows.items() if name != "erasure_ledger"})
    assert len(rows["erasure_ledger"]) == 1


async def test_erasure_marked_with_the_operators_key_is_applied(database_url: str, file: Path) -> None:
    settings = settings_for(database_url, erasure_key="a key of the operator")
    await enroll(database_url, 101)
    await backup(settings, file)
    await erase(database_url, 101, NOON + timedelta(days=2), b"a key of the operator")
    assert (await restore(settings, file, force=True)).erased_again == 1
    assert await chats(database_url) == []


async def test_learner_who_came_back_after_an_erasure_is_restored(database_url: str, file: Path) -> None:
    await enroll(database_url, 101)
    await erase(database_url, 101, NOON + timedelta(days=2))
    await run_sql(database_url, "DELETE FROM outbox_messages")
    await enroll(database_url, 101, NOON + timedelta(days=3))
    await backup(settings_for(database_url), file)
    await restore(settings_for(database_url), file, force=True)
    assert await chats(database_url) == [101]


async def test_ledger_of_an_unknown_key_is_pointed_out(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    settings = settings_for(sqlite_url, erasure_key="a key of the operator")
    await enroll(sqlite_url, 101)
    await erase(sqlite_url, 101, NOON + timedelta(days=2), b"a key of the operator")
    await run_sql(sqlite_url, "DELETE FROM instance")
    await backup(settings, file)
    other = settings_for(f"sqlite:///{tmp_path / 'other.db'}")
    restored = await restore(other, file)
    assert "PAINBOT_ERASURE_KEY" in restored.notes[0]


async def test_id_given_out_before_an_erasure_is_never_given_out_again(
    database_url: str, other_database_url: str, file: Path
) -> None:
    first = await enroll(database_url, 101)
    second = await enroll(database_url, 102)
    await erase(database_url, 102, NOON + timedelta(days=2))
    await backup(settings_for(database_url), file)
    await restore(settings_for(other_database_url), file)
    third = await enroll(other_database_url, 103)
    assert first < second < third


async def test_database_in_use_is_replaced_only_with_force(database_url: str, file: Path) -> None:
    await enroll(database_url, 101)
    await backup(settings_for(database_url), file)
    await enroll(database_url, 102)
    with pytest.raises(PainbotError, match="--force"):
        await restore(settings_for(database_url), file)
    assert await chats(database_url) == [101, 102]
    await restore(settings_for(database_url), file, force=True)
    assert await chats(database_url) == [101]


async def test_migrated_database_nobody_used_needs_no_force(database_url: str, file: Path) -> None:
    await enroll(database_url, 101)
    await backup(settings_for(database_url), file)
    await run_sql(database_url, "DELETE FROM learners")
    for table in ("outbox_messages", "pseudonyms"):
        await run_sql(database_url, f"DELETE FROM {table}")
    await restore(settings_for(database_url), file)
    assert await chats(database_url) == [101]


async def test_nothing_is_restored_while_a_painbot_runs(database_url: str, file: Path) -> None:
    await enroll(database_url, 101)
    await backup(settings_for(database_url), file)
    await enroll(database_url, 102)
    engine = create_engine(database_url, pooled=False)
    async with leadership(engine):
        with pytest.raises(AlreadyRunning):
            await restore(settings_for(database_url), file, force=True)
    await engine.dispose()
    assert await chats(database_url) == [101, 102]
    await restore(settings_for(database_url), file, force=True)
    assert await chats(database_url) == [101]


async def test_backup_of_newer_tables_is_refused(database_url: str, file: Path) -> None:
    await enroll(database_url, 101)
    await backup(settings_for(database_url), file)
    _edit(file, lambda lines: lines.__setitem__(0, {**lines[0], "revision": "9999"}))
    with pytest.raises(PainbotError, match="newer tables"):
        await restore(settings_for(database_url), file, force=True)
    assert await chats(database_url) == [101]


async def test_backup_sees_one_instant_while_the_bot_writes(
    database_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner who comes while the rows are read is in no table of the backup."""
    await enroll(database_url, 101)
    write = backup_module._write_tables
    url = database_url

    def slowly(*args: object) -> object:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, enroll(url, 102)).result(timeout=30)
        return write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_module, "_write_tables", slowly)
    rows = await backup(settings_for(database_url), file)
    assert rows["learners"] == rows["answers"] == rows["outbox_messages"] == 1
    assert await chats(database_url) == [101, 102]


async def test_file_is_readable_by_its_owner_alone_and_leaves_no_part(sqlite_url: str, file: Path) -> None:
    await backup(settings_for(sqlite_url), file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(file.parent.glob("*.part"))


async def test_failed_backup_leaves_the_earlier_one(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enroll(sqlite_url, 101)
    await backup(settings_for(sqlite_url), file)
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.os, "fsync", full)
    with pytest.raises(PainbotError, match="No space left on device"):
        await backup(settings_for(sqlite_url), file, force=True)
    assert file.read_bytes() == before
    assert not list(file.parent.glob("*.part"))


async def test_missing_folder_and_missing_database_are_named(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(PainbotError, match="folder that exists"):
        await backup(settings_for(sqlite_url), tmp_path / "nowhere" / "file")
    with pytest.raises(PainbotError, match="no database at"):
        await backup(settings_for(f"sqlite:///{tmp_path / 'none.db'}"), tmp_path / "file")
    assert not (tmp_path / "none.db").exists()


async def test_empty_database_has_nothing_to_back_up(empty_postgres_url: str, file: Path) -> None:
    with pytest.raises(PainbotError, match="empty"):
        await backup(settings_for(empty_postgres_url), file)
    assert not file.exists()


async def test_unreachable_database_is_named_without_its_password(file: Path) -> None:
    settings = settings_for("postgresql://painbot:sesame@127.0.0.1:1/painbot")
    with pytest.raises(PainbotError, match="cannot be used") as raised:
        await backup(settings, file)
    assert "sesame" not in str(raised.value)


@pytest.mark.parametrize("spoil", ["cut", "flip", "row-gone", "other", "absent"])
async def test_damaged_backup_changes_nothing(sqlite_url: str, file: Path, spoil: str) -> None:
    await enroll(sqlite_url, 101)
    await backup(settings_for(sqlite_url), file)
    await enroll(sqlite_url, 102)
    data = file.read_bytes()
    match spoil:
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "flip":
            file.write_bytes(data[:-8] + bytes(byte ^ 1 for byte in data[-8:]))
        case "row-gone":
            _edit(file, lambda lines: lines.pop(2))
        case "other":
            file.write_bytes(gzip.compress(b'{"hello": 1}\n'))
        case "absent":
            file.unlink()
    with pytest.raises(BadBackup):
        await restore(settings_for(sqlite_url), file, force=True)
    assert await chats(sqlite_url) == [101, 102]


async def test_fault_in_the_middle_of_a_restore_leaves_the_database_as_it_was(
    database_url: str, file: Path
) -> None:
    """The last thing that can fail: a row of the backup that the tables refuse."""
    await enroll(database_url, 101)
    await backup(settings_for(database_url), file)

    def twice(lines: list[object]) -> None:
        row = next(
            i for i, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == "learners"
        )
        lines.insert(row + 2, lines[row + 1])
        lines[-1]["rows"]["learners"] = 2  # type: ignore[index]

    _edit(file, twice)
    await enroll(database_url, 102)
    before = await all_rows(database_url)
    with pytest.raises(PainbotError) as raised:
        await restore(settings_for(database_url), file, force=True)
    assert "Zähne" not in str(raised.value)
    assert await all_rows(database_url) == before


async def test_restored_sqlite_file_holds_no_byte_of_the_erased(sqlite_url: str, file: Path) -> None:
    await enroll(sqlite_url, 987654321)
    await enroll(sqlite_url, 102)
    await backup(settings_for(sqlite_url), file)
    await erase(sqlite_url, 987654321, NOON + timedelta(days=2))
    await restore(settings_for(sqlite_url), file, force=True)
    path = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    for kept in (path, path.with_name(path.name + "-wal")):
        assert b"987654321" not in (kept.read_bytes() if kept.exists() else b"")


async def test_header_says_what_the_backup_is(sqlite_url: str, file: Path) -> None:
    await enroll(sqlite_url, 101)
    await backup(settings_for(sqlite_url), file)
    header, rows = verify(file)
    assert header.revision == head()
    assert rows["learners"] == 1
    assert header.ledger_key is None  # nobody was erased, so no key was needed


async def test_older_backup_is_migrated(
    database_url: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revision made for this test adds a column; a backup from before it is brought up to it."""
    await enroll(database_url, 101)
    await backup(settings_for(database_url), file)
    revisions = tmp_path / "migrations"
    shutil.copytree(migrate.migrations_folder(), revisions)
    (revisions / "versions" / "test_after.py").write_text(
        '"""Adds a column."""\n'
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "after"\ndown_revision = "{head()}"\nbranch_labels = None\ndepends_on = None\n'
        'def upgrade():\n    op.add_column("learners", sa.Column("nick", sa.Text(), server_default="none"))\n'
        'def downgrade():\n    with op.batch_alter_table("learners") as table:\n'
        '        table.drop_column("nick")\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(migrate, "migrations_folder", lambda: revisions)
    monkeypatch.setattr(restore_module, "migrations_folder", lambda: revisions)
    await restore(settings_for(database_url), file, force=True)
    assert await current(database_url) == "after"
    async with storage_of(database_url) as storage, storage.connection(read_only=True) as connection:
        nick = await connection.exec_driver_sql("SELECT nick FROM learners")
        assert nick.scalar_one() == "none"
    await downgrade(database_url, head_before := verify(file)[0].revision)
    assert await current(database_url) == head_before


def _edit(file: Path, change: object) -> None:
    """Rewrite a backup's lines."""
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).decode().splitlines()]
    change(lines)  # type: ignore[operator]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_bytes(gzip.compress(text.encode()))
