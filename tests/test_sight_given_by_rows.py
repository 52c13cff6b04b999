"""Sight that a row gives to a person ends with its reason. What gives sight is found in `visible_to` itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import F
from django.test import Client

from accounts.models import User
from accounts.models.role import Role
from alerts.leave.models import Leave
from alerts.leave.operations import cancel_leave, plan_leave
from alerts.message.models import Alert
from circles.circle.models import Circle, Membership
from circles.membership.operations import end_membership
from circles.review.operations import tell_invited
from concerns.concern.models import Concern
from concerns.drill.operations import start_drill
from concerns.handling.promise_operations import acknowledge_concern
from concerns.lists.models import SavedView
from concerns.lists.operations import save_view
from concerns.rota.models import OnCallShift
from concerns.rota.operations import cancel_shift
from concerns.share.models import Share
from concerns.share.operations import approve_share, send_share
from concerns.share.recipient import OtherRecipient
from offenders.contact.operations import end_contact
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import name_practitioner
from offenders.core_member.wall_models import BreakGlass
from offenders.lead.operations import change_lead
from offenders.panel.models import Seat
from offenders.panel.operations import end_seat
from offenders.referral.operations import hand_referral_to
from offenders.referral.screening_operations import withdraw_referral
from offenders.wall.break_glass_operations import break_glass
from offenders.wall.operations import add_wall_entry
from tests.circles.minutes_share.shares import contact_of, shared_minutes
from tests.circles.review.reviews import shared_review
from tests.columns_of_sight import columns_that_give_sight
from tests.concerns.engine.raising import worry
from tests.concerns.rota.on_call import put_on_call
from tests.concerns.share.sharing import share_for_esi
from tests.offenders.referral import referrals
from tests.world import World

As = Callable[[User], Client]


OWN = {
    "accounts_addresschange.person_id": "Another address one gave for oneself.",
    "accounts_invitation.invited_by_id": "Invitations one sent.",
    "accounts_proposal.asked_by_id": "What one asked a second person for.",
    "accounts_user.id": "One's own account.",
    "accounts_keptform.person_id": "A form one filled in and has not sent.",
    "accounts_submission.person_id": "A form one sent.",
    "alerts_alert.recipient_id": "One's own alerts: they hold no word of a record, and what they lead to is asked anew.",
    "alerts_leave.person_id": "One's own leave.",
    "alerts_mobile.person_id": "One's own number.",
    "alerts_preference.person_id": "One's own hours.",
    "circles_answeropening.opened_by_id": "That one opened an answer to correct it; the answer itself is asked for anew.",
    "circles_calendarevent.person_id": "What one's own calendar was told.",
    "circles_feed.user_id": "One's own calendar.",
    "circles_venue.coordinator_id": "The places one keeps.",
    "concerns_concern.raised_by_id": "What one raised oneself.",
    "concerns_concerndraft.author_id": "What one has not sent yet.",
    "volunteers_volunteer.user_id": "One's own file, and what one's memberships give.",
}
"""What stays one's own."""

BARS = {
    "accounts_proposal.person_id",
    "concerns_concern.about_id",
    "concerns_lowlevelconcern.about_id",
    "concerns_safeguardingreferral.about_id",
    "concerns_seriousincident.about_id",
    "offenders_wallentry.person_id",
}
"""What takes sight away and gives none."""


@dataclass(frozen=True)
class Given:
    """A row that gives sight: to whom, of what, and everything that ends it."""

    column: str
    person: str
    make: Callable[[World], Any]
    ends: tuple[Callable[[World, Any], object], ...]


def name_another(world: World, record: Any) -> None:
    name_practitioner(world.core_member, practitioner=world.max, by=world.ann, at=world.now)


def give_lead_to_another(world: World, record: Any) -> None:
    change_lead(
        world.core_member,
        lead_agency="probation",
        changed_on=world.now.date(),
        why="His order ended.",
        by=world.ann,
        at=world.now,
    )


def leaves_team(world: World, record: Any) -> None:
    world.esi.groups.remove(Group.objects.get(name="Cambridgeshire public protection"))


def loses_role(world: World, record: Any) -> None:
    world.esi.groups.remove(Group.objects.get(name=Role.LIAISON))


def contact_ends(world: World, record: Any) -> None:
    end_contact(record.contact, by=world.ann, at=world.now)


def coordinator_changes(world: World, record: Any) -> None:
    Circle.objects.filter(pk=world.ely.pk).update(coordinator=world.pat)
    CoreMember.objects.filter(pk=world.core_member.pk).update(coordinator=world.pat)


def ben_leaves(world: World, record: Any) -> None:
    end_membership(Membership.objects.get(circle=world.ely, volunteer__user=world.ben), by=world.ann, at=world.now)


def share_sent_to_esi(world: World) -> Share:
    share = share_for_esi(world, contact=contact_of(world), other_recipient=OtherRecipient())
    return send_share(approve_share(share, by=world.hana, at=world.now), by=world.ann, at=world.now)


def view_of_esi(world: World) -> SavedView:
    return save_view(world.queue, name="Mine", asked="level=urgent", by=world.esi, at=world.now)


def concern_covered_by_pat(world: World) -> Concern:
    concern = worry(world)
    hours = timedelta(hours=2)
    plan_leave(
        person=world.ann,
        deputy=world.pat,
        starts_at=world.now - hours,
        ends_at=world.now + hours,
        by=world.hana,
        at=world.now - hours,
    )
    return concern


def on_call_pat(world: World) -> Concern:
    concern = worry(world)
    hours = timedelta(hours=2)
    put_on_call(
        world,
        world.pat,
        telephone="01632 960 555",
        starts_at=world.now - hours,
        ends_at=world.now + hours,
        at=world.now - hours,
    )
    return concern


def concern_of_pat(world: World) -> Concern:
    return acknowledge_concern(on_call_pat(world), until=world.now + timedelta(minutes=30), by=world.pat, at=world.now)


def leave_is_called_off(world: World, record: Any) -> None:
    cancel_leave(Leave.objects.get(person=world.ann), by=world.hana, at=world.now)


def shift_is_called_off(world: World, record: Any) -> None:
    cancel_shift(OnCallShift.objects.get(person=world.pat), by=world.hana, at=world.now)


def seat_of_esi(world: World) -> Seat:
    return Seat.objects.get(referral=referrals.with_panel(world))


def referral_is_handed_on(world: World, record: Any) -> None:
    hand_referral_to(record, coordinator=world.pat, by=world.ann, at=world.now)


def panel_is_over(world: World, record: Any) -> None:
    withdraw_referral(record.referral, withdrawn_by="referrer", why="He moved.", by=world.ann, at=world.now)


def end_panel_seat(world: World, record: Any) -> None:
    end_seat(record, by=world.ann, at=world.now)


GIVEN = [
    Given(
        "offenders_coremember.practitioner_id",
        "esi",
        shared_review,
        (name_another, give_lead_to_another, leaves_team, loses_role),
    ),
    Given("circles_minutesshare.recipient_id", "esi", shared_minutes, (contact_ends, leaves_team, loses_role)),
    Given("concerns_share.recipient_id", "esi", share_sent_to_esi, (contact_ends, leaves_team, loses_role)),
    Given("accounts_user_groups.user_id", "esi", worry, (leaves_team,)),
    Given(
        "concerns_drillanswer.person_id",
        "esi",
        lambda world: start_drill(world.queue, by=world.hana, at=world.now),
        (leaves_team,),
    ),
    Given("concerns_savedview.owner_id", "esi", view_of_esi, (leaves_team,)),
    Given("circles_circle.coordinator_id", "ann", lambda world: world.ely, (coordinator_changes,)),
    Given("offenders_coremember.coordinator_id", "ann", lambda world: world.core_member, (coordinator_changes,)),
    Given("volunteers_volunteer.user_id", "ben", lambda world: world.meeting, (ben_leaves,)),
    Given("alerts_leave.deputy_id", "pat", concern_covered_by_pat, (leave_is_called_off,)),
    Given("concerns_oncallshift.person_id", "pat", on_call_pat, (shift_is_called_off,)),
    Given("concerns_acknowledgement.by_id", "pat", concern_of_pat, (shift_is_called_off,)),
]


def glass_broken_by_hana(world: World) -> CoreMember:
    """Hana is not on his allow-list, and looks all the same."""
    add_wall_entry(world.core_member, person=world.fay, kind="allow", reason="Known.", by=world.ann, at=world.now)
    break_glass(reference=world.core_member.reference, reason="The sergeant rang.", by=world.hana, at=world.now)
    return world.core_member


def half_an_hour_is_over(world: World, record: Any) -> None:
    hour = timedelta(hours=1)
    BreakGlass.objects.update(opened_at=F("opened_at") - hour, opened_until=F("opened_until") - hour)


GIVEN += [
    Given("offenders_breakglass.person_id", "hana", glass_broken_by_hana, (half_an_hour_is_over,)),
    Given("offenders_referral.coordinator_id", "ann", referrals.submitted, (referral_is_handed_on,)),
    Given("offenders_seat.person_id", "esi", seat_of_esi, (panel_is_over, end_panel_seat, loses_role)),
]


@pytest.mark.django_db
def test_every_row_that_gives_sight_is_known_with_what_ends_it() -> None:
    assert columns_that_give_sight() == {*OWN, *BARS, *(given.column for given in GIVEN)}


ENDINGS = [(given, end) for given in GIVEN for end in given.ends]


@pytest.mark.parametrize(("given", "end"), ENDINGS, ids=[f"{given.column} {end.__name__}" for given, end in ENDINGS])
def test_sight_ends_with_its_reason(
    given: Given, end: Callable[[World, Any], object], world: World, as_person: As
) -> None:
    record = given.make(world)
    rows, person = type(record).objects, world.people[given.person]
    assert rows.visible_to(person).contains(record)
    end(world, record)
    person = User.objects.get(pk=person.pk)
    assert not rows.visible_to(person).contains(record)
    assert as_person(person).get(record.get_absolute_url().partition("?")[0]).status_code == 404


def test_the_practitioner_of_now_reads_the_review_and_the_one_before_gets_neither_page_nor_copy_nor_word(
    world: World, as_person: As
) -> None:
    review = shared_review(world)
    name_another(world, review)
    assert as_person(world.max).get(review.get_absolute_url()).status_code == 200
    assert as_person(world.max).get(f"{review.get_absolute_url()}outer-copy/").status_code == 200
    assert as_person(world.esi).get(f"{review.get_absolute_url()}outer-copy/").status_code == 404
    before = set(Alert.objects.filter(recipient__in=[world.esi, world.max]).values_list("pk", flat=True))
    tell_invited(review, "changed", at=world.now)
    told = Alert.objects.filter(recipient__in=[world.esi, world.max]).exclude(pk__in=before)
    assert {alert.recipient for alert in told} == {world.max}
