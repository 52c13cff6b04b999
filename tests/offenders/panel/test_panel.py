"""Two people sign an assessment off, a panel gives its views, and he is accepted, or not yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from accounts.operations import end_account, take_role
from alerts.message.models import Alert
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.identity.models import IdentityMatch
from offenders.identity.operations import write_identity
from offenders.panel.decision_operations import accept_referral, defer_referral, resume_referral, uphold_appeal
from offenders.panel.guards import PanelFacts
from offenders.panel.models import Seat
from offenders.panel.operations import (
    assess_volunteer_risk,
    complete_assessment,
    end_seat,
    give_view,
    seat_member,
    sign_off_assessment,
)
from offenders.panel.papers import papers_for
from offenders.panel.risk_models import VolunteerRisk
from offenders.referral.access import ReferralAccess
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from tests.offenders.identity.identities import jonah
from tests.offenders.referral.referrals import (
    assessed,
    declined,
    declined_by_panel,
    deferred,
    in_assessment,
    viewed,
    with_panel,
)
from tests.world import World

As = Callable[[User], Client]

DAY = timedelta(days=1)


def accept(referral: Referral, world: World, **changes: object) -> CoreMember:
    said = {"category": 1, "level": 1, "lead_agency": "police", "reasons": "The panel agreed."} | changes
    return accept_referral(referral, **{"by": world.ann, "at": world.now, **said})  # type: ignore[arg-type]


def test_two_people_sign_it_off_and_assess_the_risk_before_the_panel_has_it(world: World) -> None:
    referral = in_assessment(world)
    sign_off_assessment(referral, words="Two talks.", by=world.ann, at=world.now)
    assess_volunteer_risk(referral, rating="low", words="No violence.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Somebody else must do so too"):
        sign_off_assessment(referral, words="Again.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Somebody else must do so too"):
        assess_volunteer_risk(referral, rating="low", words="Again.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="1 of two people signed the assessment off; 1 of two people assessed the risk"):
        complete_assessment(referral, by=world.ann, at=world.now)
    sign_off_assessment(referral, words="I agree.", by=world.fay, at=world.now)
    assess_volunteer_risk(referral, rating="low", words="None.", by=world.fay, at=world.now)
    assert complete_assessment(referral, by=world.ann, at=world.now).status == "panel"


def test_the_risk_to_volunteers_is_for_ann_and_the_leaders_and_not_for_the_panel(world: World) -> None:
    referral = with_panel(world)
    sees = {name for name, person in world.people.items() if VolunteerRisk.objects.visible_to(person).exists()}
    assert sees == {"ann", "hana", "fay"}
    assert not hasattr(papers_for(Seat.objects.get(referral=referral)), "risks")


def test_fay_reads_what_ann_thinks_of_the_risk_once_she_has_said_it_herself(world: World) -> None:
    referral = in_assessment(world)
    assess_volunteer_risk(referral, rating="low", words="No violence.", by=world.ann, at=world.now)
    assert PanelFacts(referral).risks_shown_to(world.fay) == []
    assert len(PanelFacts(referral).risks_shown_to(world.ann)) == 1
    assess_volunteer_risk(referral, rating="high", words="A threat.", by=world.fay, at=world.now)
    assert len(PanelFacts(referral).risks_shown_to(world.fay)) == 2


def test_esi_sees_her_seat_while_the_panel_has_it_and_no_name_of_a_professional(world: World) -> None:
    referral = assessed(world)
    seat = seat_member(referral, person=world.esi, by=world.ann, at=world.now)
    assert not Seat.objects.visible_to(world.esi).exists()
    complete_assessment(referral, by=world.ann, at=world.now)
    assert Alert.objects.filter(recipient=world.esi, link=seat.get_absolute_url()).exists()
    assert list(Seat.objects.visible_to(world.esi)) == [seat]
    assert not Referral.objects.visible_to(world.esi).exists()
    assert not SectionAnswers.objects.visible_to(world.esi).exists()
    shown = {filled.section.name for filled in papers_for(seat).sections}
    assert "offences" in shown
    assert "professionals" not in shown
    end_seat(seat, by=world.ann, at=world.now)
    assert not Seat.objects.visible_to(world.esi).exists()


def test_esi_is_off_the_panel_when_her_account_or_her_role_ends(world: World) -> None:
    seat = Seat.objects.get(referral=with_panel(world))
    take_role(world.esi, role=Role.LIAISON, by=world.hana, at=world.now)
    seat.refresh_from_db()
    assert seat.ended_by == world.hana
    kits = seat_member(seat.referral, person=world.kit, by=world.ann, at=world.now)
    end_account(world.kit, by=world.hana, at=world.now)
    kits.refresh_from_db()
    assert kits.ended_by == world.hana


def test_only_esi_gives_her_view_with_reasons_and_conditions_if_she_has_some(world: World) -> None:
    seat = Seat.objects.get(referral=with_panel(world))
    for person in (world.ann, world.hana, world.lou):
        with pytest.raises(PermissionDenied):
            give_view(seat, view="accept", reasons="Ready.", by=person, at=world.now)
    with pytest.raises(Refused, match="Write why"):
        give_view(seat, view="accept", reasons=" ", by=world.esi, at=world.now)
    with pytest.raises(Refused, match="Write the conditions"):
        give_view(seat, view="conditions", reasons="Ready.", by=world.esi, at=world.now)
    given = give_view(
        seat, view="conditions", conditions="Not near a school.", reasons="Ready.", by=world.esi, at=world.now
    )
    assert given.viewed_at == world.now


def test_accepting_makes_a_core_member_of_anns(world: World) -> None:
    referral = viewed(world)
    core_member = accept(referral, world, conditions="Not near a school.")
    referral.refresh_from_db()
    assert (referral.status, referral.core_member) == ("accepted", core_member)
    assert (core_member.coordinator, core_member.area, core_member.status) == (world.ann, referral.area, "accepted")
    assert not Seat.objects.visible_to(world.esi).exists()


def test_once_he_is_accepted_the_referral_is_seen_by_whoever_may_see_him(world: World) -> None:
    referral = viewed(world)
    core_member = accept(referral, world)
    assert list(Referral.objects.visible_to(world.ann)) == [referral]
    CoreMember.objects.filter(pk=core_member.pk).update(coordinator=world.pat)
    assert list(Referral.objects.visible_to(world.pat)) == [referral]
    assert not Referral.objects.visible_to(world.ann).exists()
    for person, works in ((world.pat, True), (world.ann, False), (world.hana, True)):
        assert ReferralAccess(person, Referral.objects.get()).work_referral is works


def test_who_he_is_goes_with_him_sealed_and_anns_next_referral_of_him_is_a_match(world: World) -> None:
    referral = viewed(world)
    identity = write_identity(referral, jonah(), by=world.ann, at=world.now)
    assert accept(referral, world).identity == identity
    write_identity(in_assessment(world), jonah(), by=world.ann, at=world.now)
    assert IdentityMatch.objects.count() == 1


def test_who_he_is_is_written_on_his_own_page_once_he_is_accepted(world: World, as_person: As) -> None:
    referral = viewed(world)
    core_member = accept(referral, world)
    address = reverse("offenders:write_referral_identity", args=[referral.reference])
    answer = as_person(world.ann).get(address)
    assert answer["Location"] == reverse("offenders:write_identity", args=[core_member.reference])


@pytest.mark.parametrize("lacking", ["view", "member", "agreement", "criteria", "risk"])
def test_he_is_not_accepted_while_something_is_missing(world: World, lacking: str) -> None:
    referral = with_panel(world) if lacking == "view" else viewed(world)
    words = {
        "view": "1 of 1 on the panel gave no view yet",
        "member": "nobody sits on the panel",
        "agreement": "he knows of the referral and agrees to it",
        "criteria": "Speaks against it",
        "risk": "the risk to volunteers is assessed as high",
    }[lacking]
    if lacking == "member":
        end_seat(Seat.objects.get(referral=referral), by=world.ann, at=world.now)
    elif lacking == "agreement":
        SectionAnswers.objects.filter(referral=referral, section="attitude").update(answers={"agrees": "no"})
    elif lacking == "criteria":
        referral.screening.answers.filter(criterion__kind="exclusion").update(answer="yes")
    elif lacking == "risk":
        assess_volunteer_risk(referral, rating="high", words="A threat.", by=world.hana, at=world.now)
    with pytest.raises(Refused, match=words):
        accept(referral, world)


def test_a_deferral_has_a_day_to_come_and_goes_back_to_the_panel(world: World) -> None:
    referral = with_panel(world)
    with pytest.raises(Refused, match="Give a day to come"):
        defer_referral(referral, until=world.now.date(), reasons="Later.", by=world.ann, at=world.now)
    referral = defer_referral(referral, until=(world.now + DAY).date(), reasons="He moves.", by=world.ann, at=world.now)
    assert referral.deferred_until == (world.now + DAY).date()
    assert resume_referral(referral, by=world.ann, at=world.now + DAY).deferred_until is None


def test_an_appeal_is_upheld_by_a_manager_and_goes_where_it_was(world: World) -> None:
    assert uphold_appeal(declined_by_panel(world), reasons="New facts.", by=world.hana, at=world.now).status == "panel"
    never_assessed = declined(world)
    with pytest.raises(PermissionDenied):
        uphold_appeal(never_assessed, reasons="New facts.", by=world.ann, at=world.now)
    again = uphold_appeal(never_assessed, reasons="New facts.", by=world.hana, at=world.now)
    assert (again.status, again.decline_reason) == ("assessing", "")


def test_a_deferred_one_can_be_viewed_and_not_signed_off(world: World) -> None:
    referral = deferred(world)
    with pytest.raises(Refused, match="It stands otherwise now"):
        sign_off_assessment(referral, words="More.", by=world.hana, at=world.now)
    seat = Seat.objects.get(referral=referral)
    assert give_view(seat, view="decline", reasons="Not yet.", by=world.esi, at=world.now).view == "decline"
