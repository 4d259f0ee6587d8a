"""`painbot lessons book`: everything is in it, in order, readable and linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from painbot.cli import app
from painbot.content.loader import CourseBroken
from painbot.preview.book.make import make_book
from tests.content.course_files import EVIDENCE, lesson
from tests.preview.courses import write


def text_of(file: Path) -> str:
    """Return the book's words, line breaks as spaces."""
    return " ".join(re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(file).pages)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    make_book(write(folder / "tiny"), "en", folder / "book.pdf")
    return folder / "book.pdf"


def test_everything_a_learner_may_read_is_in_the_book_in_order(book: Path) -> None:
    said = text_of(book)
    words = (
        "A tiny course",
        "Compiled 2026-11, not yet reviewed by a clinician",
        "Signature",
        "How to read this",
        "This is the first card.",
        "An alarm is loud.",
        "Because it helps to know.",
        "Look out of the window.",
        "Think of the window.",
        "What is pain?",
        "Once more, what is pain?",
        "Right answer. A warning",
        "It is easy to think so.",
        "0 = not at all, 10 = fully",
        "For people who crash.",
        "Move for a minute.",
        "Three questions.",
        "That was the week.",
        "A mineral. It is in food.",
        "Not with kidney disease.",
        "Does it clash with my list?",
        "No. All pain is real.",
        "Do not call it treatment.",
    )
    positions = [said.find(each, said.find("How to read") if at > 3 else 0) for at, each in enumerate(words)]
    assert -1 not in positions, words[positions.index(-1)]
    assert positions == sorted(positions)


def test_who_gets_a_part_is_said_in_plain_words(book: Path) -> None:
    said = text_of(book)
    assert "variant “steady” Only for somebody who crashes for a day or more after small efforts" in said
    assert "Only for somebody who is pregnant or breastfeeding, or has not answered that yet" in said
    assert "Only for somebody who has kidney, liver or heart disease" in said


def test_a_claim_has_all_that_is_known_of_it(book: Path) -> None:
    said = text_of(book)
    claim = said[said.index("2 pain-alarm Limited") :]
    for words in (
        "May be said: Pain warns.",
        "Not to be said: Do not say that pain is damage.",
        "New pain needs a check-up.",
        "People: 20 % (A paper). Not seen: recalled, to be checked.",
        "doi:10.1000/xyz. Not seen: recalled, to be checked.",
        "Compiled 2026-11, not yet reviewed by a clinician.",
        "Used in pne-01, toolkit magnesium, question in-my-head",
    ):
        assert words in claim, words


def test_contents_name_the_pages_on_which_things_stand(book: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(book).pages]
    contents = next(text for text in pages if text.strip().startswith("Contents") or "\nContents" in text)
    for title in ("Your pain is real", "Magnesium", "Evidence"):
        found = re.search(rf"(\d+)\n[^\n]*{title}", contents)
        assert found, title
        assert title in pages[int(found[1]) - 1]


def test_bookmarks_and_references_lead_somewhere(book: Path) -> None:
    reader = PdfReader(book)
    outline = str(reader.outline)
    for words in ("Week 1: First week", "pne-01", "Toolkit", "Questions people ask", "1  course-scope"):
        assert words in outline
    inside = [
        link.get_object()
        for page in reader.pages
        for link in page.get("/Annots", [])
        if "/A" not in link.get_object() or "/URI" not in link.get_object()["/A"]
    ]
    assert len(inside) > 20
    assert any(
        "10.1000/xyz" in str(link.get_object()) for page in reader.pages for link in page.get("/Annots", [])
    )


def test_text_is_set_in_the_shipped_font_and_embedded(book: Path) -> None:
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in PdfReader(book).pages
        for font in page["/Resources"]["/Font"].values()
    }
    shipped = [font for name, font in fonts.items() if "AtkinsonHyperlegible" in name]
    assert len(shipped) >= 2
    assert all("/FontFile2" in font["/FontDescriptor"] for font in shipped)


def test_the_picture_stands_in_the_book_with_its_words(book: Path) -> None:
    reader = PdfReader(book)
    assert sum(len(page.images) for page in reader.pages) == 1
    assert "In words: Two dials side by side." in text_of(book)


def test_a_picture_that_is_not_drawn_yet_is_told(tmp_path: Path) -> None:
    root = write(tmp_path / "tiny")
    (root / "en/pictures/alarm.png").unlink()
    make_book(root, "en", tmp_path / "book.pdf")
    assert "Picture “alarm”, not drawn yet: Two dials side by side." in text_of(tmp_path / "book.pdf")


def test_the_same_course_gives_the_same_book(book: Path, tmp_path: Path) -> None:
    make_book(write(tmp_path / "tiny"), "en", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == book.read_bytes()


def test_reviewed_claims_are_counted_on_the_cover(tmp_path: Path) -> None:
    reviewed = EVIDENCE.replace("reviewed_on: null", 'reviewed_on: "2026-12-01"', 1)
    make_book(write(tmp_path / "tiny", evidence=reviewed), "en", tmp_path / "book.pdf")
    cover = PdfReader(tmp_path / "book.pdf").pages[0].extract_text()
    assert "1 of 2 claims reviewed by a clinician" in cover


def test_signs_that_a_pdf_would_read_as_markup_stay_words(tmp_path: Path) -> None:
    nasty = lesson("An alarm is loud.", "'<b>Loud</b> & <font size=40>large</font>.'")
    make_book(write(tmp_path / "tiny", en__pne_01=nasty), "en", tmp_path / "book.pdf")
    assert "<b>Loud</b> & <font size=40>large</font>." in text_of(tmp_path / "book.pdf")


def test_a_card_longer_than_a_page_is_printed_all_the_same(tmp_path: Path) -> None:
    entries = "".join(f"      - {number}\n" for number in range(200))
    long = lesson("text: An alarm is loud.", f"text: |\n{entries}      - It ends here.")
    make_book(write(tmp_path / "tiny", en__pne_01=long), "en", tmp_path / "book.pdf")
    assert "It ends here." in text_of(tmp_path / "book.pdf")


def test_a_broken_course_is_not_printed(tmp_path: Path) -> None:
    root = write(tmp_path / "tiny", en__pne_01="format: 1\n")
    with pytest.raises(CourseBroken):
        make_book(root, "en", tmp_path / "book.pdf")
    assert not (tmp_path / "book.pdf").exists()


def test_the_command_says_how_many_pages_it_wrote(tmp_path: Path) -> None:
    root = write(tmp_path / "tiny")
    output = tmp_path / "out.pdf"
    done = CliRunner().invoke(app, ["lessons", "book", str(root), "--output", str(output)])
    assert done.exit_code == 0
    assert f"{len(PdfReader(output).pages)} pages written to {output}." in done.output


def test_the_command_names_what_it_cannot_do(tmp_path: Path) -> None:
    root = write(tmp_path / "tiny")
    nowhere = str(tmp_path / "no" / "book.pdf")
    failed = CliRunner().invoke(app, ["lessons", "book", str(root), "--output", nowhere])
    assert failed.exit_code == 2
    assert "cannot be written" in failed.output
    empty = CliRunner().invoke(app, ["lessons", "book", str(tmp_path / "none"), "--output", nowhere])
    assert empty.exit_code == 2
    assert "There is nothing at" in empty.output
