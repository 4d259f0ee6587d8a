"""The sheet of a pain map: every word of it is drawn, inside the sheet and large enough."""

from __future__ import annotations

from xml.etree import ElementTree

from PIL import ImageFont

from painbot.core.map_sheet import MapSheet, Section
from painbot.core.outgoing import Line, Plain, Say, Words
from painbot.core.pain_map import CLINICIAN, LEVERS, QUESTIONS
from painbot.rendering.catalog import catalog
from painbot.rendering.map_picture import map_svg
from painbot.rendering.picture_file import font_files
from painbot.rendering.svg_drawing import SMALLEST_TEXT
from tests.core.people import START

TEXT = "{http://www.w3.org/2000/svg}text"


def full_sheet(*more: tuple[Words, ...]) -> MapSheet:
    clinician = tuple((Say(f"map-clinician-{driver.value}"),) for driver in CLINICIAN)
    levers = tuple((Say(f"map-shows-{driver.value}"),) for driver in LEVERS)
    unsure = tuple((Say(f"label-map-{each.id}"),) for each in QUESTIONS)
    sections = (
        Section(Say("map-clinician-head"), clinician),
        Section(Say("map-sheet-levers"), levers),
        Section(Say("map-sheet-unsure"), unsure),
        Section(Say("map-then-and-now"), more),
    )
    title = Say("map-sheet-title", {"date": "8 March"})
    return MapSheet(START.date(), title, Say("map-not-diagnosis"), sections)


def texts(sheet: MapSheet) -> list[ElementTree.Element]:
    return ElementTree.fromstring(map_svg(sheet, catalog("en"))[0]).findall(TEXT)


def test_every_word_is_drawn_and_none_of_the_marks_of_the_markup() -> None:
    svg, said = map_svg(full_sheet((Line(Plain("8 March"), Plain("a < b & c")), Plain("d"))), catalog("en"))
    drawn = " ".join(each.text or "" for each in ElementTree.fromstring(svg).findall(TEXT))
    assert drawn == said
    assert "8 March: a < b & c, d" in drawn
    assert "*" not in drawn
    assert drawn.count("This is not a diagnosis.") == 2


def test_no_line_is_wider_than_the_sheet_or_too_small_to_read() -> None:
    regular, bold = font_files()
    for text in texts(full_sheet((Plain("word " * 60),))):
        size = int(text.attrib["font-size"])
        font = ImageFont.truetype(str(bold if text.attrib["font-weight"] == "700" else regular), size)
        assert float(text.attrib["x"]) + font.getlength(text.text or "") <= 1080 - 48
        assert size >= SMALLEST_TEXT


def test_lines_stand_one_under_the_other_inside_the_sheet() -> None:
    sheet = full_sheet((Plain("d"),))
    heights = [int(text.attrib["y"]) for text in texts(sheet)]
    assert heights == sorted(set(heights))
    root = ElementTree.fromstring(map_svg(sheet, catalog("en"))[0])
    assert heights[-1] < int(root.attrib["viewBox"].split()[3])
