"""The chat page: a messenger in the browser for trying the bot without Telegram."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from painbot.simulator.json_http import friendly
from painbot.simulator.people import CannotDoThat
from painbot.simulator.people_api import PeopleApi
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.telegram_types import Chat
from painbot.simulator.transcript import transcript_json, transcript_text

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 1000
_HERE = Path(__file__).parent
_SHOWN_IN_PAGE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class City:
    """A place a learner can share without knowing its coordinates."""

    name: str
    latitude: float
    longitude: float


CITIES = (
    City("Auckland", -36.8485, 174.7633),
    City("Berlin", 52.52, 13.405),
    City("Chicago", 41.8781, -87.6298),
    City("Delhi", 28.6139, 77.209),
    City("Lagos", 6.5244, 3.3792),
    City("Lisbon", 38.7223, -9.1393),
    City("London", 51.5072, -0.1276),
    City("New York", 40.7128, -74.006),
    City("São Paulo", -23.5558, -46.6396),
    City("Tokyo", 35.6764, 139.65),
)
STICKERS = ("👍", "🙂", "😔", "🌱", "💪", "🎉")


class ChatPage:
    """``/`` and what the page needs: live events, files, the transcript, scripts and styles."""

    def __init__(self, state: TelegramState, people: PeopleApi, *, has_time_machine: bool) -> None:
        self.state = state
        self.people = people
        self.has_time_machine = has_time_machine
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> list[BaseRoute]:
        """The routes of the page."""
        chat = "/sim/chats/{chat_id:anyint}"
        return [
            Route("/", self.page, methods=["GET"]),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
            Route(f"{chat}/events", friendly(self.events), methods=["GET"]),
            Route(f"{chat}/transcript.txt", friendly(self.transcript_as_text), methods=["GET"]),
            Route(f"{chat}/transcript.json", friendly(self.transcript_as_json), methods=["GET"]),
            Route("/sim/files/{file_id}", self.file, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The page itself; who is sitting in front of it is decided by its script."""
        profile = self.state.profile
        html = self._templates.get_template("chat.html").render(
            bot_name=profile.name.get("", "") or self.state.bot["first_name"],
            bot_description=profile.description.get("", ""),
            bot_short_description=profile.short_description.get("", ""),
            has_time_machine=self.has_time_machine,
            cities=CITIES,
            stickers=STICKERS,
        )
        return HTMLResponse(html, headers=_HEADERS)

    async def events(self, request: Request) -> Response:
        """The chat as server-sent events: what came after ``since``, then each change as it happens."""
        chat = self._chat(request)
        since = int(request.headers.get("last-event-id") or request.query_params.get("since", "0"))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(chat, since), media_type="text/event-stream", headers=headers)

    async def _stream(self, chat: Chat, since: int) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        if since >= chat.version:
            yield _event(self.people.chat_view(chat, since))
        while not self.state.closing:
            if chat.version > since:
                view = self.people.chat_view(chat, since)
                since = chat.version
                yield _event(view)
            elif not await self.state.changed.wait(HEARTBEAT_SECONDS):
                yield ": still here\n\n"

    async def transcript_as_text(self, request: Request) -> Response:
        """The chat in plain text; ``zone`` gives the local times (UTC otherwise)."""
        chat = self._chat(request)
        text = transcript_text(chat, _zone(request), self.state.bot["first_name"])
        return PlainTextResponse(text, headers=_download(f"chat-{chat.id}.txt"))

    async def transcript_as_json(self, request: Request) -> Response:
        """The chat as data."""
        chat = self._chat(request)
        return JSONResponse(transcript_json(chat), headers=_download(f"chat-{chat.id}.json"))

    async def file(self, request: Request) -> Response:
        """A file somebody sent: pictures are shown, everything else is a download."""
        file = self.state.files.get(request.path_params["file_id"])
        if file is None:
            return PlainTextResponse("There is no such file.\n", 404)
        shown = file.content_type in _SHOWN_IN_PAGE
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        if not shown:
            safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in file.name)
            headers |= _download(safe or "file")
        kind = file.content_type if shown else "application/octet-stream"
        return Response(file.data, media_type=kind, headers=headers)

    def _chat(self, request: Request) -> Chat:
        chat = self.state.chats.get(request.path_params["chat_id"])
        if chat is None:
            raise CannotDoThat("there is no such chat")
        return chat


def _event(view: dict[str, object]) -> str:
    return f"id: {view['version']}\ndata: {json.dumps(view, ensure_ascii=False)}\n\n"


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _zone(request: Request) -> tzinfo:
    try:
        return ZoneInfo(request.query_params.get("zone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
