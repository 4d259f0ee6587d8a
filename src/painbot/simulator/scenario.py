"""Scenarios: a person's days with the bot written down in YAML, played against the real bot.

A file holds scenarios one after the other, parted by `---`. Each has a name (`scenario`), an instant at
which it starts (`starts`), perhaps a part that comes first (`first`: the name of a file in `parts/` beside
it) and its `steps`. A step is one verb with its words:

    scenario: A night owl moves the quiet hours
    starts: 2026-03-02T10:00:00+00:00
    first: enrolled
    steps:
      - types: /settings
      - taps: Lesson hour
      - bot says: [When should a lesson come?]
      - stored: {lesson_time: "11:00"}

The bot loads what it knows from its database for every step. Every few steps the whole bot is started
over as well, so that a scenario also proves that a restart at that point loses nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from painbot.simulator.scenario_acts import ScenarioActs
from painbot.simulator.scenario_checks import ScenarioChecks
from painbot.simulator.scenario_file import Scenario, ScenarioFailed, Step, Words
from painbot.simulator.scenario_stage import Stage, start_over
from painbot.simulator.telegram_types import Message


class ScenarioPlayer:
    """Plays scenarios for one person; the bot is started over before every n-th act."""

    def __init__(
        self, stage: Stage, log: Callable[[str], None] = lambda line: None, *, restart_every: int = 1
    ) -> None:
        self._stage = stage
        self._restart_every = restart_every
        person = stage.people.create("Learner")
        self._acts = ScenarioActs(stage, person, log)
        self._checks = ScenarioChecks(stage, person)

    async def play(self, scenario: Scenario) -> None:
        """Play a scenario to its end. Raises ScenarioFailed at the first step that goes otherwise."""
        for step in scenario.first:
            await self._do(step)
        acts = 0
        for step in scenario.steps:
            acts += step.verb in _ACTS
            if step.verb in _ACTS and acts % self._restart_every == 0:
                await start_over(self._stage)
            await self._do(step)

    async def _do(self, step: Step) -> None:
        act, check = _ACTS.get(step.verb), _CHECKS.get(step.verb)
        try:
            if act is not None:
                self._checks.heard = await act(self._acts, step.value)
            elif check is not None:
                await check(self._checks, step.value)
            else:
                raise ScenarioFailed(f"no such verb: {step.verb}")
        except (AssertionError, LookupError, ValueError) as error:
            raise ScenarioFailed(f"{step.where} {step.verb}: {error}\n{self._scene()}") from error

    def _scene(self) -> str:
        heard = self._checks.heard
        return "\n".join(f"  | {line}" for message in heard for line in _seen(message).splitlines())


def _seen(message: Message) -> str:
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in message.inline_keyboard]
    return "\n".join([message.text, *rows])


def _verbs(of: type) -> dict[str, Any]:
    """Return the public methods of a class by the words that call them."""
    return {name.replace("_", " "): found for name, found in vars(of).items() if not name.startswith("_")}


_ACTS: Mapping[str, Callable[[ScenarioActs, Words], Awaitable[list[Message]]]] = _verbs(ScenarioActs)
_CHECKS: Mapping[str, Callable[[ScenarioChecks, Words], Awaitable[None]]] = _verbs(ScenarioChecks)
