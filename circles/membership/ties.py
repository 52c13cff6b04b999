"""Whoever belongs to a core member's circle or coordinates it has a part in his case (settings.CORE_MEMBER_TIES)."""

from __future__ import annotations

from collections.abc import Iterator

from circles.circle.models import Circle, Membership
from offenders.core_member.models import CoreMember
from offenders.wall.ties import Tie


def ties_of_circle(core_member: CoreMember) -> Iterator[Tie]:
    """The coordinator and the volunteers of his circle, until it is over."""
    circles = Circle.objects.filter(core_member=core_member).exclude(status__in=Circle.OVER)
    for circle in circles.select_related("coordinator"):
        yield Tie(circle.coordinator, "coordinates his circle", "Give the circle to another coordinator first.")
        for member in Membership.objects.current().of(circle):
            yield Tie(member.volunteer.user, "belongs to his circle", "End their time in the circle first.")
