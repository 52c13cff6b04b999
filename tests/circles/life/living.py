"""A long life of the Ely circle, of every kind, for the tests of its timeline."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from circles.action.models import Action
from circles.circle.event_models import CircleEvent
from circles.contact.models import Contact
from circles.goal.models import Goal
from circles.meeting.models import Attendance, Meeting
from circles.minutes.models import Minutes
from circles.review.models import Review
from concerns.choices import Feedback, Level, Outcome
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.raising.operations import raise_concern
from core.references import unused_reference
from tests.circles.goal.rows import entry
from tests.circles.risk.risk_reviews import signed_off_risk_review
from tests.world import World
from volunteers.volunteer.models import Volunteer


def week(world: World, number: int) -> datetime:
    """An evening so many weeks ago."""
    return world.now - timedelta(weeks=number, hours=2)


def approved_meeting(world: World, number: int, came: Attendance.Came = Attendance.Came.CAME) -> Meeting:
    """A meeting so many weeks ago: held, its minutes sent the next day and approved the day after."""
    began = week(world, number)
    meeting = Meeting.objects.create(
        reference=unused_reference(Meeting, "M"),
        circle=world.ely,
        number=100 + number,
        planned_at=began,
        place_code="ELM",
        status=Meeting.Status.APPROVED,
        submitted_at=began + timedelta(days=1),
        submitted_by=world.ben,
        approved_at=began + timedelta(days=2),
        approved_by=world.ann,
    )
    Attendance.objects.create(meeting=meeting, volunteer=None, came=came)
    return meeting


def contact_after(world: World, number: int) -> Contact:
    """A call Ben noted in the minutes of a meeting that he has sent."""
    began = week(world, number)
    meeting = Meeting.objects.create(
        reference=unused_reference(Meeting, "M"),
        circle=world.ely,
        number=200 + number,
        planned_at=began - timedelta(hours=1),
        place_code="ELM",
        status=Meeting.Status.SUBMITTED,
        submitted_at=began,
        submitted_by=world.ben,
    )
    minutes = Minutes.objects.create(
        meeting=meeting, begun_at=began, begun_by=world.ben, saved_at=began, saved_by=world.ben
    )
    return Contact.objects.create(
        minutes=minutes,
        happened_on=began.date(),
        volunteer=Volunteer.objects.get(user=world.ben),
        channel=Contact.Channel.PHONE,
        begun_by_whom=Contact.BegunBy.HIM,
        minutes_long=10,
        summary="A bad day.",
    )


def settled_action(world: World, number: int) -> Action:
    agreed = week(world, number)
    return Action.objects.create(
        reference=unused_reference(Action, "X"),
        circle=world.ely,
        words="Ring the library.",
        owner="coordinator",
        due_on=agreed.date(),
        status=Action.Status.DONE,
        agreed_at=agreed,
        agreed_by=world.ben,
        settled_at=agreed + timedelta(days=3),
        settled_by=world.ann,
    )


def ended_goal(world: World, number: int) -> Goal:
    opened = week(world, number)
    return Goal.objects.create(
        reference=unused_reference(Goal, "G"),
        circle=world.ely,
        aim="support",
        words="To cook for himself.",
        status=Goal.Status.ENDED,
        opened_at=opened,
        opened_by=world.ann,
        opened_because="He said so.",
        ended_at=opened + timedelta(days=30),
        ended_by=world.ann,
        ended_because="He cooks.",
    )


def finished_concern(world: World, number: int) -> Concern:
    """Ben's worry, answered, told to him, and finished."""
    at = week(world, number)
    concern = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.LOG, words="He was late again.", kind="mood", by=world.ben, at=at
    )
    concern.status, concern.outcome = Concern.Status.CLOSED, Outcome.LICENCE_WARNING
    concern.feedback, concern.feedback_at, concern.feedback_by = Feedback.SPOKEN, at + timedelta(days=1), world.ann
    concern.closed_at, concern.closed_by = at + timedelta(days=2), world.ann
    concern.save()
    ConcernEvent.objects.create(
        concern=concern,
        at=at + timedelta(hours=5),
        by=world.ann,
        kind=ConcernEvent.Kind.MOVED,
        from_status="acknowledged",
        to_status="answered",
    )
    return concern


def closed_review(world: World, number: int, summary: str = "") -> Review:
    at = week(world, 13 * number)
    moments = {f"{step}_at": at + timedelta(days=day) for day, step in enumerate(["invited", "held", "written"])}
    moments |= {f"{step}_at": at + timedelta(days=day) for day, step in enumerate(["shared", "closed"], start=4)}
    people = {name.replace("_at", "_by"): world.ann for name in moments}
    return Review.objects.create(
        reference=unused_reference(Review, "R"),
        circle=world.ely,
        number=number,
        due_on=at.date(),
        status=Review.Status.CLOSED,
        planned_for=at,
        chair="Ann",
        summary=summary,
        **moments,
        **people,
    )


def long_life(world: World) -> None:
    """More than two hundred things of every kind."""
    for number in range(1, 27):
        approved_meeting(world, number)
        settled_action(world, number)
    for number in range(1, 16):
        contact_after(world, number)
        finished_concern(world, number)
        CircleEvent.objects.create(circle=world.ely, at=week(world, number), by=world.ann, what="Planned end moved")
    for number in range(5, 11):
        ended_goal(world, number)
    for number in (1, 2):
        closed_review(world, number)
    signed_off_risk_review(world, due_in=7, score=2)
    entry(world)
