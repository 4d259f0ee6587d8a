"""The bot's line to Telegram: who it is, how updates come in, what it is called there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import BotCommand, User
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Updater

from painbot.core.errors import PainbotError
from painbot.telegram.bot import LONG_POLL, LeanBot
from painbot.telegram.conflicts import Conflicts
from painbot.telegram.receiver import InboxQueue, PutAll
from painbot.telegram.request import AiohttpRequest
from painbot.telegram.updates import UPDATE_KINDS

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
STOP_SECONDS = 2.0
"""How long a stop waits for the last, confirming call; without it those updates come again."""

WEBHOOK_CONNECTIONS = 40

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class TokenRefused(PainbotError):
    """Telegram does not know this bot token: copy it again from @BotFather into PAINBOT_TOKEN."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know this bot token: copy it again from @BotFather.")


class PolledElsewhere(PainbotError):
    """Another process receives updates with this bot token: stop it, then start painbot again."""

    def __init__(self) -> None:
        super().__init__(
            "Another process receives updates with this bot token: stop it, then start painbot again."
        )


class TelegramLine:
    """The connection to the Bot API for one token.

    `api_url` is the root of a self-hosted Bot API server, such as "http://127.0.0.1:8081".
    """

    def __init__(self, token: str, *, api_url: str | None = None) -> None:
        # At its lowest level the library logs what is sent and received.
        logging.getLogger("telegram").setLevel(logging.INFO)
        addresses: dict[str, str] = {}
        if api_url is not None:
            root = api_url.rstrip("/")
            addresses = {"base_url": f"{root}/bot", "base_file_url": f"{root}/file/bot"}
        self._fatal: asyncio.Future[PainbotError] = asyncio.get_running_loop().create_future()
        self.bot = LeanBot(
            token,
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(connections=2, read_timeout=10.0),
            on_refusal=self._note_refusal,
            **addresses,
        )
        self._conflicts = Conflicts()
        self._updater: Updater | None = None

    async def open(self) -> User:
        """Connect and return who the bot is, waiting for as long as Telegram is out of reach.

        Raises TokenRefused.
        """
        await _until_reached("get_me", self.bot.initialize)
        return self.bot.bot

    async def start_polling(self, put_all: PutAll) -> None:
        """Fetch updates into `put_all`; pending updates are kept, a webhook is taken down first."""
        updater = Updater(self.bot, InboxQueue(put_all))
        await updater.initialize()
        await _until_reached(
            "delete_webhook",
            lambda: updater.start_polling(
                timeout=LONG_POLL,
                allowed_updates=UPDATE_KINDS,
                drop_pending_updates=False,
                error_callback=_log_polling_error,
            ),
        )
        self._updater = updater

    async def set_webhook(self, url: str, secret_token: str) -> None:
        """Have Telegram post updates to `url`; pending updates are kept."""
        await _until_reached(
            "set_webhook",
            lambda: self.bot.set_webhook(
                url,
                secret_token=secret_token,
                allowed_updates=UPDATE_KINDS,
                drop_pending_updates=False,
                max_connections=WEBHOOK_CONNECTIONS,
            ),
        )

    async def fatal(self) -> PainbotError:
        """Return what makes going on impossible, once it happens: TokenRefused or PolledElsewhere."""
        return await asyncio.shield(self._fatal)

    async def stop_receiving(self) -> None:
        """Stop polling and confirm what was stored; a webhook stays set, for Telegram to wait on."""
        updater, self._updater = self._updater, None
        if updater is None:
            return
        stopping = asyncio.create_task(updater.stop())
        await asyncio.wait({stopping}, timeout=STOP_SECONDS)
        for _ in range(2):
            # The first ends the library's sleep between tries and is swallowed; the second its last call.
            if not stopping.done():
                stopping.cancel()
                await asyncio.wait({stopping}, timeout=0.1)
        if stopping.cancelled() or not stopping.done() or stopping.exception() is not None:
            _log.warning("last_updates_not_confirmed")

    async def close(self) -> None:
        """Stop receiving and close every connection."""
        await self.stop_receiving()
        await self.bot.shutdown()

    def _note_refusal(self, error: TelegramError | None) -> None:
        """Take note of how a fetch of updates ended."""
        if self._fatal.done():
            return
        now = asyncio.get_running_loop().time()
        if error is None:
            self._conflicts.fetched(now)
        elif isinstance(error, InvalidToken):
            self._fatal.set_result(TokenRefused())
        elif isinstance(error, Conflict):
            if self._conflicts.refused(now):
                # Not even the last, confirming call may disturb the process that stays.
                self.bot.stop_fetching()
                self._fatal.set_result(PolledElsewhere())
            elif self._conflicts.was_first:
                _log.warning("second_process_polls", conflicts=self._conflicts.conflicts)


async def register(
    line: TelegramLine,
    commands: Sequence[tuple[str, str]],
    description: str,
    short_description: str,
) -> None:
    """Tell Telegram the bot's commands and descriptions, where it does not have them already.

    Telegram limits these calls strictly; a refusal is logged and the bot works without them.
    """
    bot = line.bot
    wanted = tuple(BotCommand(name, words) for name, words in commands)
    try:
        if await bot.get_my_commands() != wanted:
            await bot.set_my_commands(wanted)
        if (await bot.get_my_description()).description != description:
            await bot.set_my_description(description)
        if (await bot.get_my_short_description()).short_description != short_description:
            await bot.set_my_short_description(short_description)
    except TelegramError as error:
        _log.warning("registration_failed", error=type(error).__name__)


async def _until_reached(what: str, call: Callable[[], Awaitable[object]]) -> None:
    """Repeat a call until Telegram answers it."""
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            await call()
        except InvalidToken:
            refused = True
        except TelegramError as error:
            _log.warning("telegram_out_of_reach", call=what, error=type(error).__name__)
            refused = False
        else:
            return
        if refused:
            # Outside the handler: the library's error names the token.
            raise TokenRefused
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def _log_polling_error(error: TelegramError) -> None:
    _log.warning("polling_failed", error=type(error).__name__)
