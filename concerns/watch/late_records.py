"""Alerts about register records that are late, and about a month of low-level concerns that nobody has read."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.message.models import Alert, Urgency, Wording
from alerts.outbox.operations import queue_alert
from concerns.disclosure.access import people_to_tell_of_request
from concerns.disclosure.models import DisclosureRequest
from concerns.incident.models import SeriousIncident
from concerns.low_level.models import month_before
from concerns.low_level.month import month_due, unread_of_month
from concerns.referral.models import SafeguardingReferral
from concerns.register.access import keepers
from core.worktime import LONDON


def keepers_of(record: SafeguardingReferral | SeriousIncident) -> QuerySet[User]:
    """The people who are told of a late record; never the person it is about."""
    people = keepers()
    if isinstance(record, SeriousIncident):
        people = people | people_with_role(Role.DIRECTOR)
    return people.exclude(pk=record.about_id or 0)


logger = logging.getLogger(__name__)


MOST = 200


Record = SafeguardingReferral | SeriousIncident | DisclosureRequest


def tell_of_late(*, at: datetime) -> int:
    """Alert somebody about every late register record, each in its own transaction. Returns how many.

    A record that fails is logged and tried again at the next sweep; it delays no other record and no concern.
    """
    told = 0
    for model in (SafeguardingReferral, SeriousIncident, DisclosureRequest):
        for pk in list(model.objects.late_and_untold(at).values_list("pk", flat=True)[:MOST]):
            try:
                told += _tell_of_record(model, pk, at=at)
            except Exception:
                logger.exception("a late record could not be told", extra={"kind": model.audit_kind, "pk": pk})
    try:
        told += tell_of_month(at=at)
    except Exception:
        logger.exception("the month's reading could not be told")
    return told


@transaction.atomic
def _tell_of_record(model: type[Record], pk: int, *, at: datetime) -> int:
    record = model.objects.late_and_untold(at).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if record is None or record.due_at is None:
        return 0
    people = people_to_tell_of_request(record, at=at) if isinstance(record, DisclosureRequest) else keepers_of(record)
    queue_alert(
        key=f"{record.reference}:late:{record.due_at:%Y%m%d%H%M}",
        to=people,
        urgency=Urgency.URGENT,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=_core_member_of(record),
        link=record.get_absolute_url(),
        at=at,
    )
    record.told_late_of = record.due_at
    record.save(update_fields=["told_late_of"])
    record.note("Its time passed", by=None, at=at)
    return 1


def _core_member_of(record: Record) -> int | None:
    """The key of the core member it is about, if it is about one."""
    if isinstance(record, DisclosureRequest):
        return record.circle.core_member_id
    return record.concern.circle.core_member_id if record.concern is not None else None


@transaction.atomic
def tell_of_month(*, at: datetime) -> int:
    """Alert the safeguarding lead once about a month of low-level concerns that was not read in time."""
    month = month_before(at.astimezone(LONDON).date())
    if at < month_due(month):
        return 0
    told = 0
    key = f"low-level:{month:%Y-%m}"
    for person in people_with_role(Role.SAFEGUARDING_LEAD):
        if unread_of_month(person, month).exists() and not Alert.objects.filter(key=key, recipient=person).exists():
            queue_alert(
                key=key, to=[person], urgency=Urgency.ROUTINE, wording=Wording.SOMETHING_NEEDS_YOU, link="/", at=at
            )
            told += 1
    return told
