"""The composition root: the one module that knows every room and puts them together."""

from __future__ import annotations

import asyncio
import gc
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import painbot.understanding as understanding
from painbot.content.loader import load_course, shipped_lessons
from painbot.content.pictures import CoursePictures
from painbot.core.commands import Incoming
from painbot.core.course import Course
from painbot.core.leaving import EXPORT
from painbot.core.map_sheet import RECIPE as MAP_SHEET
from painbot.rendering.callback_data import decode
from painbot.rendering.catalog import catalog
from painbot.rendering.map_picture import draw_map
from painbot.rendering.messages import Rendering
from painbot.safety import load_safety_net
from painbot.scheduler.clockwork import Clockwork
from painbot.services.answering import Answering
from painbot.services.dispatcher import Dispatcher
from painbot.services.environment import Environment
from painbot.services.exporting import Exporter
from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.flow_control import FlowControl
from painbot.services.generated_files import GeneratedFiles
from painbot.services.inbox_worker import InboxSteps, InboxWorker
from painbot.services.intake import Intake
from painbot.services.map_pictures import MapPictures
from painbot.services.pictures import Pictures
from painbot.services.planner import Planner
from painbot.services.ports import Clock
from painbot.services.sweeper import Sweeper
from painbot.services.triaging import Triaging
from painbot.settings import CONSENT_VERSION, Settings
from painbot.storage.engine import create_engine
from painbot.storage.erasure import erasure_key, ledger_mark
from painbot.storage.insights import idle
from painbot.storage.unit_of_work import SqlStorage
from painbot.telegram.application import TelegramLine
from painbot.telegram.transport import TelegramTransport
from painbot.telegram.updates import read_update

PLAN_EVERY = timedelta(seconds=1)
SWEEP_EVERY = timedelta(seconds=5)
TIDY_EVERY = timedelta(hours=1)

SETTLE_SECONDS = 10.0

LANGUAGE = "en"


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.now(UTC)


def read_payload(payload: str) -> Incoming | None:
    """Read an inbox row's JSON as what a person did."""
    return read_update(json.loads(payload), decode)


def load_configured_course(settings: Settings) -> Course:
    """Load the course the settings name, or the one that comes with painbot."""
    return load_course(_course_folder(settings), LANGUAGE)


def _course_folder(settings: Settings) -> Path:
    return settings.lessons or shipped_lessons() / "chronic-pain"


def files_for(storage: SqlStorage) -> GeneratedFiles:
    """Return the makers of all files that are made at the moment of sending."""
    words = catalog(LANGUAGE)
    return GeneratedFiles(
        {
            EXPORT: Exporter(storage),
            MAP_SHEET: MapPictures(storage, lambda sheet: draw_map(sheet, words)),
        }
    )


class Engine:
    """Intake, inbox, planner and dispatcher over one database and one line to Telegram.

    `lead` works through everything; without it only updates handed to `intake` are stored.
    """

    def __init__(
        self,
        storage: SqlStorage,
        line: TelegramLine,
        environment: Environment,
        clock: Clock,
        flow: FlowControl,
        fault_points: FaultPoints = no_faults,
    ) -> None:
        self.storage = storage
        self.clock = clock
        self.environment = environment
        self._inbox_wake = asyncio.Event()
        self._outbox_wake = asyncio.Event()
        self._clockwork = Clockwork(clock)
        transport = TelegramTransport(line.bot, files_for(storage), Pictures(storage, environment.pictures))
        self.intake = Intake(storage, clock, self._inbox_wake, fault_points=fault_points)
        self.sweeper = Sweeper(storage, fault_points=fault_points)
        answering = Answering(environment, clock, read_payload, ledger_mark)
        triaging = Triaging(environment, clock, read_payload)
        self.inbox = InboxWorker(
            storage,
            clock,
            transport,
            InboxSteps(
                triage=triaging.triage,
                triage_failed=triaging.triage_failed,
                handle=answering.handle,
                tell_parked=answering.tell_parked,
            ),
            wake=self._inbox_wake,
            outbox_wake=self._outbox_wake,
            fault_points=fault_points,
        )
        self.planner = Planner(
            storage,
            clock,
            environment,
            self._outbox_wake,
            replies_done=self.inbox.wait_idle,
            fault_points=fault_points,
        )
        self.dispatcher = Dispatcher(
            storage,
            transport,
            clock,
            flow,
            wake=self._outbox_wake,
            on_unreachable=self.planner.on_unreachable,
            on_withdrawn=self.planner.on_withdrawn,
            on_pushed_late=self.planner.on_pushed_late,
            fault_points=fault_points,
        )
        self._tasks: list[asyncio.Task[None]] = []

    def lead(self) -> None:
        """Begin handling, planning and sending."""
        self._tasks = [
            asyncio.create_task(self.inbox.run(), name="inbox"),
            asyncio.create_task(self.dispatcher.run(), name="dispatcher"),
        ]
        self._clockwork.every(PLAN_EVERY, "plan", self.planner.tick)
        self._clockwork.every(SWEEP_EVERY, "wipe", self.sweeper.wipe)
        self._clockwork.every(TIDY_EVERY, "tidy", self.sweeper.tidy)
        self._clockwork.start()
        self._inbox_wake.set()

    async def failed(self) -> None:
        """Return, raising its error, when one of the pumps ends by itself."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def settle(self) -> None:
        """Return when everything received is handled and sent.

        What cannot be sent for a while (a hold, a retry) is waited for `SETTLE_SECONDS` at most.
        """
        give_up_at = asyncio.get_running_loop().time() + SETTLE_SECONDS
        while True:
            await self.inbox.wait_idle()
            await self.dispatcher.wait_idle()
            late = asyncio.get_running_loop().time() > give_up_at
            if self.inbox.idle and self.dispatcher.idle:
                soon = self.clock.now() + timedelta(seconds=SETTLE_SECONDS)
                if late or await idle(self.storage, soon):
                    return
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Begin nothing more; finish the tick and the update in hand, and what is leased."""
        await self.intake.close()
        if self._tasks:
            await asyncio.gather(self._clockwork.stop(), self.inbox.stop(), self.dispatcher.stop())
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks = []


async def build_environment(
    settings: Settings, storage: SqlStorage, course: Course, operator_name: str, contact: str
) -> Environment:
    """Load words, safety net and reader, and the key of the erasure ledger."""
    configured = settings.erasure_key
    key = configured.get_secret_value().encode() if configured else await erasure_key(storage)
    return Environment(
        course=course,
        operator_name=operator_name,
        contact=contact,
        consent_version=CONSENT_VERSION,
        read=understanding,
        safety=load_safety_net(),
        renderer=Rendering(catalog(LANGUAGE)),
        erasure_key=key,
        pictures=CoursePictures(course.id, _course_folder(settings)),
    )


def settle_in() -> None:
    """Take what is loaded out of the garbage collector's sight, once, when a long-lived process is ready.

    Course, words and danger signs are hundreds of thousands of objects that stay to the end; going
    through them again and again would take a tenth of the time of sending.
    """
    gc.collect()
    gc.freeze()


def open_storage(settings: Settings) -> SqlStorage:
    """Open the configured database."""
    return SqlStorage(create_engine(settings.database_url))


def flow_control(settings: Settings) -> FlowControl:
    """Return the send limits the settings ask for."""
    return FlowControl(
        per_second=settings.sends_per_second,
        chat_per_second=settings.chat_sends_per_second,
        chat_burst=settings.chat_burst,
    )
