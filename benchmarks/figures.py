"""What a benchmark has to say, as one JSON line a figure."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Figure:
    """One measured value beside its baseline; `spread` is the lowest and the highest round's value."""

    name: str
    value: float
    unit: str
    baseline: float
    baseline_is: str
    ratio: float
    spread: tuple[float, float]
    bar: str = ""
    met: bool | None = None
    """Whether the bar is met; nothing where there is no bar."""

    notes: dict[str, float | str] = field(default_factory=dict)

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        said = {key: _short(value) for key, value in asdict(self).items() if value not in ("", {}, None)}
        return json.dumps(said)


@dataclass(frozen=True)
class Rounds:
    """Values and baselines measured in turn, a pair a round: what drifts touches both."""

    values: Sequence[float]
    baselines: Sequence[float]

    @property
    def value(self) -> float:
        """The median round's value."""
        return statistics.median(self.values)

    @property
    def baseline(self) -> float:
        """The median round's baseline."""
        return statistics.median(self.baselines)

    @property
    def ratio(self) -> float:
        """The median of the ratios, pair by pair."""
        return statistics.median(
            value / baseline for value, baseline in zip(self.values, self.baselines, strict=True)
        )

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return min(self.values), max(self.values)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least `percent` % of the values do not exceed."""
    ranked = sorted(values)
    place = -(-len(ranked) * percent // 100)
    return ranked[max(0, min(len(ranked), int(place)) - 1)]


def _short(value: object) -> object:
    """Round to four digits that count: more would only be noise."""
    if isinstance(value, float):
        return float(f"{value:.4g}") if abs(value) < 1000 else round(value)
    if isinstance(value, tuple | list):
        return [_short(item) for item in value]
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    return value
