"""Telegram's HTML: what it means, what it refuses, and what a page may show of it."""

from typing import Any

import pytest

from painbot.simulator.entities import (
    EntityError,
    find_entities,
    parse_html,
    to_safe_html,
    trim,
    utf16_length,
)


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain", "plain", []),
        ("&lt;b&gt; &amp; &quot;x&quot; &#233; &#xe9;", '<b> & "x" é é', []),
        ("&nbsp; &copy &;", "&nbsp; &copy &;", []),
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<B>a</b>", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("a > b", "a > b", []),
    ],
)
def test_html_becomes_text_with_entities(
    markup: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found_text, found = parse_html(markup)
    assert found_text == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', "https://example.org/?a=1&b=2"),
        ("<a href='example.org'>x</a>", "http://example.org"),
        ("<a>example.org</a>", "http://example.org"),
        ('<a href="nonsense">x</a>', None),
    ],
)
def test_links_keep_their_address_or_are_dropped(markup: str, url: str | None) -> None:
    _, entities = parse_html(markup)
    assert [e["url"] for e in entities] == ([] if url is None else [url])


def test_code_in_pre_names_its_language() -> None:
    _, entities = parse_html('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2 and more>", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<i>a</b>", 'Unmatched end tag at byte offset 4, expected "</i>", found "</b>"'),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<i   ="a">', 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<a href=x,y>a</a>", "Unexpected end of name token at byte offset 9"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(markup: str, why: str) -> None:
    with pytest.raises(EntityError) as refusal:
        parse_html(markup)
    assert str(refusal.value) == why


def test_trimming_moves_entities_along() -> None:
    text, entities = trim(*parse_html(" \n<b>  ab </b> "))
    assert text == "ab"
    assert entities == [{"type": "bold", "offset": 0, "length": 2}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("see /today or /help.", [("bot_command", 4, 6), ("bot_command", 14, 5)]),
        ("😀 /go", [("bot_command", 3, 3)]),
        ("/go@some_bot now", [("bot_command", 0, 12)]),
        ("1/2 and a/b", []),
        ("look: https://example.org/a/b.", [("url", 6, 23)]),
    ],
)
def test_commands_and_addresses_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(e["type"], e["offset"], e["length"]) for e in find_entities(text)] == found


def test_commands_are_not_found_inside_code_or_links() -> None:
    text, entities = parse_html('<code>/a</code> <a href="https://x.org">/b</a> <b>/c</b>')
    kinds = [e["type"] for e in find_entities(text, entities)]
    assert kinds == ["code", "text_link", "bold", "bot_command"]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("a &lt;script&gt; &amp;", "a &lt;script&gt; &amp;"),
        ("<b>x &lt;</b>", "<b>x &lt;</b>"),
        ("<b>a<i>b</i></b>", "<b>a<i>b</i></b>"),
        ("😀<code>x</code>y", "😀<code>x</code>y"),
        (
            '<a href="https://x.org/&quot;onload">x</a>',
            '<a href="https://x.org/&quot;onload" target="_blank" rel="noopener noreferrer nofollow">x</a>',
        ),
        ('<a href="tg://user?id=1">x</a>', "<span>x</span>"),
    ],
)
def test_only_known_tags_reach_the_page(markup: str, shown: str) -> None:
    assert to_safe_html(*parse_html(markup)) == shown


def test_scripts_are_no_links() -> None:
    text, entities = parse_html('<a href="javascript:alert(1).x">x</a>')
    assert "javascript" not in to_safe_html(text, entities).partition('href="')[2][:11]


def test_crossing_entities_are_closed_and_opened_again() -> None:
    crossing: list[dict[str, Any]] = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    ]
    assert to_safe_html("abc", crossing) == "<b>a<i>b</i></b><i>c</i>"


def test_length_is_counted_in_utf16_units() -> None:
    assert utf16_length("a😀é") == 4
