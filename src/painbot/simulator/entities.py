"""Telegram's formatted text: HTML in, plain text with entities out, and back to HTML a page may show.

Offsets and lengths of entities are counted in UTF-16 code units, as Telegram counts them. The parser follows
the rules (and the wording of the errors) of Telegram's own: a small set of tags, every tag closed, and four
named character references, ``&lt; &gt; &amp; &quot;``, beside the numeric ones.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]
"""One MessageEntity in the shape of the Bot API: ``type``, ``offset``, ``length`` and, for links, ``url``."""

TAG_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>\"'/]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_COMMAND = re.compile(r"(?<![\w/@<>])/([A-Za-z0-9_]{1,32})(?:@(\w{3,32}))?(?![\w/])")
_URL = re.compile(r"\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}]")
_LINK = re.compile(r"^(?:(https?|tg|ton)://)?[^\s/]+", re.IGNORECASE)


class EntityError(ValueError):
    """The markup cannot be parsed; the text says what and where, in Telegram's words."""


def utf16_length(text: str) -> int:
    """The length of ``text`` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    entity: Entity | None


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Turn HTML into plain text and entities, ordered as Telegram orders them (outer before inner).

    Raises EntityError for an unknown, unclosed or wrongly nested tag.
    """
    if "<" not in markup and "&" not in markup:
        return markup, []
    return _HtmlParser(markup).parse()


class _HtmlParser:
    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        markup = self.markup
        while self.at < len(markup):
            character = markup[self.at]
            if character == "<":
                if markup.startswith("</", self.at):
                    self._end_tag()
                else:
                    self._start_tag()
            elif character == "&" and (found := _REFERENCE.match(markup, self.at)) and _decode(found):
                self._emit(_decode(found))
                self.at = found.end()
            else:
                stop = self.at + 1
                while stop < len(markup) and markup[stop] not in "<&":
                    stop += 1
                self._emit(markup[self.at : stop])
                self.at = stop
        if self.open:
            raise EntityError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)

    def _byte_offset(self, at: int) -> int:
        return len(self.markup[:at].encode())

    def _start_tag(self) -> None:
        begin = self.at
        name = _TAG_NAME.match(self.markup, begin + 1)
        assert name is not None
        tag = name.group().lower()
        if name.end() >= len(self.markup):
            raise EntityError(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
        if tag not in TAG_TYPES:
            raise EntityError(f'Unsupported start tag "{tag}" at byte offset {self._byte_offset(begin)}')
        attributes, end = self._attributes(tag, begin, name.end())
        self.at = end
        self.open.append(_Open(tag, self.offset, self._entity_of(tag, attributes, begin)))

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[dict[str, str], int]:
        markup = self.markup
        found: dict[str, str] = {}
        unclosed = EntityError(f'Unclosed start tag "{tag}" at byte offset {self._byte_offset(begin)}')
        while True:
            at = _skip_spaces(markup, at)
            if at >= len(markup):
                raise unclosed
            if markup[at] == ">":
                return found, at + 1
            name = _ATTRIBUTE_NAME.match(markup, at)
            assert name is not None
            if not name.group():
                raise EntityError(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte_offset(begin)}'
                )
            at = _skip_spaces(markup, name.end())
            if at >= len(markup):
                raise unclosed
            if markup[at] != "=":
                found[name.group().lower()] = ""
                continue
            at = _skip_spaces(markup, at + 1)
            if at >= len(markup):
                raise unclosed
            if markup[at] in "\"'":
                close = markup.find(markup[at], at + 1)
                if close < 0:
                    raise EntityError(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
                value = markup[at + 1 : close]
                at = close + 1
            else:
                bare = _BARE_VALUE.match(markup, at)
                assert bare is not None
                value, at = bare.group(), bare.end()
                if at < len(markup) and not (markup[at].isspace() or markup[at] == ">"):
                    raise EntityError(f"Unexpected end of name token at byte offset {self._byte_offset(at)}")
            found[name.group().lower()] = _REFERENCE.sub(_decode, value)

    def _entity_of(self, tag: str, attributes: dict[str, str], begin: int) -> Entity | None:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise EntityError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte_offset(begin)}'
            )
        if tag == "blockquote" and "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        if tag == "code" and attributes.get("class", "").startswith("language-"):
            parent = self.open[-1] if self.open else None
            if parent and parent.tag == "pre" and parent.entity and parent.start == self.offset:
                parent.entity["language"] = attributes["class"].removeprefix("language-")
                return None
        if tag == "a":
            return {"type": "text_link", "url": attributes.get("href", "")}
        return {"type": TAG_TYPES[tag]}

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise EntityError(f"Unexpected end tag at byte offset {self._byte_offset(begin)}")
        name = _TAG_NAME.match(self.markup, begin + 2)
        assert name is not None
        at = _skip_spaces(self.markup, name.end())
        if at >= len(self.markup) or self.markup[at] != ">":
            raise EntityError(f"Unclosed end tag at byte offset {self._byte_offset(begin)}")
        top = self.open.pop()
        found = name.group().lower()
        if found and found != top.tag:
            raise EntityError(
                f"Unmatched end tag at byte offset {self._byte_offset(begin)}, "
                f'expected "</{top.tag}>", found "</{found}>"'
            )
        self.at = at + 1
        if top.entity is None or self.offset == top.start:
            return
        entity: Entity = {
            "type": top.entity["type"],
            "offset": top.start,
            "length": self.offset - top.start,
            **top.entity,
        }
        if entity["type"] == "text_link":
            url = _link(entity["url"] or _cut("".join(self.out), top.start, self.offset))
            if url is None:
                return
            entity["url"] = url
        self.entities.append(entity)


def _decode(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _skip_spaces(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at


def _cut(text: str, start: int, stop: int) -> str:
    return text.encode("utf-16-le")[start * 2 : stop * 2].decode("utf-16-le")


def _link(url: str) -> str | None:
    """The address a link leads to, or None when Telegram would drop the link and keep its text."""
    found = _LINK.match(url.strip())
    if found is None or ("." not in url and not found.group(1)):
        return None
    return url.strip() if found.group(1) else "http://" + url.strip()


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space off both ends, as Telegram does, and move the entities along."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    total = utf16_length(stripped)
    kept: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, total)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


def find_entities(text: str, known: list[Entity] | None = None) -> list[Entity]:
    """Add what Telegram finds by itself, /commands and web addresses, where nothing else is marked."""
    known = known or []
    if "/" not in text:
        return known
    found: list[Entity] = []
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND)):
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            entity = {"type": kind, "offset": start, "length": utf16_length(match.group())}
            if not any(_forbids(other, entity) for other in (*known, *found)):
                found.append(entity)
    return sorted([*known, *found], key=lambda e: (e["offset"], -e["length"])) if found else known


def _forbids(other: Entity, entity: Entity) -> bool:
    """Whether ``other`` leaves no room for ``entity``: verbatim text, a link, or one that would cross it."""
    low, high = other["offset"], other["offset"] + other["length"]
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    if stop <= low or high <= start:
        return False
    return other["type"] in {"code", "pre", "text_link", "url"} or not (low <= start and stop <= high)


_SIMPLE_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def to_safe_html(text: str, entities: list[Entity]) -> str:
    """HTML a page can show: only tags made here, every character of the message escaped."""
    if not entities:
        return html.escape(text)
    units = text.encode("utf-16-le")
    marks: dict[int, tuple[list[Entity], list[Entity]]] = {}
    for entity in entities:
        marks.setdefault(entity["offset"], ([], []))[0].append(entity)
        marks.setdefault(entity["offset"] + entity["length"], ([], []))[1].append(entity)
    out: list[str] = []
    running: list[Entity] = []
    last = 0
    for at in sorted(marks):
        out.append(html.escape(units[last * 2 : at * 2].decode("utf-16-le", "replace")))
        last = at
        starting, ending = marks[at]
        reopened: list[Entity] = []
        while any(entity in running for entity in ending):
            top = running.pop()
            out.append(_closing(top))
            if top not in ending:
                reopened.insert(0, top)
        for entity in [*reopened, *starting]:
            out.append(_opening(entity, _cut(text, entity["offset"], entity["offset"] + entity["length"])))
            running.append(entity)
    out.append(html.escape(units[last * 2 :].decode("utf-16-le", "replace")))
    return "".join(out)


def _opening(entity: Entity, covered: str) -> str:
    kind = entity["type"]
    if kind in _SIMPLE_TAGS:
        return f"<{_SIMPLE_TAGS[kind]}>"
    if kind == "spoiler":
        return '<span class="spoiler" tabindex="0" role="button" aria-label="Hidden text, open it">'
    if kind == "bot_command":
        return f'<button type="button" class="command" data-command="{html.escape(covered)}">'
    url = entity.get("url", covered) if kind in {"text_link", "url"} else ""
    if url.lower().startswith(("http://", "https://")):
        return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer nofollow">'
    return "<span>"


def _closing(entity: Entity) -> str:
    kind = entity["type"]
    if kind in _SIMPLE_TAGS:
        return f"</{_SIMPLE_TAGS[kind]}>"
    if kind == "bot_command":
        return "</button>"
    opening = _opening(entity, entity.get("url", "http://"))
    return "</a>" if opening.startswith("<a") else "</span>"
