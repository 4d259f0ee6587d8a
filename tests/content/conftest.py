"""Fixtures for courses on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from painbot.content.diagnostics import Diagnostic
from painbot.content.loader import check_course
from tests.content.course_files import write_course

Changes = Mapping[str, "str | bytes | None"]
Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Write a course with changes and return everything found in it, files named from its folder."""

    def write_and_check(changes: Changes | None = None, rule: str | None = None) -> list[Diagnostic]:
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(tmp_path / "tiny", ignore_errors=True)
        found = check_course(write_course(tmp_path / "tiny", changes)).diagnostics
        return [problem for problem in found if rule in (None, problem.rule)]

    return write_and_check
