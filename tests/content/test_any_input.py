"""Whatever is in the files, the answer is a list of problems with places, never a crash."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.loader import CourseBroken, check_course, load_course
from painbot.content.yaml_source import read_yaml
from tests.content.course_files import FILES, write_course

YAML_SIGNS = "ab1 \n\t-:#{}[],&*!|>'\"%@`~.\\?é🙂"


@given(st.one_of(st.binary(max_size=60), st.text(YAML_SIGNS, max_size=60).map(str.encode)))
@settings(deadline=None, max_examples=400)
def test_any_bytes_are_read_or_reported_at_a_place_inside_them(raw: bytes) -> None:
    document, problems = read_yaml("x.yaml", raw)
    assert document is not None or problems
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    for problem in problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1


def paths(data: Any, at: FieldPath = ()) -> Iterator[FieldPath]:
    yield at
    pairs: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in pairs:
        yield from paths(value, (*at, part))


PLACES = [(file, path) for file, text in FILES.items() for path in paths(yaml.safe_load(text))]
ODD_VALUES: list[Any] = [
    None,
    True,
    3,
    -1.5,
    "",
    " ",
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"id": "x"},
    ["x", "x"],
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


@given(st.sampled_from(PLACES), st.sampled_from(ODD_VALUES))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_at_any_place_is_accepted_or_reported(
    root: Path, place: tuple[str, FieldPath], value: Any
) -> None:
    file, path = place
    holder = {"top": copy.deepcopy(yaml.safe_load(FILES[file]))}
    inner: Any = holder
    for part in ("top", *path)[:-1]:
        inner = inner[part]
    inner[("top", *path)[-1]] = value
    write_course(root, {file: yaml.safe_dump(holder["top"], sort_keys=False)})
    found = check_course(root).diagnostics
    assert set(stopping(root)) <= set(found)


def stopping(root: Path) -> tuple[Diagnostic, ...]:
    try:
        load_course(root)
    except CourseBroken as broken:
        return broken.diagnostics
    return ()
