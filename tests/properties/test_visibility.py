"""Who sees a circle and a concern: the service's answer equals a plain one, written here in Python."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from circles.circle.models import Circle, Membership
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.responders import responders_for
from concerns.raising.operations import raise_concern
from tests.concerns.engine.raising import WORDS
from tests.examples import with_examples
from tests.world import World
from volunteers.volunteer.models import Volunteer

spans = st.lists(
    st.tuples(
        st.sampled_from(["ben", "tom", "uma", "vic", "cas", "dev"]),
        st.sampled_from(["ely", "wisbech"]),
        st.integers(min_value=-50, max_value=20),
        st.one_of(st.none(), st.integers(min_value=1, max_value=60)),
    ),
    max_size=8,
)
"""Any history: who, where, joined so many days from now, for so many days or still there."""


def is_member_now(histories: list[tuple[str, str, int, int | None]], name: str, circle: str) -> bool:
    return any(
        who == name and where == circle and joined <= 0 and (stayed is None or joined + stayed > 0)
        for who, where, joined, stayed in histories
    )


def write(world: World, histories: list[tuple[str, str, int, int | None]]) -> None:
    for membership in Membership.objects.all():
        membership.delete()
    for who, where, joined, stayed in histories:
        joined_at = world.now + timedelta(days=joined) - timedelta(hours=1)
        Membership.objects.create(
            circle=getattr(world, where),
            volunteer=Volunteer.objects.get(user=world.people[who]),
            joined_at=joined_at,
            joined_by=world.ann,
            left_at=None if stayed is None else joined_at + timedelta(days=stayed),
            left_by=None if stayed is None else world.ann,
        )


def without_two_open(histories: list[tuple[str, str, int, int | None]]) -> list[tuple[str, str, int, int | None]]:
    """The database allows one open membership of a circle each; keep the first."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for history in histories:
        is_open, key = history[3] is None, (history[0], history[1])
        if is_open and key in seen:
            continue
        if is_open:
            seen.add(key)
        kept.append(history)
    return kept


@given(histories=spans)
@with_examples(15)
def test_a_volunteer_sees_exactly_the_circles_they_belong_to_today(
    world: World, histories: list[tuple[str, str, int, int | None]]
) -> None:
    histories = without_two_open(histories)
    point = transaction.savepoint()
    write(world, histories)
    for name in ("ben", "tom", "uma", "vic", "cas", "dev"):
        seen = set(Circle.objects.visible_to(world.people[name]).values_list("reference", flat=True))
        expected = {
            circle.reference
            for where, circle in (("ely", world.ely), ("wisbech", world.wisbech))
            if is_member_now(histories, name, where)
        }
        assert seen == expected
    transaction.savepoint_rollback(point)


LEADS = {"hana", "fay", "kit"}
WORKERS = {"cambridgeshire": {"esi", "oz", "ivor"}, "norfolk": {"lou"}}


def may_see(name: str, concern: Concern, world: World) -> bool:
    """The rule, in plain Python, from the documents and not from the code."""
    person = world.people[name]
    if concern.about_id == person.pk:
        return False
    if name in LEADS or concern.raised_by_id == person.pk:
        return True
    if concern.circle.coordinator_id == person.pk:
        return True
    area = concern.circle.core_member.area.code
    return concern.queued_at is not None and name in WORKERS.get(area, set())


worries = st.tuples(
    st.sampled_from([("ely", "ben"), ("ely", "tom"), ("ely", "ann"), ("wisbech", "dev"), ("wisbech", "pat")]),
    st.sampled_from(list(Level)),
    st.sampled_from([None, "ann", "pat", "ben", "hana", "fay"]),
)


def raise_one(world: World, chosen: tuple[tuple[str, str], Level, str | None]) -> Concern:
    (where, by), level, about = chosen
    target = world.people[about] if about and about != by else None
    return raise_concern(
        getattr(world, where),
        submit_key=uuid4(),
        level=level,
        words=WORDS,
        by=world.people[by],
        at=world.now,
        about=target,
    )


@given(chosen=worries)
@with_examples(15)
def test_a_concern_is_seen_by_exactly_whom_the_rule_names(
    world: World, chosen: tuple[tuple[str, str], Level, str | None]
) -> None:
    point = transaction.savepoint()
    concern = raise_one(world, chosen)
    seen = {name for name, person in world.people.items() if Concern.objects.visible_to(person).contains(concern)}
    assert seen == {name for name in world.people if may_see(name, concern, world)}
    transaction.savepoint_rollback(point)


@given(chosen=worries)
@with_examples(15)
def test_everybody_alerted_can_open_it_and_there_is_always_somebody(
    world: World, chosen: tuple[tuple[str, str], Level, str | None]
) -> None:
    point = transaction.savepoint()
    concern = raise_one(world, chosen)
    told = User.objects.filter(alerts__key__startswith=concern.reference).distinct()
    responders = responders_for(concern)
    assert responders.exists()
    for person in [*told, *responders]:
        assert Concern.objects.visible_to(person).contains(concern), person
        assert person.pk not in {concern.raised_by_id, concern.about_id}
    assert EscalationStep.objects.pending().filter(concern=concern).exists()
    transaction.savepoint_rollback(point)
