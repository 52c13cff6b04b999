"""Keeping which answers of a log must be passed on, and noting that they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.forcing_answer.models import ForcingAnswer, forcing_answers_of, left_to_the_writer, severity_of
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS


def keep_forcing_answers(minutes: Minutes, *, by: User, at: datetime) -> None:
    """Bring the rows into step with the draft, whose meeting is locked.

    An answer that is taken back is withdrawn. One that grew worse is asked for anew and has no longer than before.
    """
    given = forcing_answers_of(minutes)
    rows = list(minutes.forcing_answers.filter(withdrawn_at=None))
    standing = {row.field: row for row in rows if row.passed_on_at is None}
    for field, row in standing.items():
        if given.get(field) != row.value:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
    for field, value in given.items():
        before = standing.get(field)
        if before is not None and before.value == value:
            continue
        severity = severity_of(field, value)
        if any(row.field == field and row.passed_on_at and row.severity >= severity for row in rows):
            continue
        due_at = at + left_to_the_writer(field, value)
        if before is not None and before.severity < severity:
            due_at = min(due_at, before.due_at)
        minutes.forcing_answers.create(field=field, value=value, given_at=at, given_by=by, due_at=due_at)


def note_passed_on(minutes: Minutes, *, fields: Iterable[str], reference: str, by: User, at: datetime) -> None:
    """Write which answers of a draft a concern is about. The meeting is locked.

    A concern sent before the question was answered settles the mildest answer of its field: a worse one is news.
    """
    standing = {row.field: row for row in minutes.forcing_answers.still_open()}
    for field in fields:
        row = standing.get(field) or ForcingAnswer(
            minutes=minutes, field=field, value=QUESTIONS[field].forcing[0], given_at=at, given_by=by, due_at=at
        )
        row.passed_on_at, row.passed_on_as = at, reference
        row.save()


@transaction.atomic
def note_passed_on_by_the_service(answer: ForcingAnswer, *, reference: str, at: datetime) -> None:
    """Write that the service passed an answer on, because its writer had not; a worry counts as sent."""
    lock_meeting(answer.minutes.meeting)
    answer.passed_on_at, answer.passed_on_as = at, reference
    answer.save(update_fields=["passed_on_at", "passed_on_as"])
    minutes = Minutes.objects.get(pk=answer.minutes_id)
    if answer.field == "worry" and not minutes.worry_sent_as and minutes.meeting.status == Meeting.Status.DRAFT:
        minutes.worry_words, minutes.worry_sent_as = "", reference
        minutes.save(update_fields=["worry_words", "worry_sent_as"])
