"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``, as Telegram has it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from painbot.simulator import bot_messages, bot_profile, bot_updates
from painbot.simulator.faults import Faults
from painbot.simulator.request_params import Params, read_params
from painbot.simulator.telegram_errors import TelegramError
from painbot.simulator.telegram_state import TelegramState

Method = Callable[[TelegramState, Params], Any | Awaitable[Any]]


class BotApi:
    """Answers calls of the Bot API: checks the token, lets faults happen, runs the method."""

    def __init__(self, state: TelegramState, faults: Faults) -> None:
        self.state = state
        self.faults = faults
        self.polling = bot_updates.LongPolling()
        self.methods: dict[str, Method] = {
            "getme": bot_profile.get_me,
            "getupdates": self.polling.get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": bot_updates.delete_webhook,
            "getwebhookinfo": bot_updates.get_webhook_info,
            "sendmessage": bot_messages.send_message,
            "sendphoto": bot_messages.send_media("sendphoto"),
            "senddocument": bot_messages.send_media("senddocument"),
            "sendanimation": bot_messages.send_media("sendanimation"),
            "sendchataction": bot_messages.send_chat_action,
            "editmessagetext": bot_messages.edit_message_text,
            "editmessagecaption": bot_messages.edit_message_caption,
            "editmessagereplymarkup": bot_messages.edit_message_reply_markup,
            "deletemessage": bot_messages.delete_message,
            "answercallbackquery": bot_messages.answer_callback_query,
            "setmycommands": bot_profile.set_my_commands,
            "deletemycommands": bot_profile.delete_my_commands,
            "getmycommands": bot_profile.get_my_commands,
            "setmydescription": bot_profile.set_my_description,
            "getmydescription": bot_profile.get_my_description,
            "setmyshortdescription": bot_profile.set_my_short_description,
            "getmyshortdescription": bot_profile.get_my_short_description,
            "setmyname": bot_profile.set_my_name,
            "getmyname": bot_profile.get_my_name,
            "getchat": bot_profile.get_chat,
            "leavechat": bot_profile.leave_chat,
            "getfile": bot_profile.get_file,
            "logout": bot_profile.log_out,
            "close": bot_profile.close,
        }

    def routes(self) -> list[Route]:
        """The routes of the Bot API."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        """Answer one call."""
        name = request.path_params["method"].lower()
        try:
            if request.path_params["token"] != self.state.token:
                raise TelegramError(401, "Unauthorized")
            method = self.methods.get(name)
            if method is None:
                raise TelegramError(404, "Not Found: method not found")
            params = await read_params(request)
        except TelegramError as error:
            return refusal(error)
        return await self.faults.around(name, params, request, lambda: self._answer(method, params))

    async def _answer(self, method: Method, params: Params) -> Response:
        until = self.state.logged_out_until
        if until is not None and self.state.now() < until:
            return refusal(TelegramError(400, "Logged out"))
        try:
            result = method(self.state, params)
            if inspect.isawaitable(result):
                result = await result
        except TelegramError as error:
            return refusal(error)
        return answer(result)

    async def download(self, request: Request) -> Response:
        """A file by the path ``getFile`` gave."""
        if request.path_params["token"] != self.state.token:
            return refusal(TelegramError(401, "Unauthorized"))
        file = self.state.file_at(request.path_params["path"])
        if file is None:
            return refusal(TelegramError(404, "Not Found"))
        return Response(file.data, media_type="application/octet-stream")

    def _set_webhook(self, state: TelegramState, params: Params) -> bool:
        done = bot_updates.set_webhook(state, params)
        self.polling.interrupt(state, "terminated by setWebhook request")
        return done


def answer(result: Any) -> Response:
    """A granted call."""
    body = json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":"))
    return Response(body.encode(), media_type="application/json")


def refusal(error: TelegramError) -> Response:
    """A refused call, with the same code as HTTP status."""
    return Response(json.dumps(error.to_json()).encode(), error.code, media_type="application/json")
