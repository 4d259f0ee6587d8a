"""SVG to PNG, and frames in SVG to a looping GIF; the same drawing gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

import resvg_py
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from painbot.rendering.motion import Frame
from painbot.rendering.picture_file import (
    DESCRIPTION_KEY,
    FONT_FAMILY,
    SOURCE_KEY,
    PictureFacts,
    font_files,
    gif_comment,
)

WIDTH: Final = 1080
"""Pixels across a still picture, as many as a phone shows."""

MOVING_WIDTH: Final = 540
"""Pixels across one that moves; its hundred frames must stay small."""

MAX_BYTES: Final = 200_000

_PALETTE: Final = 128
_MOVING_PALETTE: Final = 32


class DrawingBroken(ValueError):
    """A drawing cannot be read as SVG; the message says where."""


def draw_still(svg: str, facts: PictureFacts) -> bytes:
    """Return a drawing as PNG. Raises DrawingBroken."""
    image = _drawn(svg, WIDTH)
    info = PngInfo()
    info.add_text(SOURCE_KEY, facts.source)
    info.add_itxt(DESCRIPTION_KEY, facts.description)
    exact = _saved(image, "PNG", optimize=True, pnginfo=info)
    if len(exact) <= MAX_BYTES:
        return exact
    few_colours = image.quantize(_PALETTE, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return _saved(few_colours, "PNG", optimize=True, pnginfo=info)


def draw_moving(frames: Sequence[Frame], facts: PictureFacts) -> bytes:
    """Return drawings as a GIF that repeats for ever. Raises DrawingBroken."""
    images = [_drawn(frame.svg, MOVING_WIDTH) for frame in frames]
    palette = _common_palette(images)
    reduced = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    return _saved(
        reduced[0],
        "GIF",
        save_all=True,
        append_images=reduced[1:],
        duration=_durations(frames),
        loop=0,
        comment=gif_comment(facts),
    )


def _durations(frames: Sequence[Frame]) -> list[int]:
    """Return each frame's time in milliseconds; GIF counts hundredths, and rounding must not add up."""
    ends = [round(at * 100) for at in accumulate((frame.seconds for frame in frames), initial=0.0)]
    return [(end - start) * 10 for start, end in pairwise(ends)]


def _drawn(svg: str, width: int) -> Image.Image:
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(path) for path in font_files()],
            font_family=FONT_FAMILY,
            sans_serif_family=FONT_FAMILY,
        )
    except ValueError as error:
        raise DrawingBroken(str(error)) from error
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB")


def _common_palette(images: Sequence[Image.Image]) -> Image.Image:
    """Return a palette made from a few frames, so that colours do not flicker from one to the next."""
    step = max(1, len(images) // 8)
    samples = images[::step]
    width, height = samples[0].size
    sheet = Image.new("RGB", (width, height * len(samples)))
    for number, image in enumerate(samples):
        sheet.paste(image, (0, number * height))
    return sheet.quantize(_MOVING_PALETTE, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
