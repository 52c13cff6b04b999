"""What another tab, or somebody else, did meanwhile: the second act is refused in words, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.signals import email_changed
from django.db import connection
from django.db.migrations.state import StateApps
from django.test.utils import CaptureQueriesContext

from accounts.access import Role, successor_of
from accounts.models import AccountEvent, Agency, Change, Invitation, Proposal, User
from accounts.operations import (
    accept_invitation,
    accept_recovery,
    agree_to_proposal,
    ask_for_address,
    ask_for_recovery,
    change_address,
    change_name,
    confirm_address,
    correct_invitation,
    decline_proposal,
    end_account,
    give_role,
    invite_person,
    join_team,
    return_person,
    suspend_person,
    take_role,
    withdraw_invitation,
)
from accounts.operations.provider import name_provider, provider_agency
from accounts.role_groups import make_groups_of_roles
from core.errors import Refused
from tests.accounts.teams import CAMBRIDGESHIRE, team
from tests.factories.accounts import PASSWORD
from tests.world import World

CHECKED = "I rang him on the number he gave when he joined."


def invite(world: World, *, by: User, role: Role = Role.VOLUNTEER, email: str = "nell@example.org") -> Invitation:
    invitation = invite_person(
        email=email, full_name="Nell Harrow", role=role, agency=by.agency, area=None, by=by, at=world.now
    )
    assert invitation is not None
    return invitation


def accept(invitation: Invitation, world: World) -> User:
    return accept_invitation(invitation, full_name="Nell Harrow", first_name="Nell", password=PASSWORD, at=world.now)


def fetch_person(name: str, world: World) -> User:
    person: User = User.objects.get(pk=world.people[name].pk)
    return person


def test_an_invitation_that_was_taken_back_is_neither_taken_back_again_nor_put_right(world: World) -> None:
    invitation = invite(world, by=world.hana)
    withdraw_invitation(invitation, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="nothing to take back"):
        withdraw_invitation(invitation, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="Send a new one"):
        correct_invitation(invitation, email="nellie@example.org", by=world.hana, at=world.now)
    assert not Invitation.objects.filter(email="nellie@example.org").exists()


def test_of_two_invitations_to_one_address_the_first_that_is_accepted_ends_the_other(world: World) -> None:
    of_ann, of_pat = invite(world, by=world.ann), invite(world, by=world.pat)
    nell = accept(of_ann, world)
    of_pat.refresh_from_db()
    assert of_pat.withdrawn_at == world.now
    with pytest.raises(Refused, match="was used"):
        accept(of_pat, world)
    assert [user.pk for user in User.objects.filter(email="nell@example.org")] == [nell.pk]


def test_nobody_joins_at_an_address_that_somebody_got_meanwhile(world: World) -> None:
    invitation = invite(world, by=world.hana)
    change_address(world.ben, email="nell@example.org", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="Sign in instead"):
        accept(invitation, world)


def test_ben_does_not_get_an_address_that_somebody_got_before_he_pressed_the_link(world: World) -> None:
    asked = ask_for_address(email="nell@example.org", by=world.ben, at=world.now)
    assert asked is not None
    accept(invite(world, by=world.hana), world)
    with pytest.raises(Refused, match="belongs to an account by now"):
        confirm_address(asked, at=world.now)
    assert fetch_person("ben", world).email == "ben@example.org"


def test_the_link_of_somebody_who_was_suspended_since_signs_nobody_in(world: World) -> None:
    proposal = ask_for_recovery(world.ben, how_checked=CHECKED, by=world.gil, at=world.now)
    agree_to_proposal(proposal, by=world.fay, at=world.now)
    link = Invitation.objects.get(person=world.ben)
    User.objects.filter(pk=world.ben.pk).update(status=User.Status.SUSPENDED, is_active=False)
    with pytest.raises(Refused, match="Ask whoever invited you"):
        accept_recovery(link, password=PASSWORD, at=world.now)


def test_an_invitation_to_join_is_no_link_to_sign_in_anew(world: World) -> None:
    with pytest.raises(Refused, match="Ask whoever invited you"):
        accept_recovery(invite(world, by=world.hana), password=PASSWORD, at=world.now)


def test_a_role_refused_by_the_second_person_is_not_given_and_ann_is_told_of_no_new_way_to_sign_in(
    world: World,
) -> None:
    give_role(world.ann, role=Role.DIRECTOR, by=world.hana, at=world.now)
    decline_proposal(Proposal.objects.get(), by=world.fay, at=world.now)
    assert not fetch_person("ann", world).has_role(Role.DIRECTOR)
    assert not AccountEvent.objects.filter(person=world.ann, change=Change.RECOVERY_REFUSED).exists()


def test_somebodys_return_is_put_to_the_second_person_in_a_sentence(world: World) -> None:
    suspend_person(world.fay, by=world.hana, at=world.now)
    return_person(fetch_person("fay", world), by=world.hana, at=world.now)
    assert Proposal.objects.get().sentence == "Fay Osborne is to return"


def test_esi_who_is_no_longer_a_liaison_is_out_of_every_team(world: World) -> None:
    take_role(world.esi, role=Role.LIAISON, by=world.hana, at=world.now)
    assert not world.esi.groups.filter(pk=team(CAMBRIDGESHIRE).pk).exists()


ALREADY_SO: list[tuple[str, Callable[[World], object], str]] = [
    (
        "the same name",
        lambda world: change_name(world.uma, full_name="Uma Desai", first_name="Uma", by=world.hana, at=world.now),
        "name they have already",
    ),
    (
        "the same address",
        lambda world: change_address(world.uma, email="UMA@example.org", by=world.hana, at=world.now),
        "address they have already",
    ),
    (
        "one's own address",
        lambda world: ask_for_address(email="Uma@example.org", by=world.uma, at=world.now),
        "address you have already",
    ),
    (
        "a role they have",
        lambda world: give_role(world.uma, role=Role.VOLUNTEER, by=world.hana, at=world.now),
        "has this role already",
    ),
    (
        "a role that was taken",
        lambda world: take_role(world.uma, role=Role.COORDINATOR, by=world.hana, at=world.now),
        "does not have this role any more",
    ),
    (
        "a team they are in",
        lambda world: join_team(world.esi, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now),
        "in this team already",
    ),
    ("a provider without a name", lambda world: name_provider(name="  ", at=world.now), "Write the provider"),
]


@pytest.mark.parametrize(("act", "words"), [row[1:] for row in ALREADY_SO], ids=[row[0] for row in ALREADY_SO])
def test_what_is_so_already_is_said_and_nothing_is_written(
    act: Callable[[World], object], words: str, world: World
) -> None:
    with pytest.raises(Refused, match=words):
        act(world)
    assert not AccountEvent.objects.exists()


def test_nobody_who_is_suspended_is_asked_about_to_sign_in_anew(world: World) -> None:
    suspend_person(world.ben, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="Let them return first"):
        ask_for_recovery(world.ben, how_checked=CHECKED, by=world.hana, at=world.now)


def test_the_provider_keeps_its_name_when_it_is_named_again(world: World) -> None:
    provider = provider_agency()
    assert provider is not None
    before = provider.name
    with CaptureQueriesContext(connection) as asked:
        name_provider(name=before, at=world.now)
    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in asked)
    assert Agency.objects.get(pk=provider.pk).name == before


def test_where_nobody_leads_anns_circle_and_core_member_stay_hers_until_somebody_does(world: World) -> None:
    for leader in (world.hana, world.fay, world.kit):
        leader.groups.clear()
    assert successor_of(world.ann, by=world.gil) is None
    end_account(world.ann, by=world.gil, at=world.now)
    world.ely.refresh_from_db()
    world.core_member.refresh_from_db()
    assert (world.ely.coordinator, world.core_member.coordinator) == (world.ann, world.ann)


def test_if_the_library_ever_changes_an_address_the_person_is_told(world: World) -> None:
    email_changed.send(sender=User, request=None, user=world.ben)
    assert AccountEvent.objects.get(person=world.ben).change == Change.ADDRESS_CHANGED


def test_before_the_librarys_table_of_groups_is_made_no_role_has_one() -> None:
    make_groups_of_roles(None, using="default", apps=StateApps([], {}))  # without a database: it asks none


def test_a_link_lasts_three_days_and_not_a_second_more(world: World) -> None:
    invitation = invite(world, by=world.hana)
    with pytest.raises(Refused, match="Send a new one"):
        correct_invitation(
            invitation, email="nellie@example.org", by=world.hana, at=world.now + timedelta(hours=72, seconds=1)
        )
