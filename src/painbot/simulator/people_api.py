"""What people do, over HTTP: ``/sim/people/...`` for the chat page and for tests in other processes."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from painbot.simulator.json_http import body_of, friendly, integer_of, number_of, text_of
from painbot.simulator.people import CannotDoThat, People, message_view, press_view
from painbot.simulator.telegram_types import Chat

MAX_WAIT_SECONDS = 30.0
MAX_PEOPLE_AT_ONCE = 200_000


class PeopleApi:
    """The endpoints; each answers with what the action made, in JSON."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.state = people.state

    def routes(self) -> list[Route]:
        """The routes under ``/sim``."""
        person = "/sim/people/{person_id:int}"
        table = [
            ("POST", "/sim/people", self.create),
            ("GET", "/sim/people", self.list_people),
            ("POST", f"{person}/text", self.text),
            ("POST", f"{person}/press", self.press),
            ("POST", f"{person}/edit", self.edit),
            ("POST", f"{person}/voice", self.voice),
            ("POST", f"{person}/sticker", self.sticker),
            ("POST", f"{person}/photo", self.photo),
            ("POST", f"{person}/location", self.location),
            ("POST", f"{person}/block", self.block),
            ("POST", f"{person}/unblock", self.unblock),
            ("POST", f"{person}/deactivate", self.deactivate),
            ("POST", f"{person}/groups", self.add_to_group),
            ("DELETE", person + "/groups/{group_id:anyint}", self.remove_from_group),
            ("GET", "/sim/chats/{chat_id:anyint}", self.chat),
        ]
        return [Route(path, friendly(endpoint), methods=[verb]) for verb, path, endpoint in table]

    async def create(self, request: Request) -> Response:
        """One person, or ``count`` of them at once."""
        body = await body_of(request)
        count = integer_of(body, "count", 1)
        if not 1 <= count <= MAX_PEOPLE_AT_ONCE:
            raise ValueError(f"count must be between 1 and {MAX_PEOPLE_AT_ONCE}")
        wanted = integer_of(body, "id") if body.get("id") is not None else None
        if wanted is not None and (count != 1 or wanted < 1):
            raise ValueError("id must be a positive number, for one person")
        ids = [
            self.people.create(
                text_of(body, "first_name", "Learner"),
                person_id=wanted,
                username=body.get("username"),
                language_code=body.get("language_code", "en"),
                started=bool(body.get("started")),
            )
            for _ in range(count)
        ]
        return JSONResponse({"id": ids[0], "ids": ids}, 201)

    async def list_people(self, request: Request) -> Response:
        chats = [chat for chat in self.state.chats.values() if chat.person is not None]
        return JSONResponse({"people": [_person_view(chat) for chat in chats]})

    async def text(self, request: Request) -> Response:
        body = await body_of(request)
        message = self.people.type_text(
            _person_id(request), text_of(body, "text"), group_id=body.get("group_id")
        )
        return JSONResponse(message_view(message), 201)

    async def press(self, request: Request) -> Response:
        body = await body_of(request)
        position = body.get("position")
        if position is not None and not (
            isinstance(position, list) and len(position) == 2 and all(isinstance(n, int) for n in position)
        ):
            raise ValueError("position must be [row, column], both from 0")
        press = self.people.press(
            _person_id(request),
            integer_of(body, "message_id"),
            data=body.get("data"),
            text=body.get("text"),
            position=(position[0], position[1]) if position is not None else None,
            group_id=body.get("group_id"),
        )
        return JSONResponse(press_view(press), 201)

    async def edit(self, request: Request) -> Response:
        body = await body_of(request)
        message = self.people.edit(_person_id(request), integer_of(body, "message_id"), text_of(body, "text"))
        return JSONResponse(message_view(message))

    async def voice(self, request: Request) -> Response:
        body = await body_of(request)
        message = self.people.send_voice(_person_id(request), integer_of(body, "duration_seconds", 3))
        return JSONResponse(message_view(message), 201)

    async def sticker(self, request: Request) -> Response:
        body = await body_of(request)
        message = self.people.send_sticker(_person_id(request), text_of(body, "emoji", "👍"))
        return JSONResponse(message_view(message), 201)

    async def photo(self, request: Request) -> Response:
        """A picture; ``data_base64`` brings one's own."""
        body = await body_of(request)
        try:
            data = base64.b64decode(text_of(body, "data_base64", ""), validate=True)
        except binascii.Error:
            raise ValueError("data_base64 must be base64") from None
        message = self.people.send_photo(_person_id(request), text_of(body, "caption", ""), data or None)
        return JSONResponse(message_view(message), 201)

    async def location(self, request: Request) -> Response:
        body = await body_of(request)
        message = self.people.send_location(
            _person_id(request), number_of(body, "latitude"), number_of(body, "longitude")
        )
        return JSONResponse(message_view(message), 201)

    async def block(self, request: Request) -> Response:
        self.people.block(_person_id(request))
        return JSONResponse({"blocked": True})

    async def unblock(self, request: Request) -> Response:
        self.people.unblock(_person_id(request))
        return JSONResponse({"blocked": False})

    async def deactivate(self, request: Request) -> Response:
        self.people.deactivate(_person_id(request))
        return JSONResponse({"deactivated": True})

    async def add_to_group(self, request: Request) -> Response:
        body = await body_of(request)
        group_id = self.people.add_bot_to_group(_person_id(request), text_of(body, "title", "A group"))
        return JSONResponse({"id": group_id}, 201)

    async def remove_from_group(self, request: Request) -> Response:
        self.people.remove_bot_from_group(_person_id(request), request.path_params["group_id"])
        return JSONResponse({"removed": True})

    async def chat(self, request: Request) -> Response:
        """What a chat shows. ``since=N``: only what changed after version N; ``wait=S``: wait for it."""
        chat = self.state.chats.get(request.path_params["chat_id"])
        if chat is None:
            raise CannotDoThat("there is no such chat")
        since = int(request.query_params.get("since", "0"))
        wait_seconds = min(float(request.query_params.get("wait", "0")), MAX_WAIT_SECONDS)
        if wait_seconds > 0:
            await self._wait_for_change(chat, since, wait_seconds)
        return JSONResponse(self.chat_view(chat, since))

    async def _wait_for_change(self, chat: Chat, since: int, seconds: float) -> None:
        deadline = self.state.monotonic() + seconds
        while chat.version <= since and not self.state.closing:
            left = deadline - self.state.monotonic()
            if left <= 0 or not await self.state.changed.wait(left):
                return

    def chat_view(self, chat: Chat, since: int = 0) -> dict[str, Any]:
        """The chat as its person sees it, with the messages and presses changed after ``since``."""
        typing_left = chat.typing_until - self.state.monotonic()
        return {
            "id": chat.id,
            "version": chat.version,
            "epoch": self.state.epoch,
            "started": chat.started,
            "blocked": chat.blocked,
            "deactivated": chat.deactivated,
            "bot_status": chat.bot_status,
            "typing_seconds": round(max(typing_left, 0.0), 1),
            "keyboard": chat.keyboard,
            "commands": self.commands_for(chat),
            "messages": [message_view(m) for m in chat.messages.values() if m.version > since],
            "presses": [press_view(p) for p in chat.presses if p.version > since],
        }

    def commands_for(self, chat: Chat) -> list[dict[str, str]]:
        """The commands the bot registered, from the narrowest scope that applies."""
        language = chat.person.language_code if chat.person else None
        commands = self.state.profile.commands
        scopes = ['{"type": "default"}']
        if chat.kind == "private":
            scopes.insert(0, '{"type": "all_private_chats"}')
        for scope in scopes:
            for code in (language or "", ""):
                if (scope, code) in commands:
                    return commands[scope, code]
        return []


def _person_id(request: Request) -> int:
    return int(request.path_params["person_id"])


def _person_view(chat: Chat) -> dict[str, Any]:
    person = chat.person
    return {
        "id": chat.id,
        "first_name": person.first_name if person else chat.title,
        "started": chat.started,
        "blocked": chat.blocked,
        "deactivated": chat.deactivated,
    }
