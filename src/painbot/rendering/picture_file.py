"""What a drawn picture's file says about itself: what it was drawn from, and what it shows."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from PIL import Image

SOURCE_KEY: Final = "painbot-source"
DESCRIPTION_KEY: Final = "Description"

FONT_FAMILY: Final = "Atkinson Hyperlegible Next"
_FONT_FILES: Final = ("AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-Bold.ttf")

_DRAWING_VERSION: Final = b"1"
"""Raise it when the same drawing comes out differently: every picture is then drawn again."""


@dataclass(frozen=True)
class PictureFacts:
    """The digest of what a picture was drawn from, and its description."""

    source: str
    description: str


def source_digest(svg: bytes) -> str:
    """Return the digest of a picture drawn from this file with the shipped fonts, in hex."""
    digest = hashlib.sha256(_DRAWING_VERSION)
    for content in (svg, *(path.read_bytes() for path in font_files())):
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def font_files() -> tuple[Path, ...]:
    """Return the fonts that pictures are drawn with, and no others."""
    folder = Path(str(resources.files("painbot.rendering") / "fonts"))
    return tuple(folder / name for name in _FONT_FILES)


def gif_comment(facts: PictureFacts) -> bytes:
    """Return the facts as the comment of a GIF, which has no other place for them."""
    return f"{SOURCE_KEY} {facts.source}\n{facts.description}".encode()


def facts_in(data: bytes) -> PictureFacts:
    """Return what a PNG or GIF says about itself; empty where it says nothing, or is another file."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "GIF")) as picture:
            info = picture.info
    except (OSError, SyntaxError, ValueError):
        return PictureFacts("", "")
    comment = info.get("comment", b"")
    if not comment:
        return PictureFacts(str(info.get(SOURCE_KEY, "")), str(info.get(DESCRIPTION_KEY, "")))
    head, _, description = bytes(comment).decode(errors="replace").partition("\n")
    key, _, source = head.partition(" ")
    return PictureFacts(source, description) if key == SOURCE_KEY else PictureFacts("", "")
