"""A folder of drawings and the pictures made from them: which are missing or stale, and drawing those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from painbot.rendering.drawing import MAX_BYTES, DrawingBroken, draw_moving, draw_still
from painbot.rendering.picture_file import PictureFacts, facts_in, source_digest
from painbot.rendering.svg_drawing import SvgDrawing, SvgUnreadable, read_drawing

STILL: Final = ".png"
MOVING: Final = ".gif"
_FIX: Final = "run `painbot lessons pictures`"


@dataclass(frozen=True)
class PictureFault:
    """Something wrong with a drawing or its picture, in words for its author."""

    file: Path
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def faults_in(folder: Path) -> tuple[PictureFault, ...]:
    """Return what is wrong in a folder without drawing anything: bad drawings, missing or stale pictures."""
    faults: list[PictureFault] = []
    wanted: set[Path] = set()
    for path in sorted(folder.glob("*.svg")):
        drawing, found = _read(path)
        faults += found
        if drawing is None:
            wanted |= {path.with_suffix(STILL), path.with_suffix(MOVING)}
            continue
        target = _target(path, drawing)
        wanted.add(target)
        if not target.is_file():
            faults.append(PictureFault(target, f"is missing; {_FIX}"))
        elif not _is_fresh(target, path):
            faults.append(PictureFault(target, f"is older than its drawing; {_FIX}"))
    for path in _pictures_in(folder):
        if path not in wanted:
            faults.append(PictureFault(path, "has no drawing; remove it, or add its SVG"))
        elif path.stat().st_size > MAX_BYTES:
            faults.append(PictureFault(path, _too_large(path.stat().st_size)))
    return tuple(faults)


def draw_folder(folder: Path) -> tuple[tuple[Path, ...], tuple[PictureFault, ...]]:
    """Draw what is missing or stale; return the pictures written and the faults that are left.

    A drawing with faults is drawn all the same, so that its author can look at it.
    """
    drawn: list[Path] = []
    broken: list[PictureFault] = []
    for path in sorted(folder.glob("*.svg")):
        drawing, _ = _read(path)
        if drawing is None:
            continue
        target = _target(path, drawing)
        if target.is_file() and _is_fresh(target, path):
            continue
        try:
            target.write_bytes(_draw(path, drawing))
        except DrawingBroken as error:
            broken.append(PictureFault(path, f"cannot be drawn: {error}"))
        else:
            drawn.append(target)
    return tuple(drawn), (*broken, *faults_in(folder))


def _read(path: Path) -> tuple[SvgDrawing | None, list[PictureFault]]:
    try:
        drawing = read_drawing(path.read_bytes())
    except SvgUnreadable as error:
        return None, [PictureFault(path, str(error))]
    return drawing, [PictureFault(path, fault) for fault in drawing.faults]


def _target(path: Path, drawing: SvgDrawing) -> Path:
    return path.with_suffix(STILL if drawing.motion is None else MOVING)


def _is_fresh(target: Path, path: Path) -> bool:
    return facts_in(target.read_bytes()).source == source_digest(path.read_bytes())


def _draw(path: Path, drawing: SvgDrawing) -> bytes:
    facts = PictureFacts(source_digest(path.read_bytes()), drawing.description)
    if drawing.motion is None:
        return draw_still(drawing.svg, facts)
    return draw_moving(drawing.motion.frames(), facts)


def _pictures_in(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.iterdir()) if path.suffix in (STILL, MOVING))


def _too_large(size: int) -> str:
    return f"has {size // 1000} KB, more than {MAX_BYTES // 1000}; use fewer colours and no fine texture"
