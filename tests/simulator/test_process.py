"""The simulator as a process of its own."""

import asyncio
import signal
import sys

import httpx
import pytest

from painbot.simulator.__main__ import main


async def test_it_prints_its_address_serves_and_ends_on_sigterm() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "painbot.simulator",
        "--token",
        "42:test",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        url = (await process.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(base_url=url) as client:
            assert (await client.get("/bot42:test/getMe")).json()["result"]["id"] == 42
            polling = asyncio.create_task(client.get("/bot42:test/getUpdates?timeout=30"))
            await asyncio.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            assert (await polling).json() == {"ok": True, "result": []}
        assert await process.wait() == 0


def test_it_listens_on_loopback_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--host", "0.0.0.0"])
    assert "loopback only" in capsys.readouterr().err
