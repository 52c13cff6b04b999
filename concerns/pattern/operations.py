"""Naming what a concern is about, and finding that concerns of different circles name the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.access import Role, people_in
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.handling.promise_operations import refuse_ended
from concerns.pattern.access import PatternAccess
from concerns.pattern.alike import indexes_of
from concerns.pattern.models import Mention, Named, Pattern
from core.errors import Refused
from core.references import unused_reference

WITHIN = timedelta(days=60)
LEAST_CONCERNS, LEAST_CIRCLES = 3, 2
TOO_LITTLE = {
    Named.PLACE: "Write more of the place, such as its name and town, or its postcode.",
    Named.VEHICLE: "Write the registration alone, such as AB12 CDE.",
    Named.HANDLE: "Write more of the name that is used online.",
}


@transaction.atomic
def name_subject(concern: Concern, *, kind: Named, text: str, by: User, at: datetime) -> list[Pattern]:
    """Keep a keyed hash of what a concern names, and say which patterns that made or made larger.

    What was typed is kept nowhere: not here, not in the story, not in the trail.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.name_subject)
    refuse_ended(concern)
    indexes = indexes_of(kind, text)
    if not indexes:
        raise Refused(TOO_LITTLE[kind], field="text")
    found = []
    concern.lapse_proposals(at=at)
    for index in sorted(indexes):
        _, is_new = Mention.objects.get_or_create(concern=concern, kind=kind, index=index, defaults={"at": at})
        if is_new:
            found += look_for_pattern(concern, kind, index, at=at)
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note=f"named a {kind.value}")
    return found


def look_for_pattern(concern: Concern, kind: Named, index: str, *, at: datetime) -> list[Pattern]:
    """Tell whoever answers for safeguarding, if this concern is now one of a pattern; once a concern that joins.

    In the night only where one of them is pressing: each was told of when it was raised.
    """
    alike = concerns_alike(kind, index)
    if concern not in alike:
        return []
    pattern, is_new = Pattern.objects.get_or_create(
        kind=kind,
        index=index,
        defaults={"reference": unused_reference(Pattern, "P"), "found_at": at, "grew_at": at},
    )
    if not is_new:
        pattern.grew_at, pattern.seen_at, pattern.seen_by = at, None, None
        pattern.save(update_fields=["grew_at", "seen_at", "seen_by"])
    pressing = any(Level(each.level).tells_agency_at_once for each in alike)
    queue_alert(
        key=f"{pattern.reference}:{concern.pk}",
        to=whom_to_tell(alike),
        urgency=Urgency.URGENT if pressing else Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=pattern.get_absolute_url(),
        at=at,
    )
    nudge()
    return [pattern]


def concerns_alike(kind: str, index: str) -> list[Concern]:
    """Concerns that name the same and lie in sixty days with enough others, of enough circles; the first first.

    One joined to another, or raised in error, counts for nothing: it would count the same worry twice.
    """
    naming = Mention.objects.filter(kind=kind, index=index).values("concern")
    void = Q(status__in=[Concern.Status.MERGED, Concern.Status.RAISED_IN_ERROR])
    concerns = list(
        Concern.objects.filter(pk__in=naming).exclude(void).select_related("circle").order_by("received_at", "pk")
    )
    alike: set[int] = set()
    for first in concerns:
        near = [each for each in concerns if timedelta() <= each.received_at - first.received_at <= WITHIN]
        if len(near) >= LEAST_CONCERNS and len({each.circle_id for each in near}) >= LEAST_CIRCLES:
            alike |= {each.pk for each in near}
    return [each for each in concerns if each.pk in alike]


def whom_to_tell(concerns: list[Concern]) -> QuerySet[User]:
    """The safeguarding leads; managers where there is none left. Nobody one of the concerns is about."""
    barred = [each.about_id for each in concerns if each.about_id is not None]
    leads = people_in(Role.SAFEGUARDING_LEAD).filter(is_active=True).exclude(pk__in=barred)
    if leads.exists():
        return leads
    return people_in(Role.MANAGER).filter(is_active=True).exclude(pk__in=barred)


@transaction.atomic
def note_pattern_seen(pattern: Pattern, *, by: User, at: datetime) -> Pattern:
    """Somebody has looked at it as it stands, and decides with the others what to do."""
    pattern = Pattern.objects.select_for_update(of=("self",)).get(pk=pattern.pk)
    PatternAccess(by).require(PatternAccess.read_patterns)
    if pattern.seen_at is None:
        pattern.seen_at, pattern.seen_by = at, by
        pattern.save(update_fields=["seen_at", "seen_by"])
        recorded(Act.ALTERED, pattern, by=by, at=at, note="seen")
    return pattern
