"""A simulated Telegram on loopback: the Bot API, the people who use it, and a chat page to be one of them."""

from painbot.simulator.faults import Fault, FaultKind, Faults, RateLimit
from painbot.simulator.people import CannotDoThat, People
from painbot.simulator.server import SimulatedTelegram, build_app
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.time_machine import BotControls, MovableClock, Scheduled

__all__ = [
    "BotControls",
    "CannotDoThat",
    "Fault",
    "FaultKind",
    "Faults",
    "MovableClock",
    "People",
    "RateLimit",
    "Scheduled",
    "SimulatedTelegram",
    "TelegramState",
    "build_app",
]
