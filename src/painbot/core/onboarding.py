"""Day 0: from consent to the button that opens day 1, one short question at a time.

Every step can be left and found again: the dialogue row names the step, and any message brings the
question back. A press on an earlier step's button is answered with where we are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from painbot.core.checkin import start_peg_form
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer, Dialogue, EnrollmentStatus
from painbot.core.hours import (
    CHECKIN,
    clock_value,
    clock_words,
    exact_hour,
    objection,
    quiet_now,
    with_hour,
    with_room_for,
)
from painbot.core.lessons import open_item
from painbot.core.onboarding_steps import (
    STEPS,
    VERB,
    open_gate,
    question,
    state_of,
    step_of,
)
from painbot.core.outgoing import Action, ReplyKeyboard, Row, Say, Words
from painbot.core.overview import today
from painbot.core.places import (
    chosen_place,
    offer_places,
    on_land,
    pick_rows,
    picked_place,
    place_of_zone,
)
from painbot.core.planning import hand_out, next_item
from painbot.core.replies import at_state, button, reply, safety, say
from painbot.core.resting import stays
from painbot.core.screening import DOUBLE_TAP, signs_chosen, taken_back
from painbot.core.triage.screen import SCREEN

GOAL_LENGTH = 300

ENDS_WITH_NO = {"age": "onb-under-18", "duration": "onb-new-pain"}
"""Questions that a no ends, erasing everything, and the words that go with it."""


def begin(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask the first question after consent."""
    return ask(file, s, "place")


def ask(file: LearnerFile, s: Surroundings, step: str, *before: Words) -> Decision:
    """Move to a step and ask its question, after optional words about the answer just given."""
    file = at_state(file, state_of(step))
    return Decision(file, (question(file, step, before),))


def again(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask the current step's question once more, as when somebody comes back."""
    if _rested(file):
        return after_rest(file, s)
    tapped = {key: kept for key, kept in file.dialogue.data.items() if key in ("answered", "answered_at")}
    step = step_of(file)
    asked = ask(file, s, step, Say("onb-where-we-are"))
    return replace(asked, file=at_state(asked.file, state_of(step), **tapped))


def _rested(file: LearnerFile) -> bool:
    """Say whether a rest that the danger-sign screen began is over, and nobody went on since."""
    return step_of(file) == "signs" and "since" in file.dialogue.data and file.enrollment.rest is None


def or_rest(file: LearnerFile, s: Surroundings) -> Decision:
    """Ask the current step's question, or say that a danger sign comes first."""
    if file.enrollment.rest is not None:
        return Decision(file, (stays(file, s.now),))
    return again(file, s)


def after_rest(file: LearnerFile, s: Surroundings) -> Decision:
    """Go on after a rest: past the danger signs where their screen began it, else where it was."""
    group = file.dialogue.data.get("group")
    if step_of(file) == "signs" and group:
        return ask(_noted(file, s, "signs", group), s, "lesson-hour", Say("rest-ended-onboarding"))
    return ask(file, s, step_of(file), Say("rest-ended-onboarding"))


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Answer a press on an onboarding button; one of an earlier step is met with the current question."""
    step, value = (*action.args, "", "")[:2]
    if file.enrollment.status is EnrollmentStatus.LEFT:
        return today(file, s)
    if file.enrollment.status is not EnrollmentStatus.ONBOARDING:
        if (step, value) == ("ready", "start") and _just_started(file, s):
            return Decision(file, toast="already-here")
        return today(file, s) if (step, value) == ("signs", "list") else Decision(file, (say("onb-over"),))
    if file.enrollment.rest is not None and (step, value) != ("signs", "list"):
        return or_rest(file, s)
    if step != step_of(file):
        if _just_answered(file, step, value, s):
            return Decision(file, toast="already-here")
        return again(file, s)
    return _answer_noted(_pressed(file, action, s), step, value, s)


def _answer_noted(decision: Decision, step: str, value: str, s: Surroundings) -> Decision:
    """Note which press led on to another step, so that its second tap is known as one."""
    file = decision.file
    moved = file.enrollment.status is EnrollmentStatus.ONBOARDING and step_of(file) != step
    if not moved or value == "back":
        return decision
    data = {**file.dialogue.data, "answered": f"{step}/{value}", "answered_at": s.now.isoformat()}
    return replace(decision, file=replace(file, dialogue=Dialogue(file.dialogue.state, data)))


def _just_answered(file: LearnerFile, step: str, value: str, s: Surroundings) -> bool:
    data = file.dialogue.data
    if data.get("answered") != f"{step}/{value}":
        return False
    return s.now - datetime.fromisoformat(data["answered_at"]) <= DOUBLE_TAP


def _just_started(file: LearnerFile, s: Surroundings) -> bool:
    first = min((each.handed_out_at for each in file.deliveries.values()), default=None)
    return first is not None and s.now - first <= DOUBLE_TAP


def _pressed(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    step, value = (*action.args, "", "")[:2]
    if value == "back":
        return _back(file, s, step)
    match step:
        case "place":
            return _place_pressed(file, s, action)
        case "age" | "duration":
            return _needed(file, s, step, value)
        case "clinician" if value in ("yes", "no", "skip"):
            answered = _noted(file, s, step, value)
            note = (Say("onb-clinician-first"),) if value == "no" else ()
            return ask(answered, s, "signs", *note)
        case "signs":
            return _signs(file, s, value)
        case "lesson-hour" | "checkin-hour":
            return _hour(file, s, step, action)
        case "goal" if value == "skip":
            return ask(file, s, "peg")
        case "peg" if value == "done" and start_peg_form().next_open(file) is None:
            return ask(file, s, "ready")
        case "ready" if value == "start":
            # Hours set before they were compared, or by another way than the questions here.
            return _objection(file, CHECKIN, file.enrollment.checkin_time) or start_day_one(file, s)
        case _:
            return again(file, s)


def typed(file: LearnerFile, text: str, s: Surroundings) -> Decision:
    """Take typed words as the answer to the current step."""
    step = step_of(file)
    if _rested(file):
        return after_rest(file, s)
    if _no_asked(file):
        # Too much hangs on it for a typed word that may mean the one or the other.
        return _no_confirmed(file, step)
    if step != "place" and s.read.read_back(text):
        return _back(file, s, step)
    match step:
        case "place":
            return _place_typed(file, s, text)
        case "age" | "duration" | "clinician":
            return _choice_typed(file, s, step, text)
        case "signs":
            return _signs_typed(file, s, text)
        case "lesson-hour" | "checkin-hour":
            return _hour_typed(file, s, step, text)
        case "goal" if s.read.read_skip(text) or s.read.read_plain_no(text):
            return ask(file, s, "peg")
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


# -- what the course needs: an adult, and pain that has lasted


def _choice_typed(file: LearnerFile, s: Surroundings, step: str, text: str) -> Decision:
    if step == "clinician" and s.read.read_skip(text):
        return press(file, Action(VERB, (step, "skip")), s)
    said = s.read.read_choice(text, {"yes": "yes", "no": "no"})
    if said.value is None:
        said = s.read.read_choice(text, {each: s.words(f"choice-{step}-{each}") for each in ("yes", "no")})
    label = " ".join(text.split()).casefold() == s.words(f"choice-{step}-no").casefold()
    doubted = said.value == "no" and step in ENDS_WITH_NO and not (label or s.read.read_plain_no(text))
    if said.value is None or said.confirm or doubted:
        return ask(file, s, step, Say("onb-tap-or-type"))
    return press(file, Action(VERB, (step, said.value)), s)


def _needed(file: LearnerFile, s: Surroundings, step: str, value: str) -> Decision:
    match value:
        case "yes":
            return ask(_noted(file, s, step, value), s, STEPS[STEPS.index(step) + 1])
        case "no":
            return _no_confirmed(file, step)
        case "sure" if _no_asked(file):
            return Decision(file, (say("onb-nothing-kept"),), erase=True)
        case "slip":
            return ask(file, s, step)
        case _:
            return again(file, s)


def _no_confirmed(file: LearnerFile, step: str) -> Decision:
    """Say kindly why a no ends it here, and erase nothing before it was confirmed."""
    rows: tuple[Row, ...] = (
        (button("onb-no-sure", VERB, step, "sure"),),
        (button("onb-no-slip", VERB, step, "slip"),),
    )
    asked = reply((Say(ENDS_WITH_NO[step]), Say("onb-no-ask")), rows)
    return Decision(at_state(file, state_of(step), no="asked"), (asked,))


def _no_asked(file: LearnerFile) -> bool:
    return step_of(file) in ENDS_WITH_NO and file.dialogue.data.get("no") == "asked"


# -- place and zone


def _place_typed(file: LearnerFile, s: Surroundings, text: str) -> Decision:
    candidates = s.read.read_place(text).candidates
    if not candidates:
        file = at_state(file, state_of("place"))
        return Decision(file, (reply((Say("place-unknown"), Say("place-pick")), pick_rows(VERB)),))
    return offer_places(file, s, candidates, VERB)


def _place_pressed(file: LearnerFile, s: Surroundings, action: Action) -> Decision:
    value = action.args[1] if len(action.args) > 1 else ""
    picked = picked_place(value)
    if picked is not None:
        return _place_typed(file, s, picked)
    if value == "without" and file.learner.zone is not None:
        return _placed(file, s)
    place = chosen_place(action)
    if place is None:
        return ask(file, s, "place")
    zone, country = place
    file = replace(file, learner=replace(file.learner, zone=zone, country=country))
    if country is None:
        # Help lines depend on it; a place typed now replaces the bare zone.
        row = (button("form-skip", VERB, "place", "without"),)
        return Decision(at_state(file, state_of("place")), (say("place-country", row),))
    return _placed(file, s)


def _placed(file: LearnerFile, s: Surroundings) -> Decision:
    kept = replace(say("place-kept"), keyboard=ReplyKeyboard.REMOVE)
    asked = ask(file, s, "age")
    return replace(asked, outgoing=(kept, *asked.outgoing))


def located(file: LearnerFile, zone: str | None, s: Surroundings) -> Decision:
    """Take the zone of a shared location."""
    if zone is None or not on_land(zone):
        return ask(file, s, "place", Say("place-nowhere"))
    return offer_places(file, s, (place_of_zone(zone, s),), VERB)


# -- danger signs


def _signs(file: LearnerFile, s: Surroundings, value: str) -> Decision:
    if value == "none":
        return ask(_noted(file, s, "signs", "none"), s, "lesson-hour")
    if value == "go-on":
        return ask(_noted(file, s, "signs", "soon"), s, "lesson-hour")
    if value == "decline":
        # Nothing is asked further, but the help lines are shown.
        card = safety(s.safety.numbers(file.learner.country))
        onward = ask(_noted(file, s, "signs", "declined"), s, "lesson-hour", Say("signs-declined"))
        return replace(onward, outgoing=(card, *onward.outgoing))
    if value == "list":
        lifted = taken_back(file)
        return or_rest(file, s) if lifted is None else ask(lifted, s, "signs")
    return signs_chosen(file, s, value)


def _signs_typed(file: LearnerFile, s: Surroundings, text: str) -> Decision:
    lines = {f"q-{question.id}": str(number) for number, question in enumerate(SCREEN, start=1)}
    said = s.read.read_choice(text, {"none": s.words("signs-none"), **lines})
    if said.value is None or said.confirm:
        return ask(file, s, "signs", Say("signs-tap"))
    return press(file, Action(VERB, ("signs", said.value)), s)


# -- hours


def _hour(file: LearnerFile, s: Surroundings, step: str, action: Action) -> Decision:
    _, value, moved_for = (*action.args, "", "")[:3]
    at = clock_value(moved_for if value == "quiet" else value)
    if at is None:
        return ask(file, s, step)
    if value == "quiet":
        roomy = with_room_for(file, at)
        # Quiet hours move only together with the hour they make room for.
        fits = _objection(roomy, step, at) is None
        if fits and roomy.enrollment.quiet != file.enrollment.quiet:
            return _after_hour(with_hour(roomy, step, at), s, step, quiet_now(roomy.enrollment.quiet))
    return _hour_chosen(file, s, step, at)


def _hour_typed(file: LearnerFile, s: Surroundings, step: str, text: str) -> Decision:
    if (exact := exact_hour(text)) is not None:
        return _hour_chosen(file, s, step, exact)
    heard = s.read.read_time(text)
    if heard.value is None:
        return ask(file, s, step, Say("hour-unknown"))
    if heard.confirm:
        yes = button("yes", VERB, step, f"{heard.value:%H:%M}")
        no = button("hour-other", VERB, step, "other")
        return Decision(file, (say("hour-guess", (yes, no), time=clock_words(heard.value)),))
    return _hour_chosen(file, s, step, heard.value)


def _hour_chosen(file: LearnerFile, s: Surroundings, step: str, at: time) -> Decision:
    return _objection(file, step, at) or _after_hour(with_hour(file, step, at), s, step)


def _objection(file: LearnerFile, step: str, at: time) -> Decision | None:
    return objection(file, "onboarding", VERB, step, at, button("hour-other", VERB, step, "other"))


def _after_hour(file: LearnerFile, s: Surroundings, step: str, *more: Words) -> Decision:
    at = file.enrollment.lesson_time if step == "lesson-hour" else file.enrollment.checkin_time
    return ask(file, s, STEPS[STEPS.index(step) + 1], Say("hour-kept", {"time": clock_words(at)}), *more)


def peg_done(file: LearnerFile, s: Surroundings) -> Decision:
    """Go on once the three PEG questions are answered."""
    return ask(file, s, "ready")


def start_day_one(file: LearnerFile, s: Surroundings) -> Decision:
    """Begin the course: today is day 1 and its lesson opens at once. An open safety step comes first."""
    gate = open_gate(file)
    if gate is not None:
        return ask(file, s, gate, Say("onb-where-we-are"))
    enrollment = replace(
        file.enrollment, status=EnrollmentStatus.ACTIVE, started_on=file.today(s.now), rest=None
    )
    file = at_state(replace(file, enrollment=enrollment), "idle")
    item = next_item(file, s.course)
    if item is None:
        return Decision(file, (say("next-none"),))
    return open_item(hand_out(file, item, s.now), item, s)
