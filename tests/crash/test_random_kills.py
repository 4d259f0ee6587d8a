"""Kills at random instants and places, drawn from a seed, while people keep on doing things."""

import time

import pytest

from tests.crash.campaign import LATENCY_SECONDS, Campaign, draw_kills

pytestmark = [pytest.mark.crash, pytest.mark.asyncio(loop_scope="session")]

SEED = 20_261


@pytest.mark.parametrize("faults", [False, True], ids=["telegram-well", "telegram-faulty"])
async def test_whenever_it_is_killed_nothing_is_lost_or_doubled(
    campaign: Campaign, crash_kills: int, faults: bool
) -> None:
    count = crash_kills if not faults else max(crash_kills // 4, 3)
    kills = draw_kills(SEED, count, faults=faults)
    await campaign.settle_people(SEED, lives=count)
    if not faults:
        await campaign.telegram.add_fault(kind="slow", method="sendMessage", delay_seconds=LATENCY_SECONDS)
    began = time.monotonic()
    async with campaign.people_about(SEED):
        for kill in kills:
            await campaign.live_and_die(kill)
    each = (time.monotonic() - began) / count
    await campaign.drain()
    verdict = await campaign.judge()
    print(f"\n{campaign.database.name}, seed {SEED}: {verdict.line()}; {each:.2f} s a kill")  # noqa: T201
    assert not verdict.problems, "\n".join(verdict.problems[:20])
    assert verdict.answers >= count, "too little was done to prove anything"
