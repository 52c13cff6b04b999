"""Store what a concern names, and find patterns: concerns of different circles that name the same thing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
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
from offenders.core_member.wall_models import let_through

WITHIN = timedelta(days=60)
LEAST_CONCERNS, LEAST_CIRCLES = 3, 2
GREW = "Another concern has named it since you opened this page. Look at it again, then press the button."
TOO_LITTLE = {
    Named.PLACE: "Write more of the place, such as its name and town, or its postcode.",
    Named.VEHICLE: "Write the registration alone, such as AB12 CDE.",
    Named.HANDLE: "Write more of the name that is used online.",
}


@transaction.atomic
def name_subject(concern: Concern, *, kind: Named, text: str, by: User, at: datetime) -> list[Pattern]:
    """Store a keyed hash of what a concern names. Returns the patterns that are new or have grown.

    The words that were typed are not stored anywhere: not here, not in the story, not in the trail.
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
            found += _look_for_pattern(concern, kind, index, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note=f"named a {kind.value}")
    return found


def _look_for_pattern(concern: Concern, kind: Named, index: str, *, at: datetime) -> list[Pattern]:
    """Alert those who answer for safeguarding, once, if this concern is now part of a pattern.

    They are alerted in the night only where one of the concerns is urgent. Each was told of when it was raised.
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
        to=_people_to_tell(alike),
        urgency=Urgency.URGENT if pressing else Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=pattern.get_absolute_url(),
        at=at,
    )
    nudge()
    return [pattern]


def concerns_alike(kind: str, index: str) -> list[Concern]:
    """The concerns that name the same thing, within sixty days of enough others from enough circles, in order.

    A merged concern, or one raised in error, does not count: the same worry would count twice.
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


def _people_to_tell(concerns: list[Concern]) -> QuerySet[User]:
    """The safeguarding leads, or the managers where no lead is left.

    Never a person one of the concerns is about, or whom the wall around one of them keeps out.
    """
    barred = [each.about_id for each in concerns if each.about_id is not None]
    through = [let_through(core_member) for core_member in sorted({each.circle.core_member_id for each in concerns})]
    leads = people_with_role(Role.SAFEGUARDING_LEAD).filter(*through, is_active=True).exclude(pk__in=barred)
    if leads.exists():
        return leads
    return people_with_role(Role.MANAGER).filter(*through, is_active=True).exclude(pk__in=barred)


@transaction.atomic
def note_pattern_seen(pattern: Pattern, *, as_of: datetime | None, by: User, at: datetime) -> Pattern:
    """Record that somebody has looked at the pattern as it was when it last grew, at `as_of`."""
    pattern = Pattern.objects.select_for_update(of=("self",)).get(pk=pattern.pk)
    PatternAccess(by).require(PatternAccess.read_patterns)
    if as_of is None or pattern.grew_at > as_of:
        raise Refused(GREW)
    if pattern.seen_at is None:
        pattern.seen_at, pattern.seen_by = at, by
        pattern.save(update_fields=["seen_at", "seen_by"])
        write_entry(Act.ALTERED, pattern, by=by, at=at, note="seen")
    return pattern
