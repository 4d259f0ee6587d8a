"""Files made for a learner at the moment of sending: each kind of recipe has its maker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from painbot.core.ids import ChatId
from painbot.services.ports import FileMaker


class UnknownFile(ValueError):
    """A recipe names a file this version cannot make."""


class GeneratedFiles:
    """Hands a recipe to the maker of its kind."""

    def __init__(self, makers: Mapping[str, FileMaker]) -> None:
        self._makers = makers

    async def make(self, chat_id: ChatId, kind: str, as_of: datetime) -> Sequence[tuple[str, bytes]]:
        """Return (file name, bytes) of each file. Raises UnknownFile."""
        maker = self._makers.get(kind)
        if maker is None:
            raise UnknownFile(kind)
        return await maker.make(chat_id, kind, as_of)
