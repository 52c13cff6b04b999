"""The worked scenarios of domain.md 11 that belong to circles, each told from its first act to its outcome."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from alerts.leave.operations import plan_leave
from alerts.message.models import Alert
from circles.circle.models import Circle
from circles.late_minutes.operations import chase_minutes
from circles.log.operations import submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.operations import add_addendum, approve_minutes
from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import acknowledge_minutes, share_minutes
from circles.version.models import Assent
from circles.version.operations import give_assent
from circles.worklist import work_of
from concerns.choices import Level, Side
from concerns.engine.operations import fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from core.errors import Refused
from core.worktime import LONDON
from offenders.contact.operations import verify_contact
from offenders.core_member.models import CoreMember
from offenders.lead.operations import change_lead
from offenders.restriction.operations import add_restriction, verify_restrictions
from tests.circles.life.preparing import name_contact, today
from tests.circles.life.preparing import share as sign_sharing_agreement
from tests.circles.log.writing import WHOLE, save_attendance, save_minutes, send
from tests.circles.minutes_share.shares import HERE, contact_of
from tests.concerns.engine.raising import pending, people_mailed, worry
from tests.world import World
from volunteers.volunteer.models import Volunteer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = datetime(2027, 7, 9, 16, 0, tzinfo=LONDON)
MONDAY = datetime(2027, 7, 12, 9, 0, tzinfo=LONDON)


def titles(person: object, at: datetime) -> list[str]:
    return [item.title for item in work_of(person, at)]  # type: ignore[arg-type]


def test_scenario_1_a_weekly_meeting_all_well(world: World) -> None:
    """Four volunteers, seventy minutes, minutes in twenty hours, agreed by all, approved and locked, shared."""
    meeting, at = world.meeting, world.meeting.over_at + 20 * HOUR
    start_log(meeting, by=world.ben, at=at)
    times = {"began_at": time(18, 30), "ended_at": time(19, 40)}
    save_minutes(meeting, answers={**WHOLE, **times}, by=world.ben, at=at)  # type: ignore[typeddict-item]
    four = [world.ben, world.tom, world.uma, world.vic]
    for who in [None, *(Volunteer.objects.get(user=one) for one in four)]:
        save_attendance(meeting, volunteer=who, came=Attendance.Came.CAME, by=world.ben, at=at)
    sent = submit_minutes(meeting, by=world.ben, at=at)
    assert not sent.is_late
    assert chase_minutes(at=meeting.over_at + 24 * HOUR) == 1  # Wisbech's, whose minutes nobody wrote
    assert not Alert.objects.filter(key__contains=f"{meeting.reference}:missing").exists()
    for reader in four[1:]:
        assert any(title.startswith("Read the minutes") for title in titles(reader, at))
        give_assent(sent, answer=Assent.Answer.AGREED, by=reader, at=at + HOUR)
    approved = approve_minutes(sent, by=world.ann, at=at + 15 * HOUR)
    assert approved.status == Meeting.Status.APPROVED
    assert Minutes.objects.get(meeting=meeting).his_week == WHOLE["his_week"]
    for reader in [*four, world.ann, world.hana]:
        assert Meeting.objects.visible_to(reader).contains(approved)
    assert not Meeting.objects.visible_to(world.dev).contains(approved)
    with pytest.raises(Refused):
        save_minutes(approved, answers={"his_week": "Other words."}, by=world.ben, at=at + 16 * HOUR)

    sign_sharing_agreement(world)
    shared = share_minutes(approved, to={contact_of(world): HERE}, by=world.ann, at=at + 16 * HOUR)[0]
    assert WHOLE["his_week"] in shared.text
    assert WHOLE["debrief"] not in shared.text
    assert [line for line in shared.text.splitlines() if line.endswith("(volunteer): came")] == [
        f"{initial}. (volunteer): came" for initial in "BTUV"
    ]
    assert [person for person in (*four, world.esi, world.oz) if MinutesShare.objects.visible_to(person).exists()] == [
        world.esi
    ]
    acknowledge_minutes(shared, by=world.esi, at=at + 20 * HOUR)
    add_addendum(approved, words="He rang at nine.", by=world.ben, at=at + 21 * HOUR)
    assert any(title.endswith("send it on") for title in titles(world.ann, at + 22 * HOUR))


def test_scenario_5_two_volunteers_disagree_about_the_minutes(world: World) -> None:
    """Tom agrees, Uma does not: her note is kept, whatever is done with the minutes afterwards."""
    start_log(world.meeting, by=world.ben, at=world.now)
    for one in (world.tom, world.uma):
        volunteer = Volunteer.objects.get(user=one)
        save_attendance(world.meeting, volunteer=volunteer, came=Attendance.Came.CAME, by=world.ben, at=world.now)
    sent = send(world.meeting, by=world.ben, at=world.now)
    give_assent(sent, answer=Assent.Answer.AGREED, by=world.tom, at=world.now)
    note = "He was angry when he came, and calm when he left."
    give_assent(sent, answer=Assent.Answer.DISSENTS, words=note, by=world.uma, at=world.now)
    assert Alert.objects.filter(recipient=world.ann, key__contains=":dissent:").exists()
    with pytest.raises(Refused):
        give_assent(sent, answer=Assent.Answer.AGREED, by=world.uma, at=world.now)
    approved = approve_minutes(sent, by=world.ann, at=world.now)
    add_addendum(approved, words="I spoke with both of them.", by=world.ann, at=world.now)
    kept = Assent.objects.get(version__meeting=approved, volunteer__user=world.uma)
    assert (kept.answer, kept.words) == (Assent.Answer.DISSENTS, note)
    assert Minutes.objects.get(meeting=approved).his_week == WHOLE["his_week"]


def test_scenario_7_the_coordinator_is_on_leave_and_her_deputy_answers(world: World) -> None:
    """What Ben passes on while Ann is away reaches Pat, who takes it on."""
    plan_leave(
        world.ann,
        starts_at=world.now - HOUR,
        ends_at=world.now + 5 * DAY,
        deputy=world.pat,
        by=world.ann,
        at=world.now - DAY,
    )
    concern = worry(world)
    assert "Pat" in people_mailed(concern, Side.CHARITY)
    acknowledge_concern(concern, until=world.now + HOUR, plan="Ring Ben.", by=world.pat, at=world.now)
    assert pending(concern, Side.CHARITY).promise is not None
    bystander = worry(world)
    with pytest.raises(PermissionDenied):
        acknowledge_concern(bystander, until=world.now + HOUR, by=world.dev, at=world.now)


def test_scenario_7_the_clock_counts_working_hours_alone(world: World) -> None:
    """Raised on a Friday at four: nobody is reminded over the weekend, and the time left is Monday's."""
    plan_leave(
        world.ann, starts_at=FRIDAY - HOUR, ends_at=MONDAY + 5 * DAY, deputy=world.pat, by=world.ann, at=FRIDAY - DAY
    )
    concern = worry(world, Level.PRIORITY, at=FRIDAY)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Pat"]
    due = pending(concern, Side.CHARITY).due_at
    assert due > MONDAY
    fire_due_concerns(at=MONDAY)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Pat"]
    monday_hours, friday_hours = due - MONDAY, FRIDAY.replace(hour=17) - FRIDAY
    on_a_tuesday = worry(world, Level.PRIORITY, at=MONDAY + DAY)
    assert pending(on_a_tuesday, Side.CHARITY).due_at - (MONDAY + DAY) == monday_hours + friday_hours


def put_on_licence(world: World, ends_in: int) -> CoreMember:
    """Paul under probation's lead, with a licence that ends so many days from now."""
    CoreMember.objects.filter(pk=world.core_member.pk).update(lead_agency="probation")
    add_restriction(
        world.core_member,
        source="licence",
        plain_words="He sees his officer weekly.",
        by=world.ann,
        at=world.now,
        starts_on=today(world) - 300 * DAY,
        ends_on=today(world) + ends_in * DAY,
    )
    return CoreMember.objects.get(pk=world.core_member.pk)


def test_scenario_14_a_licence_ends_and_police_lead_from_then_on(world: World) -> None:
    """Ann hears of it sixty days ahead; the lead changes with its day; who stands around him is gone over."""
    him = put_on_licence(world, ends_in=61)
    name_contact(world.ely, world)
    assert not any("licence" in title for title in titles(world.ann, world.now))
    ahead = world.now + DAY
    assert any(title.startswith("The licence of EE-2417-K ends on") for title in titles(world.ann, ahead))
    ended = world.now + 61 * DAY
    late = [item for item in work_of(world.ann, ended) if "licence" in item.title]
    assert [(item.must_act, "Probation still leads" in item.detail) for item in late] == [(True, True)]

    change = change_lead(
        him,
        lead_agency="police",
        changed_on=today(world) + 61 * DAY,
        why="His licence ended.",
        practitioner=world.esi,
        by=world.ann,
        at=ended,
    )
    him.refresh_from_db()
    assert (him.lead_agency, him.practitioner) == ("police", world.esi)
    assert (change.was, change.became, change.changed_on) == ("probation", "police", today(world) + 61 * DAY)
    assert not any("licence" in title for title in titles(world.ann, ended))

    asked = "Go over the contacts and restrictions of EE-2417-K"
    assert asked in titles(world.ann, ended)
    verify_restrictions(him, by=world.ann, at=ended + HOUR)
    assert asked in titles(world.ann, ended + HOUR)
    for contact in him.contacts.filter(ended_at=None):
        verify_contact(contact, by=world.ann, at=ended + HOUR)
    assert asked not in titles(world.ann, ended + HOUR)


def test_an_orders_end_is_spoken_of_too_and_other_peoples_are_not(world: World) -> None:
    add_restriction(
        world.core_member,
        source="shpo",
        plain_words="No parks.",
        by=world.ann,
        at=world.now,
        starts_on=today(world) - DAY,
        ends_on=today(world) + 30 * DAY,
    )
    assert any(title.startswith("An order of EE-2417-K ends on") for title in titles(world.ann, world.now))
    assert not any("EE-2417-K" in title for title in titles(world.pat, world.now))
    assert not any("An order" in title for title in titles(world.ann, world.now + 30 * DAY))


def test_once_the_circle_is_over_nobody_is_asked_about_his_licence(world: World) -> None:
    put_on_licence(world, ends_in=30)
    assert any("licence" in title for title in titles(world.ann, world.now))
    Circle.objects.filter(pk=world.ely.pk).update(status="closed", end_reason="completed", closed_at=world.now)
    assert not any("licence" in title for title in titles(world.ann, world.now))
