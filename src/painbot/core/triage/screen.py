"""The danger-sign screen of onboarding: ten short questions, and the parts a yes opens as buttons.

A question lists its signs on purpose, so that ten lines fit one screen. Each part belongs to a group, and
the group's level says what the course does next (see `painbot.core.triage.rest`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScreenPart:
    """One sign inside a question, shown as a button, and the group whose card it opens."""

    id: str
    text: str
    group: str


@dataclass(frozen=True)
class ScreenQuestion:
    """One line of the screen.

    `may_decline` offers "rather not say": the help lines are shown and the course goes on.
    """

    id: str
    text: str
    parts: tuple[ScreenPart, ...]
    may_decline: bool = False


SCREEN: tuple[ScreenQuestion, ...] = (
    ScreenQuestion(
        "bladder",
        "New trouble passing or holding pee or poo, or numbness between the legs?",
        (
            ScreenPart("bladder.control", "Trouble with pee or poo", "cauda-equina"),
            ScreenPart("bladder.numb", "Numb between the legs", "cauda-equina"),
        ),
    ),
    ScreenQuestion(
        "weakness",
        "New or growing weakness in an arm or leg, newly unsteady walking, a drooping face or slurred "
        "speech?",
        (
            ScreenPart("weakness.limb", "Weak arm or leg", "neuro-deficit-progressive"),
            ScreenPart("weakness.walking", "Newly unsteady walking", "spinal-cord-compression"),
            ScreenPart("weakness.face", "Drooping face or slurred speech", "stroke"),
        ),
    ),
    ScreenQuestion(
        "chest",
        "Chest pain, new trouble breathing, or a sudden worst-ever headache?",
        (
            ScreenPart("chest.pain", "Chest pain", "chest-pain-heart"),
            ScreenPart("chest.breath", "New trouble breathing", "pulmonary-embolism"),
            ScreenPart("chest.headache", "Sudden worst-ever headache", "sudden-headache-meningitis"),
        ),
    ),
    ScreenQuestion(
        "fever",
        "Fever, shivering or feeling very ill with the pain, above all after an infection, an injection or "
        "an operation, with drug injecting, or with a weak immune system?",
        (
            ScreenPart("fever.with-pain", "Fever or shivering with the pain", "spinal-infection"),
            ScreenPart("fever.very-ill", "Feeling very ill or confused", "sepsis"),
        ),
    ),
    ScreenQuestion(
        "injury",
        "A recent bad fall or crash, or any fall or sudden back pain if you have thin bones or take "
        "steroids?",
        (
            ScreenPart("injury.accident", "A bad fall or crash", "fracture"),
            ScreenPart("injury.thin-bones", "Fall or sudden pain with thin bones or steroids", "fracture"),
        ),
    ),
    ScreenQuestion(
        "cancer",
        "Cancer now or in the past with new pain, or weight loss you did not plan?",
        (
            ScreenPart("cancer.new-pain", "Cancer and new pain", "cancer-warning"),
            ScreenPart("cancer.weight", "Weight loss I did not plan", "cancer-warning"),
        ),
    ),
    ScreenQuestion(
        "swelling",
        "A hot, swollen joint, one newly swollen leg, a painful red eye or sudden change in sight, or a foot "
        "wound with diabetes or numb feet?",
        (
            ScreenPart("swelling.joint", "Hot, swollen joint", "septic-joint"),
            ScreenPart("swelling.leg", "One newly swollen leg", "dvt"),
            ScreenPart("swelling.eye", "Painful red eye or change in sight", "eye-emergency"),
            ScreenPart("swelling.foot", "Foot wound, with diabetes or numb feet", "diabetic-foot"),
        ),
    ),
    ScreenQuestion(
        "belly",
        "Vomiting blood, black tarry poo, or sudden severe belly or back pain unlike your usual pain?",
        (
            ScreenPart("belly.bleeding", "Vomiting blood or black poo", "gi-bleed"),
            ScreenPart("belly.pain", "Sudden severe belly pain", "acute-abdomen"),
            ScreenPart("belly.back", "Sudden severe back pain", "aaa-aortic"),
        ),
    ),
    ScreenQuestion(
        "pregnancy",
        "Pregnant or just had a baby, with bleeding, strong belly pain or a bad headache?",
        (ScreenPart("pregnancy.signs", "Yes, one of these", "pregnancy-warning"),),
    ),
    ScreenQuestion(
        "thoughts",
        "Thoughts of ending your life or of hurting yourself?",
        (
            ScreenPart("thoughts.ending-life", "Thoughts of ending my life", "suicide-active"),
            ScreenPart("thoughts.self-harm", "Thoughts of hurting myself", "self-harm"),
        ),
        may_decline=True,
    ),
)

_PARTS = {part.id: part for question in SCREEN for part in question.parts}


def screen_part(part_id: str) -> ScreenPart:
    """Return the part called `part_id`; raise KeyError when there is none."""
    return _PARTS[part_id]
