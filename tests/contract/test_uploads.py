"""File ids of uploaded pictures: kept once a bot, forgotten when refused, and never worth a lost message."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import pytest

from painbot.core.delivery import PictureFile, PictureKind, PictureRecipe
from painbot.core.ids import CourseId
from painbot.services.pictures import Pictures
from painbot.services.ports import UnitOfWork, UploadKey
from painbot.storage.unit_of_work import SqlStorage

BOT, OTHER_BOT = 7_000_000_001, 7_000_000_002
DIALS = PictureFile(PictureKind.PHOTO, "alarm-dials.png", b"png", "ab12")
COURSE = CourseId("chronic-pain")


class OnePicture:
    def find(self, course_id: CourseId, language: str, name: str) -> PictureFile | None:
        return DIALS if (course_id, language, name) == (COURSE, "en", "alarm-dials") else None


class BrokenStorage:
    """A database that is away."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        raise ConnectionError("the database is away")

    def begin_read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        raise ConnectionError("the database is away")

    async def scrub(self) -> None:
        raise AssertionError("nothing is scrubbed here")


def key(bot_id: int = BOT, digest: str = "ab12", kind: PictureKind = PictureKind.PHOTO) -> UploadKey:
    return UploadKey(bot_id, digest, kind)


async def test_a_file_id_belongs_to_one_bot_one_content_and_one_kind(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.uploads.keep(key(), "first")
        await unit.uploads.keep(key(OTHER_BOT), "other bot's")
        await unit.uploads.keep(key(kind=PictureKind.ANIMATION), "moving")
    async with storage.begin_read() as unit:
        assert await unit.uploads.file_id(key()) == "first"
        assert await unit.uploads.file_id(key(OTHER_BOT)) == "other bot's"
        assert await unit.uploads.file_id(key(kind=PictureKind.ANIMATION)) == "moving"
        assert await unit.uploads.file_id(key(digest="cd34")) is None


async def test_of_two_uploads_the_later_file_id_stands(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.uploads.keep(key(), "first")
        await unit.uploads.keep(key(), "second")
        assert await unit.uploads.file_id(key()) == "second"


async def test_dropping_a_file_id_leaves_a_newer_one(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.uploads.keep(key(), "second")
        await unit.uploads.drop(key(), "first")
        assert await unit.uploads.file_id(key()) == "second"
        await unit.uploads.drop(key(), "second")
        assert await unit.uploads.file_id(key()) is None


async def test_file_ids_outlive_the_process(storage: SqlStorage) -> None:
    before = Pictures(storage, OnePicture())
    assert await before.file_id(BOT, DIALS) is None
    await before.uploaded(BOT, DIALS, "kept")
    after = Pictures(storage, OnePicture())
    assert await after.file_id(BOT, DIALS) == "kept"
    await after.refused(BOT, DIALS, "kept")
    assert await after.file_id(BOT, DIALS) is None
    assert await Pictures(storage, OnePicture()).file_id(BOT, DIALS) is None


async def test_a_database_that_is_away_costs_an_upload_and_no_message() -> None:
    pictures = Pictures(BrokenStorage(), OnePicture())
    assert await pictures.file_id(BOT, DIALS) is None
    await pictures.uploaded(BOT, DIALS, "known to this process")
    assert await pictures.file_id(BOT, DIALS) == "known to this process"
    await pictures.refused(BOT, DIALS, "known to this process")
    assert await pictures.file_id(BOT, DIALS) is None


@pytest.mark.parametrize(("name", "found"), [("alarm-dials", True), ("gone", False)])
def test_a_recipe_finds_its_picture(name: str, found: bool) -> None:
    recipe = PictureRecipe(name, COURSE, "en", "The picture: two dials.", ("Describe", "1|pd|x"))
    assert (Pictures(BrokenStorage(), OnePicture()).find(recipe) is DIALS) is found
