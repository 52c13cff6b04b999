"""Who may see a core member, told in plain Python, is what `visible_to` answers, after any history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from accounts.access import Role
from accounts.models import User
from alerts.leave.models import Leave
from circles.circle.models import Circle
from circles.coordinator.operations import change_coordinator
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import WallEntry
from offenders.wall.operations import add_wall_entry, end_wall_entry
from tests.examples import with_examples
from tests.world import World

PEOPLE = ("ann", "pat", "hana", "fay", "kit", "ben", "dev", "esi", "gil", "jo")
IN_HIS_CASE = {"ben", "tom", "uma", "vic", "esi"}

acts = st.one_of(
    st.tuples(
        st.sampled_from(["deny", "allow", "end"]), st.sampled_from(PEOPLE), st.sampled_from(["ann", "hana", "fay"])
    ),
    st.tuples(st.just("give"), st.sampled_from(["ann", "pat"]), st.just("hana")),
    st.tuples(
        st.sampled_from(["take the manager's role of", "make a manager of"]), st.sampled_from(PEOPLE), st.just("")
    ),
    st.tuples(st.just("leave to"), st.sampled_from(["ann", "pat", "kit"]), st.just("")),
)
histories = st.lists(acts, min_size=3, max_size=10)


@dataclass
class Telling:
    """What happened, as one would tell it."""

    coordinator: str = "ann"
    managers: set[str] = field(default_factory=lambda: {"hana"})
    denied: set[str] = field(default_factory=set)
    allowed: set[str] = field(default_factory=set)
    stands_in: str = ""
    """Who stands in for Ann."""

    def note(self, act: str, whom: str, by: str) -> None:
        if act == "deny":
            self.denied.add(whom)
        elif act == "allow":
            begun = set() if self.allowed else {*IN_HIS_CASE, self.coordinator, by} - self.denied
            self.allowed |= {whom, *begun}
        elif act == "end":
            self.denied.discard(whom)
            self.allowed.discard(whom)
        elif act == "give":
            self.coordinator = whom
        elif act == "make a manager of":
            self.managers.add(whom)
        elif act == "take the manager's role of":
            self.managers.discard(whom)
        else:
            self.stands_in = whom

    def sees(self, name: str) -> bool:
        """The wall first, then the roles, then whoever has him or stands in."""
        if name in self.denied or (self.allowed and name not in self.allowed):
            return False
        covers = self.coordinator == "ann" and name == self.stands_in == "pat"
        return name in self.managers or name in {"fay", self.coordinator} or covers


@given(history=histories)
@with_examples(8)
def test_who_sees_him_is_what_plain_python_tells(world: World, history: list[tuple[str, str, str]]) -> None:
    point = transaction.savepoint()
    telling = Telling()
    for act, whom, by in history:
        if happens(world, act, whom, by):
            telling.note(act, whom, by)
    for name in PEOPLE:
        reader = User.objects.get(pk=world.people[name].pk)
        seen = CoreMember.objects.visible_to(reader).filter(reference="EE-2417-K").exists()
        assert seen is telling.sees(name), f"{name}, after {history}"
        if not seen and name in telling.denied:
            assert not Circle.objects.visible_to(reader).filter(reference="C-0142").exists()
    transaction.savepoint_rollback(point)


def happens(world: World, act: str, whom: str, by: str) -> bool:
    """Try it. Whether it was taken."""
    try:
        with transaction.atomic():
            do(world, act, User.objects.get(pk=world.people[whom].pk), by)
    except (Refused, Http404, PermissionDenied, WallEntry.DoesNotExist, Leave.DoesNotExist):
        return False
    return True


def do(world: World, act: str, person: User, by: str) -> None:
    """By the operation, as somebody would who is on the page."""
    man = CoreMember.objects.get(reference="EE-2417-K")
    managers = Group.objects.get(name=Role.MANAGER.value)
    if act in {"make a manager of", "take the manager's role of"}:
        (person.groups.add if act.startswith("make") else person.groups.remove)(managers)
        return
    if act == "leave to":
        if Leave.objects.exists() or person == world.ann:
            raise Leave.DoesNotExist
        days = {"starts_at": world.now - timedelta(days=1), "ends_at": world.now + timedelta(days=9)}
        Leave.objects.create(person=world.ann, deputy=person, planned_at=world.now, planned_by=world.ann, **days)
        return
    acting = User.objects.get(pk=world.people[by].pk)
    if act == "give":
        change_coordinator(Circle.objects.get(reference="C-0142"), coordinator=person, by=acting, at=world.now)
    elif act == "end":
        entry = WallEntry.objects.current().get(core_member=man, person=person)
        end_wall_entry(entry, reason="It is over.", by=acting, at=world.now)
    else:
        add_wall_entry(man, person=person, kind=act, reason="They know him.", by=acting, at=world.now)
