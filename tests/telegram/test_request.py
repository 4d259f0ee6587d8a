"""The HTTP side: timeouts honoured, errors as the library's own, the token in none of them."""

import asyncio
import json
import socket
import traceback
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from painbot.telegram.request import AiohttpRequest, NeverSent, NeverSentInTime
from tests.telegram.tiny_server import answer, tiny_server

TOKEN = "123456:AAH-very-secret-token"
OK = answer("200 OK", b'{"ok":true,"result":true}')


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(read_timeout=0.3, connect_timeout=0.3, pool_timeout=0.3) as request:
        yield request


async def failure(request: AiohttpRequest, url: str, **timeouts: float) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await request.post(f"{url}/bot{TOKEN}/sendMessage", **timeouts)
    return caught.value


def assert_keeps_the_secret(error: BaseException) -> None:
    """Fail when the token is in the error, in anything it is chained to, or in what a log would print."""
    assert TOKEN not in "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        assert TOKEN not in f"{seen!r} {seen!s} {seen.args}"
        seen = seen.__cause__ or seen.__context__


async def test_silent_server_is_timed_out(request_: AiohttpRequest) -> None:
    async with tiny_server(None) as server:
        error = await failure(request_, server.url)
    assert type(error) is TimedOut
    assert_keeps_the_secret(error)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy"])
async def test_no_proxy_is_asked_for_an_address_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    async with tiny_server(OK) as server, AiohttpRequest(connect_timeout=2) as request:
        assert await request.post(f"{server.url}/bot{TOKEN}/getMe") is True
        with pytest.raises(NetworkError):
            await request.post(f"http://example.invalid/bot{TOKEN}/getMe")


async def test_shorter_timeout_of_one_call_wins_over_the_default() -> None:
    async with tiny_server(None) as server, AiohttpRequest(read_timeout=3600, write_timeout=3600) as request:
        async with asyncio.timeout(10):
            await failure(request, server.url, read_timeout=0.05)


async def test_longer_timeout_of_one_call_wins_over_the_default() -> None:
    async with tiny_server(None) as server, AiohttpRequest(read_timeout=0.05) as request:
        start = asyncio.get_running_loop().time()
        await failure(request, server.url, read_timeout=0.6)
        assert asyncio.get_running_loop().time() - start > 0.5


async def test_refused_connection_was_certainly_not_sent(request_: AiohttpRequest) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = await failure(request_, f"http://127.0.0.1:{port}")
    assert isinstance(error, NeverSent)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, TimedOut)
    assert_keeps_the_secret(error)


async def test_name_that_does_not_exist_was_certainly_not_sent(request_: AiohttpRequest) -> None:
    error = await failure(request_, "http://no-such-host.invalid")
    assert isinstance(error, NeverSent | NeverSentInTime)
    assert_keeps_the_secret(error)


async def test_full_pool_was_certainly_not_sent() -> None:
    async with tiny_server(None) as server, AiohttpRequest(connections=1, read_timeout=1.0) as request:
        first = asyncio.create_task(failure(request, server.url))
        await asyncio.sleep(0.05)
        error = await failure(request, server.url, connect_timeout=0.05, pool_timeout=0.05)
        assert isinstance(error, NeverSentInTime)
        assert isinstance(error, TimedOut)
        assert_keeps_the_secret(error)
        await first


async def test_connection_dropped_without_answer(request_: AiohttpRequest) -> None:
    async with tiny_server(b"") as server:
        error = await failure(request_, server.url)
    assert type(error) is NetworkError
    assert_keeps_the_secret(error)


async def test_answer_that_is_no_http(request_: AiohttpRequest) -> None:
    async with tiny_server(b"what?\r\n\r\n") as server:
        error = await failure(request_, server.url)
    assert isinstance(error, NetworkError)
    assert_keeps_the_secret(error)


async def test_address_that_is_none(request_: AiohttpRequest) -> None:
    assert_keeps_the_secret(await failure(request_, "http://["))


async def test_page_of_a_proxy_is_not_quoted(
    request_: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    page = f"<h1>Bad gateway</h1>/bot{TOKEN}/sendMessage".encode()
    async with tiny_server(answer("502 Bad Gateway", page)) as server:
        error = await failure(request_, server.url)
    assert str(error) == "Bad Gateway (502)"
    assert type(error) is NetworkError
    assert_keeps_the_secret(error)
    assert TOKEN not in caplog.text


async def test_broken_json_is_neither_quoted_nor_logged(
    request_: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    async with tiny_server(answer("200 OK", b'{"ok":true,"result":{"text":"my pain')) as server:
        error = await failure(request_, server.url)
    assert str(error) == "Invalid server response"
    assert "my pain" not in caplog.text


async def test_redirect_is_not_followed(request_: AiohttpRequest) -> None:
    async with tiny_server(OK) as other:
        redirect = f"HTTP/1.1 302 Found\r\nLocation: {other.url}/\r\nContent-Length: 0\r\n\r\n".encode()
        async with tiny_server(redirect) as server:
            await failure(request_, server.url)
        assert other.requests == []


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        ("400 Bad Request", {"description": "Bad Request: chat not found"}, BadRequest),
        ("403 Forbidden", {"description": "Forbidden: bot was blocked by the user"}, Forbidden),
        ("429 Too Many Requests", {"parameters": {"retry_after": 7}}, RetryAfter),
        ("500 Internal Server Error", {"description": "Internal Server Error"}, NetworkError),
    ],
)
async def test_refusals_of_telegram_arrive_as_the_librarys_errors(
    request_: AiohttpRequest, status: str, body: dict[str, object], expected: type[TelegramError]
) -> None:
    payload = json.dumps({"ok": False, "error_code": int(status[:3]), **body}).encode()
    async with tiny_server(answer(status, payload)) as server:
        assert type(await failure(request_, server.url)) is expected


async def test_call_travels_as_json_over_one_kept_connection() -> None:
    sent = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x"}
    body = json.dumps({"ok": True, "result": sent}).encode()
    async with tiny_server(answer("200 OK", body)) as server:
        bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=AiohttpRequest())
        async with bot._request[1]:
            await bot.send_message(7, "Grüße \U0001f600")
    head, payload = server.requests[0].split(b"\r\n\r\n", 1)
    assert b"Content-Type: application/json" in head
    assert head.startswith(f"POST /bot{TOKEN}/sendMessage".encode())
    assert json.loads(payload)["text"] == "Grüße \U0001f600"
    assert json.loads(payload)["chat_id"] == 7


async def test_file_travels_as_multipart() -> None:
    sent = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}
    body = json.dumps({"ok": True, "result": sent}).encode()
    async with tiny_server(answer("200 OK", body)) as server:
        bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=AiohttpRequest())
        async with bot._request[1]:
            await bot.send_document(7, b"a,b\n1,2\n", filename="answers.csv", caption="Yours")
    request = server.requests[0]
    assert b"multipart/form-data" in request
    assert b'filename="answers.csv"' in request
    assert b"a,b\n1,2\n" in request
    assert b"Yours" in request


async def test_request_can_be_opened_again_after_shutdown() -> None:
    async with tiny_server(OK) as server:
        request = AiohttpRequest()
        for _ in range(2):
            async with request:
                assert await request.post(f"{server.url}/bot{TOKEN}/x") is True
        await request.shutdown()
