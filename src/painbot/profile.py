"""How the bot presents itself on Telegram: its commands and its descriptions."""

from __future__ import annotations

from painbot.core.commands import OWN_COMMANDS
from painbot.rendering.catalog import catalog
from painbot.telegram.application import TelegramLine, register


async def register_profile(line: TelegramLine, language: str = "en") -> None:
    """Tell Telegram the commands and descriptions; it is left alone where it has them already."""
    words = catalog(language)
    commands = tuple((name, words.text(f"command-{name}")) for name in OWN_COMMANDS)
    await register(line, commands, words.text("bot-description"), words.text("bot-short-description"))
