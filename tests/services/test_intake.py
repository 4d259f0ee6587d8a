"""Taking updates in: stored before `put` returns, together where they come together."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from painbot.services.intake import Intake
from painbot.storage.unit_of_work import SqlStorage
from painbot.testing.clock import ManualClock
from tests.services.pumps import ANNA, BEN, NOON, arrived, inbox_rows


class CountingStorage:
    """Passes transactions on, counts them, and can refuse or keep them back."""

    def __init__(self, inner: SqlStorage) -> None:
        self.inner = inner
        self.commits = 0
        self.failing = False
        self.gate: asyncio.Event | None = None

    @asynccontextmanager
    async def begin(self):  # type: ignore[no-untyped-def]
        if self.failing:
            raise OSError("database away")
        async with self.inner.begin() as uow:
            yield uow
            if self.gate is not None:
                await self.gate.wait()
        self.commits += 1


@pytest.fixture
def counting(storage: SqlStorage) -> CountingStorage:
    return CountingStorage(storage)


@pytest.fixture
def intake(counting: CountingStorage) -> Intake:
    return Intake(counting, ManualClock(NOON), asyncio.Event())  # type: ignore[arg-type]


async def test_update_is_stored_when_put_returns(storage: SqlStorage) -> None:
    wake = asyncio.Event()
    await Intake(storage, ManualClock(NOON), wake).put(arrived(1, typed=True, payload='{"update_id": 1}'))
    row = (await inbox_rows(storage))[1]
    assert (row["chat_id"], row["payload"], row["triaged_at"]) == (ANNA, '{"update_id": 1}', None)
    assert wake.is_set()


async def test_repeated_update_is_stored_once(storage: SqlStorage, intake: Intake) -> None:
    await intake.put(arrived(1, payload="first"))
    await intake.put(arrived(1, payload="second"))
    assert (await inbox_rows(storage))[1]["payload"] == "first"


async def test_updates_that_come_together_share_a_commit(
    storage: SqlStorage, counting: CountingStorage, intake: Intake
) -> None:
    await asyncio.gather(*(intake.put(arrived(number)) for number in range(1, 101)))
    assert len(await inbox_rows(storage)) == 100
    assert counting.commits == 1


async def test_what_is_handed_in_together_is_never_split(
    storage: SqlStorage, counting: CountingStorage, intake: Intake
) -> None:
    fetches = [[arrived(start + number) for number in range(100)] for start in range(0, 700, 100)]
    await asyncio.gather(*(intake.put_all(fetch) for fetch in fetches))
    assert len(await inbox_rows(storage)) == 700
    # Five hundred at most in one transaction, then the rest.
    assert counting.commits == 2


async def test_of_updates_handed_in_together_all_are_stored_or_none(storage: SqlStorage) -> None:
    def cut(place: str) -> None:
        if place == "before_intake_commit":
            raise OSError("power cut")

    intake = Intake(storage, ManualClock(NOON), asyncio.Event(), fault_points=cut)
    with pytest.raises(OSError, match="power cut"):
        await intake.put_all([arrived(1), arrived(2)])
    assert await inbox_rows(storage) == {}


async def test_repeats_among_updates_handed_in_together_are_passed_over(
    storage: SqlStorage, intake: Intake
) -> None:
    await intake.put(arrived(2, payload="first"))
    await intake.put_all([arrived(1), arrived(2, payload="second"), arrived(3), arrived(3)])
    rows = await inbox_rows(storage)
    assert set(rows) == {1, 2, 3}
    assert rows[2]["payload"] == "first"


async def test_updates_that_come_during_a_commit_share_the_next(
    counting: CountingStorage, intake: Intake
) -> None:
    counting.gate = asyncio.Event()
    first = asyncio.create_task(intake.put(arrived(1)))
    await asyncio.sleep(0.05)
    others = [asyncio.create_task(intake.put(arrived(number))) for number in range(2, 21)]
    await asyncio.sleep(0.05)
    assert not first.done()
    counting.gate.set()
    await asyncio.gather(first, *others)
    assert counting.commits == 2


async def test_caller_that_is_cancelled_takes_nobody_down(
    storage: SqlStorage, counting: CountingStorage, intake: Intake
) -> None:
    counting.gate = asyncio.Event()
    cancelled = asyncio.create_task(intake.put(arrived(1)))
    other = asyncio.create_task(intake.put(arrived(2, BEN)))
    await asyncio.sleep(0.05)
    cancelled.cancel()
    counting.gate.set()
    await other
    await intake.close()
    assert set(await inbox_rows(storage)) == {1, 2}


async def test_failure_reaches_every_caller_and_the_next_put_tries_again(
    storage: SqlStorage, counting: CountingStorage, intake: Intake
) -> None:
    counting.failing = True
    results = await asyncio.gather(intake.put(arrived(1)), intake.put(arrived(2)), return_exceptions=True)
    assert [type(result) for result in results] == [OSError, OSError]
    counting.failing = False
    await intake.put(arrived(1))
    assert set(await inbox_rows(storage)) == {1}


async def test_fault_points_stand_on_either_side_of_the_commit(storage: SqlStorage) -> None:
    places: list[str] = []
    await Intake(storage, ManualClock(NOON), asyncio.Event(), fault_points=places.append).put(arrived(1))
    assert places == ["before_intake_commit", "after_intake_commit"]
