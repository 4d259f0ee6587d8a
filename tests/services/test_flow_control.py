"""The limits on calls: never the 31st in a second as the server sees it, and hardly ever fewer."""

import heapq
import itertools
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from painbot.core.ids import ChatId
from painbot.services.flow_control import Call, CallLimiter, ChatBuckets, FlowControl, Holds
from painbot.services.ports import Hold

ONE, OTHER = ChatId(1), ChatId(2)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Stopwatch:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def simulate(
    calls: int,
    delays: list[tuple[float, float]],
    seed: int = 1,
    *,
    calls_each: int = 1,
    claims: Sequence[float] = (0.0,),
) -> list[float]:
    """Push a backlog through the limiter; return when each call reached the server.

    Each call travels for the first and returns after the second of a random pair of delays; every timer
    is a little late, now and then a lot. A message takes `calls_each` calls, one after another. Claiming
    takes one of `claims`, in seconds.
    """
    watch, chance = Stopwatch(), random.Random(seed)
    limiter = CallLimiter(30, watch)
    arrivals: list[float] = []
    events: list[tuple[float, int, Call, int]] = []
    order = itertools.count()
    claimed, claimed_at = 0, 0.0

    def begin(call: Call, more: int) -> None:
        begins_at = watch.at + limiter.seconds_to_start(call) + late()
        heapq.heappush(events, (begins_at, next(order), call, more))

    def late() -> float:
        return chance.choice([0.0002, 0.001, 0.01])

    while len(arrivals) < calls:
        if not claimed:
            claimed, claimed_at = limiter.free(backlog=True), watch.at + chance.choice(claims)
        if claimed and watch.at >= claimed_at:
            for _ in range(claimed):
                begin(limiter.grant(), calls_each - 1)
            claimed = 0
        look_again_at = watch.at + max(limiter.wait_seconds(backlog=True), 0.0001) + late()
        if claimed:
            look_again_at = claimed_at
        watch.at = min([look_again_at, *(at for at, *_ in events[:1])])
        while events and events[0][0] <= watch.at:
            _, _, call, more = heapq.heappop(events)
            if call.started_at is None and limiter.seconds_to_start(call):
                begin(call, more)
            elif call.started_at is None:
                limiter.started(call)
                there, back = chance.choice(delays)
                arrivals.append(watch.at + there)
                heapq.heappush(events, (watch.at + there + back, next(order), call, more))
            else:
                limiter.ended(call)
                if more:
                    begin(limiter.grant(), more - 1)
    return sorted(arrivals)


def most_in_a_second(arrivals: list[float]) -> int:
    return max(sum(1 for at in arrivals if start <= at < start + 1) for start in arrivals)


DELAYS = {
    "loopback": [(0.0005, 0.001), (0.001, 0.002)],
    "far but steady": [(0.06, 0.06)],
    "jitter on the way there": [(0.01, 0.01), (0.04, 0.01), (0.09, 0.01)],
    "jitter on the way back": [(0.01, 0.01), (0.01, 0.09)],
    "slow new connections": [(0.15, 0.05)] + [(0.05, 0.05)] * 40,
}


@pytest.mark.parametrize("delays", DELAYS.values(), ids=DELAYS.keys())
@pytest.mark.parametrize("seed", range(3))
def test_server_never_sees_a_31st_call_in_any_second(delays: list[tuple[float, float]], seed: int) -> None:
    assert most_in_a_second(simulate(300, delays, seed)) <= 30


@pytest.mark.parametrize("delays", DELAYS.values(), ids=DELAYS.keys())
@pytest.mark.parametrize("calls_each", [2, 3])
def test_calls_of_one_message_count_one_by_one(delays: list[tuple[float, float]], calls_each: int) -> None:
    assert most_in_a_second(simulate(300, delays, calls_each=calls_each)) <= 30


@pytest.mark.parametrize("name", ["loopback", "far but steady"])
def test_backlog_leaves_within_five_percent_of_the_limit(name: str) -> None:
    arrivals = simulate(1200, DELAYS[name])
    assert arrivals[-1] - arrivals[0] <= 1200 / 30 * 1.05


@pytest.mark.parametrize("seed", range(3))
def test_places_that_slow_claims_left_empty_are_mostly_made_up_for(seed: int) -> None:
    """A busy database, slower than the calls' interval, costs few places; without catching up, a quarter."""
    arrivals = simulate(1200, DELAYS["loopback"], seed, claims=[0.03, 0.05])
    assert arrivals[-1] - arrivals[0] <= 1200 / 30 * 1.1
    assert most_in_a_second(arrivals) <= 30


def test_backlog_is_spread_so_that_the_next_place_is_never_far() -> None:
    arrivals = simulate(600, DELAYS["loopback"])
    gaps = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
    assert max(gaps) < 0.16


def test_few_calls_after_a_quiet_time_leave_together() -> None:
    limiter = CallLimiter(30, Stopwatch())
    assert limiter.free(backlog=False) == 4


def test_limit_of_one_a_second_is_kept() -> None:
    watch = Stopwatch()
    limiter = CallLimiter(1, watch)
    assert limiter.free(backlog=False) == 1
    call = limiter.grant()
    limiter.started(call)
    limiter.ended(call)
    assert limiter.free(backlog=False) == 0
    watch.at += 0.9
    assert limiter.free(backlog=True) == 0
    watch.at += 0.095
    assert limiter.free(backlog=True) == 1
    # Granted a moment ahead, to start when its place is free.
    assert limiter.seconds_to_start(limiter.grant()) == pytest.approx(0.01)


def test_place_is_not_given_away_long_before_it_is_free() -> None:
    """A reply that comes meanwhile still finds it, instead of a lesson claimed ahead of time."""
    limiter = CallLimiter(30, Stopwatch())
    while limiter.free(backlog=True):
        limiter.started(limiter.grant())
    assert limiter.wait_seconds(backlog=True) > 0.01


def test_reply_after_a_burst_of_lessons_finds_a_place_soon() -> None:
    limiter = CallLimiter(30, Stopwatch())
    for _ in range(limiter.free(backlog=False)):
        limiter.started(limiter.grant())
    assert limiter.wait_seconds(backlog=True) < 0.1


def test_zero_lifts_the_bot_limit() -> None:
    limiter = CallLimiter(0, Stopwatch())
    for _ in range(1000):
        limiter.started(limiter.grant())
    assert limiter.free(backlog=True) > 1000
    assert limiter.wait_seconds(backlog=True) == 0


def test_call_that_was_never_made_gives_its_place_back() -> None:
    watch = Stopwatch()
    limiter = CallLimiter(1, watch)
    limiter.ended(limiter.grant())
    watch.at += 1
    assert limiter.free(backlog=True) == 1


def test_second_call_waits_behind_calls_that_have_not_started() -> None:
    watch = Stopwatch()
    limiter = CallLimiter(1, watch)
    first = limiter.grant()
    second = limiter.grant()
    assert limiter.seconds_to_start(second) == 1.0
    watch.at += 5
    assert limiter.seconds_to_start(second) == 1.0
    limiter.started(first)
    limiter.ended(first)
    watch.at += 0.5
    assert limiter.seconds_to_start(second) == pytest.approx(0.505)
    watch.at += 0.505
    assert limiter.seconds_to_start(second) == pytest.approx(0.0)


async def test_each_call_of_a_message_takes_a_token_of_its_chat() -> None:
    flow = FlowControl(per_second=0, chat_per_second=1, chat_burst=2, monotonic=Stopwatch())
    calls = flow.calls_for(ONE)
    await calls.begin()
    assert flow.closed_chats(NOON) == []
    await calls.begin_next()
    calls.end()
    assert flow.closed_chats(NOON) == [ONE]


def test_hanging_call_does_not_keep_its_place_for_ever() -> None:
    watch = Stopwatch()
    limiter = CallLimiter(2, watch)
    limiter.started(limiter.grant())
    limiter.started(limiter.grant())
    watch.at += 1.5
    assert limiter.free(backlog=False) == 2


def test_chat_has_a_burst_of_five_then_one_a_second() -> None:
    watch = Stopwatch()
    buckets = ChatBuckets(1.0, 5, watch)
    for taken in range(5):
        assert buckets.empty() == [], taken
        buckets.take(ONE)
    assert buckets.empty() == [ONE]
    assert buckets.wait_seconds() == pytest.approx(1.0)
    watch.at += 1.0
    assert buckets.empty() == []
    buckets.take(ONE)
    assert buckets.empty() == [ONE]
    watch.at += 5.0
    assert buckets.empty() == []
    assert buckets.wait_seconds() is None


def test_zero_lifts_the_chat_limit() -> None:
    buckets = ChatBuckets(0, 5, Stopwatch())
    for _ in range(50):
        buckets.take(ONE)
    assert buckets.empty() == []
    assert buckets.wait_seconds() is None


def test_429_holds_its_chat_only() -> None:
    holds = Holds()
    stored = holds.throttled(ONE, timedelta(seconds=7), NOON)
    assert stored == [Hold("chat:1", NOON + timedelta(seconds=7))]
    assert holds.held_chats(NOON) == [ONE]
    assert not holds.bot_held(NOON)
    assert holds.next_end(NOON) == NOON + timedelta(seconds=7)
    assert holds.held_chats(NOON + timedelta(seconds=7)) == []


def test_second_429_of_the_same_chat_does_not_hold_the_bot() -> None:
    holds = Holds()
    holds.throttled(ONE, timedelta(seconds=1), NOON)
    holds.throttled(ONE, timedelta(seconds=1), NOON + timedelta(seconds=2))
    assert not holds.bot_held(NOON + timedelta(seconds=2))


def test_second_chats_429_within_five_seconds_holds_the_bot() -> None:
    holds = Holds()
    holds.throttled(ONE, timedelta(seconds=30), NOON)
    at = NOON + timedelta(seconds=4)
    stored = holds.throttled(OTHER, timedelta(seconds=9), at)
    assert Hold("bot", at + timedelta(seconds=9)) in stored
    assert holds.bot_held(at + timedelta(seconds=8))
    assert not holds.bot_held(at + timedelta(seconds=9))


def test_second_chats_429_after_five_seconds_holds_only_that_chat() -> None:
    holds = Holds()
    holds.throttled(ONE, timedelta(seconds=30), NOON)
    holds.throttled(OTHER, timedelta(seconds=9), NOON + timedelta(seconds=5))
    assert not holds.bot_held(NOON + timedelta(seconds=5))


def test_nothing_shortens_a_hold() -> None:
    holds = Holds()
    holds.load([Hold("bot", NOON + timedelta(seconds=60)), Hold("bot", NOON + timedelta(seconds=5))])
    assert holds.bot_held(NOON + timedelta(seconds=59))


def test_held_bot_may_send_nothing_and_wakes_at_the_end() -> None:
    flow = FlowControl(per_second=30, monotonic=Stopwatch())
    flow.holds.load([Hold("bot", NOON + timedelta(seconds=3))])
    assert flow.free(NOON, backlog=True) == 0
    assert flow.wait_seconds(NOON, backlog=False) == 3.0
    assert flow.free(NOON + timedelta(seconds=3), backlog=True) > 0
