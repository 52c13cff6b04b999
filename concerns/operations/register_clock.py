"""The registers' clocks (domain.md 3.10): by when what is due, and telling of what was not done, in the same sweep."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.access import Role, people_in
from accounts.models import User
from alerts.models import Alert, Urgency, Wording
from alerts.operations import queue_alert
from concerns.access import keepers_of, told_of
from concerns.models import (
    DisclosureRequest,
    LowLevelConcern,
    ReferralKind,
    SafeguardingReferral,
    SeriousIncident,
    Soon,
)
from concerns.models.ladder import working_time
from concerns.models.low_level import LowLevelQuerySet, month_after, month_before
from core.worktime import LONDON, WORKING_DAY, WorkingTime

logger = logging.getLogger(__name__)

REFER_WITHIN = WORKING_DAY
"""To the LADO within one working day (Working Together); to the others no later."""

TWO_DAYS = timedelta(hours=48)
"""Elapsed, not working: a child does not wait for Monday."""

THEN_EVERY = 3 * WORKING_DAY
PUT_WITHIN = {Soon.URGENT: WORKING_DAY / 2, Soon.ORDINARY: WORKING_DAY}
DECIDED_WITHIN = {Soon.URGENT: WORKING_DAY, Soon.ORDINARY: 5 * WORKING_DAY}
UNDERTAKING_WITHIN = 5 * WORKING_DAY
DECIDE_INCIDENT_WITHIN = 2 * WORKING_DAY
REPORT_INCIDENT_WITHIN = WORKING_DAY
"""The Charity Commission asks for “promptly”."""

READ_MONTH_WITHIN = 5 * WORKING_DAY

MOST = 200
Record = SafeguardingReferral | SeriousIncident | DisclosureRequest


def chases(kind: ReferralKind, referred_at: datetime, worktime: WorkingTime) -> list[datetime]:
    """When to ask what was decided: MASH and adults after a working day, 48 hours and three working days."""
    found = [worktime.add(referred_at, WORKING_DAY), worktime.add(referred_at, 3 * WORKING_DAY)]
    if kind != ReferralKind.LADO:
        found.append(referred_at + TWO_DAYS)
    return sorted(found)


def next_chase(referral: SafeguardingReferral, *, at: datetime) -> datetime:
    """The first of them still to come; after the last, every three working days."""
    worktime = working_time()
    kind, referred_at = ReferralKind(referral.kind), referral.referred_at or at
    coming = [moment for moment in chases(kind, referred_at, worktime) if moment > at]
    return coming[0] if coming else worktime.add(at, THEN_EVERY)


def due_in(length: timedelta, *, at: datetime) -> datetime:
    return working_time().add(at, length)


def month_due(month: date) -> datetime:
    """By when a month's low-level concerns are to be read: five working days into the next."""
    return due_in(READ_MONTH_WITHIN, at=begins(month_after(month)))


def begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def tell_of_late(*, at: datetime) -> int:
    """Tell of every register record that is late and untold, each in its own transaction; how many.

    One that cannot be told is logged and stays; it holds up no other, and nothing of the concerns' clocks.
    """
    told = 0
    for model in (SafeguardingReferral, SeriousIncident, DisclosureRequest):
        for pk in list(model.objects.late_and_untold(at).values_list("pk", flat=True)[:MOST]):
            try:
                told += tell_one(model, pk, at=at)
            except Exception:
                logger.exception("a late record could not be told", extra={"kind": model.audit_kind, "pk": pk})
    try:
        told += tell_of_month(at=at)
    except Exception:
        logger.exception("the month's reading could not be told")
    return told


@transaction.atomic
def tell_one(model: type[Record], pk: int, *, at: datetime) -> int:
    record = model.objects.late_and_untold(at).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if record is None or record.due_at is None:
        return 0
    people = told_of(record) if isinstance(record, DisclosureRequest) else keepers_of(record)
    queue_alert(
        key=f"{record.reference}:late:{record.due_at:%Y%m%d%H%M}", to=people, urgency=Urgency.URGENT,
        wording=Wording.SOMETHING_NEEDS_YOU, link=record.get_absolute_url(), at=at,
    )  # fmt: skip
    record.told_late_of = record.due_at
    record.save(update_fields=["told_late_of"])
    record.note("Its time passed", by=None, at=at)
    return 1


@transaction.atomic
def tell_of_month(*, at: datetime) -> int:
    """Tell the safeguarding lead once that a month with low-level concerns in it has not been read."""
    month = month_before(at.astimezone(LONDON).date())
    if at < month_due(month):
        return 0
    told = 0
    key = f"low-level:{month:%Y-%m}"
    for person in people_in(Role.SAFEGUARDING_LEAD):
        if unread_of_month(person, month).exists() and not Alert.objects.filter(key=key, recipient=person).exists():
            queue_alert(
                key=key, to=[person], urgency=Urgency.ROUTINE, wording=Wording.SOMETHING_NEEDS_YOU, link="/", at=at
            )
            told += 1
    return told


def unread_of_month(person: User, month: date) -> LowLevelQuerySet:
    """What this person has still to read of everything up to the end of a month."""
    ends = begins(month_after(month))
    return LowLevelConcern.objects.visible_to(person).filter(recorded_at__lt=ends).unread(person)
