"""What reading one message for danger signs costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from benchmarks.figures import Figure, Rounds, percentile
from benchmarks.stage import Bench
from painbot.core.triage.normal import split_words
from painbot.safety import load_safety_net

MESSAGES = Path(__file__).parents[1] / "tests" / "safety" / "messages.yaml"
LONGEST = 4096
"""Characters in the longest text Telegram lets a person send."""


def run(bench: Bench) -> Iterator[Figure]:
    """Read people's own words one by one, then texts as long as Telegram allows."""
    net = load_safety_net()
    texts = [text for group in yaml.safe_load(MESSAGES.read_text("utf-8")).values() for text in group]
    talk = " ".join(texts)
    long_texts = [talk[at : at + LONGEST] for at in range(0, len(talk) - LONGEST, LONGEST // 2)]
    for name, messages in (
        ("messages", texts[: bench.pick(len(texts), 20)]),
        ("longest", long_texts[: bench.pick(len(long_texts), 2)]),
    ):
        found: list[list[float]] = []
        bare: list[list[float]] = []
        for _ in range(bench.rounds):
            bare.append(_timed(split_words, messages))
            found.append(_timed(net.triage, messages))
        medians = Rounds([percentile(each, 50) for each in found], [percentile(each, 50) for each in bare])
        late = Rounds([percentile(each, 99) for each in found], [percentile(each, 99) for each in bare])
        yield Figure(
            name=f"triage-{name}",
            value=medians.value,
            unit="ms, median",
            baseline=medians.baseline,
            baseline_is="only splitting the same text into words",
            ratio=medians.ratio,
            spread=medians.spread,
            notes={
                "p99_ms": late.value,
                "p99_highest_round_ms": late.spread[1],
                "texts": float(len(messages)),
            },
        )


def _timed(read: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return the milliseconds that each text takes."""
    took: list[float] = []
    for text in texts:
        started = time.perf_counter()
        read(text)
        took.append((time.perf_counter() - started) * 1000)
    return took
