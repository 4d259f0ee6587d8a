"""A kill at every place between an update's coming in and the record of what was sent for it."""

import pytest

from tests.crash.campaign import LATENCY_SECONDS, PLACES, UP_SECONDS, Campaign, Kill

pytestmark = [pytest.mark.crash, pytest.mark.asyncio(loop_scope="session")]

SEED = 7


async def test_killed_at_each_named_place_nothing_is_lost_or_doubled(campaign: Campaign) -> None:
    await campaign.settle_people(SEED, lives=len(PLACES))
    await campaign.telegram.add_fault(kind="slow", method="sendMessage", delay_seconds=LATENCY_SECONDS)
    async with campaign.people_about(SEED):
        for place in PLACES:
            died_there = await campaign.live_and_die(Kill(place, seconds=UP_SECONDS))
            assert died_there, f"{place} was never passed"
    await campaign.drain()
    verdict = await campaign.judge()
    print(f"\n{campaign.database.name}, every place once: {verdict.line()}")  # noqa: T201
    assert not verdict.problems, "\n".join(verdict.problems[:20])
