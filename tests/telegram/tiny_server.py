"""A server that answers every request with the same bytes, or not at all."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class TinyServer:
    """What it got; where it is."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.url = ""


def answer(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


@asynccontextmanager
async def tiny_server(response: bytes | None) -> AsyncIterator[TinyServer]:
    """Serve `response` to every request; nothing means silence, empty bytes mean hanging up."""
    tiny = TinyServer()
    ending = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = 0
                for line in head.split(b"\r\n"):
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                tiny.requests.append(head + await reader.readexactly(length))
                if response is None:
                    await ending.wait()
                if not response:
                    break
                writer.write(response)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    tiny.url = f"http://127.0.0.1:{port}"
    try:
        yield tiny
    finally:
        ending.set()
        server.close()
        await asyncio.sleep(0)
