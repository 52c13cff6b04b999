"""Each guard, and that the circle does not meet without it (domain.md 10, rule 13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.agreement.models import Agreement, Signature
from circles.agreement.operations import publish_agreement, record_briefing, record_his_signature, sign_agreement
from circles.circle.models import Circle
from circles.life.guards import TO_MEET, states_of_guards
from circles.life.operations import start_weekly
from circles.meeting.models import Meeting
from circles.membership.operations import end_membership
from circles.programme.models import Programme
from circles.sharing_agreement.models import SharingAgreement
from circles.sharing_agreement.operations import set_sharing_aside
from circles.venue.operations import choose_venue
from core.errors import Refused
from offenders.contact.models import Contact
from offenders.restriction.operations import add_restriction, verify_restrictions
from tests.circles.life.preparing import (
    EVERYTHING,
    STANDS,
    hall,
    name_contact,
    prepared_circle,
    proposed_circle,
    supply,
    today,
)
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def lack_of(circle: Circle, world: World, name: str, days: int = 0) -> list[str]:
    day = today(world) + timedelta(days=days)
    return next(one.lacks for one in states_of_guards(Circle.objects.get(pk=circle.pk), day) if one.guard.name == name)


def test_with_everything_there_nothing_is_still_to_do(world: World) -> None:
    circle = prepared_circle(world)
    assert {one.guard.name for one in states_of_guards(circle, today(world))} == EVERYTHING | STANDS
    assert not any(one.is_open for one in states_of_guards(circle, today(world)))
    assert start_weekly(circle, by=world.ann, at=world.now).status == Circle.Status.WEEKLY


def test_a_circle_just_proposed_lacks_everything_but_the_queue_of_its_area(world: World) -> None:
    closed = {one.guard.name for one in states_of_guards(proposed_circle(world), today(world)) if not one.is_open}
    assert closed == STANDS


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("sharing", "no agreement is in force for Cambridgeshire"),
        ("contacts", "nobody is named to ring"),
        ("restrictions", "have not been read over"),
        ("briefing", "no briefing has been held"),
        ("signatures", "still to sign"),
    ],
)
def test_without_it_the_circle_does_not_meet(world: World, missing: str, words: str) -> None:
    circle = prepared_circle(world, EVERYTHING - {missing})
    with pytest.raises(Refused, match=words):
        start_weekly(circle, by=world.ann, at=world.now)
    circle.refresh_from_db()
    assert circle.status == Circle.Status.PREPARING
    assert not circle.meetings.exists()


def test_with_three_volunteers_it_does_not_meet(world: World) -> None:
    circle = prepared_circle(world)
    end_membership(circle.memberships.get(volunteer__user=world.dev), by=world.ann, at=world.now)
    with pytest.raises(Refused, match="3 of at least 4 volunteers"):
        start_weekly(circle, by=world.ann, at=world.now)


def test_the_fewest_are_the_programmes(world: World) -> None:
    circle = prepared_circle(world)
    end_membership(circle.memberships.get(volunteer__user=world.dev), by=world.ann, at=world.now)
    Circle.objects.filter(pk=circle.pk).update(programme=Programme.objects.get(reference="P-YOUNG"))
    assert lack_of(circle, world, "volunteers") == []


def test_a_fifth_volunteer_whose_check_has_run_out_keeps_it_from_meeting(world: World) -> None:
    circle = prepared_circle(world)
    Volunteer.objects.filter(user=world.tom).update(checked_until=today(world) - timedelta(days=1))
    with pytest.raises(Refused, match="Tom’s criminal-record check has run out"):
        start_weekly(circle, by=world.ann, at=world.now)


def test_a_number_nobody_rang_in_ninety_days_keeps_it_from_meeting(world: World) -> None:
    circle = prepared_circle(world)
    Contact.objects.update(verified_on=today(world) - timedelta(days=91))
    with pytest.raises(Refused, match="not rung in the last ninety days"):
        start_weekly(circle, by=world.ann, at=world.now)


def test_one_contact_not_rung_is_one_too_many(world: World) -> None:
    circle = prepared_circle(world)
    name_contact(circle, world)
    assert lack_of(circle, world, "contacts") == ["Case officer not rung in the last ninety days"]


def test_a_sharing_agreement_past_its_review_is_none(world: World) -> None:
    circle = prepared_circle(world)
    SharingAgreement.objects.update(review_on=today(world) - timedelta(days=1))
    assert lack_of(circle, world, "sharing")


def test_one_of_another_area_is_none(world: World) -> None:
    circle = prepared_circle(world)
    SharingAgreement.objects.update(area=world.norfolk.area)
    assert lack_of(circle, world, "sharing")


def test_hana_may_set_the_sharing_agreement_aside_with_a_reason_and_ann_may_not(world: World) -> None:
    circle = prepared_circle(world, EVERYTHING - {"sharing"})
    with pytest.raises(PermissionDenied):
        set_sharing_aside(circle, reason="It is being signed.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        set_sharing_aside(circle, reason=" ", by=world.hana, at=world.now)
    set_sharing_aside(circle, reason="It is being signed.", by=world.hana, at=world.now)
    assert start_weekly(circle, by=world.ann, at=world.now).status == Circle.Status.WEEKLY
    with pytest.raises(Refused, match="already"):
        set_sharing_aside(circle, reason="Again.", by=world.hana, at=world.now)


def test_a_risk_assessment_holds_on_every_planned_meetings_day(world: World) -> None:
    circle = start_weekly(prepared_circle(world), by=world.ann, at=world.now)
    assert lack_of(circle, world, "venue") == []
    last = circle.meetings.latest("planned_at")
    circle.venue.assessed_until = last.planned_at.date() - timedelta(days=1)  # type: ignore[union-attr]
    circle.venue.save()  # type: ignore[union-attr]
    assert len(lack_of(circle, world, "venue")) == 1


def test_a_planned_meeting_elsewhere_is_looked_at_too(world: World) -> None:
    circle = start_weekly(prepared_circle(world), by=world.ann, at=world.now)
    meeting = circle.meetings.latest("planned_at")
    Meeting.objects.filter(pk=meeting.pk).update(place_code="PARK")
    assert "PARK is not a place we know" in lack_of(circle, world, "venue")[0]
    hall(world, "PARK", days=1)
    assert ("PARK has no risk assessment" in " ".join(lack_of(circle, world, "venue"))) is (
        meeting.planned_at.date() > today(world) + timedelta(days=1)
    )


def test_a_restriction_that_comes_after_the_choice_is_to_be_answered(world: World) -> None:
    circle = prepared_circle(world)
    add_restriction(
        circle.core_member,
        source="shpo",
        plain_words="He keeps out of Ely.",
        starts_on=today(world),
        avoids_district="CB7",
        by=world.ann,
        at=world.now,
    )
    assert "nobody has answered" in lack_of(circle, world, "venue")[0]
    with pytest.raises(Refused, match="must keep out of CB7"):
        choose_venue(circle, venue=circle.venue, by=world.ann, at=world.now)  # type: ignore[arg-type]
    choose_venue(circle, venue=circle.venue, answer="Police agree: CB7 by car.", by=world.ann, at=world.now)  # type: ignore[arg-type]
    assert lack_of(circle, world, "venue") == []
    add_restriction(
        circle.core_member,
        source="shpo",
        plain_words="He keeps out of Ely by night.",
        starts_on=today(world),
        avoids_district="CB7",
        by=world.ann,
        at=world.now + timedelta(minutes=1),
    )
    assert lack_of(circle, world, "venue")


def test_children_on_site_are_warned_of_where_a_restriction_speaks_of_children(world: World) -> None:
    circle = proposed_circle(world)
    school = hall(world, "SCHL", children_on_site=True)
    choose_venue(circle, venue=school, by=world.ann, at=world.now)
    add_restriction(
        circle.core_member,
        source="shpo",
        plain_words="No children.",
        starts_on=today(world),
        avoids_children=True,
        by=world.ann,
        at=world.now,
    )
    with pytest.raises(Refused, match="children on site"):
        choose_venue(circle, venue=school, by=world.ann, at=world.now)


def test_a_briefing_is_not_held_tomorrow(world: World) -> None:
    circle = proposed_circle(world)
    tomorrow = today(world) + timedelta(days=1)
    with pytest.raises(Refused, match="not come yet"):
        record_briefing(circle, held_on=tomorrow, attendees="Esi", topics="Risk", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Write a line"):
        record_briefing(circle, held_on=today(world), attendees="Esi", topics=" ", by=world.ann, at=world.now)


@pytest.mark.parametrize("who", ["tom", "ann", None])
def test_one_signature_missing_is_named(world: World, who: str | None) -> None:
    circle = prepared_circle(world)
    Signature.objects.filter(circle=circle, person=world.people[who] if who else None).delete()
    assert lack_of(circle, world, "signatures") == [f"{who.capitalize() if who else 'Ray'} still to sign"]
    with pytest.raises(Refused, match="still to sign"):
        start_weekly(circle, by=world.ann, at=world.now)


def test_a_new_text_is_signed_anew(world: World) -> None:
    circle = prepared_circle(world)
    with pytest.raises(PermissionDenied):
        publish_agreement(words="Be kind.", by=world.ann, at=world.now)
    assert publish_agreement(words="Be kind.", by=world.hana, at=world.now).version == 2
    assert lack_of(circle, world, "signatures") == ["Ben, Tom, Uma, Dev, Ann, Ray still to sign"]


def test_nobody_signs_twice_nor_for_somebody_elses_circle(world: World) -> None:
    circle = supply(proposed_circle(world), world, {"volunteers"})
    sign_agreement(circle, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="signed already"):
        sign_agreement(circle, by=world.ben, at=world.now)
    for person in (world.vic, world.pat, world.hana):
        with pytest.raises(PermissionDenied):
            sign_agreement(circle, by=person, at=world.now)
    with pytest.raises(PermissionDenied):
        record_his_signature(circle, signed_on=today(world), by=world.ben, at=world.now)
    with pytest.raises(Refused, match="not come yet"):
        record_his_signature(circle, signed_on=today(world) + timedelta(days=1), by=world.ann, at=world.now)


def test_ben_signs_the_words_he_was_shown_and_no_later_ones(world: World, as_person: AsPerson) -> None:
    circle = supply(proposed_circle(world), world, {"volunteers"})
    ben = as_person(world.ben)
    address = reverse("circles:sign", args=[circle.reference])
    shown = ben.get(address).content.decode()
    text = Agreement.objects.in_force(today(world))
    assert text is not None
    assert text.words.split("\n")[0][:40] in shown
    publish_agreement(words="Be kind, and tell nobody anything.", by=world.hana, at=world.now)
    refused = ben.post(address, {"version": text.version}).content.decode()
    assert "There is a newer text since you opened this page" in refused
    assert "Be kind, and tell nobody anything." in refused
    assert not circle.signatures.filter(person=world.ben).exists()
    assert ben.post(address, {"version": text.version + 1}).status_code == 302


def test_without_any_text_there_is_nothing_to_sign(world: World) -> None:
    circle = supply(proposed_circle(world), world, {"volunteers"})
    Agreement.objects.update(published_on=today(world) + timedelta(days=5))
    with pytest.raises(Refused, match="no agreement to sign"):
        sign_agreement(circle, by=world.ben, at=world.now)


def test_every_guard_says_its_sentence_and_who_closes_it_where(world: World) -> None:
    for guard in TO_MEET:
        assert guard.sentence.endswith(".")
        assert guard.who
        assert guard.page


def test_before_any_is_planned_the_assessment_holds_on_the_first_two_meetings_days(world: World) -> None:
    circle = prepared_circle(world)
    assert circle.venue is not None
    circle.venue.assessed_until = today(world) + timedelta(days=(2 - today(world).weekday()) % 7)
    circle.venue.assessed_on = circle.venue.assessed_until - timedelta(days=1)
    circle.venue.save()
    assert len(lack_of(circle, world, "venue")) == 1


def test_a_restriction_added_since_is_read_over_again(world: World) -> None:
    circle = prepared_circle(world)
    add_restriction(
        circle.core_member,
        source="licence",
        plain_words="No alcohol.",
        starts_on=today(world),
        by=world.ann,
        at=world.now + timedelta(minutes=1),
    )
    assert lack_of(circle, world, "restrictions")
    assert lack_of(circle, world, "venue") == []
    with pytest.raises(PermissionDenied):
        verify_restrictions(circle.core_member, by=world.pat, at=world.now)
    verify_restrictions(circle.core_member, by=world.ann, at=world.now + timedelta(minutes=2))
    assert lack_of(circle, world, "restrictions") == []
