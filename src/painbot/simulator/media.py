"""Pictures, documents and animations: what a call sends, checked, kept, and described as Telegram does."""

from __future__ import annotations

import mimetypes
import struct
from typing import Any, Literal

from painbot.simulator.request_params import Params, Upload
from painbot.simulator.telegram_errors import TelegramError, bad_request
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.telegram_types import StoredFile

MediaKind = Literal["photo", "document", "animation"]

MEDIA_KINDS: dict[str, MediaKind] = {
    "sendphoto": "photo",
    "senddocument": "document",
    "sendanimation": "animation",
}

WRONG_FILE_ID = "wrong file identifier/HTTP URL specified"
MAX_PHOTO_BYTES = 10_000_000
MAX_FILE_BYTES = 50_000_000
MAX_DOWNLOAD_BYTES = 20_000_000
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20

_FOLDERS: dict[MediaKind, str] = {"photo": "photos", "document": "documents", "animation": "animations"}


_TYPES = {
    "photos": "Photo",
    "documents": "Document",
    "animations": "Animation",
    "voice": "VoiceNote",
    "stickers": "Sticker",
}


def media_of_call(state: TelegramState, kind: MediaKind, params: Params) -> StoredFile:
    """The file of a message: an uploaded one is kept, a ``file_id`` is looked up."""
    upload = _upload_of_call(kind, params)
    if upload is not None:
        return keep_upload(state, kind, upload)
    value = params.text(kind)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = state.files.get(value)
    if file is None:
        raise bad_request(WRONG_FILE_ID)
    folder = file.path.partition("/")[0]
    if folder != _FOLDERS[kind]:
        raise bad_request(f"can't use file of type {_TYPES[folder]} as {kind.title()}")
    return file


def names_a_file(method: str, params: Params) -> bool:
    """Whether a call sends a picture, document or animation by what looks like a file id."""
    kind = MEDIA_KINDS.get(method)
    return kind is not None and bool(params.text(kind)) and _upload_of_call(kind, params) is None


def keep_upload(state: TelegramState, kind: MediaKind, upload: Upload) -> StoredFile:
    """Check a file as Telegram does and keep it."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > (MAX_PHOTO_BYTES if kind == "photo" else MAX_FILE_BYTES):
        raise TelegramError(413, "Request Entity Too Large")
    name, content_type = upload.name, upload.content_type
    if kind == "photo":
        size = image_size(upload.data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > MAX_PHOTO_SIDES or max(size) > MAX_PHOTO_RATIO * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        name = "photo.jpg"
    # What a file is is read from the file, or its name: clients often call everything an octet stream.
    content_type = _image_type(upload.data) or mimetypes.guess_type(name)[0] or content_type
    return state.add_file(_FOLDERS[kind], name, content_type, upload.data)


def describe(kind: MediaKind, file: StoredFile) -> dict[str, Any]:
    """A kept file in the shape of the Bot API."""
    body: dict[str, Any] = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }
    width, height = image_size(file.data) or (320, 240)
    if kind == "photo":
        return {"photo": [{**body, "width": width, "height": height}]}
    body |= {"file_name": file.name, "mime_type": file.content_type}
    if kind == "document":
        return {"document": body}
    return {"animation": {**body, "width": width, "height": height, "duration": 1}, "document": body}


def _upload_of_call(kind: MediaKind, params: Params) -> Upload | None:
    value = params.text(kind)
    return params.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)


def _image_type(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, JPEG or WebP; None when it is none of them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return (width, height) if width and height else None
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return (width, height) if width and height else None
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
