"""A campaign of kills: people keep on doing things while the bot is killed and started again and again."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.crash.bots import BotProcess, Nursery
from tests.crash.evidence import Database, InFlight
from tests.crash.nursery import Birth
from tests.crash.people import Newcomer, Person, Talker, Tapper, Typist
from tests.crash.seeding import FIRST_LESSON, START, TODAY, Place, seed
from tests.crash.telegram_side import TOKEN, TelegramSide
from tests.crash.verdict import Done, Verdict, judge
from tests.crash.waiting import until

PLACES = (
    "before_intake_commit",
    "after_intake_commit",
    "before_handle",
    "before_handle_commit",
    "after_handle_commit",
    "after_triage_commit",
    "before_plan_commit",
    "after_plan_commit",
    "after_claim",
    "before_send",
    "after_send",
    "before_record",
    "after_record",
)

LIFE = timedelta(seconds=20)
"""How far the bot's clock moves from one start to the next."""

UP_SECONDS = 15.0
DRAIN_SECONDS = 120.0
PAUSE_SECONDS = 0.015
"""Between two things that people do."""

LOOKS_UP_AFTER = 20
MOST_WAITING = 150
"""With more updates than this waiting at Telegram, people wait too."""

A_FEW, CROWD, TALKERS = 3, 30, 8
LATENCY_SECONDS = 0.04
"""How long Telegram takes for a message, so that several are in flight at most instants."""


@dataclass(frozen=True)
class Kill:
    """How one process ends: at a place, or so long after its birth or its first piece of work."""

    place: str | None = None
    passing: int = 1
    seconds: float = 0.0
    while_starting: bool = False
    faults: tuple[dict[str, Any], ...] = ()


def draw_kills(seed: int, count: int, *, faults: bool = False) -> list[Kill]:
    """Draw a plan: the same seed gives the same plan."""
    chance = random.Random(seed)
    return [_draw_kill(chance, faults) for _ in range(count)]


def _draw_kill(chance: random.Random, with_faults: bool) -> Kill:
    faults = _draw_faults(chance) if with_faults else ()
    way = chance.random()
    if way < 0.4:
        return Kill(chance.choice(PLACES), chance.randint(1, 12), seconds=1.0, faults=faults)
    if way < 0.5:
        return Kill(seconds=chance.uniform(0.0, 0.6), while_starting=True, faults=faults)
    return Kill(seconds=chance.uniform(0.0, 0.9), faults=faults)


def _draw_faults(chance: random.Random) -> tuple[dict[str, Any], ...]:
    sorts: list[dict[str, Any]] = [
        {"kind": "throttled", "retry_after": 1, "count": 1},
        {"kind": "server_error", "count": 2},
        {"kind": "server_error", "count": 1, "applied": True},
        {"kind": "drop", "count": 2},
        {"kind": "slow", "count": 4, "delay_seconds": 0.3},
    ]
    methods = ("sendMessage", "editMessageText")
    return tuple(
        fault | {"method": chance.choice(methods), "skip": chance.randint(0, 8)}
        for fault in chance.sample(sorts, 2)
    )


@dataclass
class Campaign:
    """One bot with its database and its people. `lives` counts the processes so far."""

    telegram: TelegramSide
    nursery: Nursery
    database: Database
    url: str
    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)
    """What every process of it is started with, besides what all have in common."""

    groups: list[list[Person]] = field(default_factory=list)
    """Those owed a push, in the order of their lives; talkers; newcomers."""

    pushes: dict[int, str] = field(default_factory=dict)
    strangers: frozenset[int] = frozenset()
    in_flight: list[Sequence[InFlight]] = field(default_factory=list)
    updates_before: int = 0
    lives: int = 0
    _bots: list[BotProcess] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        """Everybody."""
        return [person for group in self.groups for person in group]

    async def settle_people(self, seed_number: int, lives: int) -> None:
        """Make everybody, and enroll those who are owed something: some fall due in each life."""
        self.updates_before = self.telegram.updates_made
        chance = random.Random(seed_number)
        due_in = [life for life in range(lives) for _ in range(CROWD if life % 5 == 2 else A_FEW)]
        newcomers = max(lives // 4, 2)
        ids = await self.telegram.people(len(due_in) + TALKERS + newcomers)
        draw = (random.Random(chance.random()) for _ in ids)
        places: list[Place] = []
        pushed: list[Person] = []
        for number, (life, chat_id, own) in enumerate(zip(due_in, ids, draw, strict=False)):
            push = "lesson" if number % 2 else "checkin"
            places.append(Place(chat_id, push, LIFE * life + timedelta(seconds=chance.uniform(0.0, 0.6))))
            pushed.append(Tapper(chat_id, own, 8) if number % 4 else Typist(chat_id, own, 2))
        talkers = [Talker(chat_id, next(draw), 4 * lives) for chat_id in ids[len(due_in) :][:TALKERS]]
        places += [Place(person.chat_id, None) for person in talkers[::2]]
        self.strangers = frozenset(person.chat_id for person in talkers[1::2])
        fresh = [Newcomer(chat_id, next(draw)) for chat_id in ids[-newcomers:]]
        self.groups = [pushed, list(talkers), list(fresh)]
        enrollments = await seed(self.url, places)
        for place in places:
            if place.push == "checkin":
                self.pushes[place.chat_id] = f"checkin:{enrollments[place.chat_id]}:{TODAY}+0000"
            elif place.push == "lesson":
                self.pushes[place.chat_id] = f"lesson:{enrollments[place.chat_id]}:{FIRST_LESSON}"

    def now(self) -> datetime:
        """Return the bot's time at the start of the next life."""
        return START + LIFE * self.lives

    async def start(self, kill: Kill | None = None, *, name: str = "painbot", **settings: Any) -> BotProcess:
        """Start the next process, its clock `LIFE` further on than the last one's, its log named `name`."""
        birth = Birth(
            number=0,
            settings={
                "token": TOKEN,
                "operator_name": "Riverside Clinic",
                "contact": "painbot@example.org",
                "database_url": self.url,
                "bot_api_url": self.telegram.url,
                "sends_per_second": 0,
                "chat_sends_per_second": 0.0,
                **self.settings,
                **settings,
            },
            log=str(self.folder / f"{name}.log"),
            clock_ahead_seconds=(self.now() - datetime.now(UTC)).total_seconds(),
            dies_at=kill.place if kill else None,
            dies_on_passing=kill.passing if kill else 1,
        )
        self.lives += 1
        self._bots.append(await self.nursery.start(birth))
        return self._bots[-1]

    async def kill_all(self) -> None:
        """End whatever still runs."""
        for bot in self._bots:
            await bot.kill()

    async def live_and_die(self, kill: Kill) -> bool:
        """Bring a process up, end it as told, and look at what it leaves in flight.

        Return whether it died at the place.
        """
        for fault in kill.faults:
            await self.telegram.add_fault(**fault)
        bot = await self.start(kill)
        if kill.while_starting:
            await asyncio.sleep(kill.seconds)
        else:
            await self._until_at_work(bot)
            await asyncio.wait({bot.ended}, timeout=kill.seconds)
        died_there = bot.ended.done()
        await bot.kill()
        assert bot.ended.result() == -9, f"it ended by itself ({bot.ended.result()}): {bot.said()[-2000:]}"
        self.in_flight.append(await self.database.in_flight())
        if kill.faults:
            await self.telegram.clear_faults()
        return died_there

    async def _until_at_work(self, bot: BotProcess) -> None:
        work = asyncio.create_task(bot.worked.wait())
        await asyncio.wait({work, bot.ended}, timeout=UP_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        work.cancel()

    @asynccontextmanager
    async def people_about(self, seed_number: int) -> AsyncIterator[None]:
        """Have people do things in the background; they do not wait for the bot."""
        # Told to end, not cut off: what somebody did must also be noted.
        enough = asyncio.Event()
        acting = asyncio.create_task(self._act(random.Random(seed_number), enough))
        try:
            yield
        finally:
            enough.set()
            await acting

    async def _act(self, chance: random.Random, enough: asyncio.Event) -> None:
        """Have one person do one thing, then another; mostly those who lately got something."""

        async def is_time() -> bool:
            # A bot that is killed all the time gets little done; a longer queue would prove no more.
            return enough.is_set() or await self.telegram.updates_waiting() <= MOST_WAITING

        for number in itertools.count():
            if enough.is_set():
                return
            if number % LOOKS_UP_AFTER == 0:
                await until(is_time, DRAIN_SECONDS)
            pushed, talkers, newcomers = self.groups
            known = self.lives * A_FEW + self.lives // 5 * (CROWD - A_FEW)
            lately = [person for person in pushed[max(known - 2 * CROWD, 0) : known] if person.busy]
            group = chance.choices((lately, talkers, newcomers), (6, 2, 2))[0]
            if group:
                await chance.choice(group).act(self.telegram)
            await asyncio.sleep(PAUSE_SECONDS)

    async def drain(self) -> None:
        """Let one last process do all that is left, stop it as an operator would, and expect a clean end."""
        await self.drained_by(await self.start())

    async def drained_by(self, bot: BotProcess) -> None:
        """Wait until this process has done all that is left, stop it, and expect a clean end."""

        async def is_done() -> bool:
            assert not bot.ended.done(), f"it ended by itself: {bot.said()[-2000:]}"
            return not await self.left_to_do()

        try:
            await until(is_done, DRAIN_SECONDS)
        except TimeoutError:
            pytest.fail(f"after {DRAIN_SECONDS} s there is still: {await self.left_to_do()}")
        assert await bot.stop() == 0, bot.said()[-2000:]

    async def left_to_do(self) -> str:
        """Return what is left to receive, to handle, to send or to plan; nothing when all is done."""
        # In the order in which things move on, so that nothing slips through between two looks.
        waiting = await self.telegram.updates_waiting()
        pushed = await self.database.rows("SELECT dedupe_key FROM outbox_messages WHERE lane > 1")
        unplanned = sorted(set(self.pushes.values()) - {row["dedupe_key"] for row in pushed})
        (counts,) = await self.database.rows(
            "SELECT (SELECT count(*) FROM inbox_updates WHERE status = 'pending') AS unhandled, "
            "(SELECT count(*) FROM outbox_messages WHERE status IN ('pending', 'leased')) AS unsent"
        )
        left = {"unfetched": waiting, **counts, "unplanned": unplanned[:5]}
        return str(left) if any(left.values()) else ""

    async def judge(self) -> Verdict:
        """Compare what was done with what is there."""
        done = Done(self.people, self.pushes, self.strangers, self.in_flight, self.updates_before)
        return await judge(self.database, self.telegram, done)


@asynccontextmanager
async def make_campaign(
    telegram: TelegramSide, nursery: Nursery, url: str, folder: Path
) -> AsyncIterator[Campaign]:
    """A bot that has not started yet, over an empty database; leaving kills whatever of it still runs."""
    made = Campaign(telegram, nursery, Database(url), url, folder)
    try:
        yield made
    finally:
        await made.kill_all()
