"""The sleep window: a little less time in bed, offered and reviewed by rule, undone at any time.

The rules are stricter than those of supervised care, because nobody watches here: the gates must be
clear and gone through today, time in bed never goes below six hours, one week passes between changes,
and whatever speaks against it brings the old time in bed back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from painbot.core.asked import clock_of
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.flare import flare_is_open, harm_since
from painbot.core.gates import Gate, held
from painbot.core.outgoing import Say, Words
from painbot.core.pacing import DAYS_A_WEEK
from painbot.core.sleep import Night, SleepNumber, sleep_number, week_of_nights

FLOOR: Final = 6 * 60
"""Minutes in bed below which nothing is taken off without a clinician."""

GOOD: Final = 85
FAIR: Final = 80
SMALL_STEP: Final = 15
FIRST_STEP: Final = 30
"""Minutes taken off at the start where the number is below FAIR."""

DAY: Final = 24 * 60
WEEK: Final = timedelta(days=DAYS_A_WEEK)

SLOT: Final = "window"
TOLD: Final = "window-told"
"""The slot that notes that the latest undoing was told."""

AT_ONCE: Final = " at once"


class Kind(StrEnum):
    """What was done with the window on a day."""

    CUT = "cut"
    ADD = "add"
    HOLD = "hold"
    UNDO = "undo"


class Why(StrEnum):
    """Why nothing is offered, or nothing changes."""

    GATES = "gates"
    NOT_ASKED = "not-asked"
    """The gates were not gone through today."""

    SLEEPY = "sleepy"
    FEW = "few"
    """Fewer than five nights."""

    GOOD = "good"
    FAIR = "fair"
    FLOOR = "floor"
    FLARE = "flare"
    HARM = "harm"
    EARLY = "early"
    """Less than a week since the last change."""

    LAST = "last"
    """The course is over: from here on it may only grow."""

    CHANGED = "changed"
    """It is changed already; the weekly review looks after it."""


@dataclass(frozen=True)
class Window:
    """A time in bed that was agreed on, and the old bedtime it goes back to."""

    lights_out: time
    rise: time
    old: time

    @property
    def in_bed(self) -> int:
        """Minutes from lights out to rising, by the clock."""
        return span(self.lights_out, self.rise)

    def moved(self, minutes: int) -> Window:
        """Return the window with lights out this much later; earlier where negative, never past the old."""
        room = span(self.old, self.rise) - self.in_bed
        later = minutes if minutes > 0 else -min(-minutes, room)
        return replace(self, lights_out=clock(minutes_of(self.lights_out) + later))


@dataclass(frozen=True)
class Change:
    """What is offered: the window as it would become."""

    kind: Kind
    window: Window
    number: SleepNumber


@dataclass(frozen=True)
class Stays:
    """Nothing is offered, and why."""

    why: Why
    number: SleepNumber | None = None


@dataclass(frozen=True)
class Record:
    """One day's entry in the window's history."""

    on: date
    kind: Kind
    window: Window


def minutes_of(at: time) -> int:
    """Return the minutes after midnight."""
    return at.hour * 60 + at.minute


def clock(minutes: int) -> time:
    """Return the time of day these minutes after some midnight."""
    return time(*divmod(minutes % DAY, 60))


def span(start: time, end: time) -> int:
    """Return the minutes from one time of day to the next such end."""
    return (minutes_of(end) - minutes_of(start)) % DAY


# -- what was agreed on


def history(answers: Mapping[str, Answer]) -> tuple[Record, ...]:
    """Return every entry about the window, oldest first."""
    found = (_record(stored) for slot, stored in answers.items() if slot.startswith(f"{SLOT}/"))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.on))


def _record(stored: Answer) -> Record | None:
    kind, *clocks = stored.value.split(" ")
    times = [clock_of(each) for each in clocks]
    if kind not in set(Kind) or len(times) != 3:
        return None
    lights_out, rise, old = times
    if lights_out is None or rise is None or old is None:
        return None
    return Record(stored.on, Kind(kind), Window(lights_out, rise, old))


def current(answers: Mapping[str, Answer]) -> Window | None:
    """Return the changed window that holds now, or nothing while time in bed is as it was."""
    latest = next(iter(history(answers)[-1:]), None)
    return latest.window if latest is not None and latest.kind is not Kind.UNDO else None


def changed_on(answers: Mapping[str, Answer]) -> date | None:
    """Return the day of the last change of the window that holds now."""
    changes = [one.on for one in history(answers) if one.kind is not Kind.HOLD]
    return changes[-1] if changes and current(answers) is not None else None


def with_record(file: LearnerFile, kind: Kind, window: Window, s: Surroundings) -> LearnerFile:
    """Return the file with today's entry about the window."""
    on = file.today(s.now)
    slot = f"{SLOT}/{on.isoformat()}"
    clocks = " ".join(f"{at:%H:%M}" for at in (window.lights_out, window.rise, window.old))
    stored = Answer(slot, SLOT, f"{kind.value} {clocks}", on=on, at=s.now)
    return replace(file, answers={**file.answers, slot: stored})


# -- what may be offered


def usual(nights: tuple[Night, ...]) -> Window:
    """Return the time in bed of a week: the middle rise time, and the average time in bed before it.

    Both are rounded to five minutes, time in bed downwards, so that no rounding takes off more.
    """
    ups = sorted(minutes_of(night.up) for night in nights)
    rise = 5 * round(ups[len(ups) // 2] / 5)
    in_bed = sum(night.in_bed for night in nights) // len(nights) // 5 * 5
    old = clock(rise - in_bed)
    return Window(old, clock(rise), old)


def offer(file: LearnerFile, s: Surroundings, *, reasked: bool, sleepy: str | None) -> Change | Stays:
    """Return the first cut of time in bed, or why there is none.

    `reasked`: the gates were gone through today. `sleepy`: today's answer about driving or working.
    """
    today = file.today(s.now)
    nights = week_of_nights(file.answers, today, file.zone)
    number = sleep_number(nights)
    if Gate.SLEEP_WINDOW in held(file.answers) or file.enrollment.rest is not None:
        return Stays(Why.GATES, number)
    if current(file.answers) is not None:
        return Stays(Why.CHANGED, number)
    if not reasked:
        return Stays(Why.NOT_ASKED, number)
    if sleepy != "no":
        return Stays(Why.SLEEPY, number)
    if number is None:
        return Stays(Why.FEW)
    if number.percent >= GOOD:
        return Stays(Why.GOOD, number)
    against = _against(file, today)
    if against is not None:
        return Stays(against, number)
    window = usual(nights)
    return _cut(window, FIRST_STEP if number.percent < FAIR else SMALL_STEP, number)


def review(file: LearnerFile, s: Surroundings, *, last: bool) -> Change | Stays | None:
    """Return what the week's number says about a changed window; nothing where none is changed.

    `last`: the course is over, and from here on the window may only grow.
    """
    window, since = current(file.answers), changed_on(file.answers)
    if window is None or since is None:
        return None
    today = file.today(s.now)
    number = sleep_number(week_of_nights(file.answers, today, file.zone))
    if today - since < WEEK:
        return Stays(Why.EARLY, number)
    if number is None:
        return Stays(Why.FEW)
    against = _against(file, today)
    if against is not None:
        return Stays(against, number)
    if number.percent >= GOOD:
        return Change(Kind.ADD, window.moved(-SMALL_STEP), number)
    if number.percent >= FAIR:
        return Stays(Why.FAIR, number)
    if last:
        return Stays(Why.LAST, number)
    if Gate.SLEEP_WINDOW in held(file.answers) or file.enrollment.rest is not None:
        return Stays(Why.GATES, number)
    return _cut(window, SMALL_STEP, number)


def _against(file: LearnerFile, today: date) -> Why | None:
    """Return what of the past week speaks against less time in bed."""
    if flare_is_open(file.answers, today):
        return Why.FLARE
    return Why.HARM if harm_since(file.answers, today - WEEK) is not None else None


def _cut(window: Window, minutes: int, number: SleepNumber) -> Change | Stays:
    # Time in bed that is not above the floor is never cut, also not by a part of the step.
    if window.in_bed - minutes < FLOOR:
        return Stays(Why.FLOOR, number)
    return Change(Kind.CUT, window.moved(minutes), number)


# -- undoing


def back_words(window: Window) -> Words:
    """Return that the old time in bed holds again."""
    return Say("window-back", {"lights": f"{window.old:%H:%M}", "rise": f"{window.rise:%H:%M}"})


def back_in_full(file: LearnerFile) -> tuple[Words, ...]:
    """Return that the old time in bed comes back now; nothing where it was never changed."""
    window = current(file.answers)
    return () if window is None else (back_words(window), Say("window-back-kind"))


def undone(file: LearnerFile, s: Surroundings, *, told: bool) -> LearnerFile:
    """Return the file with the old time in bed back; unchanged where it was never changed.

    `told`: the learner hears of it now. Otherwise the next check-in says so.
    """
    window = current(file.answers)
    if window is None:
        return file
    file = with_record(file, Kind.UNDO, replace(window, lights_out=window.old), s)
    return as_told(file, s, AT_ONCE) if told else file


def last_cut_undone(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with the last cut taken back; a window that last grew stays as it is."""
    window = current(file.answers)
    changes = [one for one in history(file.answers) if one.kind is not Kind.HOLD]
    if window is None or not changes or changes[-1].kind is not Kind.CUT:
        return file
    before = changes[-2].window if len(changes) > 1 and changes[-2].kind is not Kind.UNDO else None
    if before is None:
        return undone(file, s, told=True)
    return with_record(file, Kind.ADD, replace(before, old=window.old, rise=window.rise), s)


def untold(file: LearnerFile, today: date) -> Window | None:
    """Return the window to go back to where that is still to be told, also for the rest of that day."""
    latest = next(iter(history(file.answers)[-1:]), None)
    if latest is None or latest.kind is not Kind.UNDO:
        return None
    noted = file.answers.get(TOLD)
    if noted is None or not noted.value.startswith(latest.on.isoformat()):
        return latest.window
    # Told in a check-in, it stays there for the rest of that day.
    return latest.window if noted.on == today and not noted.value.endswith(AT_ONCE) else None


def as_told(file: LearnerFile, s: Surroundings, how: str = "") -> LearnerFile:
    """Return the file with the latest undoing noted as told, unless it was noted before."""
    latest = next(iter(history(file.answers)[-1:]), None)
    if latest is None or latest.kind is not Kind.UNDO:
        return file
    noted = file.answers.get(TOLD)
    if noted is not None and noted.value.startswith(latest.on.isoformat()):
        return file
    stored = Answer(TOLD, TOLD, f"{latest.on.isoformat()}{how}", on=file.today(s.now), at=s.now)
    return replace(file, answers={**file.answers, TOLD: stored})


def last_sign_on(file: LearnerFile) -> date | None:
    """Return the last local day on which the learner answered or opened something."""
    signs = [stored.at for stored in file.answers.values()]
    signs += [delivery.opened_at for delivery in file.deliveries.values() if delivery.opened_at]
    latest = max(signs, default=None)
    return latest.astimezone(file.zone).date() if latest else None


def after_silence(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with the old time in bed back where nothing was heard for seven days."""
    heard_on = last_sign_on(file)
    if heard_on is None or file.today(s.now) - heard_on < WEEK:
        return file
    return undone(file, s, told=False)
