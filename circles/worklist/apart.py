"""Work about two core members who must not meet: their circles share a place, an evening or a volunteer."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from circles.circle.models import Circle, Membership
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.wall.models import NonAssociation

SHARED = {
    "place": "Both circles meet in one place.",
    "evening": "Both circles meet on the same day of the week.",
    "volunteer": "Somebody volunteers in both circles.",
}


def _apart_rows(reader: WorkReader) -> Rows:
    """Living circles looked after that share something with the circle of somebody he must not meet.

    The other is not named: whoever is warned may not know him. Whom the other's wall keeps out is not warned.
    """
    pairs = NonAssociation.objects.current()
    his = Q(first=OuterRef("core_member"), second=OuterRef(OuterRef("core_member")))
    theirs = Q(second=OuterRef("core_member"), first=OuterRef(OuterRef("core_member")))
    others = Circle.objects.outside_wall(reader.user.pk).exclude(status__in=Circle.OVER)
    others = others.filter(Exists(pairs.filter(his | theirs)))
    own = Membership.objects.current().filter(
        circle=OuterRef(OuterRef("pk")), volunteer=OuterRef("memberships__volunteer")
    )
    both = others.filter(Exists(own), memberships__left_at=None)
    circles = reader.living_circles().annotate(
        place=Exists(others.filter(venue=OuterRef("venue"))),
        evening=Exists(others.filter(weekday=OuterRef("weekday"))),
        volunteer=Exists(both),
    )
    return as_lines(
        circles.filter(Q(place=True) | Q(evening=True) | Q(volunteer=True)),
        circle="self",
        known_as="known_as",
        shares_place=F("place"),
        shares_evening=F("evening"),
        shares_volunteer=F("volunteer"),
    )


def _say_apart(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title="He could meet somebody whom he must not meet",
        url=reverse("circles:circle", args=[line.circle]),
        must_act=True,
        detail=" ".join(words for name, words in SHARED.items() if line.facts[f"shares_{name}"])
        + " Plan it otherwise. A manager knows who it is.",
    )


APART_KINDS = (WorkKind("apart", "Must not meet", _apart_rows, _say_apart, on_wall=False),)
