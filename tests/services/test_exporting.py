"""A copy of one's own data: all answers, readable by people and by spreadsheets, harmless in both."""

import csv
import io
import json
from dataclasses import replace

import pytest

from painbot.core.enrollment import Answer
from painbot.services.exporting import Exporter
from painbot.services.generated_files import GeneratedFiles, UnknownFile
from painbot.storage.unit_of_work import SqlStorage
from tests.core.people import START
from tests.services.use_cases import ANNA, UseCases


async def test_both_files_hold_the_answers_and_the_own_words(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(goal="=HYPERLINK(1) ünd more")
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, START)
        assert file is not None
        answer = Answer("lesson:l-1/note", "note", "=1+1", on=START.date(), at=START)
        await uow.learners.save(file, replace(file, answers={answer.slot: answer}))
    (json_name, data), (csv_name, table) = await Exporter(storage).make(ANNA, "export", START)
    assert (json_name, csv_name) == ("painbot-2026-03-02.json", "painbot-2026-03-02-answers.csv")
    read = json.loads(data)
    assert "=HYPERLINK(1) ünd more" in json.dumps(read, ensure_ascii=False)
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [(row["slot"], row["value"]) for row in rows] == [("lesson:l-1/note", "'=1+1")]


async def test_somebody_erased_meanwhile_gets_empty_files(storage: SqlStorage) -> None:
    (_, data), (_, table) = await Exporter(storage).make(ANNA, "export", START)
    assert json.loads(data) == {}
    assert table.decode("utf-8-sig").strip() == "on,at,slot,question,value"


async def test_an_unknown_recipe_is_refused(storage: SqlStorage) -> None:
    with pytest.raises(UnknownFile):
        await GeneratedFiles({"export": Exporter(storage)}).make(ANNA, "portrait", START)
