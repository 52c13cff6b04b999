"""While a coordinator is on leave, her deputy sees and works her circles; before and after, he does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.leave.models import Leave
from alerts.leave.operations import cancel_leave, plan_leave
from alerts.message.models import Alert
from audit.models import Entry
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.meeting.access import MeetingAccess
from circles.worklist import work_of
from concerns.concern.models import Concern
from concerns.disclosure.access import AskingAccess, DisclosureAccess, people_to_tell_of_request
from concerns.disclosure.models import DisclosureRequest
from offenders.core_member.models import CoreMember
from tests.circles.overview.rows import minutes_sent
from tests.concerns.engine.raising import worry
from tests.concerns.register.keeping import disclosure_request
from tests.world import World

As = Callable[[User], Client]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def put_ann_on_leave(world: World, *, starts: timedelta = -HOUR, lasts: timedelta = DAY) -> Leave:
    begins = world.now + starts
    return plan_leave(
        world.ann, starts_at=begins, ends_at=begins + lasts, deputy=world.pat, by=world.hana, at=begins - HOUR
    )


def may_see(world: World, name: str) -> bool:
    return Circle.objects.visible_to(User.objects.get(pk=world.people[name].pk)).contains(world.ely)


def test_pat_sees_ely_while_ann_is_away_and_no_longer(world: World) -> None:
    assert not may_see(world, "pat")
    leave = put_ann_on_leave(world)
    assert may_see(world, "pat")
    assert may_see(world, "ann")
    cancel_leave(leave, by=world.hana, at=world.now)
    assert not may_see(world, "pat")


def test_pat_sees_and_works_elys_disclosure_requests_and_is_told_when_one_is_late(world: World) -> None:
    request = disclosure_request(world)
    assert not DisclosureRequest.objects.visible_to(world.pat).exists()
    put_ann_on_leave(world)
    pat = User.objects.get(pk=world.pat.pk)
    assert DisclosureRequest.objects.visible_to(pat).contains(request)
    assert DisclosureAccess(pat, request).put
    assert pat in people_to_tell_of_request(request, at=world.now)
    assert AskingAccess(pat, world.ely).ask_disclosure


def test_pat_does_not_see_a_disclosure_request_from_a_concern_about_ann(world: World) -> None:
    request = disclosure_request(world)
    concern = worry(world)
    Concern.objects.filter(pk=concern.pk).update(about=world.ann)
    DisclosureRequest.objects.filter(pk=request.pk).update(concern=concern)
    put_ann_on_leave(world)
    pat, request = User.objects.get(pk=world.pat.pk), DisclosureRequest.objects.get(pk=request.pk)
    assert not DisclosureRequest.objects.visible_to(pat).exists()
    assert not DisclosureAccess(pat, request).put
    assert pat not in people_to_tell_of_request(request, at=world.now)


def test_not_before_the_leave_begins_nor_after_it_ends(world: World) -> None:
    put_ann_on_leave(world, starts=HOUR)
    assert not may_see(world, "pat")
    Leave.objects.all().delete()
    put_ann_on_leave(world, starts=-2 * DAY, lasts=DAY)
    assert not may_see(world, "pat")


def test_pat_works_the_circle_as_ann_does(world: World) -> None:
    put_ann_on_leave(world)
    minutes_sent(world)
    may = MeetingAccess(world.pat, world.meeting)
    assert (may.approve, may.read_debrief, may.schedule, may.change_members, may.see_address) == (True,) * 5
    assert CoreMember.objects.visible_to(world.pat).contains(world.core_member)


def test_pat_neither_signs_for_ann_nor_gives_her_circle_away(world: World) -> None:
    put_ann_on_leave(world)
    may = CircleAccess(world.pat, world.ely)
    assert (may.sign, may.change_coordinator) == (False, False)


def test_what_is_to_do_in_ely_is_on_pats_list_while_ann_is_away(world: World) -> None:
    minutes_sent(world)
    before = {item.url for item in work_of(world.pat, world.now)}
    put_ann_on_leave(world)
    now = {item.url for item in work_of(User.objects.get(pk=world.pat.pk), world.now)}
    assert any(world.meeting.reference in url for url in now - before)


def test_minutes_that_are_sent_are_told_to_ann_and_to_pat(world: World) -> None:
    put_ann_on_leave(world)
    minutes_sent(world)
    told = set(Alert.objects.filter(key__contains=":submitted").values_list("recipient__first_name", flat=True))
    assert told == {"Ann", "Pat"}


def test_the_trail_says_why_pat_saw_each_record(world: World, as_person: As) -> None:
    put_ann_on_leave(world)
    pat = as_person(world.pat)
    for page, of in (
        ("circles:circle", world.ely),
        ("circles:meeting", world.meeting),
        ("offenders:core_member", world.core_member),
    ):
        assert pat.get(reverse(page, args=[of.reference])).status_code == 200
        line = Entry.objects.filter(actor=world.pat, act="consulted", reference=of.reference).latest("pk")
        assert line.note == f"stands in for {world.ann.reference}, who is on leave"


def test_the_trail_gives_ann_and_hana_no_such_reason(world: World, as_person: As) -> None:
    put_ann_on_leave(world)
    for person in (world.ann, world.hana):
        as_person(person).get(reverse("circles:circle", args=[world.ely.reference]))
    assert set(Entry.objects.filter(act="consulted").values_list("note", flat=True)) == {""}


def test_whoever_lost_the_coordinators_role_covers_no_circle(world: World) -> None:
    put_ann_on_leave(world)
    world.pat.groups.remove(Group.objects.get(name="coordinator"))
    assert not may_see(world, "pat")


def test_pats_own_deputy_opens_ely_where_pat_is_away_too(world: World) -> None:
    put_ann_on_leave(world)
    world.dev.groups.add(Group.objects.get(name="coordinator"))
    plan_leave(
        world.pat, starts_at=world.now - HOUR, ends_at=world.now + DAY, deputy=world.dev, by=world.hana, at=world.now
    )
    assert (may_see(world, "dev"), may_see(world, "pat")) == (True, False)
