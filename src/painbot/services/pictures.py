"""Pictures to send, and the file ids that save uploading them again."""

from __future__ import annotations

import structlog

from painbot.core.delivery import PictureFile, PictureRecipe
from painbot.services.error_place import place_of
from painbot.services.ports import PictureFolder, Storage, UploadKey

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Pictures:
    """Finds pictures and remembers what Telegram calls them.

    File ids only save work: whatever goes wrong with them, the picture is uploaded once more.
    """

    def __init__(self, storage: Storage, folder: PictureFolder) -> None:
        self._storage = storage
        self._folder = folder
        self._known: dict[UploadKey, str] = {}

    def find(self, recipe: PictureRecipe) -> PictureFile | None:
        """Return the picture of a recipe, or nothing when there is none any more."""
        return self._folder.find(recipe.course_id, recipe.language, recipe.name)

    async def file_id(self, bot_id: int, picture: PictureFile) -> str | None:
        """Return the file id under which the bot has uploaded this picture, if it has."""
        key = _key(bot_id, picture)
        if key not in self._known:
            try:
                async with self._storage.begin_read() as uow:
                    stored = await uow.uploads.file_id(key)
            except Exception as error:
                _log.warning("file_id_not_read", error=place_of(error))
                return None
            if stored is None:
                return None
            self._known[key] = stored
        return self._known[key]

    async def uploaded(self, bot_id: int, picture: PictureFile, file_id: str) -> None:
        """Remember the file id of an upload."""
        key = _key(bot_id, picture)
        self._known[key] = file_id
        try:
            async with self._storage.begin() as uow:
                await uow.uploads.keep(key, file_id)
        except Exception as error:
            # The picture is sent; failing now would send it again.
            _log.warning("file_id_not_kept", error=place_of(error))

    async def refused(self, bot_id: int, picture: PictureFile, file_id: str) -> None:
        """Forget a file id that Telegram does not take any more."""
        key = _key(bot_id, picture)
        if self._known.get(key) == file_id:
            del self._known[key]
        try:
            async with self._storage.begin() as uow:
                await uow.uploads.drop(key, file_id)
        except Exception as error:
            _log.warning("file_id_not_dropped", error=place_of(error))


def _key(bot_id: int, picture: PictureFile) -> UploadKey:
    return UploadKey(bot_id, picture.digest, picture.kind)
