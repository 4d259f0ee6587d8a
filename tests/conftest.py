"""What every test stands on: a scrubbed environment, fresh databases on both engines, a browser."""

import asyncio
import itertools
import shutil
import sqlite3
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

from tests.support import Unavailable
from tests.support.chromium import find_chromium
from tests.support.controls import Controls, read_controls, scrub
from tests.support.postgres import PostgresServer

CONTROLS = read_controls()
scrub()

# Examples run slowly at times on a busy machine, which says nothing about the property. Under CI hypothesis
# loads its own profile: the same examples on every run.
hypothesis.settings.register_profile("painbot", deadline=None)
if not CONTROLS.require_all:
    hypothesis.settings.load_profile("painbot")

NEEDS = {"postgres": {"postgres_server", "postgres_url", "empty_postgres_url"}, "browser": {"chromium"}}
NOT_RUN = "not run"
"""The property under which a skipped test carries why it was not run, also from another process."""

not_run: dict[str, list[str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server or a browser by the fixtures it asks for."""
    for item in items:
        for marker, fixtures in NEEDS.items():
            if fixtures.intersection(getattr(item, "fixturenames", ())):
                item.add_marker(marker)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what could not be run, from whichever process it comes."""
    for name, reason in report.user_properties:
        if name == NOT_RUN and report.skipped:
            not_run.setdefault(str(reason), []).append(report.nodeid)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Say loudly, after everything else, which tests this machine could not run."""
    yield
    for reason, names in not_run.items():
        terminalreporter.section(f"{len(names)} NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.write_line(reason)
        for name in names:
            terminalreporter.write_line(f"  not run: {name}")


def give_up(request: pytest.FixtureRequest, reason: str) -> NoReturn:
    """Skip the test that asked and remember it for the summary; where everything is required, fail it."""
    if CONTROLS.require_all:
        pytest.fail(reason, pytrace=False)
    request.node.user_properties.append((NOT_RUN, reason))
    pytest.skip(reason)


@pytest.fixture(scope="session")
def controls() -> Controls:
    """What the environment asked of this test run, read before it was scrubbed."""
    return CONTROLS


@pytest.fixture(scope="session")
def crash_kills(controls: Controls) -> int:
    """How many seeded random kills a crash test gives each database."""
    return controls.crash_kills


@pytest.fixture(scope="session")
def _chromium() -> str | Unavailable:
    # What cannot be had is returned, not raised, so that each test is skipped under its own name.
    try:
        return find_chromium(CONTROLS.chromium)
    except Unavailable as missing:
        return missing


@pytest.fixture
def chromium(request: pytest.FixtureRequest, _chromium: str | Unavailable) -> str:
    """The path of a Chromium that starts; launch it with tests.support.chromium.LAUNCH_ARGS."""
    if isinstance(_chromium, Unavailable):
        give_up(request, str(_chromium))
    return _chromium


@pytest.fixture
def systemd_analyze(request: pytest.FixtureRequest) -> str:
    """The path of systemd's own check of units."""
    found = shutil.which("systemd-analyze")
    if found is None:
        give_up(request, "systemd-analyze is not installed: on Debian `apt-get install systemd`")
    return found


@pytest.fixture(scope="session")
def _postgres_server() -> Iterator[PostgresServer | Unavailable]:
    try:
        server = PostgresServer()
    except Unavailable as missing:
        yield missing
        return
    yield server
    server.close()


@pytest.fixture
def postgres_server(
    request: pytest.FixtureRequest, _postgres_server: PostgresServer | Unavailable
) -> PostgresServer:
    """A real PostgreSQL server, shared by the whole run."""
    if isinstance(_postgres_server, Unavailable):
        give_up(request, str(_postgres_server))
    return _postgres_server


def migrate(url: str) -> None:
    """Bring a database to the newest tables, whether or not a loop is running in this thread."""
    from painbot.storage.migrate import upgrade  # here: tests without a database start without its libraries

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, upgrade(url)).result()


@pytest.fixture(scope="session")
def _postgres_template(_postgres_server: PostgresServer | Unavailable) -> str:
    assert isinstance(_postgres_server, PostgresServer)
    migrate(_postgres_server.create_database("migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


numbers = itertools.count(1)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """An SQLite database that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'painbot.db'}"


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    name = f"test_{next(numbers)}"
    yield postgres_server.create_database(name)
    postgres_server.drop_database(name)


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database."""
    path = tmp_path / "painbot.db"
    # SQLite's own backup also takes what is still in the write-ahead log.
    with closing(sqlite3.connect(_sqlite_template)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    name = f"test_{next(numbers)}"
    # Asked for late: without a server the test has been skipped by now.
    yield postgres_server.create_database(name, template=request.getfixturevalue("_postgres_template"))
    postgres_server.drop_database(name)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without tables; the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))
