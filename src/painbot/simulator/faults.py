"""Switches that make the simulated Telegram misbehave, a strict rate limit, and a log of every call.

All of it is there in Python (``Faults``) and over HTTP (see ``faults_api``).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from painbot.simulator.media import WRONG_FILE_ID, names_a_file
from painbot.simulator.request_params import Params
from painbot.simulator.telegram_errors import TelegramError, bad_request, forbidden, too_many_requests

FaultKind = Literal[
    "throttled", "bad_request", "refused_file_id", "forbidden", "server_error", "silence", "slow", "drop"
]
"""throttled 429, bad_request 400, refused_file_id 400 for calls that name a picture or document by its file
id, forbidden 403, server_error 5xx; silence: no answer until the caller gives up, slow: answers after
``delay_seconds``, drop: the connection is cut without an answer."""

FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)
SENDING_METHODS = frozenset(
    {
        "sendmessage",
        "sendphoto",
        "senddocument",
        "sendanimation",
        "editmessagetext",
        "editmessagecaption",
        "editmessagereplymarkup",
    }
)
"""The methods that count against Telegram's limits."""

MAX_CALLS_KEPT = 200_000


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    It hits calls of ``method`` (None: any but getUpdates) in ``chat_id`` (None: any), after letting ``skip``
    matching calls pass, ``count`` times (None: until removed). ``applied`` decides whether the call takes
    effect all the same; None means what the kind suggests: after a dropped answer the deed is done, after a
    refusal it is not.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    count: int | None = None
    skip: int = 0
    applied: bool | None = None
    retry_after: int = 1
    error_code: int = 502
    description: str | None = None
    delay_seconds: float = 1.0
    id: int = 0

    def __post_init__(self) -> None:
        if self.kind not in FAULT_KINDS:
            raise ValueError(f"kind must be one of {', '.join(FAULT_KINDS)}, not {self.kind!r}")
        if self.method is not None:
            self.method = self.method.lower()
        if self.applied is None:
            self.applied = self.kind in {"drop", "slow"}

    def matches(self, method: str, chat_id: str, params: Params) -> bool:
        if self.count == 0 or (self.chat_id is not None and str(self.chat_id) != chat_id):
            return False
        if self.kind == "refused_file_id" and not names_a_file(method, params):
            return False
        return method != "getupdates" if self.method is None else self.method == method

    def refusal(self) -> TelegramError:
        """What a refusing fault answers."""
        if self.kind == "throttled":
            return too_many_requests(self.retry_after)
        if self.kind == "forbidden":
            return forbidden(self.description or "bot was blocked by the user")
        if self.kind == "refused_file_id":
            return bad_request(self.description or WRONG_FILE_ID)
        if self.kind == "bad_request":
            return bad_request(self.description or "simulated refusal")
        return TelegramError(self.error_code, self.description or "Bad Gateway")


@dataclass(slots=True)
class RateLimit:
    """Refuses the call that would be number ``per_second`` + 1 within any sliding second."""

    per_second: int = 30
    retry_after: int = 1
    methods: frozenset[str] = SENDING_METHODS

    def __post_init__(self) -> None:
        self.methods = frozenset(method.lower() for method in self.methods)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API. ``at`` is a monotonic time in seconds; ``outcome`` is the HTTP status,
    0 when no answer was given."""

    method: str
    chat_id: str
    at: float
    text: str
    outcome: int


class Faults:
    """The faults that are switched on, the rate limit, and what was called."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.rules: list[Fault] = []
        self.calls: deque[Call] = deque(maxlen=MAX_CALLS_KEPT)
        self.rate_limit: RateLimit | None = None
        self.cut_connection: Callable[[Scope], bool] = lambda scope: False
        self._monotonic = monotonic
        self._granted: deque[float] = deque()
        self._next_id = 1

    def add(self, fault: Fault) -> Fault:
        """Switch a fault on; the earliest matching one wins."""
        fault.id = self._next_id
        self._next_id += 1
        self.rules.append(fault)
        return fault

    def remove(self, fault_id: int) -> bool:
        """Switch one fault off; False when it is not there."""
        before = len(self.rules)
        self.rules = [rule for rule in self.rules if rule.id != fault_id]
        return len(self.rules) < before

    def clear(self) -> None:
        """Switch every fault off. The rate limit stays."""
        self.rules.clear()

    def limit(self, rate_limit: RateLimit | None) -> None:
        """Set or lift the rate limit and start counting afresh."""
        self.rate_limit = rate_limit
        self._granted.clear()

    def calls_of(self, method: str | None = None, chat_id: int | None = None) -> list[Call]:
        """The logged calls, oldest first."""
        return [
            call
            for call in self.calls
            if (method is None or call.method == method.lower())
            and (chat_id is None or call.chat_id == str(chat_id))
        ]

    async def around(
        self, method: str, params: Params, request: Request, run: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Run a call with whatever goes wrong around it, and log it."""
        at = self._monotonic()
        chat_id = str(params.fields.get("chat_id", ""))
        fault = self._take(method, chat_id, params) if self.rules else None
        if fault is not None:
            response = await self._misbehave(fault, run)
        elif self._over_limit(method, at):
            response = _refused(too_many_requests(self.rate_limit.retry_after if self.rate_limit else 1))
        else:
            response = await run()
        outcome = 0 if isinstance(response, NoAnswer) else response.status_code
        text = params.fields.get("text") or params.fields.get("caption") or ""
        self.calls.append(Call(method, chat_id, at, str(text), outcome))
        return response

    def _take(self, method: str, chat_id: str, params: Params) -> Fault | None:
        for rule in self.rules:
            if rule.matches(method, chat_id, params):
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                if rule.count is not None:
                    rule.count -= 1
                return rule
        return None

    async def _misbehave(self, fault: Fault, run: Callable[[], Awaitable[Response]]) -> Response:
        if fault.kind == "slow":
            await asyncio.sleep(fault.delay_seconds)
        done = await run() if fault.applied else None
        if fault.kind == "slow" and done is not None:
            return done
        if fault.kind == "silence":
            return NoAnswer(None)
        if fault.kind == "drop":
            return NoAnswer(self.cut_connection)
        return _refused(fault.refusal())

    def _over_limit(self, method: str, at: float) -> bool:
        limit = self.rate_limit
        if limit is None or method not in limit.methods:
            return False
        granted = self._granted
        while granted and granted[0] <= at - 1.0:
            granted.popleft()
        if len(granted) >= limit.per_second:
            return True
        granted.append(at)
        return False


class NoAnswer(Response):
    """Never answers: waits until the caller gives up, or cuts the connection when given the means."""

    def __init__(self, cut: Callable[[Scope], bool] | None) -> None:
        super().__init__(status_code=200)
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._cut is not None and not self._cut(scope):
            # The server gives no way to the connection: promise a body and end without it.
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            return
        while (await receive())["type"] != "http.disconnect":
            pass


def _refused(error: TelegramError) -> Response:
    return Response(json.dumps(error.to_json()).encode(), error.code, media_type="application/json")


def fault_from_json(body: dict[str, Any]) -> Fault:
    """A fault as described over HTTP; ValueError says what is wrong with it."""
    known = {name for name in Fault.__dataclass_fields__ if name != "id"}
    unknown = set(body) - known
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}; a fault has {', '.join(sorted(known))}")
    if "kind" not in body:
        raise ValueError(f"kind is missing; it is one of {', '.join(FAULT_KINDS)}")
    return Fault(**body)


def fault_to_json(fault: Fault) -> dict[str, Any]:
    """A fault as shown over HTTP."""
    return asdict(fault)
