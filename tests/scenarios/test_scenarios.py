"""Every scenario of this folder, against the real bot over HTTP, started over between its steps."""

from pathlib import Path

import pytest

from painbot.simulate import stage
from painbot.simulator.scenario import Scenario, ScenarioFailed, ScenarioPlayer, load_scenarios

FOLDER = Path(__file__).parent
SCENARIOS = [
    pytest.param(scenario, id=f"{path.stem}: {scenario.name}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for scenario in load_scenarios(path)
]
ON_POSTGRES = ("From the first word to day 1", "The first week at a steady pace", "Everything is erased")


async def play(scenario: Scenario, database_url: str) -> None:
    fault = ""
    async with stage(database_url, scenario.starts) as set_up:
        try:
            await ScenarioPlayer(set_up).play(scenario)
        except ScenarioFailed as failed:
            fault = str(failed)
    if fault:
        pytest.fail(fault, pytrace=False)


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_scenario(scenario: Scenario, sqlite_url: str) -> None:
    await play(scenario, sqlite_url)


@pytest.mark.parametrize("scenario", [param for param in SCENARIOS if param.values[0].name in ON_POSTGRES])
async def test_scenario_on_postgres(scenario: Scenario, postgres_url: str) -> None:
    await play(scenario, postgres_url)
