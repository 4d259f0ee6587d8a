"""What a picture's file itself says it shows."""

from __future__ import annotations

import io

from PIL import Image


def description_in(data: bytes) -> str:
    """The description inside a PNG or GIF file; empty when there is none, or it is another file."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "GIF")) as picture:
            words = picture.info.get("Description") or picture.info.get("comment") or ""
    except (OSError, SyntaxError, ValueError):
        return ""
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)
