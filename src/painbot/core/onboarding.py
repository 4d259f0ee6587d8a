"""Day 0: from consent to the button that opens day 1, one short question at a time.

Every step can be left and found again: the dialogue row names the step, and any message brings the
question back. A press on an earlier step's button is answered with where we are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from painbot.core.checkin import START_PEG, start_peg_form
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer, EnrollmentStatus
from painbot.core.forms import FormState, view
from painbot.core.hours import clock_words, hour_rows, moved_quiet_hours
from painbot.core.lessons import open_item
from painbot.core.outgoing import Action, Button, Outgoing, Plain, ReplyKeyboard, Row, Say, Words
from painbot.core.planning import hand_out, next_item
from painbot.core.reader import Place
from painbot.core.replies import at_state, button, reply, safety, say
from painbot.core.screening import screen_question, screen_rows, signs_chosen

VERB = "onb"

STEPS = (
    "place",
    "age",
    "duration",
    "clinician",
    "signs",
    "lesson-hour",
    "checkin-hour",
    "goal",
    "peg",
    "ready",
)
LESSON_HOURS = (time(8), time(9), time(11), time(13), time(17), time(19))
CHECKIN_HOURS = (time(8), time(9), time(10), time(12), time(18), time(20))
GOAL_LENGTH = 300


def state_of(step: str) -> str:
    """Return the dialogue state of a step."""
    return f"onboarding/{step}"


def step_of(file: LearnerFile) -> str:
    """Return the step a learner is at; a state this version no longer knows starts at the first."""
    step = file.dialogue.state.partition("/")[2].partition("?")[0]
    return step if step in STEPS else _first_open(file)


def _first_open(file: LearnerFile) -> str:
    if file.learner.zone is None:
        return "place"
    for step in ("age", "duration", "clinician", "signs"):
        if f"onboarding/{step}" not in file.answers:
            return step
    return "lesson-hour"


def begin(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask the first question after consent."""
    return ask(file, s, "place")


def ask(file: LearnerFile, s: Surroundings, step: str, *before: Words) -> Decision:
    """Move to a step and ask its question, after optional words about the answer just given."""
    file = at_state(file, state_of(step))
    return Decision(file, (_question(file, s, step, before),))


def again(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask the current step's question once more, as when somebody comes back."""
    return ask(file, s, step_of(file), Say("onb-where-we-are"))


def _question(file: LearnerFile, s: Surroundings, step: str, before: tuple[Words, ...]) -> Outgoing:
    head = Say("onb-step", {"number": STEPS.index(step) + 1, "total": len(STEPS)})
    rows = _rows(file, step)
    back = _back_row(step)
    match step:
        case "peg":
            form = view(start_peg_form(), file, FormState(START_PEG))
            return replace(form, parts=(*before, head, *form.parts), rows=(*form.rows, *back))
        case "signs":
            parts: tuple[Words, ...] = (*before, head, *screen_question())
        case "ready":
            parts = (*before, *_summary(file))
        case _:
            parts = (*before, head, Say(f"onb-{step}"))
    asked = reply(parts, (*rows, *back))
    # A location can only be asked for by a keyboard under the text box.
    return replace(asked, keyboard=ReplyKeyboard.ASK_LOCATION) if step == "place" else asked


def _rows(file: LearnerFile, step: str) -> tuple[Row, ...]:
    match step:
        case "age" | "duration":
            return ((_choice(step, "yes"), _choice(step, "no")),)
        case "clinician":
            return ((_choice(step, "yes"), _choice(step, "no"), _skip(step)),)
        case "signs":
            return screen_rows()
        case "lesson-hour":
            return hour_rows(VERB, step, LESSON_HOURS)
        case "checkin-hour":
            return hour_rows(VERB, step, CHECKIN_HOURS)
        case "goal":
            return ((_skip(step),),)
        case "ready":
            return ((button("onb-start", VERB, "ready", "start"),),)
        case _:
            return ()


def _choice(step: str, value: str) -> Button:
    return button(f"choice-{step}-{value}", VERB, step, value)


def _skip(step: str) -> Button:
    return button("form-skip", VERB, step, "skip")


def _back_row(step: str) -> tuple[Row, ...]:
    return () if step == STEPS[0] else ((button("back", VERB, step, "back"),),)


def _summary(file: LearnerFile) -> tuple[Words, ...]:
    enrollment = file.enrollment
    return (
        Say(
            "onb-ready",
            {"lesson": clock_words(enrollment.lesson_time), "checkin": clock_words(enrollment.checkin_time)},
        ),
        Say("onb-promise"),
    )


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on an onboarding button; one of an earlier step is met with the current question."""
    step, value = (*action.args, "", "")[:2]
    if step != step_of(file):
        if file.enrollment.status is not EnrollmentStatus.ONBOARDING:
            return Decision(file, (say("onb-over"),))
        return again(file, s)
    if value == "back":
        return _back(file, s, step)
    match step:
        case "place":
            return _place_pressed(file, s, value)
        case "age":
            return _age(file, s, value)
        case "duration":
            return _duration(file, s, value)
        case "clinician":
            answered = _noted(file, s, step, value)
            note = (Say("onb-clinician-first"),) if value == "no" else ()
            return ask(answered, s, "signs", *note)
        case "signs":
            return _signs(file, s, value)
        case "lesson-hour" | "checkin-hour":
            return _hour(file, s, step, value)
        case "goal":
            return ask(file, s, "peg")
        case "ready" if value == "start":
            return start_day_one(file, s)
        case _:
            return again(file, s)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    """Take typed words as the answer to the current step."""
    step = step_of(file)
    match step:
        case "place":
            return _place_typed(file, s, text)
        case "age" | "duration" | "clinician":
            said = s.read.read_choice(text, {"yes": "yes", "no": "no"})
            if said.value is None or said.confirm:
                return ask(file, s, step, Say("onb-tap-or-type"))
            return press(file, Action(VERB, (step, said.value)), s)
        case "lesson-hour" | "checkin-hour":
            return _hour_typed(file, s, step, text)
        case "goal":
            goal = " ".join(text.split())[:GOAL_LENGTH]
            file = replace(file, enrollment=replace(file.enrollment, goal=goal))
            return ask(file, s, "peg", Say("onb-goal-kept"))
        case _:
            return again(file, s)


def _back(file: LearnerFile, s: Surroundings, step: str) -> Decision:
    return ask(file, s, STEPS[max(STEPS.index(step) - 1, 0)])


def _noted(file: LearnerFile, s: Surroundings, step: str, value: str) -> LearnerFile:
    slot = f"onboarding/{step}"
    stored = Answer(slot, step, value, on=file.today(s.now), at=s.now)
    return replace(file, answers={**file.answers, slot: stored})


def _age(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    if value == "yes":
        return ask(_noted(file, s, "age", value), s, "duration")
    return Decision(file, (say("onb-under-18"),), erase=True)


def _duration(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    if value == "yes":
        return ask(_noted(file, s, "duration", value), s, "clinician")
    return Decision(file, (say("onb-new-pain"),), erase=True)


# -- place and zone


def _place_typed(file: LearnerFile, s: Surroundings, text: str) -> Decision:
    candidates = s.read.read_place(text).candidates[:MOST_PLACES]
    if not candidates:
        return ask(file, s, "place", Say("place-unknown"))
    return offer_places(file, s, candidates, VERB, state_of("place"))


MOST_PLACES = 6


def offer_places(
    file: LearnerFile, s: Surroundings, candidates: tuple[Place, ...], verb: str, state: str
) -> Decision:
    """Show what was understood, with the local time there, and wait for a yes."""
    file = at_state(
        file, state, **{f"place{n}": f"{p.zone}|{p.country or ''}" for n, p in enumerate(candidates)}
    )
    if len(candidates) == 1:
        place = candidates[0]
        there = s.now.astimezone(ZoneInfo(place.zone))
        parts: tuple[Words, ...] = (Say("place-guess", {"place": place.label, "time": f"{there:%H:%M}"}),)
        rows: tuple[Row, ...] = (
            (button("yes", verb, "place", "0"), button("place-no", verb, "place", "again")),
        )
    else:
        parts = (Say("place-which"),)
        rows = tuple(
            (Button(Plain(_place_label(place, s)), Action(verb, ("place", str(number)))),)
            for number, place in enumerate(candidates)
        )
        rows = (*rows, (button("place-other", verb, "place", "again"),))
    return Decision(file, (reply(parts, rows),))


def _place_label(place: Place, s: Surroundings) -> str:
    return f"{place.label}, {s.now.astimezone(ZoneInfo(place.zone)):%H:%M}"


def chosen_place(file: LearnerFile, value: str) -> tuple[str, str | None] | None:
    """Return (zone, country) behind a place button, or nothing when the offer is gone."""
    kept = file.dialogue.data.get(f"place{value}")
    if kept is None:
        return None
    zone, _, country = kept.partition("|")
    return zone, country or None


def _place_pressed(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    place = chosen_place(file, value)
    if place is None:
        return ask(file, s, "place")
    zone, country = place
    file = replace(file, learner=replace(file.learner, zone=zone, country=country))
    kept = replace(say("place-kept"), keyboard=ReplyKeyboard.REMOVE)
    asked = ask(file, s, "age")
    return replace(asked, outgoing=(kept, *asked.outgoing))


def located(file: LearnerFile, zone: str | None, s: Surroundings) -> Decision:
    """Take the zone of a shared location."""
    if zone is None:
        return ask(file, s, "place", Say("place-unknown"))
    return offer_places(file, s, s.read.read_place(zone).candidates[:1], VERB, state_of("place"))


# -- danger signs


def _signs(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    if value == "none":
        return ask(_noted(file, s, "signs", "none"), s, "lesson-hour")
    if value == "seen":
        file = replace(file, enrollment=replace(file.enrollment, rest=None))
        return ask(_noted(file, s, "signs", "seen"), s, "lesson-hour", Say("signs-seen-thanks"))
    if value == "go-on":
        return ask(_noted(file, s, "signs", "soon"), s, "lesson-hour")
    if value == "decline":
        # Nothing is asked further, but the help lines are shown.
        card = safety(s.safety.numbers(file.learner.country))
        onward = ask(_noted(file, s, "signs", "declined"), s, "lesson-hour", Say("signs-declined"))
        return replace(onward, outgoing=(card, *onward.outgoing))
    if value == "list":
        file = replace(file, enrollment=replace(file.enrollment, rest=None))
        return ask(file, s, "signs")
    return signs_chosen(file, s, value)


# -- hours


def _hour(file: LearnerFile, s: Surroundings, step: str, value: str) -> Decision:
    if value == "quiet":
        return _after_hour(moved_quiet_hours(file, _pending(file)), s, step)
    if value == "other":
        return ask(file, s, step)
    at = _time_value(value)
    return ask(file, s, step) if at is None else _hour_chosen(file, s, step, at)


def _time_value(value: str) -> time | None:
    try:
        return time.fromisoformat(value)
    except ValueError:
        return None


def _hour_typed(file: LearnerFile, s: Surroundings, step: str, text: str) -> Decision:
    heard = s.read.read_time(text)
    if heard.value is None:
        return ask(file, s, step, Say("hour-unknown"))
    if heard.confirm:
        yes = button("yes", VERB, step, f"{heard.value:%H:%M}")
        no = button("hour-other", VERB, step, "other")
        return Decision(file, (say("hour-guess", (yes, no), time=clock_words(heard.value)),))
    return _hour_chosen(file, s, step, heard.value)


def _hour_chosen(file: LearnerFile, s: Surroundings, step: str, at: time) -> Decision:
    if file.enrollment.quiet.contains(at):
        file = at_state(file, state_of(step), hour=f"{at:%H:%M}")
        rows: Row = (button("quiet-move", VERB, step, "quiet"), button("hour-other", VERB, step, "other"))
        quiet = file.enrollment.quiet
        return Decision(
            file,
            (
                say(
                    "hour-in-quiet",
                    rows,
                    time=clock_words(at),
                    start=clock_words(quiet.start),
                    end=clock_words(quiet.end),
                ),
            ),
        )
    return _after_hour(with_hour(file, step, at), s, step)


def with_hour(file: LearnerFile, which: str, at: time) -> LearnerFile:
    """Return the file with the lesson hour or the check-in hour set."""
    changed = (
        replace(file.enrollment, lesson_time=at)
        if which == "lesson-hour"
        else replace(file.enrollment, checkin_time=at)
    )
    return replace(file, enrollment=changed)


def _pending(file: LearnerFile) -> tuple[str, time | None]:
    step = step_of(file)
    return step, _time_value(file.dialogue.data.get("hour", ""))


def _after_hour(file: LearnerFile, s: Surroundings, step: str) -> Decision:
    at = file.enrollment.lesson_time if step == "lesson-hour" else file.enrollment.checkin_time
    return ask(file, s, STEPS[STEPS.index(step) + 1], Say("hour-kept", {"time": clock_words(at)}))


def peg_done(file: LearnerFile, s: Surroundings) -> Decision:
    """Go on once the three PEG questions are answered."""
    return ask(file, s, "ready")


def start_day_one(file: LearnerFile, s: Surroundings) -> Decision:
    """Begin the course: today is day 1 and its lesson opens at once."""
    enrollment = replace(
        file.enrollment, status=EnrollmentStatus.ACTIVE, started_on=file.today(s.now), rest=None
    )
    file = at_state(replace(file, enrollment=enrollment), "idle")
    item = next_item(file, s.course)
    if item is None:
        return Decision(file, (say("next-none"),))
    return open_item(hand_out(file, item, s.now), item, s)
