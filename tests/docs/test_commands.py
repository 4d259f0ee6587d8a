"""Every painbot command that a document or a deploy file names is there, with its options."""

import re
from pathlib import Path

import pytest
import yaml

from tests.docs.commands import command_in, fault_of
from tests.docs.pages import ROOT, code_lines, name_of, pages


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_commands_a_page_names_exist(page: Path) -> None:
    named = [words for line in code_lines(page) if (words := command_in(line))]
    assert [fault for words in named if (fault := fault_of(words))] == []


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy").glob("*.service")), ids=name_of)
def test_commands_a_unit_starts_exist(unit: Path) -> None:
    started = re.findall(r"^Exec\w+=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    commands = [command_in(line.replace('"', " ")) for line in started]
    assert commands
    assert [fault_of(words) if words else "no command" for words in commands] == [None] * len(commands)


def test_commands_of_the_containers_exist() -> None:
    image = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    commands = [re.findall(r'"([^"]+)"', line) for line in re.findall(r"^CMD (.*)$", image, re.MULTILINE)]
    for file in (ROOT / "deploy").glob("compose.*.yaml"):
        services = yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
        commands += [service["command"] for service in services.values() if "command" in service]
    assert ["run"] in commands
    assert ["db", "upgrade"] in commands
    assert [fault_of(words) for words in commands] == [None] * len(commands)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("    painbot db upgrade", ["db", "upgrade"]),
        ("painbot settings env-example > .env", ["settings", "env-example"]),
        ("docker compose exec painbot painbot backup /x", ["backup", "/x"]),
        ("docker compose run --rm painbot doctor", ["doctor"]),
        ("/opt/painbot/bin/painbot db upgrade", ["db", "upgrade"]),
        ("    painbot is ready: open http://127.0.0.1:8400/", None),
        ("systemctl restart painbot", None),
        ("install -d -m 0750 -g painbot /etc/painbot", None),
        ("journalctl --unit painbot --follow", None),
        ("useradd --system painbot", None),
    ],
)
def test_command_is_read_from_a_line(line: str, words: list[str] | None) -> None:
    assert command_in(line) == words


def test_command_or_option_that_is_not_there_is_found() -> None:
    assert fault_of(["db", "upgrade"]) is None
    assert fault_of(["db", "upgarde"]) is not None
    assert fault_of(["nonsense"]) is not None
    assert fault_of(["db"]) is not None
    assert fault_of(["db", "upgrade", "--sideways"]) is not None
    assert fault_of(["db", "upgrade", "sideways"]) is not None
