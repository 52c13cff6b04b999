"""What stands open on a core member's record, for the first page of it. The query that reads the record counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.counts import counted
from offenders.consent.models import Consent
from offenders.contact.models import GOOD_FOR, Contact
from offenders.core_member.change_models import ManagementChange
from offenders.mappa.action_models import MappaAction
from offenders.restriction.models import Restriction
from offenders.risk.models import REVIEW_AHEAD

ENDS_SOON = timedelta(days=60)
"""The loss of a licence or an order is planned for so long before (domain.md 2.5)."""


@dataclass(frozen=True)
class OpenPoint:
    """One thing that stands open, and the page where it is closed."""

    words: str
    url: str
    is_late: bool = False


def _count_of(rows: QuerySet[Any, Any]) -> Combinable:
    counted_rows = rows.filter(core_member=OuterRef("pk")).order_by().values("core_member").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted_rows.values("n")), 0)


def _day_of(rows: QuerySet[Any, Any], day: Min | Max) -> Subquery:
    his = rows.filter(core_member=OuterRef("pk")).order_by().values("core_member").annotate(day=day)
    return Subquery(his.values("day"))


def open_columns(today: date) -> dict[str, Combinable]:
    """The columns that `still_open_of` reads."""
    contacts = Contact.objects.current().filter(core_member=OuterRef("pk"), verified_on__gte=today - GOOD_FOR)
    ending = Restriction.objects.in_force(today).filter(ends_on__lte=today + ENDS_SOON, varied_by=None)
    unread = Restriction.objects.filter(core_member=OuterRef("pk")).filter(
        Q(added_at__gt=OuterRef("restrictions_verified_at")) | Q(ended_at__gt=OuterRef("restrictions_verified_at"))
    )
    return {
        "unanswered": _count_of(ManagementChange.objects.unanswered()),
        "open_actions": _count_of(MappaAction.objects.open()),
        "actions_due_on": _day_of(MappaAction.objects.open(), Min("due_on")),
        "consent_since": _day_of(Consent.objects.standing(), Max("given_on")),
        "has_good_contact": Exists(contacts),
        "ending_on": _day_of(ending, Min("ends_on")),
        "has_unread_restrictions": Exists(unread),
    }


def still_open_of(record: Any, today: date) -> list[OpenPoint]:
    """What somebody must still do about his record, what others wait for first. `record` has `open_columns`."""

    def page(name: str) -> str:
        return reverse(f"offenders:{name}", args=[record.reference])

    points = [
        record.unanswered
        and OpenPoint(
            f"Say what follows for the circle from {counted(record.unanswered, 'change', 'changes')}", page("mappa")
        ),
        record.open_actions
        and OpenPoint(
            f"MAPPA asked us for {counted(record.open_actions, 'action', 'actions')}, "
            f"the first due on {record.actions_due_on:%-d %B %Y}",
            page("mappa"),
            is_late=record.actions_due_on < today,
        ),
        not record.practitioner_id and OpenPoint("No practitioner is named", page("change_practitioner")),
        not record.has_good_contact
        and OpenPoint("Nobody is named to ring whose number was rung in the last ninety days", page("contacts")),
        not record.consent_since and OpenPoint("No consent of his stands", page("consent")),
        *_points_of_restrictions(record, page("restrictions")),
        *_points_of_risk(record, page("risk"), today),
        not record.identity_id and OpenPoint("It is not written down who he is", page("identity")),
    ]
    return [point for point in points if point]


def _points_of_restrictions(record: Any, url: str) -> list[OpenPoint]:
    points = []
    if record.restrictions_verified_at is None or record.has_unread_restrictions:
        points.append(OpenPoint("Read his restrictions over with whoever manages him", url))
    if record.ending_on:
        points.append(OpenPoint(f"A restriction ends on {record.ending_on:%-d %B %Y}: plan what takes its place", url))
    return points


def _points_of_risk(record: Any, url: str, today: date) -> list[OpenPoint]:
    if record.risk_review_on is None:
        return [OpenPoint("No assessment of his risk is written down", url)]
    if record.risk_review_on > today + REVIEW_AHEAD:
        return []
    words = f"Ask for a new assessment of his risk, due on {record.risk_review_on:%-d %B %Y}"
    return [OpenPoint(words, url, is_late=record.risk_review_on < today)]
