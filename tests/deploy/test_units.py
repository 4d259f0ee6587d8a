"""The systemd units are well-formed and tight."""

import re
import subprocess
from pathlib import Path

import pytest

from painbot.settings import PREFIX, Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = [*sorted(DEPLOY.glob("*.service")), *sorted(DEPLOY.glob("*.timer"))]
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
LOOSEST = 1.5
"""Exposure on systemd's scale from 0 to 10."""


def settings_of(unit: Path) -> dict[str, list[str]]:
    """Return the lines of a unit by their name."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_units_pass_systemds_own_check(systemd_analyze: str, tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        # The check wants every program to be there; this machine need not have painbot in /opt.
        (tmp_path / unit.name).write_text(
            text.replace("/opt/painbot/bin/painbot", "/bin/true"), encoding="utf-8"
        )
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        [systemd_analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_service_is_little_exposed(systemd_analyze: str, unit: Path) -> None:
    done = subprocess.run(
        [systemd_analyze, "security", "--offline=yes", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    score = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    assert score is not None, done.stderr
    assert float(score.group(1)) <= LOOSEST


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_service_is_an_ordinary_user_whose_files_are_its_own(unit: Path) -> None:
    found = settings_of(unit)
    assert found["User"] == ["painbot"]
    assert found["UMask"] == ["0077"]
    assert found["StateDirectoryMode"] == ["0700"]
    assert found["NoNewPrivileges"] == ["yes"]
    assert found["ProtectSystem"] == ["strict"]


def test_bot_is_stopped_by_sigterm_and_given_time() -> None:
    found = settings_of(DEPLOY / "painbot.service")
    assert found["KillSignal"] == ["SIGTERM"]
    assert int(found["TimeoutStopSec"][0]) > 10


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_painbot_variable_is_a_setting(unit: Path) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bPAINBOT_[A-Z_]+\b", unit.read_text(encoding="utf-8"))) <= known


def test_backups_of_a_week_are_kept() -> None:
    assert "%%u" in settings_of(DEPLOY / "painbot-backup.service")["ExecStart"][0]
    assert settings_of(DEPLOY / "painbot-backup.timer")["OnCalendar"] == ["*-*-* 03:15:00"]
