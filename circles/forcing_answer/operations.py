"""Record which answers of a log must be passed on as a concern, and note that they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.forcing_answer.models import ForcingAnswer, forcing_answers_of, severity_of, time_for_writer
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS


def update_forcing_answers(minutes: Minutes, *, by: User, at: datetime) -> None:
    """Make the rows agree with the draft, whose meeting is locked.

    An answer that was taken back is withdrawn. One that became worse gets a new row, and no more time than before.
    """
    answers = forcing_answers_of(minutes)
    rows = list(minutes.forcing_answers.filter(withdrawn_at=None))
    open_rows = {row.field: row for row in rows if row.passed_on_at is None}
    for field, row in open_rows.items():
        if answers.get(field) != row.value:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
    for field, value in answers.items():
        before = open_rows.get(field)
        if before is not None and before.value == value:
            continue
        severity = severity_of(field, value)
        if any(row.field == field and row.passed_on_at and row.severity >= severity for row in rows):
            continue
        due_at = at + time_for_writer(field, value)
        if before is not None and before.severity < severity:
            due_at = min(due_at, before.due_at)
        minutes.forcing_answers.create(field=field, value=value, given_at=at, given_by=by, due_at=due_at)


def note_passed_on(minutes: Minutes, *, fields: Iterable[str], reference: str, by: User, at: datetime) -> None:
    """Note which answers of a draft a concern is about. The meeting is locked.

    A concern that was sent before the question was answered covers the mildest answer only. A worse answer must
    still be passed on.
    """
    open_rows = {row.field: row for row in minutes.forcing_answers.still_open()}
    for field in fields:
        row = open_rows.get(field) or ForcingAnswer(
            minutes=minutes, field=field, value=QUESTIONS[field].forcing[0], given_at=at, given_by=by, due_at=at
        )
        row.passed_on_at, row.passed_on_as = at, reference
        row.save()


@transaction.atomic
def note_passed_on_by_the_service(answer: ForcingAnswer, *, reference: str, at: datetime) -> None:
    """Note that the service passed an answer on, because its writer had not. A worry counts as sent."""
    lock_meeting(answer.minutes.meeting)
    answer.passed_on_at, answer.passed_on_as = at, reference
    answer.save(update_fields=["passed_on_at", "passed_on_as"])
    minutes = Minutes.objects.get(pk=answer.minutes_id)
    if answer.field == "worry" and not minutes.worry_sent_as and minutes.meeting.status == Meeting.Status.DRAFT:
        minutes.worry_words, minutes.worry_sent_as = "", reference
        minutes.save(update_fields=["worry_words", "worry_sent_as"])
