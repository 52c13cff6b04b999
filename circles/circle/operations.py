"""Set what a circle calls its core member; whether a core member has a circle."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from core.errors import Refused
from offenders.core_member.models import CoreMember


def has_a_circle(core_member: CoreMember) -> bool:
    """Whether this core member has a circle that is not over. He has at most one at a time."""
    return Circle.objects.filter(core_member=core_member).exclude(status__in=Circle.OVER).exists()


def first_name_of(known_as: str) -> str:
    """The first name in these words. Refuses more than one word: the whole circle would see a surname."""
    words = known_as.split()
    if len(words) != 1:
        raise Refused("Give one first name and nothing more.", field="known_as")
    return words[0]


@transaction.atomic
def set_known_as(circle: Circle, *, known_as: str, by: User, at: datetime) -> Circle:
    """Change what this circle calls the core member."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.change_members)
    before, circle.known_as = circle.known_as, first_name_of(known_as)
    circle.save(update_fields=["known_as"])
    what = f"He is “{circle.known_as}” here now, and was “{before}”"
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=what)
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="first name changed")
    return circle
