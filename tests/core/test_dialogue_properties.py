"""Whatever people do, in whatever order and at whatever hour, the conversation holds its promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from painbot.core.commands import (
    BlockedBot,
    Command,
    Edited,
    Media,
    Pressed,
    SentMedia,
    SharedLocation,
    Slash,
    Typed,
    UnblockedBot,
)
from painbot.core.course import ItemKind
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.gates import CRISIS
from painbot.core.ids import ItemId, MessageId
from painbot.core.outgoing import Action, MessageKind
from painbot.core.planning import waiting_item
from painbot.rendering.callback_data import decode
from tests.core.people import Person, enrolled

WORDS = (
    *("yes", "no", "5", "11", "around 5 or so", "skip", "none of these", "London", "Paris", "UTC+2", "qwxyz"),
    *(
        "9:30",
        "half past six",
        "22:15",
        "a bit",
        "hello",
        "*bold* _it_ <b>& more",
        "3 days",
        "not sure",
        "🙂",
    ),
    *("x" * 4000, "I want to kill myself", "crushing chest pain", "my husband hits me"),
)
COMMANDS = (
    *("start", "today", "next", "checkin", "pause", "resume", "slower", "settings", "privacy", "export"),
    *("stop", "urgent", "help", "map", "flare", "nonsense"),
)
VERBS = (
    *("onb", "f", "fc", "ft", "o", "c", "w", "s", "q", "qa", "r", "ci", "ck", "set", "pz", "m", "lv", "rest"),
    *("u", "consent", "hi", "zz"),
)
ARGS = (
    *("l-1", "p-1", "c-1", "gone", "0", "7", "a", "menu", "signs", "none", "place", "quiet", "peg:start"),
    *("checkin:2026-03-03", "check:c-1", "lesson:l-1", "pain", "sure", "peg-pain", "skip", "seen", "wish"),
    *("list", "99", "", "open", "back", "keep", "America", "../x", "²", "lesson-hour", "erase-not"),
)
WAITS = (0.01, 0.5, 2, 5, 13, 24, 50, 240)

odd_action = st.builds(Action, st.sampled_from(VERBS), st.lists(st.sampled_from(ARGS), max_size=4).map(tuple))
moves = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 40)),
    st.tuples(st.just("press"), st.integers(0, 8)),
    st.tuples(st.just("type"), st.sampled_from(WORDS)),
    st.tuples(st.just("slash"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("odd"), odd_action),
    st.tuples(
        st.just("bent"), st.tuples(st.integers(0, 40), st.integers(0, 2), st.sampled_from((*ARGS, None)))
    ),
    st.tuples(st.just("media"), st.sampled_from(Media)),
    st.tuples(st.just("place"), st.sampled_from(((51.5, -0.1), (0.0, -30.0), (-33.9, 151.2), (91.0, 0.0)))),
    st.tuples(st.just("edit"), st.sampled_from(WORDS[:5])),
    st.tuples(st.just("block"), st.booleans()),
    st.tuples(st.just("live"), st.sampled_from(WAITS)),
    st.tuples(st.just("live"), st.sampled_from(WAITS)),
    st.tuples(st.just("down"), st.sampled_from(WAITS)),
)


class Watched:
    """A person, and everything pushed to them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.pushed_at: list[datetime] = []
        self.pushed_on: list[date] = []
        self.slots: set[str] = set()
        self.path: list[ItemId] = [
            item.id for item in person.course.path if item.id in person.file.deliveries
        ]

    def move(self, kind: str, value: object) -> None:
        person = self.person
        match kind, value:
            case "live", float() | int() as hours:
                self._live(timedelta(hours=hours))
            case "down", float() | int() as hours:
                person.now += timedelta(hours=hours)
                self._tick_while_due()
            case _:
                command = self._command(kind, value)
                if command is not None:
                    self._does(command)
        self._no_item_twice_or_skipped()

    def _command(self, kind: str, value: object) -> Command | None:
        match kind, value:
            case "press", int() as place:
                if not self.person.buttons:
                    return None
                _, data, message_id = self.person.buttons[-1 - place % len(self.person.buttons)]
                return Pressed(decode(data), message_id)
            case "bent", (int() as place, int() as at, arg):
                return self._bent(place, at, arg)
            case "odd", Action() as action:
                return Pressed(action, MessageId(1))
            case "type", str() as text:
                return Typed(text)
            case "slash", str() as name:
                return Slash(name)
            case "media", Media() as media:
                return SentMedia(media)
            case "place", (latitude, longitude):
                return SharedLocation(latitude, longitude)
            case "edit", str() as text:
                return Edited(text)
            case _:
                return BlockedBot() if value else UnblockedBot()

    def _bent(self, place: int, at: int, arg: str | None) -> Command | None:
        """Press a button of the chat with one argument changed or cut off, as another version may have it."""
        if not self.person.buttons:
            return None
        _, data, message_id = self.person.buttons[-1 - place % len(self.person.buttons)]
        action = decode(data)
        assert action is not None
        args = action.args[:at] if arg is None else (*action.args[:at], arg, *action.args[at + 1 :])
        return None if args == ("erase",) else Pressed(Action(action.verb, args), message_id)

    def _does(self, command: Command) -> None:
        before = self.person.file
        decision = self.person.does(command)
        if not isinstance(command, BlockedBot | UnblockedBot):
            assert decision.outgoing or decision.toast, f"no answer to {command}"
        assert not any(out.kind.is_push for out in decision.outgoing)
        if decision.file.enrollment.started_on is not None:
            assert decision.file.answers.keys() >= {
                "onboarding/age",
                "onboarding/duration",
                "onboarding/signs",
            }
        if before.enrollment.rest is not None and isinstance(command, Typed):
            # In a rest no words answer a question; that there was a crisis is noted all the same.
            noted = {slot: kept for slot, kept in decision.file.answers.items() if slot != CRISIS}
            assert noted == {slot: kept for slot, kept in before.answers.items() if slot != CRISIS}
        if not decision.erase:
            due_at = decision.file.enrollment.due_at
            assert due_at is None or due_at >= self.person.now or due_at == before.enrollment.due_at

    def _live(self, span: timedelta) -> None:
        until = self.person.now + span
        while (due_at := self.person.file.enrollment.due_at) is not None and due_at <= until:
            self.person.now = max(self.person.now, due_at)
            self._tick()
        self.person.now = until

    def _tick_while_due(self) -> None:
        for _ in range(4):
            due_at = self.person.file.enrollment.due_at
            if due_at is None or due_at > self.person.now:
                return
            self._tick()
        raise AssertionError("a tick leaves something due again and again")

    def _tick(self) -> None:
        person, now = self.person, self.person.now
        quiet, zone = person.file.enrollment.quiet, person.file.zone
        waiting = waiting_item(person.file, person.course)
        before = set(person.file.deliveries)
        sent = person.tick().outgoing
        assert len(sent) <= 1
        for out in sent:
            local = now.astimezone(zone)
            assert out.kind.is_push
            assert out.slot
            assert out.slot not in self.slots, "the same thing pushed twice"
            self.slots.add(out.slot)
            assert not quiet.contains(local.time())
            assert not self.pushed_at or now - self.pushed_at[-1] >= timedelta(hours=2)
            self.pushed_at.append(now)
            self.pushed_on.append(local.date())
            assert self.pushed_on.count(local.date()) <= 2
            if out.kind is not MessageKind.WELLBEING:
                assert person.file.enrollment.rest is None
        new = [item for item in person.file.deliveries if item not in before]
        assert waiting is None or all(
            item.kind is ItemKind.CHECK for item_id in new if (item := person.course.item(item_id))
        )

    def _no_item_twice_or_skipped(self) -> None:
        person = self.person
        found = [item for item in person.file.deliveries if item in {each.id for each in person.course.path}]
        assert found[: len(self.path)] == self.path
        assert found == [item.id for item in person.course.path][: len(found)]
        self.path = found


@settings(max_examples=60)
@given(st.lists(moves, max_size=40))
def test_setting_up_holds_its_promises_whatever_people_do(todo: list[tuple[str, object]]) -> None:
    watched = Watched(Person())
    for kind, value in todo:
        if watched.person.erased:
            return
        watched.move(kind, value)


@settings(max_examples=120)
@given(st.lists(moves, max_size=60))
def test_the_course_holds_its_promises_whatever_people_do(todo: list[tuple[str, object]]) -> None:
    watched = Watched(enrolled())
    for kind, value in todo:
        if watched.person.erased:
            return
        watched.move(kind, value)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WAITS), min_size=1, max_size=12), st.integers(0, 23))
def test_whoever_only_opens_lessons_reaches_the_end_of_the_course(waits: list[float], hour: int) -> None:
    person = enrolled()
    for span in [*waits, *([24.0] * 40)]:
        person.waits(timedelta(hours=span))
        if waiting_item(person.file, person.course) is not None:
            person.types("/next")
    assert set(person.file.deliveries) == {item.id for item in person.course.items}
    assert person.file.enrollment.status is EnrollmentStatus.COMPLETED
