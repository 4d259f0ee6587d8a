"""What breaks the format is said in plain words, at the right place: the cases are in format_faults.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.content.conftest import Check
from tests.content.course_files import FILES

FAULTS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("format_faults.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["says"][0].split(";")[0][:60] for fault in FAULTS])
def test_a_fault_is_placed_and_explained(fault: dict[str, Any], check: Check) -> None:
    file, original = fault["file"], FILES[fault["file"]]
    assert original.count(fault["old"]) == 1
    found = check({file: original.replace(fault["old"], fault["new"])})
    assert [str(problem) for problem in found] == [f"tiny/{file}:{said}" for said in fault["says"]]
