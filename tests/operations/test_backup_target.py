"""A backup never lands on the database it is taken from, nor on anything else that is there already."""

from pathlib import Path

import pytest

from painbot.core.errors import PainbotError
from painbot.operations.archive import verify
from painbot.operations.backup import backup
from painbot.storage.migrate import upgrade
from tests.operations.rows import chats, enroll, settings_for


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """A database in use."""
    path = tmp_path / "painbot.db"
    await upgrade(f"sqlite:///{path}")
    await enroll(f"sqlite:///{path}", 101)
    return path


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal", ".lock"])
async def test_backup_onto_the_databases_own_files_is_refused(
    database: Path, suffix: str, force: bool
) -> None:
    url = f"sqlite:///{database}"
    with pytest.raises(PainbotError, match="belongs to the database itself"):
        await backup(settings_for(url), Path(f"{database}{suffix}"), force=force)
    assert await chats(url) == [101]


@pytest.mark.parametrize("kind", ["symbolic", "hard"])
async def test_backup_onto_a_link_to_the_database_is_refused(database: Path, kind: str) -> None:
    link = database.with_name("link.backup")
    if kind == "symbolic":
        link.symlink_to(database)
    else:
        link.hardlink_to(database)
    with pytest.raises(PainbotError, match="belongs to the database itself"):
        await backup(settings_for(f"sqlite:///{database}"), link, force=True)
    assert await chats(f"sqlite:///{database}") == [101]


async def test_backup_onto_the_file_behind_a_linked_database_is_refused(database: Path) -> None:
    """SQLite's own files and the lock stand beside the real file."""
    folder = database.parent / "elsewhere"
    folder.mkdir()
    link = folder / "current.db"
    link.symlink_to(database)
    for file in (database, Path(f"{database}-wal"), Path(f"{database}.lock"), folder / ".." / "painbot.db"):
        with pytest.raises(PainbotError, match="belongs to the database itself"):
            await backup(settings_for(f"sqlite:///{link}"), file, force=True)
    assert await chats(f"sqlite:///{link}") == [101]


async def test_backup_onto_a_file_that_exists_is_refused_without_force(database: Path) -> None:
    there = database.with_name("there.backup")
    there.write_text("something dear")
    with pytest.raises(PainbotError, match="--force"):
        await backup(settings_for(f"sqlite:///{database}"), there)
    assert there.read_text() == "something dear"
    await backup(settings_for(f"sqlite:///{database}"), there, force=True)
    assert verify(there)[1]["learners"] == 1


async def test_forced_backup_replaces_a_link_and_not_what_it_leads_to(database: Path) -> None:
    dear = database.with_name("dear.txt")
    dear.write_text("something dear")
    link = database.with_name("link.backup")
    link.symlink_to(dear)
    await backup(settings_for(f"sqlite:///{database}"), link, force=True)
    assert dear.read_text() == "something dear"
    assert verify(link)[1]["learners"] == 1


async def test_backup_onto_a_folder_is_refused(database: Path) -> None:
    with pytest.raises(PainbotError, match="is a folder"):
        await backup(settings_for(f"sqlite:///{database}"), database.parent, force=True)


async def test_file_that_appears_while_the_backup_is_written_stays(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from painbot.operations import backup as module

    there = database.with_name("there.backup")
    write = module._write_tables

    def slow(*args: object) -> object:
        there.write_text("something dear")
        return write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_write_tables", slow)
    with pytest.raises(PainbotError, match="--force"):
        await backup(settings_for(f"sqlite:///{database}"), there)
    assert there.read_text() == "something dear"
    assert [path.name for path in database.parent.glob(".*.part")] == []
