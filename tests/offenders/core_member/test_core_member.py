"""Core members: accepted by reference alone, and seen by few people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from alerts.message.models import Alert
from core.errors import MoveNotAllowed, Refused
from core.references import new_reference
from offenders.core_member.models import REFERENCE, CoreMember
from offenders.core_member.operations import (
    accept_core_member,
    bring_over_core_member,
    enter_circle,
    name_practitioner,
)
from offenders.restriction.models import Restriction
from offenders.restriction.operations import add_restriction
from tests.examples import with_examples
from tests.world import World

AsPerson = Callable[[User], Client]


def accept(world: World, by: User, reference: str = "") -> CoreMember:
    return accept_core_member(
        category=1,
        level=2,
        lead_agency="police",
        area=world.core_member.area,
        coordinator=world.ann,
        by=by,
        at=world.now,
        reference=reference,
    )


def test_ann_takes_a_core_member_on_and_a_reference_is_made(world: World) -> None:
    assert accept(world, world.ann).reference.startswith("CM-")


def test_a_reference_is_used_once(world: World) -> None:
    with pytest.raises(Refused, match="has this reference"):
        accept(world, world.ann, reference="EE-2417-K")


NAMES = [
    "JOHN-SMITH",
    "JS-1975",
    "SMITH-1975-J",
    "J-SMITH",
    "CM-SMITH",
    "EE-SMTH-J",
    "EE-241-K",
    "EE-24175-K",
    "EE-2417",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_that_a_name_fits_into_is_refused_in_words(world: World, name: str) -> None:
    with pytest.raises(Refused, match="two letters, four figures and a letter") as refused:
        accept(world, world.ann, reference=name)
    assert refused.value.field == "reference"
    with pytest.raises(IntegrityError, match="core_member_reference_is_no_name"), transaction.atomic():
        CoreMember.objects.filter(pk=world.core_member.pk).update(reference=name)


@given(data=st.data())
@with_examples(30)
def test_a_made_reference_fits_and_a_word_does_not(data: st.DataObject) -> None:
    made = new_reference("CM", data.draw(st.integers(5, 9)))
    assert re.fullmatch(REFERENCE, made)
    word = data.draw(
        st.from_regex(r"[A-Z]{2,6}-[A-Z]{2,8}", fullmatch=True).filter(lambda text: set(text) & set("AEIOUY"))
    )
    assert not re.fullmatch(REFERENCE, word)


def test_hana_is_told_on_the_page(world: World, as_person: AsPerson) -> None:
    address = reverse("offenders:bring_over")
    sent = {
        "reference": "JOHN-SMITH",
        "category": 1,
        "level": 1,
        "lead_agency": "police",
        "coordinator": world.ann.pk,
        "from_before": "In a circle since 2024.",
        "area": world.core_member.area_id,
    }
    answer = as_person(world.hana).post(address, sent)
    assert "two letters, four figures and a letter" in answer.content.decode()


def test_ben_may_not_take_a_core_member_on(world: World) -> None:
    with pytest.raises(PermissionDenied, match="You may not accept a core member"):
        accept(world, world.ben)


def test_a_core_member_is_seen_by_his_coordinator_the_manager_and_the_safeguarding_lead(world: World) -> None:
    seen = {
        name for name, one in world.people.items() if CoreMember.objects.visible_to(one).contains(world.core_member)
    }
    assert seen == {"ann", "hana", "fay"}


def test_a_suspended_manager_sees_nobody(world: World) -> None:
    world.hana.is_active = False
    assert not CoreMember.objects.visible_to(world.hana).exists()


def test_pat_may_not_change_anns_core_member(world: World) -> None:
    with pytest.raises(PermissionDenied):
        name_practitioner(world.core_member, practitioner=world.lou, by=world.pat, at=world.now)


def test_ann_names_the_practitioner_who_is_told_first(world: World) -> None:
    assert (
        name_practitioner(world.core_member, practitioner=world.lou, by=world.ann, at=world.now).practitioner
        == world.lou
    )


def test_somebody_who_cannot_sign_in_is_not_named_practitioner(world: World) -> None:
    world.lou.is_active = False
    with pytest.raises(Refused, match="can no longer sign in"):
        name_practitioner(world.core_member, practitioner=world.lou, by=world.ann, at=world.now)


def test_a_restriction_holds_from_its_first_day_until_its_last(world: World) -> None:
    today = world.now.date()
    added = add_restriction(
        world.core_member,
        source="licence",
        plain_words="He must be home by nine.",
        starts_on=today,
        ends_on=today + timedelta(days=2),
        by=world.ann,
        at=world.now,
    )
    held = [added.is_in_force_on(today + timedelta(days=days)) for days in [-1, 0, 1, 2]]
    assert held == [False, True, True, False]
    for days, holds in zip([-1, 0, 1, 2], held, strict=True):
        found = Restriction.objects.in_force(today + timedelta(days=days)).contains(added)
        assert found is holds


def test_a_restriction_cannot_end_before_it_starts(world: World) -> None:
    with pytest.raises(Refused, match="after the start"):
        add_restriction(
            world.core_member,
            source="licence",
            plain_words="x",
            starts_on=world.now.date(),
            ends_on=world.now.date(),
            by=world.ann,
            at=world.now,
        )


def test_a_core_member_enters_a_circle_once(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        enter_circle(world.core_member, by=world.ann, at=world.now)


def test_the_page_shows_how_mappa_manages_him_and_who_looked(world: World, as_person: AsPerson) -> None:
    his_page, ann = world.core_member.get_absolute_url(), as_person(world.ann)
    as_person(world.hana).get(his_page)
    body = "".join(ann.get(page).content.decode() for page in (his_page, f"{his_page}who-looked/"))
    for shown in ["EE-2417-K", "Category 1", "Level 1", "Esi Okafor", "He must not be alone", "Hana Reid"]:
        assert shown in body
    assert "offender" not in body.lower()


def test_ben_and_pat_find_no_such_core_member(world: World, as_person: AsPerson) -> None:
    for person in [world.ben, world.pat, world.esi, world.gil]:
        assert as_person(person).get(world.core_member.get_absolute_url()).status_code == 404


def test_hana_brings_one_over_and_ann_is_told_and_adds_a_restriction(world: World, as_person: AsPerson) -> None:
    sent = {
        "reference": "EE-5521-M",
        "category": 1,
        "level": 1,
        "lead_agency": "police",
        "area": world.core_member.area_id,
        "coordinator": world.ann.pk,
        "practitioner": world.esi.pk,
        "from_before": " ",
    }
    address = reverse("offenders:bring_over")
    assert as_person(world.hana).post(address, sent).status_code == 200, "she must say why no referral is here"
    sent["from_before"] = "In a circle since 2024; his papers are in the cabinet."
    assert as_person(world.hana).post(address, sent).url == reverse("offenders:core_member", args=["EE-5521-M"])
    told = Alert.objects.filter(key__startswith="EE-5521-M:", channel="inbox")
    assert {alert.recipient for alert in told} == {world.ann, world.esi}
    ann, day = as_person(world.ann), world.now.date()
    words = {
        "source": "shpo",
        "category": "places",
        "plain_words": "He must tell police of any device within 3 days.",
        "starts_on_day": day.day,
        "starts_on_month": day.month,
        "starts_on_year": day.year,
    }
    added = ann.post(reverse("offenders:add_restriction", args=["EE-5521-M"]), words, follow=True)
    assert "any device within 3 days" in added.content.decode()


def test_a_used_reference_tells_ann_nothing_of_pats_core_member(world: World) -> None:
    with pytest.raises(Refused, match="This reference cannot be used here"):
        accept(world, world.ann, reference="EE-3091-T")


def test_only_a_manager_brings_one_over(world: World) -> None:
    facts = {"category": 1, "level": 1, "lead_agency": "police", "area": world.core_member.area}
    for person in (world.ann, world.fay, world.gil):
        with pytest.raises(PermissionDenied):
            bring_over_core_member(from_before="Since 2024.", coordinator=world.ann, by=person, at=world.now, **facts)
