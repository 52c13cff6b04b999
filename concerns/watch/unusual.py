"""Alerts about accounts that read, reveal or raise far more than a person needs. Nothing they do is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act, Entry
from audit.trail import LOOKED, write_entry
from concerns.choices import Level
from concerns.concern.models import Concern

WITHIN = timedelta(hours=1)
MOST_READ = 300
"""Records opened in an hour. Nobody who really reads opens more."""

MOST_REVEALED = 10
"""Names of core members revealed in an hour. A list of names is the worst that could be carried away."""

MOST_URGENT = 40
"""Immediate and Urgent concerns of one author in an hour."""


@transaction.atomic
def tell_of_unusual(*, at: datetime) -> int:
    """Alert those who lead about every account above these numbers in the last hour, once an hour. Returns how many.

    Nothing is refused: the worry above the number may be the true one.
    """
    since = at - WITHIN
    looks = Entry.objects.filter(at__gt=since, at__lte=at, act__in=LOOKED, actor__isnull=False)
    counts = (
        looks.order_by().values("actor").annotate(count=Count("pk"), revealed=Count("pk", filter=Q(act=Act.REVEALED)))
    )
    readers = counts.filter(Q(count__gt=MOST_READ) | Q(revealed__gt=MOST_REVEALED))
    raised = Concern.objects.filter(received_at__gt=since, received_at__lte=at, level__in=Level.at_once())
    authors = raised.order_by().values("raised_by").annotate(count=Count("pk")).filter(count__gt=MOST_URGENT)
    found = {row["actor"]: Act.READ_MUCH for row in readers} | {row["raised_by"]: Act.RAISED_MUCH for row in authors}
    for person in User.objects.filter(pk__in=found).order_by("pk"):
        _tell_of_person(person, found[person.pk], at=at)
    return len(found)


def _tell_of_person(person: User, act: Act, *, at: datetime) -> None:
    """Send one alert an hour about a person: to readers of the trail, and to those who lead, never to the person."""
    trail, page = reverse("audit:entries"), reverse("accounts:person", args=[person.reference])
    leads = people_with_role(Role.SAFEGUARDING_LEAD) | people_with_role(Role.MANAGER)
    for people, link in ((people_with_role(Role.DATA_PROTECTION_LEAD), trail), (leads, page)):
        queue_alert(
            key=f"unusual:{person.reference}:{act.value}:{at.timestamp() // 3600:.0f}",
            to=list(people.exclude(pk=person.pk)),
            urgency=Urgency.URGENT,
            wording=Wording.SOMETHING_NEEDS_YOU,
            link=link,
            at=at,
        )
    lines = Entry.objects.filter(at__gt=at - WITHIN, kind=person.audit_kind, reference=person.reference, act=act)
    if not lines.exists():
        write_entry(act, person, by=None, at=at)
    nudge()
