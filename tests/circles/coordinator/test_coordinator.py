"""A circle gets another coordinator: what is open goes with it, and everybody is told that there is news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import end_account, suspend_person
from alerts.message.models import Alert, Wording
from audit.models import Entry
from circles.circle.models import Circle
from circles.coordinator.access import possible_coordinators
from circles.coordinator.operations import change_coordinator
from circles.meeting.models import Meeting
from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.assignments import end_lost_assignments
from concerns.engine.operations import fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handover.models import Handover
from concerns.handover.operations import hand_over
from core.errors import Refused
from offenders.core_member.models import CoreMember
from tests.circles.overview.rows import minutes_sent
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)


def give_ely_to_pat(world: World) -> Circle:
    return change_coordinator(world.ely, coordinator=world.pat, by=world.hana, at=world.now)


def test_hana_gives_ely_to_pat_who_sees_it_while_ann_sees_it_no_more(world: World, as_person: As) -> None:
    give_ely_to_pat(world)
    page = reverse("circles:circle", args=[world.ely.reference])
    assert [as_person(who).get(page).status_code for who in (world.pat, world.ann, world.ben)] == [200, 404, 200]
    assert "Pat coordinates now, after Ann" in as_person(world.ben).get(page).content.decode()


def test_his_record_goes_with_the_circle(world: World) -> None:
    give_ely_to_pat(world)
    assert CoreMember.objects.visible_to(world.pat).contains(world.core_member)
    assert not CoreMember.objects.visible_to(world.ann).contains(world.core_member)


def test_ann_pat_and_the_volunteers_are_told_and_hana_who_did_it_is_not(world: World) -> None:
    give_ely_to_pat(world)
    wordings = dict(Alert.objects.filter(key__contains=":coordinator:").values_list("recipient__first_name", "wording"))
    news, needs = Wording.THERE_IS_NEWS.value, Wording.SOMETHING_NEEDS_YOU.value
    assert wordings == {"Ann": news, "Pat": needs, "Ben": news, "Tom": news, "Uma": news, "Vic": news}


def test_the_trail_says_from_whom_and_to_whom(world: World) -> None:
    give_ely_to_pat(world)
    lines = Entry.objects.filter(kind="circle", reference=world.ely.reference, note__startswith="coordinator:")
    assert set(lines.values_list("act", "recipient", "actor")) == {
        ("revoked", world.ann.reference, world.hana.pk),
        ("granted", world.pat.reference, world.hana.pk),
    }


def test_pat_approves_the_minutes_that_waited_for_ann(world: World, as_person: As) -> None:
    minutes_sent(world)
    give_ely_to_pat(world)
    page = reverse("circles:approve", args=[world.meeting.reference])
    assert as_person(world.ann).get(page).status_code == 404
    assert as_person(world.pat).get(page).status_code == 200
    assert Meeting.objects.get(pk=world.meeting.pk).status == Meeting.Status.SUBMITTED


def test_a_concern_that_ann_had_in_hand_is_told_to_pat_within_a_minute(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    give_ely_to_pat(world)
    soon = world.now + timedelta(minutes=1)
    end_lost_assignments(at=soon)
    fire_due_concerns(at=soon)
    assert "Pat" in people_mailed(Concern.objects.get(pk=concern.pk), Side.CHARITY)
    assert any("Whoever had it can no longer see it" in line for line in story(concern))
    assert pending(concern, Side.CHARITY).promise is None


def test_a_handover_that_waited_for_ann_waits_for_pat(world: World) -> None:
    concern = worry(world)
    words = dict.fromkeys(("happened", "risk_now", "done", "who_told", "next_steps"), "He rang.")
    hand_over(concern, owner=world.ann, by=world.fay, at=world.now, **words)
    give_ely_to_pat(world)
    assert Handover.objects.get().owner == world.pat


@pytest.mark.parametrize("name", ["ann", "pat", "fay", "kit", "gil", "ben"])
def test_only_a_manager_gives_a_circle_away(name: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        change_coordinator(world.ely, coordinator=world.pat, by=world.people[name], at=world.now)


@pytest.mark.parametrize("name", ["ann", "ben", "hana", "esi"])
def test_nobody_but_another_coordinator_can_be_chosen(name: str, world: World) -> None:
    with pytest.raises(Refused, match="Choose somebody who is a coordinator"):
        change_coordinator(world.ely, coordinator=world.people[name], by=world.hana, at=world.now)


def test_pat_who_is_suspended_cannot_be_chosen(world: World) -> None:
    suspend_person(world.pat, by=world.hana, at=world.now)
    assert not possible_coordinators(world.ely).exists()
    with pytest.raises(Refused, match="can sign in"):
        give_ely_to_pat(world)


def test_the_page_says_what_goes_with_the_circle_before_the_button(world: World, as_person: As) -> None:
    minutes_sent(world)
    worry(world)
    text = as_person(world.hana).get(reverse("circles:coordinator", args=[world.ely.reference])).content.decode()
    assert "1 set of minutes to approve" in text
    assert "1 open concern" in text
    assert "Give the circle to them" in text


def test_hana_is_led_there_from_the_people_of_the_circle_and_ann_is_not(world: World, as_person: As) -> None:
    people, page = (reverse(f"circles:{name}", args=[world.ely.reference]) for name in ("people", "coordinator"))
    assert f'href="{page}"' in as_person(world.hana).get(people).content.decode()
    assert f'href="{page}"' not in as_person(world.ann).get(people).content.decode()


def test_when_anns_account_ends_her_circle_goes_to_hana_in_the_same_way(world: World) -> None:
    end_account(world.ann, by=world.hana, at=world.now)
    assert Circle.objects.get(pk=world.ely.pk).coordinator == world.hana
    assert world.ely.events.latest("pk").what == "Hana coordinates now, after Ann"
    assert Alert.objects.filter(key__contains=":coordinator:", recipient=world.ben).exists()
