"""A volunteer pauses and is back, leaves and volunteers again; what ends with it, what stays open, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import end_account, suspend_person
from alerts.message.models import Alert
from audit.models import Entry
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.membership.operations import add_volunteer
from circles.membership.standing_operations import record_leaver, record_return
from core.errors import MoveNotAllowed, Refused
from tests.circles.goal.rows import action
from tests.world import World
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import pause_volunteer

AsPerson = Callable[[User], Client]


def file_of(person: User) -> Volunteer:
    return Volunteer.objects.get(user=person)


def is_member(person: User) -> bool:
    return Membership.objects.current().filter(volunteer__user=person).exists()


def people_told(world: World, person: User) -> set[str]:
    """Who is told that this person's file says something else."""
    alerts = Alert.objects.filter(link=file_of(person).get_absolute_url())
    return {alert.recipient.first_name for alert in alerts}


def test_ben_is_back_from_a_pause_in_the_circle_he_never_left(world: World) -> None:
    pause_volunteer(file_of(world.ben), by=world.ann, at=world.now)
    assert is_member(world.ben)
    assert record_return(file_of(world.ben), by=world.ann, at=world.now).status == Volunteer.Status.ACTIVE
    assert file_of(world.ben).may_be_placed_on(world.now.date())


def test_cas_who_belongs_to_no_circle_is_back_and_waits_for_one(world: World) -> None:
    pause_volunteer(file_of(world.cas), by=world.ann, at=world.now)
    assert record_return(file_of(world.cas), by=world.ann, at=world.now).status == Volunteer.Status.WAITING


def test_nobody_is_back_who_was_never_away(world: World) -> None:
    for person in (world.ben, world.cas):
        with pytest.raises(MoveNotAllowed):
            record_return(file_of(person), by=world.ann, at=world.now)


def test_ben_leaves_and_sees_his_circle_no_more(world: World) -> None:
    left = record_leaver(file_of(world.ben), by=world.ann, at=world.now)
    assert left.status == Volunteer.Status.LEFT
    assert not is_member(world.ben)
    assert not Circle.objects.visible_to(world.ben).exists()
    assert not left.may_be_placed_on(world.now.date())
    coming = world.ely.meetings.filter(planned_at__gt=world.now)
    assert not coming.filter(minute_taker=left).exists()
    assert CircleEvent.objects.filter(circle=world.ely, kind=CircleEvent.Kind.LEFT, what="Ben left").exists()
    lines = Entry.objects.filter(kind="volunteer", reference=left.reference)
    assert "left" in set(lines.values_list("note", flat=True))


def test_he_and_whoever_leads_him_are_told_each_time_and_not_whoever_did_it(world: World) -> None:
    pause_volunteer(file_of(world.ben), by=world.hana, at=world.now)
    record_return(file_of(world.ben), by=world.ann, at=world.now + timedelta(minutes=1))
    record_leaver(file_of(world.ben), by=world.hana, at=world.now + timedelta(minutes=2))
    assert people_told(world, world.ben) == {"Ben", "Ann"}
    keys = Alert.objects.filter(recipient=world.ann, link=file_of(world.ben).get_absolute_url())
    assert keys.values("key").distinct().count() == 2, "she brought him back herself"


def test_a_leaver_is_placed_nowhere_until_he_volunteers_again(world: World) -> None:
    record_leaver(file_of(world.ben), by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Ben has left"):
        add_volunteer(world.ely, volunteer=file_of(world.ben), by=world.ann, at=world.now)
    again = record_return(file_of(world.ben), by=world.ann, at=world.now)
    assert (again.status, is_member(world.ben)) == (Volunteer.Status.WAITING, False)
    later = world.now + timedelta(minutes=1)
    assert add_volunteer(world.ely, volunteer=again, by=world.ann, at=later).left_at is None


def test_pat_does_not_say_that_somebody_in_anns_circle_has_left(world: World) -> None:
    with pytest.raises(Refused, match="Ask Ann, or a manager"):
        record_leaver(file_of(world.ben), by=world.pat, at=world.now)
    assert is_member(world.ben)
    record_leaver(file_of(world.cas), by=world.pat, at=world.now)


def test_ben_fay_and_gil_may_not(world: World) -> None:
    for person in (world.ben, world.fay, world.gil, world.esi):
        for operation in (record_leaver, record_return):
            with pytest.raises(PermissionDenied):
                operation(file_of(world.cas), by=person, at=world.now)


def test_somebody_who_cannot_sign_in_is_not_back(world: World) -> None:
    pause_volunteer(file_of(world.cas), by=world.ann, at=world.now)
    suspend_person(world.cas, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="cannot sign in"):
        record_return(file_of(world.cas), by=world.ann, at=world.now)


def test_whoever_has_their_account_ended_has_left(world: World) -> None:
    end_account(world.ben, by=world.hana, at=world.now)
    assert file_of(world.ben).status == Volunteer.Status.LEFT
    assert not is_member(world.ben)


def test_the_page_names_what_ends_and_what_stands_open_with_ben(world: World, as_person: AsPerson) -> None:
    agreed = action(world)
    address = reverse("circles:volunteer_left", args=[file_of(world.ben).reference])
    page = as_person(world.ann).get(address).content.decode()
    for words in ("Has Ben Ashby left?", "C-0142", agreed.words, "The minutes of 17 June in C-0142"):
        assert words in page
    pats = as_person(world.pat).get(address).content.decode()
    assert agreed.words not in pats
    assert "C-0142" not in pats


def test_the_end_of_one_membership_names_it_too(world: World, as_person: AsPerson) -> None:
    agreed = action(world)
    address = reverse("circles:end_membership", args=["C-0142", file_of(world.ben).reference])
    assert agreed.words in as_person(world.ann).get(address).content.decode()


def test_ann_lets_ben_leave_and_come_back_on_the_pages(world: World, as_person: AsPerson) -> None:
    ann, his = as_person(world.ann), file_of(world.ben)
    assert "Ben has left" in ann.get(his.get_absolute_url()).content.decode()
    page = ann.post(reverse("circles:volunteer_left", args=[his.reference]), follow=True).content.decode()
    assert "Ben Ashby volunteers no more." in page
    assert "Ben is back" in page
    assert reverse("circles:volunteer_left", args=[his.reference]) not in page
    page = ann.post(reverse("circles:volunteer_back", args=[his.reference]), follow=True).content.decode()
    assert "Ben Ashby is back." in page
    assert "waiting for a circle" in page


def test_pat_is_told_on_the_page_whom_to_ask(world: World, as_person: AsPerson) -> None:
    address = reverse("circles:volunteer_left", args=[file_of(world.ben).reference])
    assert "Ask Ann, or a manager" in as_person(world.pat).post(address).content.decode()


def test_ann_changes_what_the_circle_calls_him_on_the_page(world: World, as_person: AsPerson) -> None:
    ann, address = as_person(world.ann), reverse("circles:known_as", args=["C-0142"])
    refused = ann.post(address, {"known_as": "Pauly Smith"}).content.decode()
    assert "one first name" in refused
    assert "Pauly Smith" in refused
    page = ann.post(address, {"known_as": "Pauly"}, follow=True).content.decode()
    assert "He is “Pauly” in C-0142 from now on." in page
    assert CircleEvent.objects.filter(circle=world.ely, what="He is “Pauly” here now, and was “Paul”").exists()
