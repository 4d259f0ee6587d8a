"""``python -m painbot.simulator --port N --token T``: the simulator as a process of its own.

Prints one line with its address when it listens; ends on SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from painbot.simulator.local_only import LOOPBACK
from painbot.simulator.server import SimulatedTelegram
from painbot.simulator.telegram_state import DEFAULT_TOKEN, TelegramState


def main(arguments: list[str] | None = None) -> int:
    """Run until told to stop; the exit code is 0 then."""
    parser = argparse.ArgumentParser(prog="python -m painbot.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the token the bot uses here")
    chosen = parser.parse_args(arguments)
    if chosen.host not in LOOPBACK:
        parser.error("the simulator listens on loopback only")
    asyncio.run(_serve(chosen.host, chosen.port, chosen.token))
    return 0


async def _serve(host: str, port: int, token: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    simulated = SimulatedTelegram(TelegramState(token=token))
    await simulated.start(host, port)
    sys.stdout.write(f"{simulated.page_url}\n")
    sys.stdout.flush()
    await stop.wait()
    await simulated.stop()


if __name__ == "__main__":
    sys.exit(main())
