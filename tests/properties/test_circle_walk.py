"""Random acts on a circle, in any order: the rules of its states hold after every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from circles.circle.models import Circle, Membership
from circles.life.guards import states_of_guards
from circles.life.operations import (
    abandon_circle,
    begin_ending,
    close_circle,
    go_fortnightly,
    go_weekly,
    match_circle,
    pause_circle,
    prepare_circle,
    resume_circle,
    start_weekly,
)
from circles.meeting.models import Meeting
from circles.membership.operations import end_membership
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.models import CoreMember
from tests.circles.life.preparing import EVERYTHING, proposed_circle, supply
from tests.examples import with_examples
from tests.world import World

STEPS: dict[str, Callable[..., Circle]] = {
    "match": lambda circle, **by: match_circle(circle, no_conflicts=True, **by),
    "prepare": prepare_circle,
    "start": start_weekly,
    "slow": lambda circle, **by: go_fortnightly(circle, reason="Review.", **by),
    "quicken": lambda circle, **by: go_weekly(circle, reason="Review.", **by),
    "pause": lambda circle, **by: pause_circle(circle, reason="Risk.", **by),
    "resume": resume_circle,
    "end": lambda circle, **by: begin_ending(circle, end_reason="moved", **by),
    "close": close_circle,
    "abandon": lambda circle, **by: abandon_circle(circle, reason="Recalled.", **by),
}
BEGINS = {"start", "resume"}

likely = ["match", "prepare", "start"]
walks = st.tuples(
    st.sets(st.sampled_from(sorted(EVERYTHING)), min_size=6),
    st.lists(st.sampled_from(sorted(STEPS)), max_size=6),
    st.lists(st.sampled_from([*STEPS, "somebody leaves"]), max_size=10),
    st.booleans(),
)
"""What is there; what is tried at first; what is tried later; whether it first goes the usual way."""


@given(walk=walks)
@with_examples(10)
def test_no_walk_breaks_what_holds_of_a_circle(world: World, walk: tuple[set[str], list[str], list[str], bool]) -> None:
    needs, first, later, usual = walk
    point = transaction.savepoint()
    circle = supply(proposed_circle(world), world, needs)
    for number, step in enumerate([*(likely if usual else first), *later]):
        at = world.now + timedelta(days=number)
        circle = try_step(circle, step, world, at)
    transaction.savepoint_rollback(point)


def try_step(circle: Circle, step: str, world: World, at: datetime) -> Circle:
    before = Circle.objects.get(pk=circle.pk)
    state = str(before.status)
    open_before = (
        [one for one in states_of_guards(before, at.astimezone(LONDON).date()) if one.is_open] if step in BEGINS else []
    )
    try:
        with transaction.atomic():
            if step == "somebody leaves":
                member = circle.memberships.filter(left_at=None).first()
                if member is not None:
                    end_membership(member, by=world.ann, at=at)
            else:
                STEPS[step](before, by=world.ann, at=at)
    except Refused:
        after = Circle.objects.get(pk=circle.pk)
        assert after.status == state
    else:
        after = Circle.objects.get(pk=circle.pk)
        assert step == "somebody leaves" or after.status in Circle.LIFECYCLE.states_after(state)
        assert not open_before, "it met while something stood open"
    holds(after, at)
    return after


def holds(circle: Circle, at: datetime) -> None:
    """Whether the rules of the circle's state hold."""
    coming = circle.meetings.filter(planned_at__gt=at, status=Meeting.Status.PLANNED)
    belonging = Membership.objects.filter(circle=circle, left_at=None)
    his = CoreMember.objects.get(pk=circle.core_member_id).status
    assert circle.meets or not coming.exists()
    assert not circle.is_over or not belonging.exists()
    assert (circle.end_reason != "") is (circle.status in {"ending", "closed"})
    assert circle.status != "fortnightly" or circle.fortnightly_from is not None
    assert (his == CoreMember.Status.IN_CIRCLE) is (circle.status in {"weekly", "fortnightly", "paused", "ending"})
    assert circle.status != "closed" or not circle.meetings.filter(planned_at__lte=at).exclude(status="approved")
