"""Each fault an operator can make is found, named and given a remedy in one line."""

import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web
from rich.console import Console

from painbot.content.loader import shipped_lessons
from painbot.operations.doctor import (
    Check,
    check_clock,
    check_course,
    check_database,
    check_help_lines,
    check_settings,
    check_time_zones,
    check_token,
    check_write_permission,
    doctor,
    examine,
)
from painbot.safety.loader import load_help_lines
from painbot.simulator.server import SimulatedTelegram
from painbot.storage.migrate import downgrade
from tests.operations.rows import run_sql, settings_for

OWN = {"operator_name": "Pain Clinic", "contact": "painbot@example.org"}
OTHER_TOKEN = "987654:" + "Z" * 35


@asynccontextmanager
async def api_with_date(date_header: str | None) -> AsyncIterator[str]:
    """Serve a Bot API that tells this time; yield its address."""

    async def answer(_: web.Request) -> web.Response:
        response = web.Response(status=302)
        response.headers["Date"] = date_header or "soon"
        return response

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_everything_in_order_is_all_ok(sqlite_url: str) -> None:
    """The simulated Telegram tells no time; help lines grow old by themselves."""
    async with SimulatedTelegram() as telegram:
        settings = settings_for(sqlite_url, token=telegram.token, bot_api_url=telegram.base_url, **OWN)
        checks = await examine(settings)
    assert {check.name for check in checks if check.ok is not True} <= {"clock", "help lines"}
    assert not [check.line for check in checks if check.ok is False]
    assert all("\n" not in check.line for check in checks)


async def test_token_nobody_knows_is_named_and_never_shown(sqlite_url: str) -> None:
    async with SimulatedTelegram() as telegram:
        settings = settings_for(sqlite_url, token=OTHER_TOKEN, bot_api_url=telegram.base_url)
        check = await check_token(settings)
    assert check.ok is False
    assert "BotFather" in check.do
    assert "ZZZ" not in check.line


async def test_bot_api_out_of_reach_is_named_without_the_token(sqlite_url: str) -> None:
    settings = settings_for(sqlite_url, token=OTHER_TOKEN, bot_api_url="http://127.0.0.1:1")
    check = await check_token(settings)
    assert check.ok is False
    assert "PAINBOT_BOT_API_URL" in check.do
    assert "ZZZ" not in check.line
    assert (await check_clock(settings)).ok is None


def test_missing_settings_are_listed_by_name(sqlite_url: str) -> None:
    check = check_settings(settings_for(sqlite_url, contact="painbot@example.org"))
    assert check.ok is False
    assert "PAINBOT_TOKEN, PAINBOT_OPERATOR_NAME not set" in check.says


@pytest.mark.parametrize(
    ("off", "ok", "word"),
    [
        (timedelta(), True, "agrees"),
        (timedelta(seconds=30), None, "behind"),
        (timedelta(minutes=-5), False, "ahead of"),
    ],
)
async def test_clock_is_compared_with_the_bot_apis(
    sqlite_url: str, off: timedelta, ok: bool | None, word: str
) -> None:
    async with api_with_date(format_datetime(datetime.now(UTC) + off, usegmt=True)) as url:
        check = await check_clock(settings_for(sqlite_url, bot_api_url=url))
    assert check.ok is ok
    assert word in check.says


async def test_answer_without_a_readable_date_is_a_warning(sqlite_url: str) -> None:
    async with api_with_date(None) as url:
        assert (await check_clock(settings_for(sqlite_url, bot_api_url=url))).ok is None


async def test_database_at_head_is_ok(database_url: str) -> None:
    assert (await check_database(settings_for(database_url))).ok is True


async def test_database_behind_names_the_command(database_url: str) -> None:
    await downgrade(database_url, "base")
    check = await check_database(settings_for(database_url))
    assert check.ok is False
    assert "painbot db upgrade" in check.do


async def test_database_of_a_newer_painbot_is_named(database_url: str) -> None:
    await run_sql(database_url, "UPDATE alembic_version SET version_num = '9999'")
    check = await check_database(settings_for(database_url))
    assert check.ok is False
    assert "newer" in check.says


async def test_missing_sqlite_file_is_named_and_not_made(tmp_path: Path) -> None:
    check = await check_database(settings_for(f"sqlite:///{tmp_path / 'none.db'}"))
    assert check.ok is False
    assert "painbot db upgrade" in check.do
    assert not (tmp_path / "none.db").exists()


async def test_database_out_of_reach_is_named_without_its_password() -> None:
    check = await check_database(settings_for("postgresql://painbot:sesame@127.0.0.1:1/painbot"))
    assert check.ok is False
    assert "sesame" not in check.line
    assert "\n" not in check.line


def test_tzdata_older_than_a_year_is_a_warning() -> None:
    assert check_time_zones(date(2026, 11, 22)).ok is True
    assert check_time_zones(date(2040, 1, 1)).ok is None


def test_broken_course_names_the_command(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(shipped_lessons() / "chronic-pain", folder)
    assert check_course(settings_for(sqlite_url, lessons=folder)).ok is True
    next((folder / "en").glob("pne-*.yaml")).unlink()
    check = check_course(settings_for(sqlite_url, lessons=folder))
    assert check.ok is False
    assert f"painbot lessons check {folder}" in check.do


def test_course_folder_that_is_not_there_is_named(sqlite_url: str, tmp_path: Path) -> None:
    check = check_course(settings_for(sqlite_url, lessons=tmp_path / "nowhere"))
    assert check.ok is False
    assert "nowhere" in check.line


def test_folder_that_is_missing_or_no_folder_cannot_be_written(tmp_path: Path) -> None:
    check = check_write_permission(settings_for(f"sqlite:///{tmp_path / 'nowhere' / 'painbot.db'}"))
    assert check.ok is False
    assert "nowhere" in check.says
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert check_write_permission(settings_for(f"sqlite:///{tmp_path / 'file' / 'painbot.db'}")).ok is False


MALFORMED = ["sqlite:///", "postgresql://host:port/painbot", "postgresql://painbot:sesame@[::1/painbot"]


@pytest.mark.parametrize("url", MALFORMED)
async def test_address_that_is_none_costs_its_own_lines_and_no_others(url: str) -> None:
    settings = settings_for(url, bot_api_url="http://127.0.0.1:1")
    checks = {check.name: check for check in await examine(settings)}
    assert checks["database"].ok is False
    assert checks["writing"].ok is None
    assert checks["course"].ok is True
    assert not [check.line for check in checks.values() if "sesame" in check.line]


def test_write_check_leaves_nothing_behind(tmp_path: Path) -> None:
    assert check_write_permission(settings_for(f"sqlite:///{tmp_path / 'painbot.db'}")).ok is True
    assert not list(tmp_path.iterdir())


def test_help_lines_not_checked_for_half_a_year_are_counted() -> None:
    count = len(load_help_lines().unverified(date(2040, 1, 1)))
    check = check_help_lines(date(2040, 1, 1))
    assert check.ok is None
    assert str(count) in check.says


def test_doctor_prints_one_line_a_check_and_fails_when_something_is_wrong(tmp_path: Path) -> None:
    text = io.StringIO()
    settings = settings_for(f"sqlite:///{tmp_path / 'none.db'}", bot_api_url="http://127.0.0.1:1")
    assert doctor(settings, Console(file=text, soft_wrap=True, highlight=False, markup=False)) == 1
    lines = text.getvalue().splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("wrong settings: PAINBOT_TOKEN")


def test_check_is_one_line() -> None:
    assert Check("token", False, "Telegram does not know it.", "Copy it.").line == (
        "token: Telegram does not know it. Copy it."
    )
