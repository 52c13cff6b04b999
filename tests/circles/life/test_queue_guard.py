"""A circle does not meet in an area where nobody at the agencies hears of its concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import Area, User
from circles.circle.models import Circle
from circles.life.guards import states_of_guards
from circles.life.operations import start_weekly
from circles.sharing_agreement.models import SharingAgreement
from concerns.queue.operations import grant_queue, make_queue
from core.errors import Refused
from offenders.core_member.models import CoreMember
from tests.circles.life.preparing import prepared_circle, today
from tests.world import World

As = Callable[[User], Client]


def test_rays_circle_in_essex_does_not_meet_before_somebody_works_a_queue_there(world: World, as_person: As) -> None:
    circle = prepared_circle(world)
    essex = Area.objects.get(code="essex")
    CoreMember.objects.filter(pk=circle.core_member_id).update(area=essex)
    SharingAgreement.objects.update(area=essex)
    with pytest.raises(Refused, match="nobody works a queue for Essex"):
        start_weekly(Circle.objects.get(pk=circle.pk), by=world.ann, at=world.now)
    still_to_do = reverse("circles:still_to_do", args=[circle.reference])
    assert f'href="{reverse("concerns:set_up_queues")}"' in as_person(world.hana).get(still_to_do).content.decode()
    queue = make_queue(essex, by=world.hana, at=world.now)
    states = states_of_guards(Circle.objects.get(pk=circle.pk), today(world))
    assert [state.lacks for state in states if state.is_open] == [["nobody works a queue for Essex"]]
    grant_queue(queue, team=Group.objects.get(name="Suffolk"), by=world.hana, at=world.now)
    assert start_weekly(Circle.objects.get(pk=circle.pk), by=world.ann, at=world.now).meets
