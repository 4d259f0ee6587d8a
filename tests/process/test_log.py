"""What the log may hold: ids, times and places in the code; never a learner's words, never the token."""

import io
import json
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from painbot.log import HIDDEN, set_up_logging
from painbot.settings import BadSettings, load_settings, trial_settings
from painbot.simulator.faults import Fault
from painbot.simulator.player import Player, until_received
from painbot.simulator.telegram_state import DEFAULT_TOKEN
from painbot.simulator.time_machine import MovableClock
from painbot.trial import start_trial

WORDS = (
    "Cooking with my grandson",
    "my chest feels like an elephant",
    "an older text that I changed",
    "what the weather is like",
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The whole log at its most talkative, as JSON lines."""
    kept = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in list(root.manager.loggerDict)}
    set_up_logging("json", "debug", kept)
    yield kept
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


async def test_a_whole_scenario_leaves_no_word_and_no_token_in_the_log(
    log: io.StringIO, tmp_path: Path
) -> None:
    ahead = datetime(2026, 11, 30, 14, 0, tzinfo=UTC) - datetime.now(UTC)
    clock = MovableClock(real_now=lambda: datetime.now(UTC) + ahead)
    trial = await start_trial(trial_settings(f"sqlite:///{tmp_path / 'log.db'}"), clock=clock)
    try:
        people, updates = trial.telegram.people, trial.telegram.state.updates
        person = people.create("Nameless Learner", username="nameless_learner")
        player = Player(people, trial.controls, person, lambda: until_received(lambda: len(updates)))
        await player.types("/start")
        await player.taps("What will be stored?")
        await player.taps("Yes, I agree")
        await player.types("Berlin, Germany")
        for label in ("Yes", "Yes, 18 or over", "Yes", "Yes", "None of these", "11:00", "09:00"):
            await player.taps(label)
        await player.types(WORDS[0])
        for number in ("6", "7", "5"):
            await player.taps(number)
        await player.taps("Open day 1")
        await player.types(WORDS[1])
        await player.types(WORDS[3])
        sent = [message for message in people.messages(person) if not message.from_bot]
        people.edit(person, sent[-1].id, WORDS[2])
        trial.telegram.faults.add(Fault("server_error", count=3))
        await player.types("/export")
        await player.waits(timedelta(days=1))
        await player.types("/delete")
        await player.taps("Yes, erase it")
    finally:
        await trial.stop()
    lines = log.getvalue()
    assert lines.count("\n") > 5, "something was logged, so the search below can fail"
    for secret in (*WORDS, "Nameless", "nameless_learner", DEFAULT_TOKEN, DEFAULT_TOKEN.partition(":")[2]):
        assert secret not in lines
    for line in lines.splitlines():
        assert "timestamp" in json.loads(line)


def test_an_errors_own_text_is_left_out_and_its_place_is_kept(log: io.StringIO) -> None:
    try:
        raise ValueError("a learner's words")
    except ValueError:
        structlog.get_logger("test").exception("broken", update_id=7)
    line = json.loads(log.getvalue())
    assert line["error"] == "ValueError"
    assert line["where"].startswith(f"{__name__}:")
    assert line["update_id"] == 7
    assert "words" not in log.getvalue()


def test_a_librarys_lines_go_through_the_same_sieve(log: io.StringIO) -> None:
    logging.getLogger("some.library").warning("POST https://host/bot%s/sendMessage", DEFAULT_TOKEN)
    assert DEFAULT_TOKEN not in log.getvalue()
    assert HIDDEN in json.loads(log.getvalue())["event"]


def test_the_shortest_token_the_settings_take_is_hidden(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "12345:AbCdE-_890"
    for shorter in (token[1:], token[:-1]):
        monkeypatch.setenv("PAINBOT_TOKEN", shorter)
        with pytest.raises(BadSettings):
            load_settings(None)
    monkeypatch.setenv("PAINBOT_TOKEN", token)
    assert load_settings(None).token == SecretStr(token)
    logging.getLogger("some.library").warning("POST https://host/bot%s/sendMessage", token)
    assert token not in log.getvalue()


@pytest.mark.parametrize("key", ["text", "payload", "html", "answer", "value", "goal", "caption"])
def test_keys_that_could_hold_words_are_dropped(log: io.StringIO, key: str) -> None:
    structlog.get_logger("test").info("something", **{key: "a learner's words"})
    assert "words" not in log.getvalue()


def test_a_terminal_gets_readable_lines() -> None:
    reader, writer = os.openpty()
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        set_up_logging("auto", "info", terminal)
        structlog.get_logger("test").info("leading", update_id=7)
        terminal.flush()
        said = os.read(reader, 4096).decode()
    structlog.reset_defaults()
    logging.getLogger().handlers.clear()
    os.close(reader)
    assert "leading" in said
    assert not said.startswith("{")
