"""JSON in and out for the simulator's own endpoints, with errors a person can act on."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from painbot.simulator.people import CannotDoThat
from painbot.simulator.telegram_errors import TelegramError

Endpoint = Callable[[Request], Awaitable[Response]]

MAX_BODY_BYTES = 15_000_000


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object a request brought; an empty body is an empty object. ValueError otherwise."""
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_BODY_BYTES:
            raise ValueError("the body is too large")
    if not data.strip():
        return {}
    try:
        value = json.loads(data)
    except ValueError:
        raise ValueError("the body must be JSON") from None
    if not isinstance(value, dict):
        raise ValueError("the body must be a JSON object")
    return value


def text_of(body: dict[str, Any], name: str, default: str | None = None) -> str:
    """A text from the body; ValueError when it is missing or not a text."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text")
    return value


def integer_of(body: dict[str, Any], name: str, default: int | None = None) -> int:
    """A whole number from the body; ValueError when it is missing or something else."""
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number")
    return value


def number_of(body: dict[str, Any], name: str) -> float:
    """A number from the body; ValueError when it is missing or something else."""
    value = body.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"{name} must be a number")
    return float(value)


def friendly(endpoint: Endpoint) -> Endpoint:
    """Turn refusals into ``{"error": ...}``: 400 for a wrong request, 409 for an impossible one."""

    async def wrapped(request: Request) -> Response:
        try:
            return await endpoint(request)
        except CannotDoThat as error:
            return JSONResponse({"error": str(error)}, 409)
        except TelegramError as error:
            return JSONResponse({"error": error.description}, 400)
        except OverflowError:
            return JSONResponse({"error": "a number or a date in the request is too large"}, 400)
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return wrapped
