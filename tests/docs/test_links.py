"""Every link inside the project leads somewhere."""

from pathlib import Path

import pytest

from tests.docs.pages import anchors, links, name_of, pages


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_of_a_page_resolve(page: Path) -> None:
    broken = []
    for link in links(page):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One thing\n\n[a](b.md) `[no](link.md)` [`c`](#one-thing)\n", encoding="utf-8")
    assert links(page) == ["b.md", "#one-thing"]
    assert anchors(page) == {"one-thing"}
