"""A form: a few questions in one message that is edited in place as they are answered.

The daily check-in, the first PEG, a check day and a lesson's own question are all forms. A form is
rebuilt from its id each time, so an old button finds the same questions or learns that it closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from painbot.core.asked import ANSWER as ANSWER
from painbot.core.asked import SAME, TOGGLE, Asked, accepts, answer_rows, hint, understand, value_label
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer, Dialogue
from painbot.core.ids import FormId, MessageId, QuestionId
from painbot.core.outgoing import (
    Action,
    Button,
    Labelled,
    Line,
    MessageKind,
    Outgoing,
    Row,
    Say,
    Words,
)

BACK = "back"
CHANGE = "fc"


@dataclass(frozen=True)
class Form:
    """Questions asked one after the other. `closing` is said once all are answered."""

    id: FormId
    title: Words
    questions: tuple[Asked, ...]
    closing: tuple[Words, ...] = ()
    intro: tuple[Words, ...] = ()
    """What is said above the questions, such as news since the last time."""

    closing_rows: tuple[Row, ...] = ()

    def question(self, question_id: str) -> Asked | None:
        """Return the question with this id, if the form still has it."""
        return next((asked for asked in self.questions if asked.id == question_id), None)

    def slot(self, asked: Asked) -> str:
        """Return the slot its answer fills."""
        return asked.slot or f"{self.id}/{asked.id}"

    def answer(self, file: LearnerFile, asked: Asked) -> str | None:
        """Return the stored answer's value, or nothing; what the question no longer takes is no answer."""
        stored = file.answers.get(self.slot(asked))
        return stored.value if stored and accepts(asked, stored.value) else None

    def next_open(self, file: LearnerFile) -> Asked | None:
        """Return the first question without an answer, or nothing when all are done."""
        return next((asked for asked in self.questions if self.answer(file, asked) is None), None)


@dataclass(frozen=True)
class FormState:
    """Which question is on show, and what has been ticked so far in a question with several answers."""

    form_id: FormId
    asking: QuestionId | None = None
    ticked: frozenset[str] = field(default_factory=frozenset)
    choosing: bool = False
    """True while the answers are listed for choosing which one to change; never stored."""

    def to_dialogue(self) -> Dialogue:
        """Return the dialogue row that keeps this."""
        data = {"form": str(self.form_id)}
        if self.asking:
            data["asking"] = self.asking
        if self.ticked:
            data["ticked"] = ",".join(sorted(self.ticked))
        return Dialogue("form", data)

    @classmethod
    def of(cls, dialogue: Dialogue, form_id: FormId) -> FormState:
        """Read it back; a dialogue that is elsewhere gives the form's fresh state."""
        if dialogue.state != "form" or dialogue.data.get("form") != form_id:
            return cls(form_id)
        asking = dialogue.data.get("asking")
        ticked = frozenset(filter(None, dialogue.data.get("ticked", "").split(",")))
        return cls(form_id, QuestionId(asking) if asking else None, ticked)


def view(
    form: Form,
    file: LearnerFile,
    state: FormState,
    kind: MessageKind = MessageKind.REPLY,
    edits: MessageId | None = None,
) -> Outgoing:
    """Return the form's one message as it stands: answers so far, and the question now asked."""
    parts: list[Words] = [form.title, *form.intro]
    for asked in form.questions:
        value = form.answer(file, asked)
        if value is not None and asked.id != state.asking:
            parts.append(Line(asked.label, value_label(asked, value)))
    current = _current(form, file, state)
    rows: tuple[Row, ...]
    if state.choosing:
        rows = _choosing_rows(form, file)
        parts.append(Say("form-which"))
    elif current is None:
        parts.extend(form.closing)
        rows = (*form.closing_rows, *_change_rows(form, file, None))
    else:
        asking = (current.note, *current.listed, current.ask, current.ends)
        parts.extend(words for words in asking if words is not None)
        rows = (*answer_rows(form.id, current, state.ticked), *_change_rows(form, file, current))
    return Outgoing(kind, "", tuple(parts), rows, edits=edits)


def _current(form: Form, file: LearnerFile, state: FormState) -> Asked | None:
    return (form.question(state.asking) if state.asking else None) or form.next_open(file)


MOST_CHANGES = 4
"""Answers that get a "Change" button each; of more, one button opens the list."""


def _change_rows(form: Form, file: LearnerFile, current: Asked | None) -> tuple[Row, ...]:
    """Offer to change what was answered: while asking the latest answer, after that any."""
    answered = [asked for asked in _answered(form, file) if asked is not current]
    if current is not None:
        return tuple((_change_button(form, asked),) for asked in answered[-1:])
    if len(answered) > MOST_CHANGES:
        return ((Button(Say("form-change-one"), Action(CHANGE, (form.id,))),),)
    return _two_a_row(form, answered)


def _choosing_rows(form: Form, file: LearnerFile) -> tuple[Row, ...]:
    back = Button(Say("back"), Action(CHANGE, (form.id, BACK)))
    return (*_two_a_row(form, _answered(form, file)), (back,))


def _answered(form: Form, file: LearnerFile) -> list[Asked]:
    return [asked for asked in form.questions if form.answer(file, asked) is not None]


def _two_a_row(form: Form, answered: list[Asked]) -> tuple[Row, ...]:
    buttons = tuple(_change_button(form, asked) for asked in answered)
    return tuple(buttons[at : at + 2] for at in range(0, len(buttons), 2))


def _change_button(form: Form, asked: Asked) -> Button:
    return Button(Labelled("form-change", asked.label), Action(CHANGE, (form.id, asked.id)))


def press(
    form: Form,
    file: LearnerFile,
    state: FormState,
    action: Action,
    s: Surroundings,
    edits: MessageId | None,
) -> Decision:
    """Answer a press on one of the form's buttons: store, tick or show a question again."""
    asked = form.question(action.args[1]) if len(action.args) > 1 else None
    if action.verb == CHANGE and len(action.args) == 1:
        return Decision(file, (view(form, file, FormState(form.id, choosing=True), edits=edits),))
    if asked is None:
        return show(form, file, FormState(form.id), edits)
    if action.verb == CHANGE:
        return show(form, file, FormState(form.id, asked.id), edits)
    value = action.args[2] if len(action.args) > 2 else ""
    if action.verb == TOGGLE and value != "done":
        state = state if state.asking == asked.id else FormState(form.id, asked.id)
        ticked = state.ticked ^ {value} if value in dict(asked.choices) else state.ticked
        return show(form, file, FormState(form.id, asked.id, ticked), edits)
    if action.verb == TOGGLE:
        ticked = state.ticked if state.asking == asked.id else frozenset()
        if not ticked:
            # The ticks are gone with another conversation since: silence must never be stored as "none".
            return show(form, file, FormState(form.id, asked.id), edits)
        value = ",".join(sorted(ticked))
    if value == SAME and asked.fills:
        return show(form, _filled(form, file, asked, s), FormState(form.id), edits)
    if not accepts(asked, value):
        return show(form, file, FormState(form.id), edits)
    return answer(form, file, asked, value, s, edits)


def _filled(form: Form, file: LearnerFile, asked: Asked, s: Surroundings) -> LearnerFile:
    """Return the file with this and the questions after it answered as on the other day."""
    on = file.today(s.now)
    stored = {
        f"{form.id}/{question_id}": Answer(f"{form.id}/{question_id}", question_id, value, on=on, at=s.now)
        for question_id, value in asked.fills.items()
    }
    return replace(file, answers={**file.answers, **stored})


def answer(
    form: Form, file: LearnerFile, asked: Asked, value: str, s: Surroundings, edits: MessageId | None
) -> Decision:
    """Store one answer and show what comes next in the same message."""
    slot = form.slot(asked)
    stored = Answer(slot, asked.id, value, on=file.today(s.now), at=s.now)
    kept = file.answers.get(slot)
    if kept is None or kept.value != value:
        file = replace(file, answers={**file.answers, slot: stored})
    return show(form, file, FormState(form.id), edits)


def show(form: Form, file: LearnerFile, state: FormState, edits: MessageId | None = None) -> Decision:
    """Show the form as it stands and remember that it is the one being answered."""
    current = _current(form, file, state)
    dialogue = replace(state, asking=current.id).to_dialogue() if current else Dialogue()
    return Decision(replace(file, dialogue=dialogue), (view(form, file, state, edits=edits),))


def read_typed(
    form: Form, file: LearnerFile, state: FormState, text: str, s: Surroundings
) -> Decision | None:
    """Take a typed answer to the question on show; nothing when the form is already complete.

    What is only a guess is shown with a yes and a no, and stored by the yes.
    """
    asked = _current(form, file, state)
    if asked is None:
        return None
    value, sure = understand(asked, text, s)
    if value is None:
        again = view(form, file, FormState(form.id, asked.id, state.ticked))
        parts = (hint(asked), *again.parts)
        return Decision(file, (replace(again, kind=MessageKind.PUZZLED, parts=parts),))
    if not sure:
        yes = Button(Say("yes"), Action(ANSWER, (form.id, asked.id, value)))
        no = Button(Say("no-choose"), Action(CHANGE, (form.id, asked.id)))
        parts = (Say("form-guess"), Line(asked.label, value_label(asked, value)))
        return Decision(file, (Outgoing(MessageKind.REPLY, "", parts, ((yes, no),)),))
    return answer(form, file, asked, value, s, edits=None)


def numbers(answers: Mapping[str, Answer], prefix: str) -> dict[str, int]:
    """Return the numeric answers under a form, by question id; skips are left out."""
    found: dict[str, int] = {}
    for slot, stored in answers.items():
        if slot.startswith(f"{prefix}/") and stored.value.isascii() and stored.value.isdecimal():
            found[stored.question] = int(stored.value)
    return found
