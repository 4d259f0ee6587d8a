"""A program that brings up painbot processes to be killed: ``python -m tests.crash.nursery``.

Loading painbot takes seconds and a kill cycle must not, so this process loads it once and forks. Each child
is a process of its own that opens its own database, connections and event loop by calling `painbot.run.run`,
as `painbot run` does; it shares nothing with the one killed before.

Standard input takes one JSON line a birth (`Birth`); standard output tells, one JSON line each, which process
was born, that it did its first piece of work, and how it ended. End of input ends every child.
"""

from __future__ import annotations

import asyncio
import json
import os
import selectors
import signal
import sys
import traceback
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

import painbot.run
from painbot.core.errors import PainbotError
from painbot.log import set_up_logging
from painbot.settings import Settings

FAILED = 3


@dataclass(frozen=True)
class Birth:
    """How one painbot process is to be.

    `clock_ahead_seconds` is added to the machine's time. With `dies_at` the process ends itself by SIGKILL on
    passing that place for the `dies_on_passing`th time.
    """

    number: int
    settings: dict[str, Any]
    log: str
    clock_ahead_seconds: float = 0.0
    dies_at: str | None = None
    dies_on_passing: int = 1

    def to_line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


class ShiftedClock:
    """The machine's time, moved by a fixed amount."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead


class FatalPlaces:
    """Counts the named places as they are passed, tells of the first, and dies at the one asked for."""

    def __init__(self, birth: Birth) -> None:
        self._birth = birth
        self._passed: Counter[str] = Counter()

    def __call__(self, place: str) -> None:
        if not self._passed:
            tell(number=self._birth.number, worked=True)
        self._passed[place] += 1
        if place == self._birth.dies_at and self._passed[place] == self._birth.dies_on_passing:
            os.kill(os.getpid(), signal.SIGKILL)


def tell(**news: object) -> None:
    """Write one line in one piece: several processes share this output."""
    os.write(sys.stdout.fileno(), (json.dumps(news) + "\n").encode())


def live(birth: Birth) -> None:
    """Be painbot until told to stop, killed, or unable to go on."""
    log = os.open(birth.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, sys.stderr.fileno())
    values = {name: field.default for name, field in Settings.model_fields.items()} | birth.settings
    # Not validated: here the webhook's address may be plain HTTP, since no TLS proxy stands before it.
    settings = Settings.model_construct(**values | {"token": SecretStr(values["token"])})
    set_up_logging("json", "info")
    clock = ShiftedClock(timedelta(seconds=birth.clock_ahead_seconds))
    status = FAILED
    try:
        asyncio.run(painbot.run.run(settings, clock=clock, fault_points=FatalPlaces(birth)))
        status = 0
    except PainbotError as error:
        sys.stderr.write(f"{error}\n")
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Fork what is asked for and tell what becomes of it."""
    numbers: dict[int, int] = {}
    died, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests, which then close the input
    selector = selectors.DefaultSelector()
    selector.register(sys.stdin, selectors.EVENT_READ)
    selector.register(died, selectors.EVENT_READ)
    tell(ready=True)
    while True:
        for key, _ in selector.select():
            if key.fileobj is not sys.stdin:
                os.read(died, 1000)
                continue
            line = sys.stdin.readline()
            if not line:
                for child in numbers:
                    os.kill(child, signal.SIGKILL)
                return
            birth = Birth(**json.loads(line))
            child = os.fork()
            if child == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.close(sys.stdin.fileno())
                selector.close()
                live(birth)
            numbers[child] = birth.number
            tell(number=birth.number, born=child)
        _tell_of_the_dead(numbers)


def _tell_of_the_dead(numbers: dict[int, int]) -> None:
    for child in list(numbers):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            tell(number=numbers.pop(child), ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
