"""Faults, the rate limit and the call log over HTTP."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from painbot.simulator.faults import Faults, RateLimit, fault_from_json, fault_to_json
from painbot.simulator.json_http import body_of, friendly, integer_of

MAX_CALLS_SHOWN = 10_000


class FaultsApi:
    """``/sim/faults``, ``/sim/rate_limit`` and ``/sim/calls``."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def routes(self) -> list[Route]:
        """The routes under ``/sim``."""
        table = [
            ("GET", "/sim/faults", self.list_faults),
            ("POST", "/sim/faults", self.add_fault),
            ("DELETE", "/sim/faults", self.clear_faults),
            ("DELETE", "/sim/faults/{fault_id:int}", self.remove_fault),
            ("POST", "/sim/rate_limit", self.set_limit),
            ("DELETE", "/sim/rate_limit", self.lift_limit),
            ("GET", "/sim/calls", self.list_calls),
            ("DELETE", "/sim/calls", self.forget_calls),
        ]
        return [Route(path, friendly(endpoint), methods=[verb]) for verb, path, endpoint in table]

    async def list_faults(self, request: Request) -> Response:
        return JSONResponse({"faults": [fault_to_json(fault) for fault in self.faults.rules]})

    async def add_fault(self, request: Request) -> Response:
        fault = self.faults.add(fault_from_json(await body_of(request)))
        return JSONResponse(fault_to_json(fault), 201)

    async def clear_faults(self, request: Request) -> Response:
        self.faults.clear()
        return JSONResponse({"faults": []})

    async def remove_fault(self, request: Request) -> Response:
        found = self.faults.remove(request.path_params["fault_id"])
        return JSONResponse({"removed": found}, 200 if found else 404)

    async def set_limit(self, request: Request) -> Response:
        body = await body_of(request)
        limit = RateLimit(integer_of(body, "per_second", 30), integer_of(body, "retry_after", 1))
        self.faults.limit(limit)
        return JSONResponse({"per_second": limit.per_second, "retry_after": limit.retry_after})

    async def lift_limit(self, request: Request) -> Response:
        self.faults.limit(None)
        return JSONResponse({"per_second": None})

    async def list_calls(self, request: Request) -> Response:
        """The newest calls, oldest first, and how many there were; ``method`` and ``chat_id`` narrow it."""
        query = request.query_params
        chat_id = int(query["chat_id"]) if "chat_id" in query else None
        calls = self.faults.calls_of(query.get("method"), chat_id)
        return JSONResponse(
            {"count": len(calls), "calls": [asdict(call) for call in calls[-MAX_CALLS_SHOWN:]]}
        )

    async def forget_calls(self, request: Request) -> Response:
        self.faults.calls.clear()
        return JSONResponse({"count": 0, "calls": []})
