"""Every benchmark still runs; what it measures on a tiny size means nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.cli import BENCHES
from benchmarks.figures import Figure, Rounds, percentile

ROOT = Path(__file__).parents[2]
README = ROOT / "benchmarks" / "README.md"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    folder = tmp_path_factory.mktemp("benchmarks")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--tiny", "--rounds", "1", "--sqlite", "--folder", str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert list(folder.iterdir()) == []
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", BENCHES)
def test_each_benchmark_prints_its_figures(lines: list[dict[str, object]], name: str) -> None:
    found = [line for line in lines if str(line["name"]).startswith(f"{name}-")]
    assert found
    for line in found:
        assert {"name", "value", "unit", "baseline", "baseline_is", "ratio", "spread"} <= set(line)


def test_every_figure_is_explained(lines: list[dict[str, object]]) -> None:
    explained = README.read_text("utf-8")
    missing = [
        line["name"] for line in lines if f"`{str(line['name']).removesuffix('-sqlite')}" not in explained
    ]
    assert missing == []


def test_ratio_is_the_median_of_the_pairs() -> None:
    rounds = Rounds([10, 30, 80], [10, 10, 20])
    assert (rounds.value, rounds.baseline, rounds.ratio, rounds.spread) == (30, 10, 3, (10, 80))


def test_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5, 1, 4, 2, 3], 50) == 3
    assert percentile([5, 1, 4, 2, 3], 99) == 5
    assert percentile([1], 50) == 1


def test_figure_prints_four_digits_and_leaves_out_what_is_empty() -> None:
    figure = Figure("a", 1.23456, "ms", 1234.56, "that", 0.00123456, (1.0, 2.0))
    assert json.loads(figure.line()) == {
        "name": "a",
        "value": 1.235,
        "unit": "ms",
        "baseline": 1235,
        "baseline_is": "that",
        "ratio": 0.001235,
        "spread": [1.0, 2.0],
    }
