"""A trial goes on where it was, is alone on its database, and answers on this computer only."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from painbot.core.errors import AlreadyRunning, PainbotError
from painbot.operations.backup import backup
from painbot.operations.restore import restore
from painbot.settings import load_settings, trial_settings
from painbot.simulator.player import until_received
from painbot.simulator.time_machine import MovableClock
from painbot.storage.engine import create_engine
from painbot.storage.insights import latest_time
from painbot.storage.leadership import leadership
from painbot.storage.unit_of_work import SqlStorage
from painbot.trial import start_trial

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'folder' / 'try.db'}"


def standing() -> MovableClock:
    return MovableClock(real_now=lambda: START)


async def test_clock_goes_on_where_it_was(url: str) -> None:
    first = await start_trial(trial_settings(url), clock=standing())
    await first.controls.advance(START + timedelta(days=40))
    await first.stop()
    second = await start_trial(trial_settings(url), clock=standing())
    assert second.clock.now() == START + timedelta(days=40)
    await second.stop()


async def test_clock_goes_on_after_a_kill(url: str) -> None:
    """What was moved is kept at once; what came in since is later still."""
    trial = await start_trial(trial_settings(url), clock=standing())
    await trial.controls.advance(START + timedelta(days=3))
    assert await latest_time(trial.engine.storage) == START + timedelta(days=3)
    trial.clock.advance(START + timedelta(days=3, minutes=5))
    people = trial.telegram.people
    anna = people.create("Anna")
    people.type_text(anna, "/start")
    await until_received(lambda: len(people.state.updates))
    await trial.controls.settle()
    assert await latest_time(trial.engine.storage) == START + timedelta(days=3, minutes=5)
    await trial.stop()


async def test_clock_is_the_real_one_when_that_is_later(url: str) -> None:
    first = await start_trial(trial_settings(url), clock=standing())
    await first.stop()
    later = START + timedelta(days=9)
    second = await start_trial(trial_settings(url), clock=MovableClock(real_now=lambda: later))
    assert second.clock.now() == later
    await second.stop()


async def test_second_trial_on_one_database_is_refused(url: str, tmp_path: Path) -> None:
    first = await start_trial(trial_settings(url))
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "folder" / "try.db")
    for name in (url, f"sqlite:///{link}"):
        with pytest.raises(AlreadyRunning, match="painbot try --database"):
            await start_trial(trial_settings(name))
    await first.stop()
    again = await start_trial(trial_settings(url))
    await again.stop()


async def test_restore_under_a_running_trial_is_refused(url: str, tmp_path: Path) -> None:
    trial = await start_trial(trial_settings(url))
    settings = load_settings(None, database_url=url)
    await backup(settings, tmp_path / "file")
    with pytest.raises(AlreadyRunning):
        await restore(settings, tmp_path / "file", force=True)
    await trial.stop()
    await restore(settings, tmp_path / "file", force=True)


async def test_taken_port_is_named_and_everything_let_go_of(url: str, tmp_path: Path) -> None:
    first = await start_trial(trial_settings(url))
    port = int(first.telegram.page_url.rpartition(":")[2])
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with pytest.raises(PainbotError, match=f"Port {port} .*--port"):
        await start_trial(trial_settings(other), port=port)
    await first.stop()
    second = await start_trial(trial_settings(other), port=port)
    await second.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
async def test_address_others_could_reach_is_refused(url: str, tmp_path: Path, host: str) -> None:
    with pytest.raises(PainbotError, match="this computer only"):
        await start_trial(trial_settings(url), host=host)
    assert not (tmp_path / "folder").exists()


async def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database at all, " * 99)
    with pytest.raises(PainbotError, match=r"notes.txt cannot be used: file is not a database. .*--database"):
        await start_trial(trial_settings(f"sqlite:///{file}"))
    storage = SqlStorage(create_engine(f"sqlite:///{file}"))
    async with leadership(storage.engine):
        pass
