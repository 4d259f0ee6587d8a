"""A simulated Telegram for each test, a clock to move, and the real client library to talk to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from painbot.simulator import SimulatedTelegram, TelegramState


class HandClock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **step: float) -> None:
        self.at += timedelta(**step)


@pytest.fixture(autouse=True)
def _new_style_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client library otherwise warns of a change to come each time it reads a 429."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def state(clock: HandClock) -> TelegramState:
    return TelegramState(now=clock.now, stamp=1000)


@pytest.fixture
async def sim(state: TelegramState) -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram(state) as running:
        yield running


@pytest.fixture
async def bot(sim: SimulatedTelegram) -> AsyncIterator[Bot]:
    # Reading the machine's certificates takes longer than a whole test; there is no TLS here.
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    async with Bot(
        sim.token,
        base_url=f"{sim.base_url}/bot",
        base_file_url=f"{sim.base_url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    ) as client:
        yield client


@pytest.fixture
async def http(sim: SimulatedTelegram) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sim.page_url, verify=False) as client:
        yield client


@pytest.fixture
def ann(sim: SimulatedTelegram) -> int:
    """A person who has used the bot before."""
    return sim.people.create("Ann", started=True)
