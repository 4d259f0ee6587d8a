"""The part of SVG's own animation that painbot's pictures use: `<animate>` with values and key times.

    <circle r="130">
      <animate attributeName="r" dur="10s" repeatCount="indefinite" calcMode="spline"
          values="130;340;130" keyTimes="0;0.45;1" keySplines="0.4 0 0.6 1;0.4 0 0.6 1"/>
    </circle>

A browser plays the file as it is. `calcMode` may be linear, spline or discrete; all of a drawing's
animations last equally long.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree

FRAMES_A_SECOND: Final = 8

_ANIMATE: Final = "{http://www.w3.org/2000/svg}animate"
_MODES: Final = ("linear", "discrete", "spline")
_STEPS: Final = 40
"""Halvings in the search for a point on a spline."""

Spline = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """One drawing of a picture that moves, and how long it stands."""

    svg: str
    seconds: float


@dataclass(frozen=True)
class _Animation:
    attribute: str
    values: tuple[str, ...]
    times: tuple[float, ...]
    mode: str
    splines: tuple[Spline, ...]

    def at(self, share: float) -> str:
        """Return the attribute's value after this share of the whole time, 0 to 1."""
        last = max(number for number, time in enumerate(self.times) if time <= share)
        if self.mode == "discrete" or last == len(self.values) - 1:
            return self.values[last]
        start, end = self.times[last], self.times[last + 1]
        way = (share - start) / (end - start)
        if self.mode == "spline":
            way = _eased(way, self.splines[last])
        first, second = float(self.values[last]), float(self.values[last + 1])
        return f"{first + (second - first) * way:.2f}"


@dataclass(frozen=True)
class Motion:
    """How a drawing moves; `seconds` is one round of it."""

    root: ElementTree.Element
    seconds: float

    def frames(self) -> tuple[Frame, ...]:
        """Return one round as still drawings."""
        count = max(1, round(self.seconds * FRAMES_A_SECOND))
        return tuple(Frame(self._drawing_at(i / count), self.seconds / count) for i in range(count))

    def _drawing_at(self, share: float) -> str:
        drawing = copy.deepcopy(self.root)
        for parent in drawing.iter():
            for child in [child for child in parent if child.tag == _ANIMATE]:
                animation = _animation(child)
                parent.set(animation.attribute, animation.at(share))
                parent.remove(child)
        return ElementTree.tostring(drawing, encoding="unicode")


def motions_in(root: ElementTree.Element) -> Motion | None:
    """Return how a drawing moves, nothing for one that stands still. Raises ValueError with the fault."""
    found = list(root.iter(_ANIMATE))
    if not found:
        return None
    for element in found:
        _animation(element)
    lengths = {element.get("dur", "") for element in found}
    if len(lengths) > 1:
        raise ValueError("all of its <animate> must have the same dur")
    return Motion(root, _seconds(lengths.pop()))


def _animation(element: ElementTree.Element) -> _Animation:
    attribute = element.get("attributeName", "")
    where = f"<animate attributeName={attribute!r}>"
    values = tuple(value.strip() for value in element.get("values", "").split(";"))
    mode = element.get("calcMode", "linear")
    if mode not in _MODES:
        raise ValueError(f"{where}: calcMode must be one of {', '.join(_MODES)}")
    times = tuple(_number(time, where) for time in element.get("keyTimes", "").split(";"))
    if len(times) != len(values) or times[0] != 0 or any(a >= b for a, b in pairwise(times)) or times[-1] > 1:
        raise ValueError(f"{where}: keyTimes must rise from 0 to at most 1, one for each of values")
    splines: tuple[Spline, ...] = ()
    if mode == "spline":
        splines = tuple(_spline(text, where) for text in element.get("keySplines", "").split(";"))
        if len(splines) != len(values) - 1:
            raise ValueError(f"{where}: keySplines must be one fewer than values")
    if mode != "discrete":
        for value in values:
            _number(value, where)
    return _Animation(attribute, values, times, mode, splines)


def _seconds(duration: str) -> float:
    seconds = _number(duration.removesuffix("s"), "<animate>: dur") if duration.endswith("s") else 0
    if not 0 < seconds <= 20:
        raise ValueError('<animate>: dur must be at most 20 seconds, written like "10s"')
    return seconds


def _spline(text: str, where: str) -> Spline:
    points = [_number(point, where) for point in text.replace(",", " ").split()]
    if len(points) != 4 or any(not 0 <= point <= 1 for point in points):
        raise ValueError(f"{where}: each of keySplines must be four numbers from 0 to 1")
    return (points[0], points[1], points[2], points[3])


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{where}: {text.strip()!r} is no number") from None


def _eased(way: float, spline: Spline) -> float:
    """Return how far a movement is when this share of its time is over."""
    x1, y1, x2, y2 = spline
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _bezier(middle, x1, x2) < way:
            low = middle
        else:
            high = middle
    return _bezier(low, y1, y2)


def _bezier(at: float, first: float, second: float) -> float:
    rest = 1 - at
    return 3 * rest * rest * at * first + 3 * rest * at * at * second + at**3
