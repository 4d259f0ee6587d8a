"""What an operator can mend is said in one plain line that names it; a traceback is never shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from painbot.storage.migrate import upgrade


def painbot(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with nothing of this machine's environment."""
    return subprocess.run(
        [sys.executable, "-m", "painbot.cli", *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **(env or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_line(ran: subprocess.CompletedProcess[str], *named: str) -> str:
    """Return the one line said; it names what is to be looked at."""
    assert ran.returncode == 1, ran.stderr
    (line,) = ran.stderr.strip().splitlines()
    for name in named:
        assert name in line
    return line


@pytest.fixture
def no_database(tmp_path: Path) -> Path:
    """A file that is no database."""
    file = tmp_path / "notes.db"
    file.write_text("These are notes, and no database at all. " * 99)
    return file


@pytest.mark.parametrize("name", ["PAINBOT_HEALTH_LISTEN", "PAINBOT_WEBHOOK_LISTEN"])
def test_a_port_that_is_too_high(tmp_path: Path, name: str) -> None:
    line = one_line(painbot(tmp_path, "run", env={name: "127.0.0.1:70000"}), name, "65535")
    assert f"For example: {name}=" in line


@pytest.mark.parametrize("verb", ["run", "doctor"])
def test_a_settings_file_that_is_not_utf_8(tmp_path: Path, verb: str) -> None:
    (tmp_path / ".env").write_bytes(b"PAINBOT_CONTACT=Andr\xe9\n")
    one_line(painbot(tmp_path, verb), ".env", "line 1", "UTF-8")


@pytest.mark.parametrize("words", [("db", "upgrade"), ("db", "current"), ("inbox", "parked")])
def test_a_file_that_is_no_database(tmp_path: Path, no_database: Path, words: tuple[str, ...]) -> None:
    before = no_database.read_bytes()
    env = {"PAINBOT_DATABASE_URL": f"sqlite:///{no_database}"}
    one_line(painbot(tmp_path, *words, env=env), str(no_database), "not a database", "PAINBOT_DATABASE_URL")
    assert no_database.read_bytes() == before


@pytest.mark.parametrize("words", [("db", "current"), ("inbox", "parked"), ("backup", "file")])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    env = {"PAINBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}
    one_line(painbot(tmp_path, *words, env=env), "no database at", "none.db", "PAINBOT_DATABASE_URL")
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_has_no_parked_updates_to_list(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    env = {"PAINBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.db'}"}
    one_line(painbot(tmp_path, "inbox", "parked", env=env), "painbot db upgrade")


async def test_the_databases_commands_work_on_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'painbot.db'}"
    await upgrade(url)
    for words in (("db", "upgrade"), ("db", "current"), ("inbox", "parked"), ("backup", "file")):
        ran = painbot(tmp_path, *words, env={"PAINBOT_DATABASE_URL": url})
        assert (ran.returncode, ran.stderr) == (0, ""), words


def test_doctor_names_a_misspelt_variable(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PAINBOT_CONTRACT=clinic@example.org\n")
    ran = painbot(tmp_path, "doctor", env={"PAINBOT_BOT_API_URL": "http://127.0.0.1:9"})
    assert "names: PAINBOT_CONTRACT is no setting; did you mean PAINBOT_CONTACT?" in ran.stdout
    assert ran.stderr == ""
