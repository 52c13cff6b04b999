"""One walk: its people, its time, its rows, and what it remembers of what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from accounts.models import User
from alerts.message.models import Alert
from concerns.concern.models import Concern
from tests.clock import MOVED
from tests.properties.engine.contract import COORDINATORS, LEADS, TEAMS, Away, people_covered_by
from tests.properties.engine.database_state import ConcernRow, Rows, read_rows
from tests.world import World

SIDES = ("charity", "agency")
ACTORS = ("ann", "pat", "hana", "fay", "kit", "ben", "tom", "esi", "oz", "ivor", "lou", "jo")


@dataclass
class Notes:
    """What happened in the walk. The rows are judged by it."""

    set_at: dict[tuple[int, str], datetime] = field(default_factory=dict)
    """When something last set this side's clock: a change of level, a hold's end, a move, a join."""
    levels: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)
    carried: dict[tuple[int, str], datetime] = field(default_factory=dict)
    """When the step was due that a concern brought with it to another, which had none on that side."""
    acted: dict[tuple[int, str], list[datetime]] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    """By concern, how many proposals there were when it last changed: those could be agreed to no more."""

    def copy(self) -> Notes:
        return Notes(
            dict(self.set_at),
            {pk: list(found) for pk, found in self.levels.items()},
            dict(self.carried),
            {key: list(found) for key, found in self.acted.items()},
            dict(self.changed),
        )


@dataclass
class Scene:
    world: World
    at: datetime
    first: int = 0
    alert: int = 0
    rows: Rows = field(default_factory=Rows)
    leaves: list[Away] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    wall_moved: bool = False
    log: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    areas: dict[int, str] = field(default_factory=dict)

    def person(self, name: str) -> User:
        return self.world.people[name]

    def concern(self, pk: int) -> Concern:
        return Concern.objects.get(pk=pk)

    def read(self) -> Rows:
        self.rows = read_rows(self.first, self.alert)
        return self.rows

    def set_clock(self, at: datetime) -> None:
        """Set the time, for the walk and for the database alike."""
        self.at = at
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [MOVED, at.isoformat()])

    def sees(self, name: str, concern: ConcernRow) -> bool:
        """Whether the contract lets somebody open a concern, from what the walk knows."""
        person = self.person(name)
        if concern.about == person.pk:
            return False
        if name in LEADS or concern.author == person.pk or name == "ann":
            return True
        if concern.queued_at is not None and name in TEAMS.get(self.areas.get(concern.queue or 0, ""), ()):
            return True
        covered = people_covered_by(name, self.leaves, self.at) if name in COORDINATORS else set()
        return "ann" in covered and self.names.get(concern.about or 0) not in covered

    def side_of(self, name: str) -> str:
        return "agency" if any(name in team for team in TEAMS.values()) else "charity"


def begin_scene(world: World) -> Scene:
    """Begin a walk in which nothing has happened. The walk sets the database's clock."""
    latest = Concern.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    alert = Alert.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    scene = Scene(world, world.now, first=latest + 1, alert=alert)
    scene.set_clock(world.now)
    scene.names = {person.pk: name for name, person in world.people.items()}
    scene.areas = {world.queue.pk: "cambridgeshire", world.norfolk.pk: "norfolk"}
    return scene
