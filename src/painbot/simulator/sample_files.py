"""Small real files that simulated people send."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, grey: int) -> bytes:
    """A picture of one shade of grey (0 black to 255 white), in pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PIXEL_PNG = png(1, 1, 200)
GREY_PNG = png(240, 160, 200)

VOICE_OGG = b"OggS\x00\x02" + bytes(58)
"""Stands for a voice message: a bot cannot hear it, so only its first bytes are those of a real one."""
