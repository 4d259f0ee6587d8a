"""YAML text becomes YAML 1.2 data with places; what cannot be read is reported with its place."""

from __future__ import annotations

import math

import pytest
import yaml

from painbot.content.diagnostics import Diagnostic
from painbot.content.yaml_source import Spot, YamlDocument, read_yaml


def read(text: str | bytes, max_bytes: int = 10_000) -> tuple[YamlDocument | None, list[Diagnostic]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return read_yaml("x.yaml", raw, max_bytes)


def data_of(text: str) -> object:
    document, problems = read(text)
    assert problems == []
    assert document is not None
    return document.data


def only_problem(text: str | bytes, max_bytes: int = 10_000) -> Diagnostic:
    _, problems = read(text, max_bytes)
    assert len(problems) == 1, problems
    return problems[0]


YAML_1_1_TRAPS = [
    "12:30",
    "08:30",
    "21:00",
    "190:20:30",
    "+12:30",
    "no",
    "No",
    "NO",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "Y",
    "2026-11",
    "2026-11-02",
    "2026-11-02T10:00:00Z",
    "1_000",
    "0b11",
    "0o9",
    "=",
    "<<",
    "1.2.3",
    "12e",
    "nULL",
    "tRue",
    "10.1000/xyz",
    ".",
]


@pytest.mark.parametrize("scalar", YAML_1_1_TRAPS)
def test_scalars_that_yaml_1_1_would_change_stay_text(scalar: str) -> None:
    assert data_of(f"key: {scalar}\n") == {"key": scalar}


YAML_1_2_SCALARS: dict[str, object] = {
    "true": True,
    "False": False,
    "null": None,
    "~": None,
    "": None,
    "12": 12,
    "-3": -3,
    "+4": 4,
    "007": 7,
    "0o17": 15,
    "0x1F": 31,
    "1.5": 1.5,
    ".5": 0.5,
    "1e3": 1000.0,
    "-.inf": -math.inf,
}


@pytest.mark.parametrize(("scalar", "value"), YAML_1_2_SCALARS.items())
def test_scalars_of_the_yaml_1_2_core_schema_are_read(scalar: str, value: object) -> None:
    read_value = data_of(f"key: {scalar}\n")["key"]  # type: ignore[index]
    assert read_value == value
    assert type(read_value) is type(value)


def test_not_a_number_is_read_as_such() -> None:
    assert math.isnan(data_of("key: .NaN\n")["key"])  # type: ignore[index]


@pytest.mark.parametrize("written", ['"12"', "'12'", "|\n  12", ">-\n  12"])
def test_quoted_and_block_scalars_are_always_text(written: str) -> None:
    assert str(data_of(f"key: {written}\n")["key"]).strip() == "12"  # type: ignore[index]
    assert isinstance(data_of(f"key: {written}\n")["key"], str)  # type: ignore[index]


def test_field_names_are_taken_as_written() -> None:
    assert data_of("no: a\n1: b\ntrue: c\n") == {"no": "a", "1": "b", "true": "c"}


def test_every_value_and_key_has_its_place() -> None:
    document, _ = read("a: 1\ncards:\n  - id: x\n    text: |\n      Words\n  - {id: y}\n")
    assert document is not None
    assert document.value_spot(("cards", 0, "id")) == Spot(3, 9)
    assert document.key_spot(("cards", 0, "text")) == Spot(4, 5)
    assert document.key_spot(("cards", 1, "id")) == Spot(6, 6)
    assert document.value_spot(("cards", 1)) == Spot(6, 5)
    assert document.value_spot(("cards", 1, "absent")) == Spot(6, 5)


@pytest.mark.parametrize(
    ("written", "spot"),
    [
        ("key: |\n  one word\n\n  and a word\n", Spot(4, 9)),
        ("key: >\n  one word\n  and a word\n", Spot(3, 9)),
        ('key: "one word and a word"\n', Spot(1, 22)),
        ("key: one word\n  and a word\n", Spot(2, 9)),
        ("key: 'it''s one word, a word'\n", Spot(1, 25)),
    ],
)
def test_a_fragment_is_found_where_it_stands_in_the_file(written: str, spot: Spot) -> None:
    document, _ = read(written)
    assert document is not None
    value = str(document.get(("key",)))
    assert document.spot_in(("key",), value.rindex("word"), "word") == spot


def test_a_fragment_across_a_folded_line_is_placed_at_the_start_of_its_value() -> None:
    document, _ = read("key: one\n  two\n")
    assert document is not None
    assert document.spot_in(("key",), 0, "one two") == Spot(1, 6)


def test_windows_line_ends_and_byte_order_mark_change_no_place() -> None:
    document, problems = read("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n".encode())
    assert problems == []
    assert document is not None
    assert document.data == {"a": 1, "b": "x\ny\n"}
    assert document.key_spot(("b",)) == Spot(2, 1)


def test_every_duplicate_key_is_reported_and_the_first_value_kept() -> None:
    document, problems = read("a: 1\nb:\n  c: 1\n  c: [1, {d: 2}]\na: {x: 1}\nz: 9\n")
    assert document is not None
    assert document.data == {"a": 1, "b": {"c": 1}, "z": 9}
    places = [(problem.line, problem.column, problem.field, problem.rule) for problem in problems]
    assert places == [(4, 3, "b.c", "yaml-duplicate-key"), (5, 1, "a", "yaml-duplicate-key")]
    assert "line 1" in problems[1].message


def test_alias_and_anchor_are_refused() -> None:
    document, problems = read("a: &x [1]\nb: *x\n")
    assert document is not None
    assert [(p.line, p.column, p.rule) for p in problems] == [(1, 4, "yaml-alias"), (2, 4, "yaml-alias")]
    assert not document.is_readable(("b",))
    assert document.is_readable(("a",))


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 20)]
    document, problems = read("\n".join(lines) + "\n")
    assert document is not None
    assert len(problems) == 20 + 19 * 9


def test_tags_are_refused() -> None:
    document, problems = read("a: !!python/object/apply:os.system [x]\nb: !x y\n")
    assert document is not None
    assert [(p.line, p.column, p.rule) for p in problems] == [(1, 4, "yaml-tag"), (2, 4, "yaml-tag")]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\nb:\n\tc: 2\n", 3, 1, "tab"),
        ("a: **bold** words\n", 1, 5, "cannot start with `*`"),
        ("a: & words\n", 1, 5, "cannot start with `&`"),
        ("a: one: two\n", 1, 7, "colon"),
        ('a: 1\nb: "open\nc: 2\n', 2, 4, "never closed"),
        ("a: 'open\n", 1, 4, "never closed"),
        ('a: "\\q"\n', 1, 6, "backslash"),
        ("a: [1, 2\nb: 3\n", 1, 4, "bracket"),
        ("a: {b: 1\n", 1, 4, "bracket"),
        ("a: 1\njust words\nb: 2\n", 2, 1, "`name: value`"),
        ("a: @home\n", 1, 4, "cannot start"),
        ("a: 1\n  b: 2\n", 2, 4, "colon"),
        ("a:\n  - 1\n b: 2\n", 3, 2, "does not fit"),
        ("a: - b\n", 1, 4, "list cannot start"),
    ],
)
def test_bad_syntax_is_reported_with_place_and_in_plain_words(
    text: str, line: int, column: int, words: str
) -> None:
    problem = only_problem(text)
    assert (problem.line, problem.column, problem.rule) == (line, column, "yaml-syntax")
    assert words in problem.message
    assert problem.remedy


def test_problems_before_bad_syntax_are_reported_too() -> None:
    _, problems = read("a: 1\na: 2\nb: [\n")
    assert [problem.rule for problem in problems] == ["yaml-duplicate-key", "yaml-syntax"]


def test_without_the_c_parser_the_same_data_and_places_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: é 12:30\ncards:\n  - text: |\n      **x** 🙂 y\n    id: 'q'\n  - [1, {b: ~}]\n"
    fast, _ = read(text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    slow, _ = read(text)
    assert fast is not None
    assert slow is not None
    assert fast.data == slow.data
    assert {path: mark.value for path, mark in fast.marks.items()} == {
        path: mark.value for path, mark in slow.marks.items()
    }
    offset = str(fast.get(("cards", 0, "text"))).index("y")
    assert fast.spot_in(("cards", 0, "text"), offset, "y") == Spot(4, 15)
    assert slow.spot_in(("cards", 0, "text"), offset, "y") == Spot(4, 15)


def test_latin_1_is_reported_at_its_first_wrong_byte() -> None:
    problem = only_problem("a: fine\nb: caf\xe9 au lait\n".encode("latin-1"))
    assert (problem.line, problem.column, problem.rule) == (2, 7, "yaml-encoding")
    assert "UTF-8" in problem.message


def test_a_control_character_is_reported_at_its_place() -> None:
    problem = only_problem("a: one\nb: t\u2028wo\n")
    assert (problem.line, problem.column, problem.rule) == (2, 5, "yaml-character")
    assert "U+2028" in problem.message


def test_a_huge_file_is_refused_unread() -> None:
    problem = only_problem(b"a: " + b"x" * 20_000)
    assert (problem.line, problem.column, problem.rule) == (1, 1, "yaml-size")


def test_deep_nesting_is_refused() -> None:
    problem = only_problem("[" * 5000)
    assert problem.rule == "yaml-depth"


def test_a_number_too_long_to_be_meant_is_refused() -> None:
    problem = only_problem("a: " + "9" * 5000 + "\n")
    assert (problem.line, problem.column, problem.rule) == (1, 4, "yaml-number")


def test_a_second_document_is_refused() -> None:
    problem = only_problem("a: 1\n---\nb: 2\n")
    assert (problem.line, problem.column, problem.rule) == (2, 1, "yaml-documents")


def test_a_list_as_field_name_is_refused() -> None:
    problem = only_problem("a: 1\n[b]: 2\n")
    assert (problem.line, problem.column, problem.rule) == (2, 1, "yaml-key")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_a_file_without_content_has_no_data(text: str) -> None:
    assert data_of(text) is None
