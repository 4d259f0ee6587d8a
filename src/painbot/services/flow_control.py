"""How fast the bot may call Telegram: a sliding second for the bot, a token bucket a chat, holds on 429."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from painbot.core.ids import ChatId
from painbot.services.ports import Hold

SECOND = 1.0
MARGIN_SECONDS = 0.005
"""Added to the sliding second for coarse clocks on either side."""

MOST_DOUBT_SECONDS = 0.25
"""A call slower than the fastest by more than this is taken to have waited after it was counted."""

DURATIONS_KEPT = 300
DURATIONS_NEEDED = 60
"""With fewer calls measured, nothing is known of how fast a call can be."""

AHEAD_SECONDS = 0.015
"""How long before its start a place may be granted, so that claiming a message costs no time.

Not much longer than a claim takes: a reply that comes meanwhile finds the place given away.
"""

PACE = 1.03
"""Calls are spread slightly faster than the limit, so that spreading alone never costs a call."""

IDLE_BURST = 4
BACKLOG_BURST = 2
"""Calls that may leave together when the queue was empty and when it was not.

Under a backlog an even spread keeps a reply's wait for the next place short: thirty calls at once
would leave the rest of the second without one, and as many as left together are paid back by a pause.
"""

WHOLE_BOT_WINDOW = timedelta(seconds=5)
"""A 429 in a second chat within this time of another chat's means that the whole bot is too fast."""

BOT_SCOPE = "bot"
CHAT_SCOPE = "chat:"

CATCH_UP = 3
"""Most calls that may leave together to make up for places that a slow database left empty."""

Monotonic = Callable[[], float]


@dataclass
class Call:
    """A place in the sliding second, kept until a second after the server counted the call."""

    starts_at: float
    """When the call may be made at the earliest, unless it waits behind another."""

    behind: Call | None = None
    """The call whose place this one takes as soon as it is free."""

    started_at: float | None = None
    frees_at: float = math.inf
    """When the place is free again; not known before the call has started."""


class CallLimiter:
    """Grants at most `per_second` calls in any second as the server sees it; 0 lifts the limit.

    When the server counted a call is only known to lie between its start and its answer. Two calls reach
    the server at least a second apart when the later starts `1 s - fastest` after the earlier's answer,
    where `fastest` is the shortest duration of a call: both travel and work at least that long. So a
    constant delay costs nothing and only its variation does.
    """

    def __init__(self, per_second: int, monotonic: Monotonic = time.monotonic) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._calls: list[Call] = []
        self._spread_until = -math.inf
        self._durations: deque[float] = deque(maxlen=DURATIONS_KEPT)

    def free(self, backlog: bool) -> int:
        """Return how many calls may be granted now; `backlog` says that the queue was not empty before."""
        if not self._per_second:
            return sys.maxsize
        soon = self._monotonic() + AHEAD_SECONDS
        taken = sum(call.frees_at > soon for call in self._calls)
        behind = (self._spread_until - soon) / self._interval
        most = CATCH_UP if backlog else IDLE_BURST
        # A rounding error must not cost a whole place.
        spread = math.floor(min(self._burst(backlog) - behind, most) + 1e-9)
        return max(0, min(self._per_second - taken, spread))

    def wait_seconds(self, backlog: bool) -> float:
        """Return after how many seconds a call may be granted; 0 when one may be now."""
        if self.free(backlog):
            return 0.0
        now = self._monotonic()
        spread_at = self._spread_until - (self._burst(backlog) - 1) * self._interval
        frees_at = min(call.frees_at for call in self._calls) if self._is_full() else now
        return max(0.0, spread_at - AHEAD_SECONDS - now, frees_at - AHEAD_SECONDS - now)

    def grant(self) -> Call:
        """Take a place, for a call to be made when it starts."""
        now = self._monotonic()
        call = Call(starts_at=now)
        if self._per_second:
            self._calls = [earlier for earlier in self._calls if earlier.frees_at > now]
            if self._is_full():
                first = min(self._calls, key=lambda earlier: earlier.frees_at)
                self._calls.remove(first)
                call.behind = first
            self._calls.append(call)
            late = (CATCH_UP - BACKLOG_BURST) * self._interval
            self._spread_until = max(self._spread_until, now - late) + self._interval
        return call

    def seconds_to_start(self, call: Call) -> float:
        """Return how long to wait before asking again; 0 when the call may be made."""
        # A place behind a call that has not started itself has no time yet.
        return min(max(0.0, _start_of(call) - self._monotonic()), SECOND)

    def started(self, call: Call) -> None:
        """Note that the call is being made."""
        call.starts_at, call.behind = _start_of(call), None
        call.started_at = self._monotonic()
        call.frees_at = call.started_at + SECOND + MARGIN_SECONDS + self._fastest() + MOST_DOUBT_SECONDS

    def ended(self, call: Call) -> None:
        """Note that the call was answered, failed or was never made."""
        if not self._per_second:
            return
        now = self._monotonic()
        if call.started_at is None:
            call.frees_at = _start_of(call)
            return
        self._durations.append(now - call.started_at)
        call.frees_at = min(call.frees_at, now - self._fastest() + SECOND + MARGIN_SECONDS)

    def _is_full(self) -> bool:
        return len(self._calls) >= self._per_second

    def _burst(self, backlog: bool) -> int:
        return min(BACKLOG_BURST if backlog else IDLE_BURST, self._per_second)

    @property
    def _interval(self) -> float:
        return SECOND / (self._per_second * PACE)

    def _fastest(self) -> float:
        return min(self._durations) if len(self._durations) >= DURATIONS_NEEDED else 0.0


def _start_of(call: Call) -> float:
    return call.starts_at if call.behind is None else call.behind.frees_at


class ChatBuckets:
    """One token bucket a chat: `per_second` tokens a second, at most `burst`; a rate of 0 lifts it.

    Only chats whose bucket is not full are remembered.
    """

    def __init__(self, per_second: float, burst: int, monotonic: Monotonic = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._monotonic = monotonic
        self._full_at: dict[ChatId, float] = {}

    def take(self, chat_id: ChatId) -> None:
        """Use a token of a chat."""
        if self._per_second:
            now = self._monotonic()
            self._full_at[chat_id] = max(self._full_at.get(chat_id, now), now) + 1 / self._per_second

    def empty(self) -> list[ChatId]:
        """Return the chats that have no token now."""
        now = self._monotonic()
        self._full_at = {chat_id: at for chat_id, at in self._full_at.items() if at > now}
        return [chat_id for chat_id, at in self._full_at.items() if at > now + self._one_token_before_full]

    def wait_seconds(self) -> float | None:
        """Return after how many seconds an empty bucket has a token again; nothing when none is empty."""
        now = self._monotonic()
        waits = [at - now - self._one_token_before_full for at in self._full_at.values()]
        return min((wait for wait in waits if wait > 0), default=None)

    @property
    def _one_token_before_full(self) -> float:
        """How long before being full a bucket holds its first token, in seconds."""
        return (self._burst - 1) / self._per_second if self._per_second else math.inf


class Holds:
    """Times before which Telegram wants no call, for one chat or the whole bot; nothing shortens one."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._last_429: dict[ChatId, datetime] = {}

    def load(self, holds: Iterable[Hold]) -> None:
        """Take over holds that were stored."""
        for hold in holds:
            self._lengthen(hold)

    def throttled(self, chat_id: ChatId, after: timedelta, now: datetime) -> list[Hold]:
        """Hold a chat after its 429, and the bot when another chat had one lately; return what to store."""
        self._last_429 = {chat: at for chat, at in self._last_429.items() if at > now - WHOLE_BOT_WINDOW}
        holds = [Hold(f"{CHAT_SCOPE}{chat_id}", now + after)]
        if any(chat != chat_id for chat in self._last_429):
            holds.append(Hold(BOT_SCOPE, now + after))
        self._last_429[chat_id] = now
        self.load(holds)
        return holds

    def bot_held(self, now: datetime) -> bool:
        """Return whether the whole bot is held."""
        return self._until.get(BOT_SCOPE, now) > now

    def held_chats(self, now: datetime) -> list[ChatId]:
        """Return the chats held now, and forget the holds that ended."""
        self._until = {scope: until for scope, until in self._until.items() if until > now}
        return [
            ChatId(int(scope.removeprefix(CHAT_SCOPE)))
            for scope in self._until
            if scope.startswith(CHAT_SCOPE)
        ]

    def next_end(self, now: datetime) -> datetime | None:
        """Return when the next hold ends, if any is in force."""
        return min((until for until in self._until.values() if until > now), default=None)

    def _lengthen(self, hold: Hold) -> None:
        self._until[hold.scope] = max(hold.until, self._until.get(hold.scope, hold.until))


class FlowControl:
    """All that may keep a message from leaving now."""

    def __init__(
        self,
        *,
        per_second: int = 30,
        chat_per_second: float = 1.0,
        chat_burst: int = 5,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self.calls = CallLimiter(per_second, monotonic)
        self.chats = ChatBuckets(chat_per_second, chat_burst, monotonic)
        self.holds = Holds()

    def free(self, now: datetime, backlog: bool) -> int:
        """Return how many calls may start now."""
        return 0 if self.holds.bot_held(now) else self.calls.free(backlog)

    def closed_chats(self, now: datetime) -> list[ChatId]:
        """Return the chats that may get nothing now."""
        return list({*self.holds.held_chats(now), *self.chats.empty()})

    def wait_seconds(self, now: datetime, backlog: bool) -> float | None:
        """Return when to look again, in seconds: a place, a token or a hold's end; nothing if all is open."""
        waits = [self.calls.wait_seconds(backlog) if backlog else None, self.chats.wait_seconds()]
        end = self.holds.next_end(now)
        if end is not None:
            waits.append((end - now).total_seconds())
        return min((wait for wait in waits if wait), default=None)

    def calls_for(self, chat_id: ChatId) -> ChatCalls:
        """Take the place of a first call to a chat."""
        return ChatCalls(self, chat_id)


class ChatCalls:
    """The calls that one message takes, one after another, each with a place and a token of its own."""

    def __init__(self, flow: FlowControl, chat_id: ChatId) -> None:
        self._flow = flow
        self._chat_id = chat_id
        self._call = self._take()

    async def begin(self) -> None:
        """Return when the call may be made, which is then under way."""
        # Granted a moment ahead, so that the place is not idle while the message is claimed.
        wait = self._flow.calls.seconds_to_start(self._call)
        while wait:
            await asyncio.sleep(wait)
            wait = self._flow.calls.seconds_to_start(self._call)
        self._flow.calls.started(self._call)

    async def begin_next(self) -> None:
        """Note that the call was answered, and return when the next may be made.

        It stands before all that is not yet claimed. The chat's token is taken without waiting for it:
        the chat's next message waits the longer.
        """
        self.end()
        self._call = self._take()
        await self.begin()

    def end(self) -> None:
        """Note that the call was answered, failed or was never made."""
        self._flow.calls.ended(self._call)

    def _take(self) -> Call:
        self._flow.chats.take(self._chat_id)
        return self._flow.calls.grant()
