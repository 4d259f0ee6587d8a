"""Every scenario of this folder, against the real bot over HTTP, started over every few steps."""

from pathlib import Path

import pytest

from painbot.simulate import stage
from painbot.simulator.scenario import ScenarioPlayer
from painbot.simulator.scenario_file import Scenario, ScenarioFailed, load_scenarios

FOLDER = Path(__file__).parent
SCENARIOS = [
    pytest.param(scenario, id=f"{path.stem}: {scenario.name}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for scenario in load_scenarios(path)
]
AT_EVERY_STEP = (
    "From the first word to day 1",
    "Every step goes back, and the answer can be changed",
    "A check-in by taps, one message edited in place",
    "An emergency on the screen waits to be seen and rests a whole day",
    "A waiting lesson is offered again after a pause, and never twice by itself",
)
"""Started over before each single step; the others every five, which takes a third of the time."""

ON_POSTGRES = ("From the first word to day 1", "The first week at a steady pace", "Everything is erased")


async def play(scenario: Scenario, database_url: str, restart_every: int) -> None:
    fault = ""
    async with stage(database_url, scenario.starts) as set_up:
        try:
            await ScenarioPlayer(set_up, restart_every=restart_every).play(scenario)
        except ScenarioFailed as failed:
            fault = str(failed)
    if fault:
        pytest.fail(fault, pytrace=False)


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_scenario(scenario: Scenario, sqlite_url: str) -> None:
    await play(scenario, sqlite_url, restart_every=1 if scenario.name in AT_EVERY_STEP else 5)


@pytest.mark.parametrize("scenario", [param for param in SCENARIOS if param.values[0].name in ON_POSTGRES])
async def test_scenario_on_postgres(scenario: Scenario, postgres_url: str) -> None:
    await play(scenario, postgres_url, restart_every=5)
