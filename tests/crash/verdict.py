"""Was anything lost or doubled? What the database and the chats hold, against what was done."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from painbot.core.delivery import MAX_IN_FLIGHT
from painbot.rendering.catalog import catalog
from painbot.safety import load_safety_net
from tests.crash.evidence import Database, InFlight, Row
from tests.crash.people import DANGER, Newcomer, Person
from tests.crash.telegram_side import Json, TelegramSide

Text = tuple[int, str]
"""A chat and what was said there."""


@dataclass
class Verdict:
    """The count of everything that must not happen, with a line for each case."""

    kills: int = 0
    updates: int = 0
    updates_lost: int = 0
    answers: int = 0
    answers_lost: int = 0
    answers_doubled: int = 0
    owed: int = 0
    owed_lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    repeats: int = 0
    in_flight_allowed: int = 0
    most_in_flight: int = 0
    unanswered: int = 0
    problems: list[str] = field(default_factory=list)

    def fault(self, count: str, words: str, number: int = 1) -> None:
        """Count something that must not happen."""
        setattr(self, count, getattr(self, count) + number)
        self.problems.append(f"{count}: {words}")

    def line(self) -> str:
        """Return the counts in one line."""
        return (
            f"kills {self.kills}, updates {self.updates} (lost {self.updates_lost}), "
            f"answers {self.answers} (lost {self.answers_lost}, doubled {self.answers_doubled}), "
            f"owed messages {self.owed} (lost {self.owed_lost}, doubled {self.doubled}, "
            f"out of order {self.out_of_order}), repeats {self.repeats}, "
            f"in flight allowed {self.in_flight_allowed} (most at one kill {self.most_in_flight})"
            + (f", unanswered {self.unanswered}" if self.unanswered else "")
        )


@dataclass(frozen=True)
class Done:
    """What happened in a campaign, as its driver knows it: not a word of it comes from painbot."""

    people: Sequence[Person]
    pushes: dict[int, str]
    """By chat, the slot of the push it was owed."""

    strangers: frozenset[int]
    in_flight: Sequence[Sequence[InFlight]]
    """What was leased at each kill."""

    updates_before: int = 0


async def judge(database: Database, telegram: TelegramSide, done: Done) -> Verdict:
    """Compare, once everything has drained."""
    verdict = Verdict(kills=len(done.in_flight), updates=telegram.updates_made - done.updates_before)
    chats = {person.chat_id: await telegram.chat(person.chat_id) for person in done.people}
    rows = await database.rows("SELECT * FROM outbox_messages ORDER BY id")
    await _check_updates(verdict, database)
    await _check_answers(verdict, database, done)
    once = await _check_sends(verdict, telegram, rows, chats, done)
    _check_order(verdict, rows)
    _check_owed(verdict, rows, once, done)
    return verdict


async def _check_updates(verdict: Verdict, database: Database) -> None:
    """Updates are numbered without gaps, so one that is missing shows, whoever lost it."""
    rows = await database.rows("SELECT update_id, status, error FROM inbox_updates ORDER BY update_id")
    ids = [row["update_id"] for row in rows]
    if len(ids) != verdict.updates:
        verdict.fault(
            "updates_lost", f"{verdict.updates} made, {len(ids)} stored", verdict.updates - len(ids)
        )
    if ids and ids != list(range(ids[0], ids[0] + len(ids))):
        verdict.fault("updates_lost", "there are gaps in the numbers stored")
    for row in rows:
        if row["status"] != "done":
            verdict.fault("updates_lost", f"update {row['update_id']} is {row['status']}: {row['error']}")


async def _check_answers(verdict: Verdict, database: Database, done: Done) -> None:
    rows = await database.rows(
        "SELECT l.chat_id, e.goal, a.slot, a.value FROM learners l "
        "JOIN enrollments e ON e.learner_id = l.id LEFT JOIN answers a ON a.enrollment_id = e.id"
    )
    stored: defaultdict[int, dict[str, str]] = defaultdict(dict)
    goals: dict[int, str | None] = {}
    for row in rows:
        goals[row["chat_id"]] = row["goal"]
        if row["slot"] is not None:
            stored[row["chat_id"]][row["slot"]] = row["value"]
    for person in done.people:
        given, kept = person.answers, stored[person.chat_id]
        verdict.answers += len(given) + (person.goal is not None)
        for slot in given.keys() | kept.keys():
            words = f"chat {person.chat_id} {slot}: gave {given.get(slot)}, stored {kept.get(slot)}"
            if slot not in given:
                verdict.fault("answers_doubled", words)
            elif kept.get(slot) != given[slot]:
                verdict.fault("answers_lost", words)
        if isinstance(person, Newcomer) and goals.get(person.chat_id) != person.goal:
            verdict.fault("answers_lost", f"chat {person.chat_id}: goal {goals.get(person.chat_id)!r}")


async def _check_sends(
    verdict: Verdict, telegram: TelegramSide, rows: Sequence[Row], chats: dict[int, Json], done: Done
) -> dict[int, list[str]]:
    """Hold every message in the chats against the outbox; return each chat's texts without the repeats."""
    verdict.in_flight_allowed = sum(len(leased) for leased in done.in_flight)
    verdict.most_in_flight = max((len(leased) for leased in done.in_flight), default=0)
    if verdict.most_in_flight > MAX_IN_FLIGHT:
        verdict.fault("doubled", f"{verdict.most_in_flight} in flight at one kill")
    unanswered = await _unanswered(telegram)
    verdict.unanswered = len(unanswered)
    sends, edits = _may_repeat(done.in_flight)
    for method, chat_id, text in unanswered:
        if method == "sendmessage":
            sends[chat_id, text] += 1
        else:
            edits[chat_id] += 1
    recorded = Counter(
        (row["chat_id"], row["message_id"])
        for row in rows
        if row["status"] == "sent" and row["edits"] is None
    )
    once: dict[int, list[str]] = {}
    for chat_id, chat in chats.items():
        texts: list[str] = []
        for message in chat["messages"]:
            if message["from"] != "bot":
                continue
            first_words = (message["edits"] or [message])[0]["text"]
            writers = recorded.pop((chat_id, message["id"]), 0)
            if writers > 1:
                verdict.fault("owed_lost", f"message {message['id']} stands for {writers} rows", writers - 1)
            elif writers == 1:
                texts.append(first_words)
            elif sends[chat_id, first_words] > 0:
                sends[chat_id, first_words] -= 1
                verdict.repeats += 1
            else:
                verdict.fault("doubled", f"chat {chat_id}: {first_words[:60]!r} came again")
        once[chat_id] = texts
    for (chat_id, message_id), number in recorded.items():
        verdict.fault("owed_lost", f"chat {chat_id}: message {message_id} never came", number)
    await _check_edits(verdict, telegram, rows, edits)
    return once


async def _check_edits(
    verdict: Verdict, telegram: TelegramSide, rows: Sequence[Row], allowed: Counter[int]
) -> None:
    """Count the edits that Telegram made or found made already."""
    edited = Counter(row["chat_id"] for row in rows if row["status"] == "sent" and row["edits"] is not None)
    for chat_id, number in edited.items():
        calls = await telegram.calls("editmessagetext", chat_id)
        made = sum(call["outcome"] in (0, 200, 400) for call in calls)
        if made < number:
            verdict.fault("owed_lost", f"chat {chat_id}: {number} edits recorded, {made} made", number - made)
        again = max(made - number, 0)
        verdict.repeats += min(again, allowed[chat_id])
        if again > allowed[chat_id]:
            verdict.fault("doubled", f"chat {chat_id}: {again} edits again, {allowed[chat_id]} in flight")


def _may_repeat(kills: Iterable[Sequence[InFlight]]) -> tuple[Counter[Text], Counter[int]]:
    sends: Counter[Text] = Counter()
    edits: Counter[int] = Counter()
    for leased in kills:
        for message in leased:
            if message.is_edit:
                edits[message.chat_id] += 1
            else:
                sends[message.chat_id, plain(message.html)] += 1
    return sends, edits


async def _unanswered(telegram: TelegramSide) -> Sequence[tuple[str, int, str]]:
    """Return the calls whose caller got no answer that says whether the message was sent."""
    return [
        (method, int(call["chat_id"]), plain(call["text"]))
        for method in ("sendmessage", "editmessagetext")
        for call in await telegram.calls(method)
        if call["outcome"] == 0 or call["outcome"] >= 500
    ]


def _check_order(verdict: Verdict, rows: Sequence[Row]) -> None:
    """Within a chat and a lane messages come in the order in which they were owed."""
    latest: dict[tuple[int, int], int] = {}
    for row in rows:
        if row["status"] != "sent" or row["edits"] is not None:
            continue
        place = (row["chat_id"], row["lane"])
        if row["message_id"] < latest.get(place, 0):
            verdict.fault("out_of_order", f"chat {row['chat_id']}: {row['dedupe_key']} came too late")
        latest[place] = row["message_id"]


def _check_owed(verdict: Verdict, rows: Sequence[Row], once: dict[int, list[str]], done: Done) -> None:
    verdict.owed = len(rows)
    for row in rows:
        if row["status"] != "sent":
            verdict.fault("owed_lost", f"{row['dedupe_key']} is {row['status']}: {row['reason']}")
    sent_to = {row["dedupe_key"]: row["chat_id"] for row in rows}
    for chat_id, slot in done.pushes.items():
        if sent_to.get(slot) != chat_id:
            verdict.fault("owed_lost", f"chat {chat_id}: {slot} was never owed")
    for slot in sent_to:
        if slot.startswith(("lesson:", "practice:", "check", "over:")) and slot not in done.pushes.values():
            verdict.fault("doubled", f"{slot} was not due")
    card = _danger_card()
    for person in done.people:
        texts = once[person.chat_id]
        cards = sum(text.startswith(card) for text in texts)
        if cards != person.dangers:
            count = "owed_lost" if cards < person.dangers else "doubled"
            verdict.fault(count, f"chat {person.chat_id}: {person.dangers} danger signs, {cards} cards")
        expected = _replies(person, stranger=person.chat_id in done.strangers)
        found = [key for text in texts for key in REPLIES if text.startswith(MARKS[key])]
        if isinstance(person, Newcomer) or found == expected:
            continue
        same = Counter(found) == Counter(expected)
        verdict.fault(
            "out_of_order" if same else "owed_lost", f"chat {person.chat_id}: {found} for {expected}"
        )


def _replies(person: Person, *, stranger: bool) -> list[str]:
    known = {"/help": "help", "/privacy": "privacy", "/delete": "delete-ask", "nonsense": None}
    unknown = {
        "/help": "welcome-stranger",
        "/privacy": "privacy-stranger",
        "/delete": "delete-nothing",
        "nonsense": "welcome-stranger",
    }
    keys = [(unknown if stranger else known)[said] for said in person.said]
    return [key for key in keys if key is not None]


def _danger_card() -> str:
    net = load_safety_net()
    finding = net.triage(DANGER)
    assert finding is not None, "the words of the talkers are a danger sign"
    # What comes before the number to call is the same in every country.
    return net.card(finding, None).paragraphs[0][:40]


def _mark(key: str) -> str:
    """Return the beginning of an interface text, as a chat shows it."""
    words = catalog("en").text(key, {"operator": "-", "contact": "-"})
    return words.splitlines()[0].replace("**", "")[:60]


REPLIES = ("help", "privacy", "privacy-stranger", "delete-ask", "delete-nothing", "welcome-stranger")
MARKS = {key: _mark(key) for key in (*REPLIES, "erased")}
"""How each of these messages begins."""

_TAG = re.compile(r"<[^>]+>")


def plain(markup: str) -> str:
    """Return a message's HTML as the text that a chat shows."""
    return html.unescape(_TAG.sub("", markup)).strip()
