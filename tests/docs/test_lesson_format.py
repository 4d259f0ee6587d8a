"""docs/reference/lesson-format.md says what the code says, and its samples make a course."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from painbot.content.diagnostics import Severity
from painbot.content.lint import ALL_RULES
from painbot.content.loader import check_course, shipped_lessons
from scripts.reference import PAGE, PARTS, written_anew

TEXT = PAGE.read_text()


def sample(heading: str) -> str:
    """Return the first YAML block under a heading."""
    found = re.search(rf"^## {re.escape(heading)}$.*?```yaml\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def test_generated_parts_are_as_the_code_writes_them() -> None:
    assert set(re.findall(r"<!-- made by scripts/reference\.py: ([a-z-]+) -->", TEXT)) == set(PARTS)
    assert written_anew(TEXT) == TEXT, "run: .venv/bin/python scripts/reference.py"


def test_every_rule_is_documented() -> None:
    assert {rule.id for rule in ALL_RULES if f"#### `{rule.id}`" not in TEXT} == set()


def test_the_samples_make_a_course_without_problems(tmp_path: Path) -> None:
    course = tmp_path / "chronic-pain"
    (course / "en").mkdir(parents=True)
    shutil.copy(shipped_lessons() / "chronic-pain" / "evidence.yaml", course)
    (course / "course.yaml").write_text(sample("course.yaml"))
    for heading in ("A lesson", "A practice day", "A check day"):
        text = sample(heading)
        name = re.search(r"^id: (\S+)$", text, re.MULTILINE)
        assert name
        (course / "en" / f"{name[1]}.yaml").write_text(text)
    assert [str(problem) for problem in check_course(course).diagnostics] == []


def test_the_sample_of_a_problem_reads_as_problems_do(tmp_path: Path) -> None:
    course = tmp_path / "chronic-pain"
    shutil.copytree(shipped_lessons() / "chronic-pain", course)
    lesson = course / "en" / "pne-01.yaml"
    long_card = lesson.read_text().replace("Doctors call pain", f"{'Word. ' * 100}Doctors call pain")
    lesson.write_text(long_card)
    found = check_course(course).diagnostics
    problems = [str(problem) for problem in found if problem.severity is Severity.ERROR]
    assert len(problems) == 1
    pattern = (
        r"\S+/en/pne-01\.yaml:\d+:\d+ cards\[\d\]\.text: has \d+ words, at most 120 fit a card; cut \d+, or"
    )
    assert re.match(pattern, problems[0])
    assert re.search(pattern, TEXT)
