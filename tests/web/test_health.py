"""Health over real HTTP, and the server around it."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from painbot.web import health
from painbot.web.app import create_app
from painbot.web.health import Readiness
from painbot.web.server import WebServer


class Checks:
    """What the readiness check will find."""

    def __init__(self) -> None:
        self.found: Readiness | Exception | None = Readiness(True, "leader", {"database": "ok"})

    async def __call__(self) -> Readiness:
        if isinstance(self.found, Exception):
            raise self.found
        if self.found is None:
            await asyncio.sleep(60)
        assert self.found is not None
        return self.found


@pytest.fixture
def checks() -> Checks:
    return Checks()


@pytest.fixture
async def url(checks: Checks) -> AsyncIterator[str]:
    server = WebServer(create_app(check_readiness=checks), "127.0.0.1", 0)
    await server.start()
    yield f"http://127.0.0.1:{server.port}/health"
    await server.stop()


async def get(url: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, await response.json()


async def test_process_that_turns_is_alive_whatever_its_database_does(url: str, checks: Checks) -> None:
    checks.found = OSError("database away")
    assert await get(f"{url}/live") == (200, {"status": "ok"})


async def test_ready_leader_says_so(url: str) -> None:
    assert await get(f"{url}/ready") == (
        200,
        {"status": "ok", "role": "leader", "checks": {"database": "ok"}},
    )


async def test_follower_is_ready_too(url: str, checks: Checks) -> None:
    checks.found = Readiness(True, "follower", {"database": "ok"})
    status, body = await get(f"{url}/ready")
    assert (status, body["role"]) == (200, "follower")


async def test_failed_check_is_named(url: str, checks: Checks) -> None:
    checks.found = Readiness(False, "leader", {"migrations": "behind"})
    status, body = await get(f"{url}/ready")
    assert (status, body["checks"]) == (503, {"migrations": "behind"})


async def test_check_that_raises_is_not_quoted(url: str, checks: Checks) -> None:
    checks.found = OSError("postgresql://user:password@host")
    assert await get(f"{url}/ready") == (503, {"status": "unavailable"})


async def test_check_that_hangs_is_cut_off(url: str, checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "READY_WITHIN_SECONDS", 0.05)
    checks.found = None
    assert (await get(f"{url}/ready"))[0] == 503


async def test_routes_that_are_not_wanted_are_not_there() -> None:
    server = WebServer(create_app(), "127.0.0.1", 0)
    await server.start()
    async with aiohttp.ClientSession() as http:
        for path in ("health/live", "telegram"):
            async with http.post(f"http://127.0.0.1:{server.port}/{path}") as response:
                assert response.status == 404
    await server.stop()


async def test_taken_port_is_an_error_the_caller_sees() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = WebServer(create_app(), "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            await server.start()


async def test_signals_stay_with_the_program_around_it(checks: Checks) -> None:
    before = signal.getsignal(signal.SIGTERM)
    server = WebServer(create_app(check_readiness=checks), "127.0.0.1", 0)
    await server.start()
    assert signal.getsignal(signal.SIGTERM) is before
    await server.stop()
    await server.stop()
