"""`painbot lessons dose`, `diff` and `stale`, through the command line's own runner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from painbot.lessons_cli import app
from tests.content.course_files import EVIDENCE, lesson, write_course


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_dose_prints_three_sums_for_two_tracks(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny")
    lines = run("dose", "tiny").output.splitlines()
    assert lines[0] == "tiny 1 (en), minutes"
    assert lines[1].split() == ["main", "careful"]
    assert [line.rsplit(maxsplit=2)[0].strip() for line in lines[2:5]] == [
        "pain education",
        "other education",
        "doing",
    ]


def test_dose_for_programs_gives_each_item(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny")
    (course,) = json.loads(run("dose", "--json", "tiny").output)
    main = course["tracks"]["main"]
    assert main["doing_minutes"] == pytest.approx(
        sum(item["doing_minutes"] for item in main["items"]), abs=0.1
    )
    assert {item["id"] for item in main["items"]} == {"pne-01", "practice-01"}
    assert {"words", "quizzes", "recalls", "step_minutes"} < set(main["items"][0])


def test_diff_names_what_changes_and_for_whom(tmp_path: Path) -> None:
    write_course(tmp_path / "old")
    write_course(tmp_path / "new", {"en/pne-01.yaml": lesson("An alarm is loud.", "An alarm rings.")})
    result = run("diff", "old", "new")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "item pne-01 reworded: card alarm",
        "    reaches learners who have not had it yet, and whoever opens it again",
        "1 change.",
    ]
    (change,) = json.loads(run("diff", "old", "new", "--json").output)
    assert (change["kind"], change["parts"]) == ("reworded", ["card alarm"])


def test_diff_of_the_same_says_so(tmp_path: Path) -> None:
    write_course(tmp_path / "old")
    assert run("diff", "old", "old").output == "No learner would notice anything.\n"


def test_diff_of_a_broken_course_says_what_is_wrong(tmp_path: Path) -> None:
    write_course(tmp_path / "old")
    write_course(tmp_path / "new", {"en/pne-01.yaml": "a: ["})
    result = run("diff", "old", "new")
    assert result.exit_code == 2
    assert "yaml-syntax" in result.output


@pytest.mark.parametrize("arguments", [("dose", "nowhere"), ("stale", "nowhere"), ("diff", ".", "nowhere")])
def test_a_path_without_a_course_is_a_wrong_call(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "There is no course.yaml" in result.output


def test_a_folder_of_two_courses_cannot_be_compared(tmp_path: Path) -> None:
    write_course(tmp_path / "both" / "one")
    write_course(tmp_path / "both" / "two")
    assert "more than one" in run("diff", "both", "both").output


def test_stale_ends_with_0_while_everything_holds(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny")
    result = run("stale", "tiny", "--on", "2027-01-01")
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "tiny: 0 of 2 claims last looked at more than 2 years ago.",
            "tiny: 2 never reviewed by a clinician.",
        ],
    )


def test_stale_ends_with_1_and_lists_what_is_old(tmp_path: Path) -> None:
    reviewed = EVIDENCE.replace("reviewed_on: null", "reviewed_on: 2026-12-01")
    write_course(tmp_path / "tiny", {"evidence.yaml": reviewed})
    result = run("stale", "tiny", "--years", "1", "--on", "2028-01-01")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "2026-12-01  course-scope  (reviewed; used in pne-01)",
        "2026-12-01  pain-alarm  (reviewed; used in pne-01)",
        "tiny: 2 of 2 claims last looked at more than 1 year ago.",
        "tiny: every claim has been reviewed.",
    ]
    (report,) = json.loads(run("stale", "tiny", "--years", "1", "--on", "2028-01-01", "--json").output)
    assert [claim["id"] for claim in report["old"]] == ["course-scope", "pain-alarm"]
    assert report["never_reviewed"] == []


def test_stale_without_claims_says_what_is_wrong(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny", {"evidence.yaml": "- ["})
    assert run("stale", "tiny").exit_code == 2
