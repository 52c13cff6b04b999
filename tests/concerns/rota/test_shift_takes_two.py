"""The number everybody rings in danger is put on their pages by no one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import AccountEvent, Change, User
from alerts.message.models import Alert
from alerts.mobile.models import Mobile
from concerns.rota.models import OnCallShift
from concerns.rota.operations import agree_to_shift, gaps_on_call, plan_shift, refuse_shift
from concerns.worklist import work_of
from core.errors import Refused
from tests.world import World

As = Callable[[User], Client]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HIS_OWN = "07700 900999"


def plan_shift_of(world: World, who: User, by: User, telephone: str = HIS_OWN) -> OnCallShift:
    starts, ends = world.now - HOUR, world.now + DAY
    return plan_shift(who, telephone=telephone, starts_at=starts, ends_at=ends, by=by, at=world.now - HOUR)


def number_shown(world: World) -> str | None:
    return OnCallShift.objects.telephone_at(world.now)


def prove(world: World, who: User, number: str) -> None:
    Mobile.objects.create(person=who, number=number, given_at=world.now, verified_at=world.now)


def test_a_technician_who_plans_fays_shift_with_a_number_of_his_own_shows_it_nowhere(
    world: World, as_person: As
) -> None:
    plan_shift_of(world, world.fay, world.gil)
    assert number_shown(world) is None
    for page in (as_person(world.ben).get("/"), Client().get("/account/login/")):
        assert HIS_OWN not in page.content.decode()
    assert gaps_on_call(at=world.now)
    assert Alert.objects.inbox().filter(recipient=world.fay, link=reverse("concerns:rota")).exists()
    with pytest.raises(PermissionDenied):
        agree_to_shift(OnCallShift.objects.get(), by=world.gil, at=world.now)
    agree_to_shift(OnCallShift.objects.get(), by=world.fay, at=world.now)
    assert number_shown(world) == HIS_OWN


def test_ann_says_yes_and_a_manager_vouches_before_her_unproved_number_shows(world: World) -> None:
    shift = plan_shift_of(world, world.ann, world.gil)
    shift = agree_to_shift(shift, by=world.ann, at=world.now)
    assert number_shown(world) is None
    with pytest.raises(PermissionDenied):
        agree_to_shift(shift, by=world.ann, at=world.now)
    agree_to_shift(shift, by=world.hana, at=world.now)
    assert number_shown(world) == HIS_OWN


def test_hana_who_planned_it_does_not_vouch_for_it(world: World) -> None:
    for who in (world.ann, world.hana):
        shift = plan_shift_of(world, who, world.hana)
        with pytest.raises(PermissionDenied):
            agree_to_shift(shift, by=world.hana, at=world.now)
    assert number_shown(world) is None


def test_a_number_the_person_has_proved_stands_at_once(world: World) -> None:
    prove(world, world.ann, "+447700900999")
    assert plan_shift_of(world, world.ann, world.gil).stands_from is not None
    assert plan_shift_of(world, world.pat, world.gil).stands_from is None  # another's proved number is not hers
    assert AccountEvent.objects.filter(person=world.ann, change=Change.SHIFT_PLANNED).exists()


@override_settings(ON_CALL_TELEPHONE="01632 960 100")
def test_the_number_the_service_always_answers_needs_the_persons_word_alone(world: World) -> None:
    shift = plan_shift_of(world, world.ann, world.gil, "01632960100")
    assert shift.stands_from is None
    assert agree_to_shift(shift, by=world.ann, at=world.now).stands_from is not None
    assert plan_shift_of(world, world.hana, world.hana, "01632 960 100").stands_from is not None


def test_it_waits_on_the_lists_of_those_who_must_agree_is_refused_and_lapses(world: World) -> None:
    shift = plan_shift_of(world, world.ann, world.gil)

    def waits(who: User) -> bool:
        return any("on call" in item.title and "Nobody" not in item.title for item in work_of(who, world.now))

    assert [name for name in ("ann", "hana", "fay", "pat", "kit", "gil") if waits(world.people[name])] == [
        "ann",
        "hana",
        "fay",
    ]
    refuse_shift(shift, by=world.ann, at=world.now)
    assert not waits(world.hana)
    assert Alert.objects.inbox().filter(recipient=world.gil, key=f"shift:{shift.pk}:refused").exists()
    lapsed = plan_shift_of(world, world.pat, world.gil)
    with pytest.raises(Refused, match="waits no longer"):
        agree_to_shift(lapsed, by=world.pat, at=world.now + 2 * DAY)


def test_a_shift_lasts_a_month_at_most(world: World) -> None:
    with pytest.raises(Refused, match="31 days"):
        plan_shift(
            world.fay,
            telephone=HIS_OWN,
            starts_at=world.now,
            ends_at=world.now + 300 * DAY,
            by=world.gil,
            at=world.now,
        )


def test_the_database_holds_it_too(world: World) -> None:
    plan_shift_of(world, world.ann, world.gil)
    for wrong in ({"stands_from": world.now}, {"agreed_by": world.gil, "agreed_at": world.now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OnCallShift.objects.update(**wrong)


def test_ann_agrees_and_pat_refuses_on_the_page(world: World, as_person: As) -> None:
    for who in (world.ann, world.pat):
        plan_shift_of(world, who, world.gil)
    ann, pat = as_person(world.ann), as_person(world.pat)
    hers, his = OnCallShift.objects.order_by("pk")
    page = ann.get(reverse("concerns:rota")).content.decode()
    assert page.count("Agree<") == 1
    assert ann.post(reverse("concerns:agree_to_shift", args=[hers.pk])).status_code == 302
    assert ann.post(reverse("concerns:agree_to_shift", args=[his.pk])).status_code == 403
    assert pat.post(reverse("concerns:refuse_shift", args=[his.pk])).status_code == 302
    assert not OnCallShift.objects.waiting(world.now).exclude(pk=hers.pk).exists()
