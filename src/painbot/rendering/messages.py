"""Outgoing message + language -> HTML text and buttons."""

from __future__ import annotations

from painbot.core.delivery import PictureRecipe, RenderedMessage
from painbot.core.outgoing import (
    Button,
    Labelled,
    Line,
    Link,
    Marked,
    MessageKind,
    Outgoing,
    Picture,
    Plain,
    Prose,
    ReplyKeyboard,
    Row,
    Say,
    Words,
)
from painbot.core.pictures import describe_action
from painbot.rendering.callback_data import encode
from painbot.rendering.catalog import Catalog
from painbot.rendering.markup import escape, shown, shown_length, to_html

MAX_TEXT = 4096
"""Telegram's limit for a message's text."""

MAX_CAPTION = 1024
"""Telegram's limit for the words under a picture, counted without the markup."""


class MessageTooLong(ValueError):
    """A message does not fit one Telegram message; the text it is made of must be shortened."""


class Rendering:
    """Renders in one language; what services use as their renderer."""

    def __init__(self, words: Catalog) -> None:
        self._words = words

    def render(self, outgoing: Outgoing) -> RenderedMessage:
        """Render one message."""
        return render(outgoing, self._words)

    def text(self, key: str) -> str:
        """Return one interface sentence as plain text."""
        return self._words.text(key)


def render(outgoing: Outgoing, words: Catalog) -> RenderedMessage:
    """Render one message. Raises MessageTooLong, or the catalog's errors for broken interface words."""
    html = _join(outgoing.parts, words)
    if len(html) > MAX_TEXT:
        raise MessageTooLong(f"{outgoing.kind}: {len(html)} characters")
    picture = _picture(outgoing.picture, outgoing.content_version, words) if outgoing.picture else None
    if picture is not None and (length := shown_length(html)) > MAX_CAPTION:
        raise MessageTooLong(f"{outgoing.kind}: {length} characters under the picture {picture.name}")
    return RenderedMessage(
        html=html,
        buttons=tuple(_row(row, words) for row in outgoing.rows if row),
        edits=outgoing.edits,
        keyboard=outgoing.keyboard,
        keyboard_label=(
            words.text("share-location") if outgoing.keyboard is ReplyKeyboard.ASK_LOCATION else ""
        ),
        file=outgoing.file,
        picture=picture,
        fallbacks=_fallbacks(html, outgoing, words),
    )


def _fallbacks(html: str, outgoing: Outgoing, words: Catalog) -> tuple[str, ...]:
    """Return what a safety card says should Telegram refuse it: the same words bare, then the shortest."""
    if outgoing.kind is not MessageKind.SAFETY:
        return ()
    links = [button for row in outgoing.rows for button in row if isinstance(button, Link)]
    lines = [f"{in_plain(link.label, words)}: {link.url}" for link in links]
    return ("\n\n".join((shown(html), *lines)), words.text("safety-in-short"))


def _picture(picture: Picture, content_version: str | None, words: Catalog) -> PictureRecipe:
    return PictureRecipe(
        name=picture.name,
        course_id=picture.course_id,
        language=picture.language,
        in_words=to_html(words.text("picture-in-words", {"alt": picture.alt})),
        describe=(words.text("picture-describe"), encode(describe_action(picture))),
        content_version=content_version,
    )


def _join(parts: tuple[Words, ...], words: Catalog) -> str:
    """Join paragraphs by a blank line; lines that belong together stay together."""
    text = ""
    before: Words | None = None
    for part in parts:
        rendered = in_html(part, words)
        if not rendered:
            continue
        gap = "\n" if _is_line(part) and before is not None and _is_line(before) else "\n\n"
        text = f"{text}{gap}{rendered}" if text else rendered
        before = part
    return text


def _is_line(part: Words) -> bool:
    return isinstance(part, Line) or (isinstance(part, Say) and part.key in LISTED)


LISTED = frozenset({"signs-line", "quiz-option"})
"""Message keys that make up a list, one under the other."""


def in_html(part: Words, words: Catalog) -> str:
    """Return words as Telegram HTML."""
    match part:
        case Say(key, args):
            return to_html(words.text(key, args))
        case Prose(text):
            return to_html(text)
        case Plain(text):
            return escape(text)
        case Line(label, value):
            return f"{in_html(label, words)}: <b>{in_html(value, words)}</b>"
        case _:
            return escape(in_plain(part, words))


def in_plain(part: Words, words: Catalog) -> str:
    """Return words as plain text, as button labels need."""
    match part:
        case Say(key, args):
            return words.text(key, args)
        case Prose(text) | Plain(text):
            return text
        case Line(label, value):
            return f"{in_plain(label, words)}: {in_plain(value, words)}"
        case Marked(inner, ticked):
            return words.text("ticked" if ticked else "not-ticked", {"what": in_plain(inner, words)})
        case Labelled(key, what):
            return words.text(key, {"what": in_plain(what, words)})


def _row(row: Row, words: Catalog) -> tuple[tuple[str, str], ...]:
    return tuple(_button(button, words) for button in row)


def _button(button: Button | Link, words: Catalog) -> tuple[str, str]:
    label = in_plain(button.label, words)
    return (label, button.url) if isinstance(button, Link) else (label, encode(button.action))
