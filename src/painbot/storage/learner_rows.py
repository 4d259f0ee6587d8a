"""Rows of the learner's tables <-> the dataclasses of core."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from painbot.core.budget import Pushes
from painbot.core.enrollment import (
    Answer,
    Delivery,
    Dialogue,
    Enrollment,
    EnrollmentStatus,
    Learner,
    Rest,
)
from painbot.core.ids import ChatId, CourseId, EnrollmentId, ItemId, LearnerId
from painbot.core.pacing import Pace
from painbot.core.quiet_hours import QuietHours


def learner_row(learner: Learner) -> dict[str, Any]:
    """Return the columns of a learner that may change."""
    return {
        "chat_id": learner.chat_id,
        "created_at": learner.created_at,
        "country": learner.country,
        "zone": learner.zone,
        "consent_version": learner.consent_version,
        "consented_at": learner.consented_at,
    }


def learner_from(row: Row[Any]) -> Learner:
    """Return the learner of a row whose learner columns are labelled `learner_...` where they clash."""
    return Learner(
        id=LearnerId(row.learner_id),
        chat_id=ChatId(row.chat_id),
        created_at=row.learner_created_at,
        country=row.country,
        zone=row.zone,
        consent_version=row.consent_version,
        consented_at=row.consented_at,
    )


def enrollment_row(enrollment: Enrollment) -> dict[str, Any]:
    """Return the columns of an enrollment, without its id."""
    return {
        "learner_id": enrollment.learner_id,
        "course_id": enrollment.course_id,
        "status": enrollment.status.value,
        "created_at": enrollment.created_at,
        "pace": enrollment.pace.value,
        "lesson_time": enrollment.lesson_time,
        "checkin_time": enrollment.checkin_time,
        "quiet_start": enrollment.quiet.start,
        "quiet_end": enrollment.quiet.end,
        "started_on": enrollment.started_on,
        "goal": enrollment.goal,
        "paused_until": enrollment.paused_until,
        "status_before": None if enrollment.status_before is None else enrollment.status_before.value,
        "rest": rest_to_json(enrollment.rest),
        "push_last_at": enrollment.pushes.last_at,
        "push_on": enrollment.pushes.on,
        "push_count": enrollment.pushes.count,
        "early_on": enrollment.early_on,
        "checkin_on": enrollment.checkin_on,
        "resumes_on": enrollment.resumes_on,
        "due_at": enrollment.due_at,
        "due_why": enrollment.due_why,
    }


def enrollment_from(row: Row[Any]) -> Enrollment:
    """Return the enrollment of a row."""
    return Enrollment(
        id=EnrollmentId(row.id),
        learner_id=LearnerId(row.learner_id),
        course_id=CourseId(row.course_id),
        status=EnrollmentStatus(row.status),
        created_at=row.created_at,
        pace=Pace(row.pace),
        lesson_time=row.lesson_time,
        checkin_time=row.checkin_time,
        quiet=QuietHours(row.quiet_start, row.quiet_end),
        started_on=row.started_on,
        goal=row.goal,
        paused_until=row.paused_until,
        status_before=None if row.status_before is None else EnrollmentStatus(row.status_before),
        rest=rest_from_json(row.rest),
        pushes=Pushes(row.push_last_at, row.push_on, row.push_count),
        early_on=row.early_on,
        checkin_on=row.checkin_on,
        resumes_on=row.resumes_on,
        due_at=row.due_at,
        due_why=row.due_why,
    )


def rest_to_json(rest: Rest | None) -> dict[str, Any] | None:
    """Return a rest as plain data."""
    if rest is None:
        return None
    return {
        "level": rest.level,
        "group": rest.group,
        "since": rest.since.isoformat(),
        "until": None if rest.until is None else rest.until.isoformat(),
        "waits_for": rest.waits_for,
        "silent": rest.silent,
        "asked": rest.asked,
    }


def rest_from_json(data: Mapping[str, Any] | None) -> Rest | None:
    """Return the rest that `rest_to_json` wrote."""
    if data is None:
        return None
    return Rest(
        level=data["level"],
        group=data["group"],
        since=datetime.fromisoformat(data["since"]),
        until=None if data["until"] is None else datetime.fromisoformat(data["until"]),
        waits_for=data["waits_for"],
        silent=data["silent"],
        asked=data["asked"],
    )


def dialogue_row(dialogue: Dialogue) -> dict[str, Any]:
    """Return the columns of a dialogue, without its key."""
    return {"state": dialogue.state, "data": dict(dialogue.data)}


def dialogue_from(row: Row[Any]) -> Dialogue:
    """Return the dialogue of a row with `state` and `data`."""
    return Dialogue(row.state, row.data)


def delivery_row(enrollment_id: EnrollmentId, delivery: Delivery) -> dict[str, Any]:
    """Return the whole row of a delivery."""
    return {
        "enrollment_id": enrollment_id,
        "item_id": delivery.item_id,
        "handed_out_at": delivery.handed_out_at,
        "handed_out_on": delivery.handed_out_on,
        "opened_at": delivery.opened_at,
        "finished_at": delivery.finished_at,
        "card": delivery.card,
    }


def delivery_from(row: Row[Any]) -> Delivery:
    """Return the delivery of a row."""
    return Delivery(
        item_id=ItemId(row.item_id),
        handed_out_at=row.handed_out_at,
        handed_out_on=row.handed_out_on,
        opened_at=row.opened_at,
        finished_at=row.finished_at,
        card=row.card,
    )


def answer_row(enrollment_id: EnrollmentId, answer: Answer) -> dict[str, Any]:
    """Return the whole row of an answer."""
    return {
        "enrollment_id": enrollment_id,
        "slot": answer.slot,
        "question": answer.question,
        "value": answer.value,
        "on": answer.on,
        "at": answer.at,
    }


def answer_from(row: Row[Any]) -> Answer:
    """Return the answer of a row."""
    return Answer(slot=row.slot, question=row.question, value=row.value, on=row.on, at=row.at)
