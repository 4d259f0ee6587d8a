"""Learners: the file that is loaded is the file that was saved, in few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, time, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event

from painbot.core.budget import Pushes
from painbot.core.decisions import LearnerFile
from painbot.core.enrollment import Delivery, Dialogue, Enrollment, EnrollmentStatus, Learner, Rest
from painbot.core.ids import ChatId, ItemId
from painbot.core.pacing import Pace
from painbot.core.quiet_hours import QuietHours
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import ANN, BEN, CEM, COURSE, NOW, enroll, later, load, make_answer


def full_file(file: LearnerFile) -> LearnerFile:
    """Return the file with every field set to something that is not its default."""
    return replace(
        file,
        learner=replace(
            file.learner,
            country="NZ",
            zone="Pacific/Auckland",
            consent_version="2027-01",
            consented_at=later(1),
        ),
        enrollment=replace(
            file.enrollment,
            status=EnrollmentStatus.UNREACHABLE,
            pace=Pace.GENTLE,
            lesson_time=time(7, 5),
            checkin_time=time(19, 45),
            quiet=QuietHours(time(22, 30), time(6, 15)),
            started_on=date(2027, 2, 27),
            goal="Walk the dog — “früh” 🐕",
            paused_until=later(days=3),
            status_before=EnrollmentStatus.ACTIVE,
            rest=Rest("urgent", "night", NOW, later(days=1), "seen", silent=True, asked=True),
            pushes=Pushes(later(-60), date(2027, 3, 1), 2),
            early_on=date(2027, 2, 28),
            checkin_on=date(2027, 3, 1),
            resumes_on=date(2027, 3, 4),
            due_at=later(hours=1),
            due_why="lesson",
        ),
        dialogue=Dialogue("asking-city", {"typed": "Wellington", "try": "2"}),
        deliveries={
            ItemId("d1"): Delivery(ItemId("d1"), NOW, date(2027, 3, 1), later(1), later(2), card=3),
            ItemId("d2"): Delivery(ItemId("d2"), later(3), date(2027, 3, 1)),
        },
        answers={answer.slot: answer for answer in [make_answer("quiz:d1"), make_answer("peg:0/pain", "7")]},
    )


@contextmanager
def counted(storage: SqlStorage) -> Iterator[list[str]]:
    """Collect the statements that go to the database."""
    statements: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(storage.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(storage.engine.sync_engine, "before_cursor_execute", note)


async def test_a_stranger_has_no_file(storage: SqlStorage) -> None:
    assert await load(storage) is None


async def test_enrolling_starts_onboarding_with_the_defaults(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        made = await unit.learners.enroll(ANN, COURSE, NOW)
    assert made.learner == Learner(made.learner.id, ANN, NOW)
    assert made.enrollment == Enrollment(
        made.enrollment.id, made.learner.id, COURSE, EnrollmentStatus.ONBOARDING, NOW
    )
    assert (made.dialogue, made.deliveries, made.answers) == (Dialogue(), {}, {})
    assert await load(storage) == made


async def test_enrolling_again_keeps_what_is_there(storage: SqlStorage) -> None:
    file = await enroll(storage, goal="sleep")
    async with storage.begin() as unit:
        again = await unit.learners.enroll(ANN, COURSE, later(days=9))
    assert again == file


async def test_every_field_of_a_file_comes_back_as_saved(storage: SqlStorage) -> None:
    file = await enroll(storage)
    full = full_file(file)
    defaults = {f.name for f in fields(Enrollment) if getattr(full.enrollment, f.name) == f.default}
    assert not defaults, "a field without a value of its own would not be tested"
    async with storage.begin() as unit:
        await unit.learners.save(file, full)
    assert await load(storage) == full
    async with storage.begin() as unit:
        await unit.learners.save(full, file)
    assert await load(storage) == file, "and taken back, what was removed is gone"


async def test_a_saved_instant_means_the_same_whatever_zone_it_was_given_in(storage: SqlStorage) -> None:
    file = await enroll(storage, due_at=NOW.astimezone(timezone(timedelta(hours=13))))
    loaded = await load(storage)
    assert loaded is not None
    assert loaded.enrollment.due_at == NOW == file.enrollment.due_at
    assert loaded.enrollment.due_at.utcoffset() == timedelta(0)


async def test_an_instant_without_a_zone_is_refused(storage: SqlStorage) -> None:
    file = await enroll(storage)
    naive = replace(file, enrollment=replace(file.enrollment, due_at=NOW.replace(tzinfo=None)))
    with pytest.raises(Exception, match="needs a time zone"):
        async with storage.begin() as unit:
            await unit.learners.save(file, naive)


async def test_answering_a_slot_again_replaces_the_value(storage: SqlStorage) -> None:
    empty = await enroll(storage)
    slot = "checkin:2027-03-01/pain"
    async with storage.begin() as unit:
        await unit.learners.save(empty, replace(empty, answers={slot: make_answer(slot, "3")}))
        # Also when the file in hand does not know the first answer.
        await unit.learners.save(empty, replace(empty, answers={slot: make_answer(slot, "8", later(5))}))
    loaded = await load(storage)
    assert loaded is not None
    assert {slot: answer.value for slot, answer in loaded.answers.items()} == {slot: "8"}


async def test_old_checkins_stay_in_the_database_and_out_of_the_file(storage: SqlStorage) -> None:
    empty = await enroll(storage)
    kept = [
        make_answer("checkin:2027-02-21/pain", at=later(days=-8)),
        make_answer("quiz:d1", at=later(days=-40)),
        make_answer("peg:1/pain", at=later(days=-40)),
        make_answer("onboarding:goal", at=later(days=-40)),
        make_answer("checkinx:no-checkin", at=later(days=-40)),
    ]
    old = make_answer("checkin:2027-02-20/pain", at=later(days=-9))
    async with storage.begin() as unit:
        await unit.learners.save(empty, replace(empty, answers={a.slot: a for a in [*kept, old]}))
    file = await load(storage)
    assert file is not None
    assert file.answers == {answer.slot: answer for answer in kept}
    async with storage.begin() as unit:
        await unit.learners.save(file, replace(file, answers={}))
        export = await unit.learners.export(ANN)
    assert export is not None
    (enrollment,) = export["enrollments"]  # type: ignore[misc, attr-defined]
    assert [answer["slot"] for answer in enrollment["answers"]] == [old.slot]


async def test_what_is_due_comes_earliest_first_up_to_the_limit(storage: SqlStorage) -> None:
    await enroll(storage, ANN, due_at=later(-5))
    await enroll(storage, BEN, due_at=later(-9))
    await enroll(storage, CEM, due_at=NOW)
    await enroll(storage, ChatId(4), due_at=later(1))
    await enroll(storage, ChatId(5))
    async with storage.begin() as unit:
        due = await unit.learners.due_files(NOW, 10)
        assert [file.learner.chat_id for file in due] == [BEN, ANN, CEM]
        assert [f.learner.chat_id for f in await unit.learners.due_files(NOW, 1)] == [BEN]
        assert await unit.learners.due_files(later(-10), 10) == []


async def test_due_files_are_whole_files(storage: SqlStorage) -> None:
    for chat in (ANN, BEN):
        file = await enroll(storage, chat)
        async with storage.begin() as unit:
            await unit.learners.save(file, full_file(file))
    async with storage.begin() as unit:
        due = await unit.learners.due_files(later(hours=1), 10)
        assert due == [await unit.learners.file(ANN, NOW), await unit.learners.file(BEN, NOW)]
        assert all(len(file.answers) == 2 and len(file.deliveries) == 2 for file in due)


async def test_many_files_cost_as_many_statements_as_one(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        for number in range(1, 101):
            file = await unit.learners.enroll(ChatId(number), COURSE, NOW)
            await unit.learners.save(file, full_file(file))
    with counted(storage) as statements:
        async with storage.begin() as unit:
            due = await unit.learners.due_files(later(hours=1), 100)
            changed = [
                replace(
                    file,
                    enrollment=replace(file.enrollment, due_at=None),
                    dialogue=Dialogue("done"),
                    answers={"quiz:d9": make_answer("quiz:d9")},
                    deliveries={},
                )
                for file in due
            ]
            await unit.learners.save_many(list(zip(due, changed, strict=True)))
    assert len(due) == 100
    assert len(statements) <= 10, statements
    async with storage.begin() as unit:
        assert [await unit.learners.file(file.learner.chat_id, NOW) for file in changed] == changed


async def test_saving_without_a_change_writes_nothing(storage: SqlStorage) -> None:
    file = await enroll(storage)
    async with storage.begin() as unit:
        with counted(storage) as statements:
            await unit.learners.save(file, replace(file, answers={}))
    assert statements == []


async def test_an_export_has_everything_as_plain_json(storage: SqlStorage) -> None:
    import json

    file = await enroll(storage)
    async with storage.begin() as unit:
        await unit.learners.save(file, full_file(file))
        await unit.safety.record(ANN, "urgent", "night", "rule-3", "v1", NOW)
        await unit.safety.record(BEN, "emergency", "chest", "rule-4", "v1", NOW)
        export = await unit.learners.export(ANN)
        assert await unit.learners.export(BEN) is None
    assert export is not None
    plain = json.loads(json.dumps(export))
    assert plain["learner"]["chat_id"] == ANN
    assert plain["enrollments"][0]["goal"] == "Walk the dog — “früh” 🐕"
    assert {a["slot"] for a in plain["enrollments"][0]["answers"]} == {"quiz:d1", "peg:0/pain"}
    assert plain["dialogue"]["data"]["typed"] == "Wellington"
    assert [event["group"] for event in plain["safety_events"]] == ["night"]
