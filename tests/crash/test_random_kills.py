"""Kills at random instants and places, drawn from a seed, while people keep on doing things."""

import time

import pytest

from tests.crash.campaign import LATENCY_SECONDS, Campaign, Kill, draw_kills
from tests.crash.proxy import free_port

pytestmark = [pytest.mark.crash, pytest.mark.asyncio(loop_scope="session")]

SEED = 20_261


async def test_whenever_it_is_killed_nothing_is_lost_or_doubled(campaign: Campaign, crash_kills: int) -> None:
    await campaign.telegram.add_fault(kind="slow", method="sendMessage", delay_seconds=LATENCY_SECONDS)
    await _survives(campaign, draw_kills(SEED, crash_kills))


async def test_nor_is_it_while_telegram_fails_and_updates_come_by_webhook(
    campaign: Campaign, crash_kills: int
) -> None:
    port = free_port()
    campaign.settings = {
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_listen": f"127.0.0.1:{port}",
    }
    await _survives(campaign, draw_kills(SEED, max(crash_kills // 4, 3), faults=True))


async def _survives(campaign: Campaign, kills: list[Kill]) -> None:
    await campaign.settle_people(SEED, lives=len(kills))
    began = time.monotonic()
    async with campaign.people_about(SEED):
        for kill in kills:
            await campaign.live_and_die(kill)
    each_seconds = (time.monotonic() - began) / len(kills)
    await campaign.drain()
    verdict = await campaign.judge()
    print(f"\n{campaign.database.name}, seed {SEED}, {each_seconds:.2f} s a kill: {verdict.line()}")  # noqa: T201
    assert not verdict.problems, "\n".join(verdict.problems[:20])
    assert 2 * verdict.answers >= len(kills), "too little was done to prove anything"
