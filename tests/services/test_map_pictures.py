"""The pain map as a picture: made when it is sent, from what is stored then."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

from PIL import Image

from painbot.bootstrap import files_for
from painbot.core.enrollment import Answer
from painbot.core.map_sheet import RECIPE, MapSheet
from painbot.services.map_pictures import MapPictures
from painbot.storage.unit_of_work import SqlStorage
from tests.core.people import START
from tests.services.use_cases import ANNA, UseCases

ON = START.date()


async def with_map(storage: SqlStorage, rows: str) -> None:
    await UseCases(storage).enrolls()
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, START)
        assert file is not None
        slots = {f"map:{ON}/rows": rows, f"map:{ON}/unsure": "alone-1", "map/levers": "sleep"}
        answers = {slot: Answer(slot, "map", value, on=ON, at=START) for slot, value in slots.items()}
        await uow.learners.save(file, replace(file, answers={**file.answers, **answers}))


async def test_it_is_a_png_as_wide_as_a_phone_shows(storage: SqlStorage) -> None:
    await with_map(storage, "sleep,nerve,medicines,spread")
    ((name, png),) = await files_for(storage).make(ANNA, RECIPE, START)
    assert name == f"pain-map-{ON}.png"
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.format, picture.width) == ("PNG", 1080)
        assert "Ask about nerves" in str(picture.info["Description"])
    assert len(png) < 400_000


async def test_a_retry_tells_the_same_story_whatever_was_answered_since(storage: SqlStorage) -> None:
    await with_map(storage, "sleep")
    seen: list[MapSheet] = []

    def drawn(sheet: MapSheet) -> bytes:
        seen.append(sheet)
        return b"png"

    pictures = MapPictures(storage, drawn)
    await pictures.make(ANNA, RECIPE, START)
    later = START + timedelta(days=50)
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, START)
        assert file is not None
        slot = f"map:{later.date()}/rows"
        answer = Answer(slot, "map", "stress", on=later.date(), at=later)
        await uow.learners.save(file, replace(file, answers={**file.answers, slot: answer}))
    await pictures.make(ANNA, RECIPE, START)
    await pictures.make(ANNA, RECIPE, later)
    assert seen[0] == seen[1]
    assert seen[2].on == later.date()


async def test_somebody_erased_meanwhile_or_without_a_map_gets_no_file(storage: SqlStorage) -> None:
    assert await files_for(storage).make(ANNA, RECIPE, START) == ()
    await UseCases(storage).enrolls()
    assert await files_for(storage).make(ANNA, RECIPE, START) == ()
