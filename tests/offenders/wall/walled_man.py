"""A man with a circle, a meeting, an action, a goal and concerns, whose wall keeps out some people."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

from accounts.models import Area, User
from circles.action.models import Action
from circles.action.operations import agree_action
from circles.circle.models import Circle
from circles.goal.operations import open_goal
from circles.life.opening_operations import open_circle
from circles.membership.operations import add_volunteer
from concerns.choices import Level
from concerns.incident.models import IncidentKind
from concerns.incident.operations import add_incident
from concerns.raising.operations import raise_concern
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import add_restriction
from offenders.wall.operations import add_wall_entry
from tests.world import World

KNOWN_AS = "Quillon"


def make_walled_man(world: World, *barred: User) -> CoreMember:
    """Ann coordinates him; Dev, who belongs to the Wisbech circle, volunteers in his too."""
    at = world.now
    began = at - timedelta(days=90)
    man = accept_core_member(
        category=1,
        level=2,
        lead_agency="police",
        area=Area.objects.get(code="cambridgeshire"),
        coordinator=world.ann,
        practitioner=world.esi,
        by=world.ann,
        at=began,
        reference="QX-4711-Q",
    )
    circle = open_circle(
        man,
        known_as=KNOWN_AS,
        coordinator=world.ann,
        weekday=began.weekday(),
        meets_at=time(19),
        place_code="OAK",
        started_on=began.date(),
        planned_end_on=(at + timedelta(days=300)).date(),
        by=world.hana,
        at=began,
    )
    for person in barred:
        add_wall_entry(man, person=person, kind="deny", reason="They were neighbours.", by=world.ann, at=at)
    _live(world, circle)
    return man


def _live(world: World, circle: Circle) -> None:
    at, man = world.now, circle.core_member
    add_volunteer(circle, volunteer=world.dev.volunteer, by=world.ann, at=at - timedelta(days=80))
    add_restriction(man, source="licence", plain_words="No parks.", starts_on=at.date(), by=world.ann, at=at)
    action = {"words": "Ring the library.", "due_on": at.date(), "by": world.ann, "at": at}
    agree_action(circle, owner=Action.Owner.COORDINATOR, volunteer=None, **action)
    open_goal(circle, aim="support", words="To cook.", reason="He said so.", by=world.ann, at=at)
    for level in (Level.URGENT, Level.LOG):
        concern = raise_concern(
            circle, submit_key=uuid4(), level=level, words=f"{KNOWN_AS} was sour.", by=world.dev, at=at
        )
    add_incident(
        kind=IncidentKind.CRIME,
        what=f"{KNOWN_AS} fell.",
        known_at=at,
        concern=concern,
        about=None,
        by=world.kit,
        at=at,
    )
