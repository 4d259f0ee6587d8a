"""The parameters of a Bot API call, whichever way they came: query string, form, multipart or JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request

from painbot.simulator.telegram_errors import TelegramError, bad_request

MAX_UPLOAD_BYTES = 52_000_000
"""Telegram takes files of up to 50 MB from bots; the rest of the body gets the remainder."""

_DISPOSITION_VALUE = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a call."""

    name: str
    content_type: str
    data: bytes


class Params:
    """Typed access to a call's parameters; a value of the wrong kind is refused in Telegram's words."""

    def __init__(self, fields: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.fields = fields
        self.uploads = uploads or {}

    def text(self, name: str, default: str = "") -> str:
        value = self.fields.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.fields.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid value of the parameter {name}: an integer is expected") from None

    def number(self, name: str) -> float | None:
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid value of the parameter {name}: a number is expected") from None

    def flag(self, name: str) -> bool:
        value = self.fields.get(name)
        if isinstance(value, str):
            return value.strip().lower() in {"true", "yes", "1"}
        return bool(value)

    def structure(self, name: str, what: str) -> Any:
        """The JSON value of a parameter, or None; ``what`` names it in the refusal ("reply markup")."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def has(self, name: str) -> bool:
        return name in self.fields or name in self.uploads


async def read_params(request: Request) -> Params:
    """Read a call's parameters. Later sources win: query string, then body.

    Raises TelegramError 400 for a body that cannot be read and 413 for one that is too large.
    """
    fields: dict[str, Any] = dict(request.query_params) if request.url.query else {}
    if request.method == "GET":
        return Params(fields)
    kind = request.headers.get("content-type", "")
    body = await _read_body(request)
    if kind.startswith("application/x-www-form-urlencoded"):
        fields.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return Params(fields)
    if kind.startswith("application/json"):
        try:
            value = json.loads(body) if body else {}
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise bad_request("can't parse JSON object")
        fields.update(value)
        return Params(fields)
    if kind.startswith("multipart/form-data"):
        more, uploads = parse_multipart(body, kind)
        fields.update(more)
        return Params(fields, uploads)
    return Params(fields)


async def _read_body(request: Request) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_UPLOAD_BYTES:
            raise TelegramError(413, "Request Entity Too Large")
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def parse_multipart(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Split a multipart/form-data body into its text fields and its files."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        raise bad_request("can't find boundary of the multipart body")
    delimiter = b"\r\n--" + found.group(1).encode()
    parts = (b"\r\n" + body).split(delimiter)
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise bad_request("the multipart body is incomplete")
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for part in parts[1:-1]:
        head, separator, data = part.partition(b"\r\n\r\n")
        if not separator:
            raise bad_request("a part of the multipart body has no headers")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (
                line.partition(":") for line in head.decode("utf-8", "replace").splitlines()
            )
        }
        values = dict(_DISPOSITION_VALUE.findall(headers.get("content-disposition", "")))
        name = values.get("name", "")
        if "filename" in values:
            kind = headers.get("content-type", "application/octet-stream")
            # Browsers and clients write a quote or a line end in a name as a percent code.
            uploads[name] = Upload(unquote(values["filename"]), kind, data)
        else:
            fields[name] = data.decode("utf-8", "replace")
    return fields, uploads
