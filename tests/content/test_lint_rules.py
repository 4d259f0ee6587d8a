"""Every rule: the samples of its documentation, and the line and column it reports."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
import yaml

from painbot.content.diagnostics import Severity
from painbot.content.lint import ALL_RULES
from painbot.content.lint.banned_words import banned
from painbot.content.lint.frame import Rule
from painbot.content.loader import check_course, shipped_lessons
from tests.content.conftest import Check
from tests.content.course_files import CHECK, COURSE, EVIDENCE, FILES, SHELF, in_german, lesson

LESSON_FILE = "en/pne-01.yaml"
SAMPLE = re.compile(r"^(Passes|Fails)[^\n]*::\n\n((?:    [^\n]*\n|\n)+)", re.MULTILINE)


def samples() -> list[tuple[Rule, str, str]]:
    """Return (rule, "Passes" or "Fails", YAML) of every rule's documentation."""
    found = []
    for rule in ALL_RULES:
        documentation = importlib.import_module(rule.check.__module__).__doc__ or ""
        for word, indented in SAMPLE.findall(documentation):
            found.append((rule, word, "\n".join(line[4:] for line in indented.splitlines())))
    return found


def with_sample(sample: str) -> dict[str, str | None]:
    """Put a sample into the valid course: its fields replace those of the lesson or of the file it names.

    A line `# en/toolkit/magnesium.yaml` names a file; a second language or a card then comes with the
    files that it needs. A course.yaml of its own goes without the practice day that it does not list.
    """
    changes: dict[str, str | None] = {}
    parts = re.split(r"^# (\S+)\n", sample, flags=re.MULTILINE)
    pairs = list(zip(parts[1::2], parts[2::2], strict=True)) or [(LESSON_FILE, sample)]
    for name, text in pairs:
        more = in_german() if name.startswith("de/") else SHELF if name in SHELF and "/" in name else {}
        changes = {**more, **changes}
        base = {**FILES, **changes}.get(name) or ""
        if name == LESSON_FILE and pairs[0][1] is sample:
            base = base.replace("    evidence: [pain-alarm]\n", "")
        fields = {**(yaml.safe_load(base) or {}), **yaml.safe_load(text)}
        changes[name] = yaml.safe_dump(fields, sort_keys=False)
        if name == "course.yaml" and "practice-01" not in changes[name]:
            changes["en/practice-01.yaml"] = None
    return changes


@pytest.mark.parametrize(("rule", "word", "sample"), samples(), ids=lambda part: getattr(part, "id", None))
def test_a_documented_sample_does_what_its_documentation_says(
    rule: Rule, word: str, sample: str, check: Check
) -> None:
    found = check(with_sample(sample), rule.id)
    assert bool(found) is (word == "Fails"), found


def test_every_rule_is_documented_and_named_like_its_module() -> None:
    documented = {(rule.id, word) for rule, word, _ in samples()}
    for rule in ALL_RULES:
        module = rule.check.__module__.rsplit(".", 1)[1]
        assert module.replace("_", "-").removeprefix("light-") == rule.id
        assert (rule.id, "Passes") in documented
        assert (rule.id, "Fails") in documented or rule.id == "quiz-balance"
    assert len({rule.id for rule in ALL_RULES}) == len(ALL_RULES)


FAULTS: list[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("rule_faults.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{fault['rule']}: {fault['says']}" for fault in FAULTS])
def test_a_rule_reports_line_and_column(fault: dict[str, str], check: Check) -> None:
    more = SHELF if "/toolkit/" in fault["file"] or "/questions/" in fault["file"] else {}
    original = {**FILES, **more}[fault["file"]]
    assert original.count(fault["old"]) == 1
    found = check({**more, fault["file"]: original.replace(fault["old"], fault["new"])}, fault["rule"])
    at_place = [problem for problem in found if f"{problem.line}:{problem.column}" == fault["at"]]
    assert [problem.file for problem in at_place] == [f"tiny/{fault['file']}"], found
    assert fault["says"] in at_place[0].message
    assert at_place[0].remedy


def test_a_listed_item_without_a_file_is_reported_where_it_is_listed(check: Check) -> None:
    (problem,) = check({"en/pne-01.yaml": None})
    assert str(problem).startswith(
        "tiny/course.yaml:7:13 weeks[0].items[0]: there is no file en/pne-01.yaml; "
    )


def test_a_file_that_is_not_listed_is_reported(check: Check) -> None:
    (problem,) = check({"en/pne-02.yaml": lesson("id: pne-01", "id: pne-02")}, "course-items")
    assert str(problem).startswith("tiny/en/pne-02.yaml:1:1 course.yaml does not list this file; ")


def test_a_course_without_a_language_folder_is_reported(check: Check) -> None:
    (problem,) = check({name: None for name in FILES if name.startswith("en/")})
    assert str(problem).startswith("tiny/course.yaml:1:1 the course has no language folder; ")


def test_a_lesson_without_evidence_is_reported_at_its_top_when_the_field_is_missing(check: Check) -> None:
    bare = lesson("evidence: [course-scope, pain-alarm]\n").replace("    evidence: [pain-alarm]\n", "")
    (problem,) = check({LESSON_FILE: bare})
    assert (problem.line, problem.column, problem.rule) == (1, 1, "claim-evidence")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("An alarm is loud.", "An alarm. " * 61, 16, "has 122 words"),
        ("Because it helps to know.", "Unimaginable. " * 65, 20, "has 909 characters"),
    ],
)
def test_a_card_that_is_too_long_is_reported_with_its_length(
    old: str, new: str, line: int, words: str, check: Check
) -> None:
    (problem,) = check({LESSON_FILE: lesson(old, new)}, "card-length")
    assert problem.line == line
    assert words in problem.message


def test_the_closing_of_a_check_day_is_held_to_the_length_of_a_card(check: Check) -> None:
    (problem,) = check({"en/check-01.yaml": CHECK.replace("That was the week.", "Well. " * 121)})
    assert (problem.line, problem.column, problem.field) == (10, 1, "closing")


@pytest.mark.parametrize("count", [120, 119])
def test_a_card_of_exactly_the_longest_length_passes(count: int, check: Check) -> None:
    assert check({LESSON_FILE: lesson("An alarm is loud.", "Ring. " * count)}) == []


@pytest.mark.parametrize(
    "harmless",
    [
        "Your pain is real, and your pain is not your fault.",
        "Curious people are secure. Restoration is a word.",
        "Never stop taking a medicine on your own. Do not stop taking it.",
        "In 2019-2020, 38,368 people took part; 10 - 12 of 20 agreed, and 1 in 5 or 20 % had pain.",
        "It takes 3 to 6 months, 15 minutes, 2 x 10 steps, 0-10, 12:30.",
        "Send /urgent at any time. Text a friend at 10.",
        "A **bold _and italic_ word**, snake_case_words, 2 * 3 * 4 and a blank: ____.",
    ],
)
def test_harmless_words_pass_every_rule(harmless: str, check: Check) -> None:
    assert list(map(str, check({LESSON_FILE: lesson("An alarm is loud.", f"'{harmless}'")}))) == []


def lessons(texts: list[tuple[str, str, int]]) -> dict[str, str | None]:
    """Return a course with one lesson for each (option, option, place of the right one)."""
    ids = [f"pne-{number:02}" for number in range(1, len(texts) + 1)]
    files: dict[str, str | None] = {
        "course.yaml": COURSE.replace("pne-01, practice-01", ", ".join(ids)),
        "en/practice-01.yaml": None,
    }
    for item_id, (first, second, right) in zip(ids, texts, strict=True):
        fields = yaml.safe_load(FILES[LESSON_FILE])
        fields["id"] = item_id
        fields["quiz"]["options"] = [
            {"id": letter, "text": text, "reply": "Yes.", "correct": place == right}
            for place, (letter, text) in enumerate([("a", first), ("b", second)])
        ]
        files[f"en/{item_id}.yaml"] = yaml.safe_dump(fields, sort_keys=False)
    return files


def test_right_answers_that_are_mostly_longest_are_warned_about(check: Check) -> None:
    found = check(
        lessons([("long", "b", 0), ("a", "long", 1), ("long", "b", 0), ("a", "long", 0)]), "quiz-balance"
    )
    longest = [problem for problem in found if "longest" in problem.message]
    assert [problem.file for problem in longest] == [f"tiny/en/pne-0{number}.yaml" for number in (1, 2, 3)]
    assert {problem.severity for problem in found} == {Severity.WARNING}


def test_right_answers_at_the_same_place_are_warned_about(check: Check) -> None:
    found = check(lessons([("a", "b", 1), ("a", "b", 1), ("a", "b", 1), ("a", "b", 0)]), "quiz-balance")
    assert [problem.file for problem in found] == [f"tiny/en/pne-0{number}.yaml" for number in (1, 2, 3)]
    assert "number 2 in 3 of 4" in found[0].message


def test_balanced_quizzes_and_few_quizzes_are_not_warned_about(check: Check) -> None:
    four = [("a", "long", 1), ("a", "b", 0), ("a", "b", 1), ("a", "b", 0)]
    assert check(lessons(four), "quiz-balance") == []
    assert check(lessons([("long", "b", 0)] * 3), "quiz-balance") == []


def test_of_many_quizzes_more_balance_is_asked(check: Check) -> None:
    half_long = [("long", "b", 0), ("a", "b", 1)] * 3
    assert check(lessons(half_long), "quiz-balance") == []
    places = {problem.message for problem in check(lessons(half_long * 2), "quiz-balance")}
    assert len(places) == 2, places


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("id: onward", "id: onwards", "cards"),
        ("id: b,", "id: c,", "quiz.options"),
        ("id: confidence", "id: trust", "question.id"),
    ],
)
def test_a_language_with_other_ids_is_reported(old: str, new: str, field: str, check: Check) -> None:
    assert check(in_german()) == []
    found = check({**in_german(), LESSON_FILE: lesson(old, new)})
    assert [(problem.file, problem.field, problem.rule) for problem in found] == [
        (f"tiny/{LESSON_FILE}", field, "same-ids")
    ]


def test_a_shelf_passes_every_rule(check: Check) -> None:
    assert list(map(str, check(SHELF))) == []


def test_a_language_that_lacks_an_item_is_reported(check: Check) -> None:
    found = check({"de/pne-01.yaml": FILES[LESSON_FILE]}, "course-items")
    messages = [problem.message for problem in found]
    assert "there is no file de/practice-01.yaml" in messages
    assert "has no text for `de`" in messages


CLEAN = [
    "Do not change a medicine because of a lesson. Never stop your tablets on your own.",
    "Skip this lesson if you like. Change one thing today. Start with a short walk. Take more breaks.",
    "Write a medicine list. Bring your tablets to the review, and change nothing before it.",
    "It is nobody's fault. Your pain is real. Most people get a little better, not all.",
    "There is no proof of adrenal fatigue. Breathing does not turn off pain.",
    "Drink two cups of tea. Walk 400 m or take three steps. Rest for 30 minutes.",
    "A plan made with your prescriber can lower your opioids slowly.",
]


@pytest.mark.parametrize("rule", ["dose", "medicine-imperative", "banned-words"])
@pytest.mark.parametrize("clean", CLEAN)
def test_what_only_looks_like_a_banned_sentence_passes(rule: str, clean: str, check: Check) -> None:
    changed = lesson("All pain is real.", f"'{clean.replace(chr(39), chr(39) * 2)}'")
    assert check({LESSON_FILE: changed}, rule) == []


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("Start taking magnesium pills tonight.", "medicine-imperative"),
        ("On good days, halve your dose.", "medicine-imperative"),
        ("You could switch to another painkiller.", "medicine-imperative"),
        ("Please come off your opioids.", "medicine-imperative"),
        ("Then take more of your medicine.", "medicine-imperative"),
        ("When it hurts, take two tablets.", "dose"),
        ("It is sold as capsules of 600 mg.", "dose"),
        ("Aim for 300 milligrams a day.", "dose"),
        ("Try one capsule before bed.", "dose"),
        ("You can live pain-free.", "banned-words"),
        ("Breathing turns off pain.", "banned-words"),
        ("Stress is the reason you hurt.", "banned-words"),
        ("Your nerves need to be reset.", "banned-words"),
        ("Poor sleep causes your pain.", "banned-words"),
        ("The drug repairs nerves.", "banned-words"),
        ("You only need to relax.", "banned-words"),
        ("You probably have nociplastic pain.", "banned-words"),
        ("It is natural and so it is safe.", "banned-words"),
        ("High cortisol lowers the threshold.", "banned-words"),
        ("It is your own fault.", "banned-words"),
    ],
)
def test_a_sentence_that_must_not_stand_in_a_lesson_is_found(said: str, rule: str, check: Check) -> None:
    (problem,) = check({LESSON_FILE: lesson("An alarm is loud.", f"'It is late. {said}'")}, rule)
    assert problem.line == 16
    assert problem.column > len("    text: 'It is late. ")


def test_a_wrong_answer_of_a_quiz_may_say_what_the_reply_sets_right(check: Check) -> None:
    wrong = lesson("text: A damage meter", "text: Stop your pills on a good day")
    assert check({LESSON_FILE: wrong}, "medicine-imperative") == []
    right = lesson("text: A warning", "text: Stop your pills on a good day")
    assert len(check({LESSON_FILE: right}, "medicine-imperative")) == 1


def test_every_banned_wording_names_claims_that_the_shipped_course_has() -> None:
    source = check_course(shipped_lessons() / "chronic-pain").source
    assert source is not None
    assert all(expression.pattern for expression, _ in banned())
    named = {claim for _, entry in banned() for claim in entry.claims}
    assert len(named) > 50


def test_text_that_rests_on_cutting_down_names_the_way_to_help(check: Check) -> None:
    evidence = EVIDENCE.replace("pain-alarm", "taper-alarm")
    changed = lesson("").replace("pain-alarm", "taper-alarm")
    found = check({"evidence.yaml": evidence, LESSON_FILE: changed}, "crisis-line")
    assert [(problem.line, problem.column) for problem in found] == [(10, 5)]
    named = changed.replace("It has two paragraphs.", "In a crisis, send /urgent.")
    assert check({"evidence.yaml": evidence, LESSON_FILE: named}, "crisis-line") == []


def test_a_toolkit_card_on_cutting_down_names_the_way_to_help_somewhere(check: Check) -> None:
    card = {
        name: text.replace("evidence: [pain-alarm]", "evidence: [x-opioid-taper]")
        for name, text in SHELF.items()
    }
    found = check(card, "crisis-line")
    assert [(problem.file, problem.line) for problem in found] == [
        ("tiny/en/questions/in-my-head.yaml", 8),
        ("tiny/en/toolkit/magnesium.yaml", 6),
        ("tiny/en/toolkit/magnesium.yaml", 15),
    ]


@pytest.mark.parametrize("claim", ["imaging-poor-match", "surgery-stenosis", "ldn-evidence"])
def test_a_lesson_on_treatment_opens_with_what_a_course_cannot_do(claim: str, check: Check) -> None:
    changed = lesson("evidence: [course-scope, pain-alarm]", f"evidence: [course-scope, pain-alarm, {claim}]")
    (problem,) = check({LESSON_FILE: changed}, "scope-line")
    assert (problem.line, problem.column, problem.field) == (9, 5, "cards[0]")
    opened = changed.replace("    evidence: [pain-alarm]", "    evidence: [course-scope]")
    assert check({LESSON_FILE: opened}, "scope-line") == []


def test_a_picture_with_both_its_files_and_words_passes(check: Check) -> None:
    picture = '    picture: { name: bell, alt: "A bell that rings and rings." }'
    shown = lesson("    text: An alarm is loud.", f"    text: An alarm is loud.\n{picture}")
    drawing = {LESSON_FILE: shown, "en/pictures/bell.svg": "<svg/>"}
    (missing,) = check(drawing)
    assert "painbot lessons pictures" in missing.remedy
    assert check({**drawing, "en/pictures/bell.png": b"png"}) == []
    assert check({**drawing, "en/pictures/bell.gif": b"gif"}) == []
    (unused,) = check({**drawing, "en/pictures/bell.gif": b"gif", "en/pictures/horn.svg": "<svg/>"})
    assert (unused.severity, "horn.svg" in unused.message) == (Severity.WARNING, True)


def test_a_picture_is_told_in_the_same_words_everywhere(check: Check) -> None:
    one, other = "A bell that rings and rings.", "A bell that hangs and hangs."
    changed = lesson("An alarm is loud.", f"An alarm.\n    picture: {{ name: bell, alt: {one} }}")
    changed = changed.replace("That is all for today.", f"All.\n    picture: {{ name: bell, alt: {other} }}")
    files = {"en/pictures/bell.svg": "<svg/>", "en/pictures/bell.png": b""}
    (problem,) = check({LESSON_FILE: changed, **files}, "picture-files")
    assert (problem.line, problem.column) == (20, 33)


def test_a_long_toolkit_card_does_not_fit_under_its_picture(check: Check) -> None:
    card = SHELF["en/toolkit/magnesium.yaml"].replace("A mineral. It is in food.", "It is in food. " * 60)
    assert check({**SHELF, "en/toolkit/magnesium.yaml": card}, "telegram-limits") == []
    shown = f"{card}picture: {{ name: bowl, alt: A bowl of green leaves. }}\n"
    (problem,) = check({**SHELF, "en/toolkit/magnesium.yaml": shown}, "telegram-limits")
    assert (problem.line, problem.column) == (7, 1)
    assert "under its picture" in problem.message


def test_a_lost_command_in_a_translation_is_reported_at_its_text(check: Check) -> None:
    changed = in_german()["de/pne-01.yaml"].replace("An alarm is loud.", "Alarm. Hilfe gibt /urgent.")
    english = lesson("An alarm is loud.", "An alarm. Send /urgent, then /flare.")
    (problem,) = check({**in_german(), "de/pne-01.yaml": changed, LESSON_FILE: english}, "placeholders")
    assert (problem.file, problem.line, problem.column) == (f"tiny/{LESSON_FILE}", 16, 11)
    assert "has `/flare` in addition" in problem.message


def test_a_card_named_like_a_lesson_is_reported(check: Check) -> None:
    course = SHELF["course.yaml"].replace("toolkit: [magnesium]", "toolkit: [magnesium, pne-01]")
    (problem,) = check({**SHELF, "course.yaml": course}, "unique-ids")
    assert (problem.line, problem.column) == (8, 22)
