"""The facts that show whether the service is ready: its areas, its people, its ladder, and how many of each thing.

Each is read in one statement, when first needed, whatever the number of areas, circles and people.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from itertools import product
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.access import Role
from accounts.factors import HAS_STRONG_FACTOR
from accounts.models import Agency, Area, User
from alerts.message.models import Urgency
from alerts.receipt.operations import MARKS, is_reachable
from circles.agreement.models import Agreement
from circles.circle.models import Circle
from circles.programme.models import Programme
from circles.sharing_agreement.models import SharingAgreement
from circles.venue.models import Venue
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.drill.models import Drill
from concerns.ladder.limits import fault_of_side
from concerns.ladder.models import Clock, LadderVersion, Rung
from concerns.queue.reach import grants_with_people_of
from concerns.rota.models import OnCallShift
from concerns.routing.models import RoutingVersion
from core.counts import counts_of
from core.worktime import LONDON
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import not_walled_off
from offenders.secure_domain.models import SecureDomain
from volunteers.volunteer.models import Volunteer

RUNNING = (*Circle.MEETS, Circle.Status.PAUSED, Circle.Status.ENDING)
"""The states of a circle in which a concern may be raised by people who meet him."""

TOLD_AT_THE_CHARITY = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.COORDINATOR)


class ServiceFacts:
    """What is so at one moment."""

    def __init__(self, at: datetime, reader: User | None = None) -> None:
        """`reader` leaves out of the numbers what a wall hides from them; of what breaks a promise nothing is left out."""
        self.at, self.reader = at, reader

    @property
    def today(self) -> date:
        return self.at.astimezone(LONDON).date()

    @cached_property
    def areas(self) -> list[Any]:
        """Every area that is worked in, or has a queue or a running circle, by name, with the facts about it.

        `queue_reference` and `team_manager`; `workers`: the keys of the people who work its queue; `coordinators` and
        `practitioners`: those of its running circles; `in_no_queue`: its open concerns that should have gone to the
        agencies at once and are in no queue; whether it `runs` a circle, `has_concerns` that are open in its queue,
        `shares` and was `rehearsed`.
        """
        circles = Circle.objects.filter(core_member__area=OuterRef("pk"), status__in=RUNNING)
        named = circles.exclude(core_member__practitioner=None)
        shared = SharingAgreement.objects.in_force(self.today).filter(area=OuterRef("pk"))
        in_no_queue = Concern.objects.still_open().filter(
            circle__core_member__area=OuterRef("pk"), queue=None, level__in=Level.at_once()
        )
        workers = grants_with_people_of(OuterRef("pk"))
        areas = Area.objects.annotate(
            queue_reference=F("queue__reference"),
            team_manager=F("queue__team_manager"),
            runs=Exists(circles),
            workers=ArraySubquery(workers.values("group__user").distinct()),
            coordinators=ArraySubquery(circles.values("coordinator").distinct()),
            practitioners=ArraySubquery(named.values("core_member__practitioner").distinct()),
            in_no_queue=ArraySubquery(in_no_queue.values("pk")),
            shares=Exists(shared),
            has_concerns=Exists(Concern.objects.still_open().filter(queue__area=OuterRef("pk"))),
            rehearsed=Exists(Drill.objects.filter(queue__area=OuterRef("pk"))),
        )
        return list(areas.filter(Q(is_worked_in=True) | Q(queue__isnull=False) | Q(runs=True)).order_by("name"))

    @property
    def queues(self) -> list[Any]:
        """The areas that have a queue and use it: the empty one of an area given up again needs nobody."""
        return [
            area
            for area in self.areas
            if area.queue_reference
            and (area.is_worked_in or area.runs or area.workers or area.has_concerns or area.in_no_queue)
        ]

    @property
    def has_a_running_circle(self) -> bool:
        return any(area.runs for area in self.areas)

    @cached_property
    def people(self) -> dict[int, Any]:
        """Everybody active whom a rung may tell, by key, with their groups, their factor and their marked addresses."""
        asked = {pk for area in self.areas for pk in (*area.workers, *area.coordinators, *area.practitioners)}
        told = Q(groups__name__in=[role.value for role in TOLD_AT_THE_CHARITY])
        found = User.objects.filter(Q(pk__in=User.objects.filter(told).values("pk")) | Q(pk__in=asked), is_active=True)
        names = ArraySubquery(Group.objects.filter(user=OuterRef("pk")).values("name"))
        return {
            person.pk: person for person in found.annotate(group_names=names, has_factor=HAS_STRONG_FACTOR, marks=MARKS)
        }

    @cached_property
    def reached(self) -> set[int]:
        """The keys of those whom a message reaches."""
        return {pk for pk, person in self.people.items() if is_reachable(person, Urgency.URGENT, person.marks)}

    def reached_with_factor(self, keys: Iterable[int]) -> set[int]:
        """Those of these people whom a message reaches and who hold a second factor to sign in with."""
        return {pk for pk in keys if pk in self.reached and self.people[pk].has_factor}

    def holders_of(self, *roles: Role) -> set[int]:
        """The keys of those who hold one of these roles and whom a message reaches."""
        names = {role.value for role in roles}
        return {pk for pk in self.reached if names & set(self.people[pk].group_names)}

    @cached_property
    def ladder_faults(self) -> list[tuple[Level, Side, str]]:
        """The sides of the ladder in force that cannot be climbed, with what is wrong. Empty if all can."""
        in_force = LadderVersion.objects.filter(in_force_from__lte=self.at).order_by("-in_force_from")
        rungs = Rung.objects.filter(
            ladder=Subquery(in_force.values("pk")[:1]), ladder__clocks__level=F("level"), ladder__clocks__side=F("side")
        )
        times = ("acknowledge_within", "act_within", "repeat_every", "day_and_night")
        sides: dict[tuple[str, str], list[Any]] = {}
        for rung in rungs.annotate(**{f"clock_{name}": F(f"ladder__clocks__{name}") for name in times}):
            sides.setdefault((rung.level, rung.side), []).append(rung)
        faults = []
        for level, side in product(Level, Side):
            found = sides.get((level, side), [])
            clock = Clock(**{name: getattr(found[0], f"clock_{name}") for name in times}) if found else None
            fault = fault_of_side(clock, found, level=level, side=side)
            if fault:
                faults.append((level, side, fault))
        return faults

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of each thing that somebody sets up, in one statement."""
        rows = rows_to_count(self.at, self.today, self.reader)
        return dict(zip(rows, counts_of(rows.values()), strict=True))


def rows_to_count(at: datetime, today: date, reader: User | None = None) -> dict[str, QuerySet[Any, Any]]:
    """What is counted, by what the checks call it."""
    seen = Q() if reader is None else not_walled_off(reader.pk)
    return {
        "providers": Agency.objects.filter(kind=Agency.Kind.PROVIDER),
        "other agencies": Agency.objects.exclude(kind=Agency.Kind.PROVIDER),
        "programmes": Programme.objects.all(),
        "agreements": Agreement.objects.filter(published_on__lte=today),
        "venues": Venue.objects.filter(assessed_on__lte=today, assessed_until__gte=today),
        "volunteers": Volunteer.objects.may_be_placed_on(today),
        "core members": CoreMember.objects.all(),
        "core members without a name": CoreMember.objects.filter(seen, identity=None),
        "circles": Circle.objects.all(),
        "shifts": OnCallShift.objects.during(at),
        "domains": SecureDomain.objects.current(),
        "routing": RoutingVersion.objects.filter(status=RoutingVersion.Status.IN_FORCE, in_force_from__lte=at),
    }
