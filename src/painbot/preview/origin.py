"""Where the words that a learner gets stand in the file: in the item itself, or in one of its variants."""

from __future__ import annotations

from painbot.content.build_cards import build_condition
from painbot.content.diagnostics import Diagnostic, FieldPath, field_name
from painbot.content.schema.items import BoosterFile, CheckFile, LessonFile, PracticeFile, VariantPart
from painbot.content.schema.parts import CardPart
from painbot.content.schema.shelf import QuestionFile, ToolkitFile
from painbot.core.gates import Condition, Gate

AnyFile = LessonFile | PracticeFile | CheckFile | BoosterFile | ToolkitFile | QuestionFile


class Origin:
    """The places of one file as somebody with certain gates meets it."""

    def __init__(self, model: AnyFile, gates: frozenset[Gate]) -> None:
        self._model = model
        self._gates = gates
        self._variant: VariantPart | None = None
        self._variant_at: FieldPath = ()
        for number, variant in enumerate(getattr(model, "variants", ())):
            if Condition(tuple(variant.when)).holds(gates):
                self._variant, self._variant_at = variant, ("variants", number)
                break

    @property
    def variant(self) -> VariantPart | None:
        """The variant that this learner gets, or nothing where they get the main text."""
        return self._variant

    def part(self, *path: str) -> FieldPath:
        """Return where a part stands: in the variant where that has one of its own."""
        if self._variant is not None and getattr(self._variant, path[0], None) is not None:
            return (*self._variant_at, *path)
        return path

    def card(self, card_id: str) -> FieldPath:
        """Return where the card with this id stands among those shown."""
        at = self.part("cards")
        cards: list[CardPart] = getattr(self._variant if len(at) > 1 else self._model, "cards", [])
        for number, card in enumerate(cards):
            if card.id == card_id and build_condition(card).holds(self._gates):
                return (*at, number)
        return at


def concerns(problem: Diagnostic, path: FieldPath) -> bool:
    """Say whether a problem is about the part at `path`, or about something inside it."""
    name = field_name(path)
    return problem.field == name or problem.field.startswith((f"{name}.", f"{name}["))
