"""A day on which Telegram fails for a while, against the real bot over HTTP on both databases."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from painbot import bootstrap
from painbot.core.budget import DEFAULT_BUDGET
from painbot.simulate import stage
from painbot.simulator.faults import Fault
from painbot.simulator.player import Player, until_received
from painbot.simulator.scenario import ScenarioPlayer
from painbot.simulator.scenario_file import load_scenarios

WEEK = Path(__file__).parent / "lateness.yaml"


async def test_lesson_keeps_two_hours_from_a_check_in_that_came_late(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What cannot be sent is waited for this long, at most, before time goes on.
    monkeypatch.setattr(bootstrap, "SETTLE_SECONDS", 1.5)
    first = load_scenarios(WEEK)[0]
    async with stage(database_url, first.starts) as set_up:
        await ScenarioPlayer(set_up).play(type(first)(first.name, first.starts, first.first, ()))
        people = set_up.people
        (person,) = people.state.chats
        telegram = set_up.telegram

        async def arrived() -> None:
            await until_received(lambda: len(people.state.updates))

        player = Player(people, set_up.controls, person, arrived)
        await player.waits(timedelta(hours=23, minutes=50))
        await player.listen()
        telegram.faults.add(Fault("server_error", method="sendMessage"))
        heard = await player.waits(timedelta(hours=1, minutes=30))
        assert heard == []
        telegram.faults.clear()
        # The next try waits a minute at most.
        await player.waits(timedelta(minutes=2))
        await asyncio.sleep(1.2)
        late = await player.listen() or [player.last()]
        assert "Check-in" in late[-1].text
        await player.waits(timedelta(hours=6))
        sent = [message.sent_at for message in people.messages(person) if message.from_bot]
        assert sent[-2] == late[-1].sent_at
        assert sent[-1] - sent[-2] >= DEFAULT_BUDGET.min_gap
