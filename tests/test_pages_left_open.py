"""A page that was left open while somebody acted: the second press is answered in words, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import Invitation, Proposal, User
from accounts.operations import (
    agree_to_proposal,
    give_role,
    invite_person,
    suspend_person,
    withdraw_invitation,
)
from circles.taxonomy.models import Tag
from tests.circles.log.writing import send
from tests.world import World

As = Callable[[User], Client]


def words_after(client: Client, address: str) -> str:
    """What the page says after a press, wherever it leads."""
    return client.post(address, follow=True).content.decode()


def test_fay_agrees_to_what_kit_agreed_to_a_moment_before(world: World, as_person: As) -> None:
    give_role(world.ann, role=Role.DIRECTOR, by=world.hana, at=world.now)
    proposal, fay = Proposal.objects.get(), as_person(world.fay)
    agree_to_proposal(proposal, by=world.kit, at=world.now)
    assert "waits no longer" in words_after(fay, reverse("accounts:agree_to_proposal", args=[proposal.pk]))
    assert Proposal.objects.get().decided_by == world.kit


def test_hana_takes_back_an_invitation_that_she_took_back_in_another_tab(world: World, as_person: As) -> None:
    invite_person(
        email="nell@example.org",
        full_name="Nell Harrow",
        role=Role.VOLUNTEER,
        agency=world.hana.agency,
        area=None,
        by=world.hana,
        at=world.now,
    )
    invitation, hana = Invitation.objects.get(), as_person(world.hana)
    withdraw_invitation(invitation, by=world.hana, at=world.now)
    assert "nothing to take back" in words_after(hana, reverse("accounts:withdraw_invitation", args=[invitation.pk]))


def test_a_role_that_somebody_has_no_more_has_no_page_on_which_it_is_taken(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    for role, status in (("volunteer", 200), ("coordinator", 404), ("emperor", 404)):
        assert hana.get(reverse("accounts:take_role", args=[world.ben.reference, role])).status_code == status


def test_hana_is_told_that_fays_return_waits_for_a_second_person(world: World, as_person: As) -> None:
    suspend_person(world.fay, by=world.hana, at=world.now)
    said = words_after(as_person(world.hana), reverse("accounts:restore", args=[world.fay.reference]))
    assert "must agree" in said
    assert "They are asked." in said
    assert not User.objects.get(pk=world.fay.pk).is_active


def test_a_word_that_was_retired_is_offered_again_on_its_page(world: World, as_person: As) -> None:
    hana, tag = as_person(world.hana), Tag.objects.get(name="Family")
    address = reverse("circles:retire_tag", args=[tag.reference])
    assert "no longer offered" in words_after(hana, address)
    assert "offered again" in words_after(hana, address)
    assert Tag.objects.get(pk=tag.pk).retired_at is None
    assert hana.get(reverse("circles:tag", args=["T-0000"])).status_code == 404


def test_ben_who_sent_the_minutes_in_another_tab_is_led_from_their_extra_pages_to_what_was_sent(
    world: World, as_person: As
) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    ben, log = as_person(world.ben), reverse("circles:log", args=[world.meeting.reference])
    for name in ("circles:log_factors", "circles:log_contacts"):
        assert ben.get(reverse(name, args=[world.meeting.reference]))["Location"] == log
