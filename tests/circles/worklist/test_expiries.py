"""What runs out is on the list of whoever renews it, in time."""

from __future__ import annotations

from datetime import timedelta

from circles.agreement.operations import sign_agreement
from circles.circle.models import Circle
from circles.coordinator.operations import change_coordinator
from circles.sharing_agreement.models import SharingAgreement
from circles.venue.models import Venue
from circles.venue.operations import choose_venue
from circles.worklist import work_of
from offenders.contact.operations import verify_contact
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import add_restriction
from tests.circles.life.preparing import EVERYTHING, hall, name_contact, prepared_circle, share, today
from tests.world import World


def item_titles_of(person: object, world: World, days: int = 0) -> list[str]:
    return [item.title for item in work_of(person, world.now + timedelta(days=days))]  # type: ignore[arg-type]


def test_a_risk_assessment_waits_for_ann_from_thirty_days_before_it_runs_out(world: World) -> None:
    choose_venue(world.ely, venue=hall(world, days=100), by=world.ann, at=world.now)
    assert "Assess the risks at HALL again" not in item_titles_of(world.ann, world, days=69)
    assert "Assess the risks at HALL again" in item_titles_of(world.ann, world, days=70)
    assert "Assess the risks at HALL again" not in item_titles_of(world.pat, world, days=70)
    late = [one for one in work_of(world.ann, world.now + timedelta(days=101)) if "Assess" in one.title]
    assert [one.must_act for one in late] == [True]


def test_a_place_without_an_assessment_waits_at_once_and_one_nobody_uses_does_not(world: World) -> None:
    place = hall(world)
    Venue.objects.filter(pk=place.pk).update(assessed_on=None, assessed_until=None)
    assert item_titles_of(world.ann, world) == []
    Circle.objects.filter(pk=world.ely.pk).update(venue=place)
    assert item_titles_of(world.ann, world) == ["Assess the risks at HALL again"]


def test_a_number_waits_for_ann_a_fortnight_before_its_ninety_days_are_over(world: World) -> None:
    contact = name_contact(world.ely, world)
    assert item_titles_of(world.ann, world) == ["Ring the case officer for EE-2417-K"]
    verify_contact(contact, by=world.ann, at=world.now)
    assert not any(title.startswith("Ring") for title in item_titles_of(world.ann, world, days=75))
    assert any(title.startswith("Ring") for title in item_titles_of(world.ann, world, days=76))


def test_an_areas_agreement_waits_for_hana_unless_a_newer_one_stands(world: World) -> None:
    share(world)
    SharingAgreement.objects.update(review_on=today(world) + timedelta(days=30))
    assert item_titles_of(world.hana, world) == ["Renew the sharing agreement for Cambridgeshire"]
    assert item_titles_of(world.ann, world) == []
    share(world)
    assert item_titles_of(world.hana, world) == []


def test_while_a_circle_prepares_the_agreement_waits_for_each_who_has_not_signed(world: World) -> None:
    circle = prepared_circle(world, EVERYTHING - {"signatures"})
    words = f"Sign the agreement of {circle.reference}"
    for person in (world.tom, world.uma, world.ann):
        assert words in item_titles_of(person, world)
    for person in (world.vic, world.pat, world.hana):
        assert words not in item_titles_of(person, world)
    sign_agreement(circle, by=world.tom, at=world.now)
    assert words not in item_titles_of(world.tom, world)
    assert words in item_titles_of(world.uma, world)


def test_whoever_comes_to_a_circle_that_meets_is_asked_to_sign_and_the_others_are_not(world: World) -> None:
    circle = prepared_circle(world, EVERYTHING)
    words = f"Sign the agreement of {circle.reference}"
    Circle.objects.filter(pk=circle.pk).update(status="weekly")
    change_coordinator(circle, coordinator=world.pat, by=world.hana, at=world.now)
    assert words in item_titles_of(world.pat, world)
    assert words not in item_titles_of(world.tom, world)
    sign_agreement(circle, by=world.pat, at=world.now)
    assert words not in item_titles_of(world.pat, world)


def test_a_planned_end_waits_for_ann_four_weeks_ahead(world: World) -> None:
    words = "Tell the agencies that C-0142 ends, or move its end"
    left = (world.ely.planned_end_on - today(world)).days
    assert words not in item_titles_of(world.ann, world, days=left - 29)
    assert words in item_titles_of(world.ann, world, days=left - 28)
    items = work_of(world.ann, world.now + timedelta(days=left - 13))
    assert [one.must_act for one in items if one.title == words] == [True]


def test_ann_is_prompted_sixty_days_before_an_end_of_one_who_waits_for_a_circle(world: World) -> None:
    """He has no circle yet, so no circle's page says it."""
    waiting = accept_core_member(
        category=1,
        level=1,
        lead_agency="police",
        area=world.core_member.area,
        coordinator=world.ann,
        by=world.ann,
        at=world.now,
        reference="EE-7777-Q",
    )
    for days in (59, 61):
        add_restriction(
            waiting,
            source="shpo",
            plain_words=f"No parks for {days} days.",
            starts_on=today(world),
            ends_on=today(world) + timedelta(days=days),
            by=world.ann,
            at=world.now,
        )
    asked = [item.title for item in work_of(world.ann, world.now) if "EE-7777-Q" in item.title]
    assert len(asked) == 2
    assert "Propose a circle for EE-7777-Q" in asked
    assert len([title for title in asked if title.startswith("An order of EE-7777-Q ends on")]) == 1
    assert not [item for item in work_of(world.pat, world.now) if "EE-7777-Q" in item.title]
