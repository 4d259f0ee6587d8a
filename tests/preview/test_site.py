"""The preview page by page, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from painbot.preview.app import build_preview
from tests.content.course_files import COURSE, lesson
from tests.preview.courses import GATED, write

CLEAR = {"answered": "1"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "tiny")


def client(root: Path, host: str = "localhost") -> AsyncClient:
    return AsyncClient(transport=ASGITransport(build_preview(root, "en")), base_url=f"http://{host}")


async def read(root: Path, path: str, params: dict[str, str] | None = None) -> str:
    async with client(root) as browser:
        answer = await browser.get(path, params=params)
    assert answer.status_code == 200
    return answer.text


async def test_the_tree_lists_weeks_toolkit_and_questions(root: Path) -> None:
    page = await read(root, "/")
    for words in (
        "Week 1: First week",
        "Your pain is real",
        "practice-01",
        "Magnesium",
        "Is it all in my head?",
    ):
        assert words in page
    assert "<h2>Toolkit</h2>" in page


async def test_a_lesson_is_shown_from_the_push_to_the_end(root: Path) -> None:
    page = await read(root, "/show/pne-01", CLEAR)
    said = (
        "lesson, about 3 minutes",
        "1 of 3",
        "This is the first card",
        "Because it helps to know.",
        "Look out of the window.",
        "What is pain?",
        "It is easy to think so.",
        "Once more, what is pain?",
        "How sure are you?",
        "That is all for today.",
        "How do you know? 1 of 2",
    )
    for words in said:
        assert words in page, words
    positions = [page.index(words) for words in said[:-2]]
    assert positions == sorted(positions)


async def test_gates_decide_what_is_shown(root: Path) -> None:
    careful = await read(root, "/show/pne-01")
    assert "For people who crash." in careful
    assert "variant “steady”" in careful
    clear = await read(root, "/show/pne-01", CLEAR)
    assert "For people who crash." not in clear
    assert "Ask your midwife first." not in clear
    pregnant = await read(root, "/show/pne-01", {**CLEAR, "gate": "pregnancy"})
    assert "Ask your midwife first." in pregnant
    assert "1 of 4" in pregnant


async def test_chosen_gates_go_along_with_every_link_of_the_course(root: Path) -> None:
    page = await read(root, "/show/in-my-head", {**CLEAR, "gate": "over-75"})
    carried = "?answered=1&amp;gate=over-75&amp;gate=pharmacist"
    assert f'href="/show/pne-01{carried}"' in page
    assert f'href="/show/practice-01{carried}"' in page


async def test_evidence_for_authors_stands_beside_the_card(root: Path) -> None:
    page = await read(root, "/show/pne-01", CLEAR)
    card = page[page.index('id="card-0"') : page.index('id="card-1"')]
    for words in ("pain-alarm", "limited", "Pain warns.", "Do not say that pain is damage.", "not seen",
                  "doi:10.1000/xyz", "not yet reviewed by a clinician"):  # fmt: skip
        assert words in card, words


async def test_a_problem_stands_beside_its_card_with_its_place_and_remedy(tmp_path: Path) -> None:
    broken = GATED.replace("An alarm is loud.", "An alarm is [loud](x).")
    root = write(tmp_path / "tiny", en__pne_01=broken)
    page = await read(root, "/show/pne-01", CLEAR)
    second = page[page.index('id="card-1"') : page.index('id="card-2"')]
    assert "en/pne-01.yaml:16:" in second
    assert "What to do: name the card or command in words" in second
    assert ">markup</p>" in second
    assert page.count("links are not part of the markup") == 1


async def test_a_problem_in_a_part_that_is_not_shown_stands_above(root: Path) -> None:
    file = root / "en/pne-01.yaml"
    file.write_text(file.read_text().replace("text: Rest comes first.", "text: 'Rest [comes](x) first.'"))
    page = await read(root, "/show/pne-01", CLEAR)
    above = page[page.index("parts that are not shown here") : page.index('id="start"')]
    assert "variants[0].cards[1].text" in above


async def test_a_broken_file_shows_its_problems_and_the_rest_of_the_course(tmp_path: Path) -> None:
    root = write(tmp_path / "tiny", en__pne_01="format: 1\nid: pne-01\nkind: lesson\ntitle: [\n")
    assert "cannot be shown" in await read(root, "/")
    page = await read(root, "/show/pne-01")
    assert "This file cannot be shown yet" in page
    assert "pne-01.yaml:" in page
    assert "Move for a minute." in await read(root, "/show/practice-01")


async def test_a_broken_course_file_shows_its_problems(tmp_path: Path) -> None:
    root = write(tmp_path / "tiny", course=COURSE.replace("weeks:", "weaks:"))
    page = await read(root, "/")
    assert "course.yaml:" in page
    assert "weaks" in page


async def test_a_claim_that_is_not_there_is_named(tmp_path: Path) -> None:
    broken = lesson("    evidence: [pain-alarm]\n", "    evidence: [no-such-claim]\n")
    page = await read(write(tmp_path / "tiny", en__pne_01=broken), "/show/pne-01")
    assert "There is no claim no-such-claim" in page


async def test_a_change_on_disk_is_there_on_the_next_load(root: Path) -> None:
    async with client(root) as browser:
        before = await browser.get("/show/practice-01")
        file = root / "en/practice-01.yaml"
        file.write_text(file.read_text().replace("Move for a minute.", "Wave at the moon now."))
        after = await browser.get("/show/practice-01")
    assert "Wave at the moon now." not in before.text
    assert "Wave at the moon now." in after.text


async def test_words_of_the_course_are_never_read_as_markup_of_the_page(tmp_path: Path) -> None:
    nasty = lesson("An alarm is loud.", "'An <img src=x onerror=alert(1)> is loud.'")
    page = await read(write(tmp_path / "tiny", en__pne_01=nasty), "/show/pne-01", CLEAR)
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


async def test_a_picture_is_shown_and_a_missing_one_is_told(root: Path) -> None:
    page = await read(root, "/show/pne-01", CLEAR)
    assert '<img src="/pictures/alarm" alt="Two dials side by side."' in page
    async with client(root) as browser:
        picture = await browser.get("/pictures/alarm")
        outside = await browser.get("/pictures/..%2F..%2Fcourse")
        (root / "en/pictures/alarm.png").unlink()
        told = await browser.get("/show/pne-01", params=CLEAR)
    assert picture.headers["content-type"] == "image/png"
    assert outside.status_code == 404
    assert "There is no picture alarm yet." in told.text
    assert "<i>The picture:</i> Two dials side by side." in told.text


async def test_a_toolkit_card_puts_the_warning_first_for_those_it_concerns(root: Path) -> None:
    concerned = await read(root, "/show/magnesium", {**CLEAR, "gate": "organs"})
    assert concerned.index("Ask first.") < concerned.index("A mineral. It is in food.")
    assert "Ask first." not in await read(root, "/show/magnesium", CLEAR)


async def test_a_check_day_asks_its_questions_and_closes(root: Path) -> None:
    page = await read(root, "/show/check-01", CLEAR)
    assert "What number best describes your pain on average in the past week?" in page
    assert "That was the week." in page


async def test_other_hosts_unknown_cards_and_changes_are_refused(root: Path) -> None:
    async with client(root, "rebound.example") as stranger:
        assert (await stranger.get("/")).status_code == 403
    async with client(root) as browser:
        assert (await browser.get("/show/nothing-here")).status_code == 404
        assert (await browser.post("/show/pne-01")).status_code == 405
        policy = (await browser.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
