"""Looks over everything a bot needs, and says in one line each what to do."""

from __future__ import annotations

import asyncio
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib import import_module
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from rich.console import Console
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from painbot.content.loader import CourseBroken, load_course, shipped_lessons
from painbot.core.errors import DatabaseBehind, PainbotError
from painbot.operations.misspelt import misspelt_variables
from painbot.safety.loader import load_help_lines
from painbot.settings import ENV_FILE, Settings
from painbot.storage.engine import create_engine, sqlite_path
from painbot.storage.migrate import check_is_current, head
from painbot.storage.problems import UNREACHABLE, database_fault

ANSWER_SECONDS: Final = 10.0
"""How long Telegram or the database may take to answer."""

SKEW_NOTICED: Final = timedelta(seconds=5)
SKEW_WRONG: Final = timedelta(seconds=60)

_COUNTRIES_NAMED = 5
_WORDS: Final = {True: ("ok", "green"), None: ("look", "yellow"), False: ("wrong", "red")}


@dataclass(frozen=True)
class Check:
    """One thing looked at. `ok` is None for a warning; `do` is empty where nothing is to be done."""

    name: str
    ok: bool | None
    says: str
    do: str = ""

    @property
    def line(self) -> str:
        """The whole check in one line."""
        return f"{self.name}: {self.says}" + (f" {self.do}" if self.do else "")


def doctor(settings: Settings, console: Console | None = None) -> int:
    """Print every check; return 1 when something is wrong, else 0. Warnings alone are 0."""
    out = console or Console(soft_wrap=True, highlight=False, markup=False)
    checks = asyncio.run(examine(settings))
    for check in checks:
        word, style = _WORDS[check.ok]
        out.print(f"{word:<6}", style=style, end="")
        out.print(check.line)
    return int(any(check.ok is False for check in checks))


async def examine(settings: Settings, now: datetime | None = None) -> list[Check]:
    """Make every check; none of them changes anything but the temporary files it removes again."""
    today = (now or datetime.now(UTC)).date()
    # One after the other: setting up TLS holds the loop, and the clock check measures time.
    clock = await check_clock(settings)
    return [
        check_settings(settings),
        check_names(),
        await check_token(settings),
        clock,
        check_write_permission(settings),
        await check_database(settings),
        check_time_zones(today),
        check_course(settings),
        check_help_lines(today),
    ]


def check_settings(settings: Settings) -> Check:
    """Are the settings there that `painbot run` needs?"""
    wanted = {
        "PAINBOT_TOKEN": settings.token,
        "PAINBOT_OPERATOR_NAME": settings.operator_name,
        "PAINBOT_CONTACT": settings.contact,
    }
    missing = [name for name, value in wanted.items() if value is None]
    if missing:
        return Check("settings", False, f"{', '.join(missing)} not set.", "Set them in .env.")
    way = "a webhook" if settings.webhook_url else "long polling"
    return Check("settings", True, f"Complete; updates come by {way}.")


def check_names(env_file: Path = ENV_FILE) -> Check:
    """Is there a variable that looks like a setting and is none, and so sets nothing?"""
    wrong = misspelt_variables(env_file)
    if wrong:
        return Check("names", None, " ".join(wrong), "Mend or remove them.")
    return Check("names", True, "Every variable that looks like a setting is one.")


async def check_token(settings: Settings) -> Check:
    """Does Telegram know the token? The token itself is never shown."""
    if settings.token is None:
        return Check("token", None, "Not looked at: there is none.")
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.bot_api_url}/bot",
        request=HTTPXRequest(connect_timeout=ANSWER_SECONDS, read_timeout=ANSWER_SECONDS),
    )
    try:
        async with bot:  # entering asks getMe
            name = bot.username
    except InvalidToken:
        return Check(
            "token", False, "Telegram does not know it.", "Copy it again from @BotFather into PAINBOT_TOKEN."
        )
    except TelegramError:
        # What the library says may quote the address, and the address holds the token.
        return Check("token", False, f"{settings.bot_api_url} gave no answer.", _NETWORK)
    return Check("token", True, f"It belongs to @{name}.")


_NETWORK = "Look at the network, the proxy and PAINBOT_BOT_API_URL."


async def check_clock(settings: Settings) -> Check:
    """Does this machine's clock agree with Telegram's?"""
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
            before = datetime.now(UTC)
            # The root of the Bot API: the date is wanted, and no token goes into an address.
            async with session.get(settings.bot_api_url, allow_redirects=False) as answer:
                after = datetime.now(UTC)
                told = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, OSError):
        return Check("clock", None, "Not compared: no answer from the Bot API.", _NETWORK)
    except (KeyError, ValueError):
        return Check("clock", None, "Not compared: the Bot API's answer tells no time.")
    # The header counts whole seconds, so half of one is added.
    under_way = (after - before) / 2
    skew = before + under_way - told - timedelta(seconds=0.5)
    if abs(skew) <= SKEW_NOTICED + under_way:
        return Check("clock", True, "It agrees with the Bot API's.")
    side = "ahead of" if skew > timedelta() else "behind"
    return Check(
        "clock",
        False if abs(skew) > SKEW_WRONG else None,
        f"It is {abs(skew).total_seconds():.0f} s {side} the Bot API's.",
        "Turn time synchronisation on, for example: timedatectl set-ntp true.",
    )


async def check_database(settings: Settings) -> Check:
    """Can the database be reached, and has it the tables this painbot needs?"""
    try:
        engine = create_engine(settings.database_url, pooled=False)
    except PainbotError as error:
        return Check("database", False, str(error))
    path = sqlite_path(engine)
    # Connecting would make an empty file.
    if path is not None and not path.is_file():
        return Check("database", False, f"There is none at {path}.", "Run `painbot db upgrade`.")
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await check_is_current(engine)
    except DatabaseBehind:
        return Check(
            "database", False, "Its tables are older than this painbot.", "Run `painbot db upgrade`."
        )
    except PainbotError as error:
        return Check("database", False, str(error))
    except TimeoutError:
        return Check("database", False, "It gives no answer.", "Look at PAINBOT_DATABASE_URL and the server.")
    except UNREACHABLE as error:
        fault = database_fault(settings.database_url, error)
        return Check("database", False, fault, "Look at PAINBOT_DATABASE_URL and the server.")
    finally:
        await engine.dispose()
    kind = "SQLite" if path is not None else "PostgreSQL"
    return Check("database", True, f"{kind}, revision {head()}.")


def check_time_zones(today: date) -> Check:
    """Is the tzdata package there and not too old?"""
    upgrade = "Install the newest painbot, or: pip install --upgrade tzdata."
    try:
        version = str(import_module("tzdata").IANA_VERSION)
        ZoneInfo.no_cache("Europe/Berlin")
    except (ImportError, AttributeError, ZoneInfoNotFoundError):
        return Check("time zones", False, "The tzdata package is not there or holds no zones.", upgrade)
    # "2026f" names the year. At the end of the next year even its last release is a year old.
    if today > date(int(version[:4]) + 1, 12, 31):
        return Check("time zones", None, f"tzdata {version} is older than a year.", upgrade)
    return Check("time zones", True, f"tzdata {version}.")


def check_course(settings: Settings) -> Check:
    """Can the course be taught?"""
    folder = settings.lessons or shipped_lessons() / "chronic-pain"
    try:
        course = load_course(folder)
    except CourseBroken as error:
        count = len(error.diagnostics)
        says = f"{count} problem{'s' if count > 1 else ''} in {folder}."
        return Check("course", False, says, f"Run `painbot lessons check {folder}`.")
    except (OSError, PainbotError) as error:
        return Check("course", False, f"{folder} cannot be read: {error}.", "Look at PAINBOT_LESSONS.")
    return Check("course", True, f"{course.id} can be taught.")


def check_write_permission(settings: Settings) -> Check:
    """May painbot write where it must: the folder of an SQLite file, and the temporary folder?"""
    folders = [Path(tempfile.gettempdir())]
    try:
        path = sqlite_path(create_engine(settings.database_url, pooled=False))
    except PainbotError:
        return Check("writing", None, "Not looked at: the database address is wrong.")
    if path is not None:
        folders.insert(0, path.parent)
    for folder in folders:
        try:
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".painbot-doctor-"):
                pass
        except FileNotFoundError:
            return Check("writing", False, f"There is no folder {folder}.", "Run `painbot db upgrade`.")
        except OSError as error:
            do = f"Give the user that runs painbot (number {os.getuid()}) the right to write there."
            return Check("writing", False, f"Nothing can be written to {folder}: {error.strerror}.", do)
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if path is not None else ():
        if file.exists() and not os.access(file, os.R_OK | os.W_OK):
            do = f"Give it to the user that runs painbot (number {os.getuid()})."
            return Check("writing", False, f"{file} may not be written.", do)
    return Check("writing", True, f"{' and '.join(map(str, folders))} can be written to.")


def check_help_lines(today: date) -> Check:
    """Have the numbers on safety cards been checked on their own sites within half a year?"""
    old = load_help_lines().unverified(today)
    if not old:
        return Check("help lines", True, "All numbers were checked within half a year.")
    countries = sorted({line.country for line in old})
    named = ", ".join(countries[:_COUNTRIES_NAMED]) + (", ..." if len(countries) > _COUNTRIES_NAMED else "")
    return Check(
        "help lines",
        None,
        f"{len(old)} numbers in {len(countries)} countries were not checked for half a year ({named}).",
        "Compare those of your learners' countries with the lines' own sites.",
    )
