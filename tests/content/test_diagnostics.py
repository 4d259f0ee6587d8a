"""Problems are written for people, for GitHub and for programs."""

from __future__ import annotations

import json

from painbot.content.diagnostics import (
    Diagnostic,
    Format,
    Severity,
    closing_count,
    field_name,
    has_errors,
    write,
)

ERROR = Diagnostic("a,b.yaml", 14, 5, "cards[2].buttons", "needs 100%", "write\ntwo", "quiz-options")
WARNING = Diagnostic("a.yaml", 2, 1, "", "is long", "", "length", Severity.WARNING)


def test_text_names_place_field_fault_remedy_and_rule() -> None:
    assert str(ERROR) == "a,b.yaml:14:5 cards[2].buttons: needs 100%; write\ntwo (quiz-options)"
    assert str(WARNING) == "a.yaml:2:1 warning: is long (length)"


def test_problems_sort_by_place() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 10)]
    unsorted = [Diagnostic(file, line, column, "", "", "", "") for file, line, column in places]
    assert [(d.file, d.line, d.column) for d in sorted(unsorted)] == sorted(places)


def test_the_text_report_ends_with_a_count() -> None:
    report = write([ERROR, WARNING], Format.TEXT, 9).splitlines()
    assert report[0] == str(ERROR).splitlines()[0]
    assert report[-1] == "1 error and 1 warning in 2 files (9 files checked)."
    assert closing_count([], 1) == "No problems in 1 file."
    assert closing_count([WARNING, WARNING], 2) == "2 warnings in 1 file (2 files checked)."


def test_github_lines_are_escaped() -> None:
    first, second, _ = write([ERROR, WARNING], Format.GITHUB, 2).splitlines()
    assert first == (
        "::error file=a%2Cb.yaml,line=14,col=5,title=quiz-options::"
        "cards[2].buttons: needs 100%25; write%0Atwo"
    )
    assert second == "::warning file=a.yaml,line=2,col=1,title=length::is long"


def test_json_holds_every_part() -> None:
    report = json.loads(write([WARNING, ERROR], Format.JSON, 3))
    assert (report["errors"], report["warnings"], report["files_checked"]) == (1, 1, 3)
    assert report["problems"][0] == {
        "file": "a,b.yaml",
        "line": 14,
        "column": 5,
        "field": "cards[2].buttons",
        "message": "needs 100%",
        "remedy": "write\ntwo",
        "rule": "quiz-options",
        "severity": "error",
    }


def test_warnings_alone_are_no_errors() -> None:
    assert has_errors([WARNING, ERROR])
    assert not has_errors([WARNING])


def test_paths_are_written_the_way_authors_read_them() -> None:
    assert field_name(()) == ""
    assert field_name(("cards", 2, "text")) == "cards[2].text"
    assert field_name((0, "sources", 1)) == "[0].sources[1]"
