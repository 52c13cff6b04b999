"""What the registers put on a person's home page: the next act due on each record, and a month to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from concerns.disclosure.models import DisclosureRequest
from concerns.incident.models import SeriousIncident
from concerns.low_level.models import LowLevelConcern, PatternReview, month_before
from concerns.low_level.month import month_due, unread_of_month
from concerns.referral.models import SafeguardingReferral
from concerns.register.models import KEEPS_REGISTERS
from concerns.watch.late_records import Record
from core.worklist import WorkItem
from core.worktime import LONDON

TITLES = {
    "to_refer": "Make the safeguarding referral",
    "referred": "Ask what they decided about the referral",
    "candidate": "Decide whether it is a serious incident",
    "to_report": "Report the serious incident",
    "requested": "Put the disclosure request to the lead agency",
    "with_agency": "Ask the lead agency for its decision",
    "agency_disclosed": "Ask whether the undertaking is signed",
}
"""What must be done in each state."""

WAITS_FOR_OTHERS = {"referred", "with_agency", "agency_disclosed"}
"""States in which the record waits for somebody else: it is listed only when its time has passed."""


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Items from the registers. No query is made for people who keep no register and coordinate no circle."""
    keeps = any(user.has_role(role) for role in KEEPS_REGISTERS)
    found: list[Record] = []
    if keeps:
        referrals = SafeguardingReferral.objects.visible_to(user).filter(status__in=SafeguardingReferral.WAITS)
        found += list(referrals.order_by("due_at", "pk"))
    if keeps or user.has_role(Role.DIRECTOR):
        incidents = SeriousIncident.objects.visible_to(user).filter(status__in=SeriousIncident.WAITS)
        found += list(incidents.order_by("due_at", "pk"))
    if keeps or user.has_role(Role.COORDINATOR):
        asked = DisclosureRequest.objects.visible_to(user).filter(status__in=DisclosureRequest.WAITS)
        found += [
            each for each in asked.select_related("circle").order_by("due_at", "pk") if _is_theirs(each, user, at)
        ]
    return [*_items_of(found, at), *(_month_items_of(user, at) if keeps else [])]


def _is_theirs(asked: DisclosureRequest, user: User, at: datetime) -> bool:
    """Whether a request waits for this person: for the coordinator at once, for those who lead when it is late."""
    return asked.circle.coordinator_id == user.pk or (asked.due_at is not None and asked.due_at <= at)


def _items_of(records: Iterable[Record], at: datetime) -> list[WorkItem]:
    return [
        WorkItem(
            title=TITLES[record.status],
            url=record.get_absolute_url(),
            due_at=record.due_at,
            must_act=record.due_at is not None and record.due_at <= at,
            detail=record.reference,
        )
        for record in records
        if record.status not in WAITS_FOR_OTHERS or (record.due_at is not None and record.due_at <= at)
    ]


def _month_items_of(user: User, at: datetime) -> list[WorkItem]:
    """Last month's low-level concerns until they are read; a manager is asked only when the lead is late."""
    month = month_before(at.astimezone(LONDON).date())
    unread = unread_of_month(user, month)
    leads = user.has_role(Role.SAFEGUARDING_LEAD)
    is_read = PatternReview.objects.visible_to(user).filter(month=month).exists()
    due = month_due(month)
    found = []
    if (unread.exists() and (leads or at > due)) or (leads and not is_read):
        found.append(
            WorkItem(
                title=f"Read {month:%B}’s low-level concerns together",
                url=reverse("concerns:low_level_month"),
                due_at=due,
                must_act=at > due,
            )
        )
    visible = LowLevelConcern.objects.visible_to(user)
    together = visible.recent(at).unread(user).filter(about__in=visible.pattern_counts(at))
    if together.exists():
        found.append(
            WorkItem(title="Three low-level concerns about the same person", url=reverse("concerns:low_levels"))
        )
    return found
