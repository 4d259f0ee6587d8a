"""The compose files follow the specification and give painbot no more than it needs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from painbot.settings import PREFIX, Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
SCHEMA = json.loads((Path(__file__).parent / "compose_subset.json").read_text(encoding="utf-8"))
FILES = sorted(DEPLOY.glob("compose.*.yaml"))


def read(file: Path) -> dict[str, Any]:
    """Read a compose file, its shared parts merged in."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def faults(data: dict[str, Any]) -> list[str]:
    """Return where a compose file breaks the specification."""
    return [f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(SCHEMA).iter_errors(data)]


def own_services(data: dict[str, Any]) -> dict[str, Any]:
    """Return the services that run painbot's image."""
    return {name: service for name, service in data["services"].items() if service["image"] == "painbot"}


def test_both_files_are_there() -> None:
    assert [file.name for file in FILES] == ["compose.postgres.yaml", "compose.sqlite.yaml"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_follows_the_specification(file: Path) -> None:
    assert faults(read(file)) == []


@pytest.mark.parametrize(
    ("key", "value"), [("restrat", "always"), ("restart", "sometimes"), ("stop_grace_period", "15")]
)
def test_a_mistake_would_be_found(key: str, value: str) -> None:
    data = read(FILES[0])
    data["services"]["painbot"] = {**data["services"]["painbot"], key: value}
    assert len(faults(data)) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_painbot_gets_no_rights_and_time_to_finish(file: Path) -> None:
    data = read(file)
    for service in own_services(data).values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert "/tmp" in service["tmpfs"]
        assert "ports" not in service
    assert int(data["services"]["painbot"]["stop_grace_period"].removesuffix("s")) > 10
    assert (
        data["services"]["painbot"]["depends_on"]["upgrade"]["condition"] == "service_completed_successfully"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_volume_network_and_file_is_there(file: Path) -> None:
    data = read(file)
    for service in data["services"].values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (DEPLOY / source).exists() if source.startswith(".") else source in data["volumes"]
        assert set(service.get("networks", ())) <= set(data.get("networks") or ())
        assert set(service.get("depends_on", ())) <= set(data["services"])
        if "build" in service:
            context = DEPLOY / service["build"]["context"]
            assert (context / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_painbot_variable_is_a_setting_and_no_secret_has_a_default(file: Path) -> None:
    data = read(file)
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for service in own_services(data).values():
        assert {name for name in service["environment"] if name.startswith(PREFIX)} <= known
    taken = re.findall(r"\$\{[^}]*\}", file.read_text(encoding="utf-8"))
    assert all(":?" in variable for variable in taken)


def test_only_painbot_sees_the_token_and_the_database_faces_nobody() -> None:
    data = read(DEPLOY / "compose.postgres.yaml")
    others = {name for name, service in data["services"].items() if "env_file" not in service}
    assert others == {"postgres", "proxy"}
    assert data["services"]["postgres"]["networks"] == ["inside"]
    assert data["networks"]["inside"] == {"internal": True}
    assert "inside" not in data["services"]["proxy"]["networks"]


def test_proxy_lets_through_the_path_that_telegram_is_told() -> None:
    data = read(DEPLOY / "compose.postgres.yaml")
    environment = data["services"]["painbot"]["environment"]
    path = "/" + environment["PAINBOT_WEBHOOK_URL"].rsplit("/", 1)[1]
    port = environment["PAINBOT_WEBHOOK_LISTEN"].rsplit(":", 1)[1]
    proxy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert f"handle {path} {{" in proxy
    assert f"dynamic a painbot {port} {{" in proxy


def test_sqlite_writes_its_temporary_files_on_the_volume() -> None:
    """The root file system is read-only and /tmp is memory, too small for a whole copy of the database."""
    for service in own_services(read(DEPLOY / "compose.sqlite.yaml")).values():
        (volume,) = service["volumes"]
        assert volume.partition(":")[2] == service["environment"]["SQLITE_TMPDIR"]
