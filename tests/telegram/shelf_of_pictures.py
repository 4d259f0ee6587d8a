"""The pictures a transport finds, and the file ids it is told."""

from __future__ import annotations

import hashlib

from painbot.core.delivery import PictureFile, PictureKind, PictureRecipe
from painbot.simulator.sample_files import png

DIALS = png(40, 30, 200)
PACE = b"GIF89a" + (10).to_bytes(2, "little") * 2 + bytes(20)


class ShelfOfPictures:
    """Holds `alarm-dials`, a photo, and `breathing-pace`, an animation."""

    def __init__(self) -> None:
        self.pictures = {
            "alarm-dials": picture(PictureKind.PHOTO, "alarm-dials.png", DIALS),
            "breathing-pace": picture(PictureKind.ANIMATION, "breathing-pace.gif", PACE),
        }
        self.file_ids: dict[tuple[int, str], str] = {}

    def find(self, recipe: PictureRecipe) -> PictureFile | None:
        return self.pictures.get(recipe.name)

    async def file_id(self, bot_id: int, picture: PictureFile) -> str | None:
        return self.file_ids.get((bot_id, picture.digest))

    async def uploaded(self, bot_id: int, picture: PictureFile, file_id: str) -> None:
        self.file_ids[bot_id, picture.digest] = file_id

    async def refused(self, bot_id: int, picture: PictureFile, file_id: str) -> None:
        assert self.file_ids.pop((bot_id, picture.digest)) == file_id


def picture(kind: PictureKind, file_name: str, content: bytes) -> PictureFile:
    return PictureFile(kind, file_name, content, hashlib.sha256(content).hexdigest())
