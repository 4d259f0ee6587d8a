"""Drawings become pictures: the same bytes each time, in the shared style, and never stale unnoticed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from painbot.content.loader import courses_in, shipped_lessons
from painbot.content.pictures import CoursePictures
from painbot.core.delivery import PictureKind
from painbot.core.ids import CourseId
from painbot.lessons_cli import app
from painbot.rendering.drawing import MAX_BYTES, DrawingBroken, draw_moving, draw_still
from painbot.rendering.picture_file import PictureFacts, facts_in, font_files
from painbot.rendering.picture_folder import faults_in
from painbot.rendering.svg_drawing import SvgUnreadable, read_drawing

FACTS = PictureFacts("ab12", "Two dials – naïve \N{BELL}")


def svg(inside: str = '<text x="540" y="400" font-size="60">loud</text>', **changes: str) -> str:
    view = changes.get("view", "0 0 1080 810")
    about = changes.get("about", "<title>Dial</title><desc>A dial.</desc>")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{about}'
        f'<rect width="1080" height="810" fill="#FBF6EA"/>{inside}</svg>'
    )


MOVING = svg(
    '<circle cx="540" cy="405" r="100" fill="#2C8C99"><animate attributeName="r" dur="2s" '
    'repeatCount="indefinite" values="100;300;100" keyTimes="0;0.5;1"/></circle>'
)


def faults(text: str) -> tuple[str, ...]:
    return read_drawing(text.encode()).faults


def test_a_drawing_becomes_a_crisp_png_with_what_it_says_about_itself() -> None:
    png = draw_still(svg(), FACTS)
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (1080, 810)
        assert image.mode == "RGB", "opaque to its edges: Telegram would make transparency black"
        assert image.getpixel((5, 5)) == (0xFB, 0xF6, 0xEA)
    assert facts_in(png) == FACTS


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert draw_still(svg(), FACTS) == draw_still(svg(), FACTS)
    motion = read_drawing(MOVING.encode()).motion
    assert motion is not None
    assert draw_moving(motion.frames(), FACTS) == draw_moving(motion.frames(), FACTS)


def test_words_are_drawn_with_the_shipped_font_whatever_the_machine_has() -> None:
    with_words = draw_still(svg(), FACTS)
    assert with_words != draw_still(svg(inside=""), FACTS)
    named = svg('<text x="540" y="400" font-size="60" font-family="Atkinson Hyperlegible Next">loud</text>')
    assert draw_still(named, FACTS) == with_words
    assert all(path.is_file() for path in font_files())


def test_a_drawing_that_moves_becomes_a_gif_that_repeats() -> None:
    motion = read_drawing(MOVING.encode()).motion
    assert motion is not None
    gif = draw_moving(motion.frames(), FACTS)
    assert facts_in(gif) == FACTS
    with Image.open(io.BytesIO(gif)) as image:
        assert (image.info["loop"], image.n_frames) == (0, 16)
        assert sum(duration(image, number) for number in range(image.n_frames)) == 2000


def duration(image: Image.Image, number: int) -> int:
    image.seek(number)
    return int(image.info["duration"])


def test_frames_follow_the_key_times() -> None:
    motion = read_drawing(MOVING.encode()).motion
    assert motion is not None
    radii = [frame.svg.partition(' r="')[2].partition('"')[0] for frame in motion.frames()]
    assert (radii[0], radii[4], radii[8], radii[12]) == ("100.00", "200.00", "300.00", "200.00")
    assert all("animate" not in frame.svg for frame in motion.frames())


def test_a_spline_eases_and_a_discrete_value_jumps() -> None:
    eased = MOVING.replace(
        'values="100;300;100"', 'calcMode="spline" keySplines="0.4 0 0.6 1;0.4 0 0.6 1" values="100;300;100"'
    )
    motion = read_drawing(eased.encode()).motion
    assert motion is not None
    radii = [float(frame.svg.partition(' r="')[2].partition('"')[0]) for frame in motion.frames()]
    assert radii[4] == pytest.approx(200, abs=0.1)
    assert radii[1] < 110, "it starts slowly"
    jumping = MOVING.replace('values="100;300;100"', 'calcMode="discrete" values="100;300;100"')
    motion = read_drawing(jumping.encode()).motion
    assert motion is not None
    assert ' r="100"' in motion.frames()[7].svg
    assert ' r="300"' in motion.frames()[8].svg


@pytest.mark.parametrize(
    ("wrong", "right", "why"),
    [
        ('dur="99s"', 'dur="2s"', "at most 20 seconds"),
        ('keyTimes="0;1"', 'keyTimes="0;0.5;1"', "one for each"),
        ('keyTimes="0;0.5;0.4"', 'keyTimes="0;0.5;1"', "must rise"),
        ('values="100;wide;100"', 'values="100;300;100"', "'wide' is no number"),
        ('calcMode="paced" dur="2s"', 'dur="2s"', "calcMode must be one of"),
        ('calcMode="spline" dur="2s"', 'dur="2s"', "four numbers"),
    ],
)
def test_motion_that_cannot_be_drawn_is_explained(wrong: str, right: str, why: str) -> None:
    text = MOVING.replace(right, wrong)
    assert text != MOVING
    with pytest.raises(SvgUnreadable, match=why):
        read_drawing(text.encode())


def test_a_drawing_in_the_shared_style_has_no_faults() -> None:
    assert faults(svg()) == ()
    assert faults(MOVING) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (svg(view="0 0 800 800"), "viewBox"),
        (svg(about=""), "<title>"),
        (svg(about="<title>Dial</title>"), "<desc>"),
        (svg('<text font-size="39">loud</text>'), "font-size of 40"),
        (svg("<text>loud</text>"), "font-size of 40"),
        (svg('<text font-size="60">loud <tspan font-size="20">small</tspan></text>'), '"small" needs'),
        (svg('<text font-size="60" font-family="Arial">loud</text>'), "no other is there"),
        (svg('<text font-size="60" style="fill:red">loud</text>'), "not CSS"),
        (svg('<image href="photo.jpg"/>'), "another file"),
        (svg(f'<text font-size="60">{"word " * 17}</text>'), "17 words"),
    ],
)
def test_what_leaves_the_shared_style_is_named(text: str, why: str) -> None:
    (fault,) = faults(text)
    assert why in fault


def test_numbers_on_a_scale_are_not_counted_as_words() -> None:
    scale = "".join(f'<text font-size="40">{number}</text>' for number in range(30))
    assert faults(svg(scale)) == ()


@pytest.mark.parametrize("content", [b"<svg", b"<html/>", b"\xff\xfe nonsense"])
def test_a_file_that_is_no_svg_is_refused(content: bytes) -> None:
    with pytest.raises(SvgUnreadable, match="SVG"):
        read_drawing(content)


def test_a_drawing_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(DrawingBroken):
        draw_still("<svg", FACTS)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"no picture at all"])
def test_other_files_say_nothing_about_themselves(data: bytes) -> None:
    assert facts_in(data) == PictureFacts("", "")


# -- folders and the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course with a folder for pictures."""
    (tmp_path / "tiny" / "course.yaml").parent.mkdir()
    (tmp_path / "tiny" / "course.yaml").write_text("format: 1\n")
    folder = tmp_path / "tiny" / "en" / "pictures"
    folder.mkdir(parents=True)
    return folder


def run(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["pictures", "--course", str(folder.parents[1]), *more])


def test_pictures_are_drawn_once_and_again_when_the_drawing_changes(folder: Path) -> None:
    (folder / "dial.svg").write_text(svg())
    (folder / "pace.svg").write_text(MOVING)
    missing = run(folder, "--check")
    assert (missing.exit_code, missing.output.count("is missing")) == (1, 2)
    drawn = run(folder)
    assert (drawn.exit_code, drawn.output.count("Drew ")) == (0, 2)
    assert {path.name for path in folder.iterdir()} == {"dial.svg", "dial.png", "pace.svg", "pace.gif"}
    assert "Drew" not in run(folder).output
    assert run(folder, "--check").exit_code == 0
    (folder / "dial.svg").write_text(svg().replace("loud", "small"))
    stale = run(folder, "--check")
    assert (stale.exit_code, stale.output.count("is older than its drawing")) == (1, 1)
    assert run(folder).output.count("Drew ") == 1


def test_a_check_draws_nothing(folder: Path) -> None:
    (folder / "dial.svg").write_text(svg())
    run(folder, "--check")
    assert not (folder / "dial.png").exists()


def test_faults_are_told_with_their_file_and_drawn_all_the_same(folder: Path) -> None:
    (folder / "dial.svg").write_text(svg('<text font-size="12">loud</text>'))
    (folder / "odd.svg").write_text("<svg")
    told = run(folder)
    assert told.exit_code == 1
    assert 'dial.svg: "loud" needs a font-size of 40 or more' in told.output
    assert "odd.svg: is no well-formed SVG" in told.output
    assert (folder / "dial.png").is_file()


def test_a_picture_without_a_drawing_or_too_large_is_told(folder: Path) -> None:
    (folder / "lost.png").write_bytes(draw_still(svg(), FACTS))
    (folder / "dial.svg").write_text(svg())
    run(folder)
    with (folder / "dial.png").open("ab") as picture:
        picture.write(bytes(MAX_BYTES))
    told = [str(fault) for fault in faults_in(folder)]
    assert [what.rpartition("/")[2].partition(":")[0] for what in told] == ["dial.png", "lost.png"]
    assert "more than 200" in told[0]
    assert "no drawing" in told[1]


def test_a_drawing_that_begins_to_move_leaves_no_still_behind_unnoticed(folder: Path) -> None:
    (folder / "dial.svg").write_text(svg())
    run(folder)
    (folder / "dial.svg").write_text(MOVING)
    told = run(folder)
    assert (folder / "dial.gif").is_file()
    assert (told.exit_code, told.output.count("dial.png: has no drawing")) == (1, 1)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["pictures", "--course", str(tmp_path / "nowhere")]).exit_code == 2


@pytest.mark.parametrize("course", courses_in(shipped_lessons()), ids=lambda course: course.name)
def test_shipped_pictures_are_up_to_date_small_and_in_the_shared_style(course: Path) -> None:
    assert [str(fault) for path in course.glob("*/pictures") for fault in faults_in(path)] == []


# -- what the bot finds


def test_the_bot_finds_pictures_of_its_course_and_a_moving_one_first(folder: Path) -> None:
    for name in ("dial.png", "pace.png", "pace.gif"):
        (folder / name).write_bytes(name.encode())
    tiny = CourseId("tiny")
    pictures = CoursePictures(tiny, folder.parents[1])
    dial, pace = pictures.find(tiny, "en", "dial"), pictures.find(tiny, "en", "pace")
    assert dial is not None
    assert pace is not None
    assert (dial.kind, dial.file_name, dial.content) == (PictureKind.PHOTO, "dial.png", b"dial.png")
    assert (pace.kind, pace.file_name) == (PictureKind.ANIMATION, "pace.gif")
    assert dial.digest != pace.digest
    assert pictures.find(CourseId("other"), "en", "dial") is None
    assert pictures.find(tiny, "fr", "dial") is None
    assert pictures.find(tiny, "en", "../../course") is None


def test_a_picture_that_arrives_later_is_found(folder: Path) -> None:
    tiny = CourseId("tiny")
    pictures = CoursePictures(tiny, folder.parents[1])
    assert pictures.find(tiny, "en", "dial") is None
    (folder / "dial.png").write_bytes(b"here now")
    assert pictures.find(tiny, "en", "dial") is not None
