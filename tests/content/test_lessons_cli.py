"""The `lessons` commands, through the command line's own runner."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner, Result

from painbot.lessons_cli import app
from tests.content.course_files import FILES, lesson, write_course

BROKEN = lesson("minutes: 3", "minutes: few")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_check_of_a_good_course_says_so_and_succeeds(tmp_path: Path) -> None:
    result = run("check", str(write_course(tmp_path / "tiny")))
    assert (result.exit_code, result.output) == (0, "No problems in 5 files.\n")


def test_check_lists_every_problem_and_fails(tmp_path: Path) -> None:
    write_course(tmp_path / "lessons" / "tiny", {"en/pne-01.yaml": BROKEN})
    result = run("check", "lessons")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "lessons/tiny/en/pne-01.yaml:6:10 minutes: must be a whole number, "
        'not the text "few"; write `minutes: 3` (field-type)',
        "1 error in 1 file (5 files checked).",
    ]


def test_check_of_one_file_reports_that_file_only(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny", {"en/pne-01.yaml": BROKEN, "en/check-01.yaml": "a: ["})
    result = run("check", "tiny/en/pne-01.yaml")
    assert result.exit_code == 1
    assert "check-01" not in result.output
    assert run("check", "tiny/course.yaml").exit_code == 0


def test_check_covers_every_course_of_a_folder(tmp_path: Path) -> None:
    write_course(tmp_path / "one", {"en/pne-01.yaml": BROKEN})
    write_course(tmp_path / "two", {"en/pne-01.yaml": BROKEN})
    assert "2 errors in 2 files (10 files checked)." in run("check", ".").output


def test_check_formats(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny", {"en/pne-01.yaml": BROKEN})
    github = run("check", "--format", "github", "tiny")
    assert github.output.startswith(
        "::error file=tiny/en/pne-01.yaml,line=6,col=10,title=field-type::minutes"
    )
    report = json.loads(run("check", "--format", "json", "tiny").output)
    assert report["errors"] == 1


def test_warnings_alone_do_not_fail_the_check(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny", {"en/pictures/nobody-shows-it.svg": "<svg/>"})
    result = run("check", "tiny")
    assert "warning:" in result.output
    assert result.exit_code == 0


@pytest.mark.parametrize("arguments", [("check", "nowhere"), ("check", "."), ("list", "nowhere")])
def test_a_path_without_a_course_is_a_wrong_call(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "There is no" in result.output


def test_list_is_plain_when_not_on_a_terminal(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny", {"en/check-01.yaml": "a: ["})
    assert run("list", "tiny").output.splitlines() == [
        "1\tpne-01\tlesson\tYour pain is real",
        "1\tpractice-01\tpractice\tOne easy minute",
        "1\tcheck-01\t?\t?",
    ]


def test_list_of_a_broken_course_file_says_what_is_wrong(tmp_path: Path) -> None:
    write_course(tmp_path / "tiny", {"course.yaml": "format: 1\n"})
    result = run("list", "tiny")
    assert result.exit_code == 1
    assert "weeks: is missing" in result.output


@pytest.mark.parametrize("words", [("list",), ("preview", "pne-01")])
def test_a_language_that_is_not_there_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    write_course(tmp_path / "tiny")
    result = run(*words, "tiny", "-l", "de")
    assert result.exit_code == 2
    assert "The course tiny has no language folder de; it has en" in result.output


def test_preview_shows_a_lesson_as_a_learner_meets_it(tmp_path: Path) -> None:
    result = run("preview", "pne-01", str(write_course(tmp_path / "tiny")))
    assert result.exit_code == 0
    shown = [
        "Your pain is real",
        "Hello. This is the first card.",
        "An alarm is loud.",
        "Because it helps to know.",
        "Look out of the window.",
        "Think of the window.",
        "What is pain?",
        "[a] A warning   (right)",
        "Yes, often.",
        "Once more, what is pain?",
        "0 (not at all) to 10 (fully)",
        "course-scope, pain-alarm",
    ]
    places = [result.output.find(text) for text in shown]
    assert places == sorted(places)
    assert -1 not in places
    assert "**" not in result.output


def test_preview_shows_practice_and_check_days(tmp_path: Path) -> None:
    root = str(write_course(tmp_path / "tiny"))
    assert "Move one hand." in run("preview", "practice-01", root).output
    check_day = run("preview", "check-01", root).output
    assert "Asks: peg, confidence, harm" in check_day
    assert "That was the week." in check_day


def test_preview_works_beside_another_broken_file(tmp_path: Path) -> None:
    root = write_course(tmp_path / "tiny", {"en/check-01.yaml": "a: ["})
    assert run("preview", "pne-01", str(root)).exit_code == 0


def test_preview_of_a_broken_lesson_lists_its_problems(tmp_path: Path) -> None:
    root = write_course(tmp_path / "tiny", {"en/pne-01.yaml": BROKEN, "en/practice-01.yaml": "a: ["})
    for item_id, rule in (("pne-01", "field-type"), ("practice-01", "yaml-syntax")):
        result = run("preview", item_id, str(root))
        assert result.exit_code == 1
        assert rule in result.output


def test_preview_of_an_unknown_lesson_suggests_the_nearest(tmp_path: Path) -> None:
    result = run("preview", "pne-10", str(write_course(tmp_path / "tiny")))
    assert result.exit_code == 2
    assert "did you mean pne-01" in result.output


def test_schemas_accept_what_the_loader_accepts() -> None:
    items = [name for name in FILES if name.startswith("en/")]
    files = {"lesson": items, "course": ["course.yaml"], "evidence": ["evidence.yaml"]}
    for kind, names in files.items():
        schema = json.loads(run("schema", kind).output)
        jsonschema.Draft202012Validator.check_schema(schema)
        for name in names:
            jsonschema.validate(yaml.safe_load(FILES[name]), schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes: 3", "minutes: '3'"),
        ("title:", "titel:"),
        ("kind: lesson", "kind: lessen"),
        ("format: 1", "format: 2"),
    ],
)
def test_the_lesson_schema_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    schema = json.loads(run("schema").output)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(lesson(old, new)), schema)


def test_the_shipped_lessons_are_checked_when_no_path_is_given() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
