"""The names of levers, and of the parts that are made from a learner's own data."""

from enum import StrEnum


class Lever(StrEnum):
    """What a learner may choose to work on, on their pain map."""

    SLEEP = "sleep"
    STRESS = "stress"
    PAST = "past"
    MOOD = "mood"
    BOOM_BUST = "boom-bust"
    GUARDING = "guarding"
    EATING = "eating"
    MEDICINES = "medicines"
    ALONE = "alone"


class MadePart(StrEnum):
    """What an item's `shows` may name; each is made for the learner after the item's own words."""

    PAIN_MAP = "pain-map"
    FLARE_PLAN = "flare-plan"
    STARTING_LINE = "starting-line"
    SLEEP_NUMBER = "sleep-number"
    WINDOW_OFFER = "window-offer"
    WINDOW_REVIEW = "window-review"
    STEP_OFFER = "step-offer"
    LINE_DAYS = "line-days"
    MINUTES_THEN_NOW = "minutes-then-now"
    CLINICIAN_QUESTIONS = "clinician-questions"
    SUMMARY = "summary"
    KEEP_GOING = "keep-going"
