"""The stories the demo tells, each of one thing that happens to a circle: what they need, whom to become, where to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.urls import reverse

from accounts.models import User
from alerts.leave.operations import plan_leave
from circles.circle.models import Circle
from circles.log.operations import Answers
from circles.meeting.models import Meeting
from circles.minutes.visit import planned_times_of
from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import share_minutes
from circles.version.models import Assent
from circles.version.operations import give_assent
from concerns.choices import Kind
from concerns.concern.models import Concern
from core.worktime import LONDON
from embedded.goals import PAPER_EVENING
from offenders.contact.models import Contact
from offenders.restriction.operations import add_restriction

WELL = ("C-0150", 5)
WELL_LENGTH = timedelta(minutes=70)
WELL_SENT = timedelta(hours=20)
DISSENTED = "C-0117"
COVERED = "C-0121"
LICENCE_ENDS_IN = timedelta(days=52)


@dataclass(frozen=True)
class Story:
    """One story: its number in the plan of the service, who looks, and at what."""

    number: int
    title: str
    words: str
    person: str
    address: str


def well_evening(meeting: Meeting, at: datetime) -> tuple[datetime, Answers]:
    """When an evening's minutes were written, and its times if it is the one on which all went well."""
    if (meeting.circle.reference, meeting.number) != WELL:
        return at, {}
    times = planned_times_of(meeting.planned_at.astimezone(LONDON), WELL_LENGTH)
    return meeting.planned_at + WELL_LENGTH + WELL_SENT - timedelta(minutes=3), cast(Answers, times)


def all_agree(meeting: Meeting, *, at: datetime) -> None:
    """Everybody who was there but the writer says that the minutes are right."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    there = meeting.attendance.exclude(volunteer=None).exclude(volunteer__user=meeting.submitted_by)
    for one in there.select_related("volunteer__user"):
        if one.volunteer is not None:
            give_assent(meeting, answer=Assent.Answer.AGREED, by=one.volunteer.user, at=at + timedelta(hours=2))


def load_shared(circles: Mapping[str, Circle], *, at: datetime) -> None:
    """The minutes of the evening on which all went well are shared with the officer who was rung."""
    reference, number = WELL
    circle = circles[reference]
    meeting = circle.meetings.get(number=number, status=Meeting.Status.APPROVED)
    contact = Contact.objects.current().get(core_member=circle.core_member)
    how = MinutesShare.Method.HERE if contact.account else MinutesShare.Method.SECURE_MAIL
    share_minutes(meeting, to={contact: how}, by=circle.coordinator, at=at - timedelta(hours=1))


def load_leave(people: Mapping[str, User], *, at: datetime) -> None:
    """The coordinator of Norfolk is away this week, and the coordinator of Suffolk covers."""
    nine = at.astimezone(LONDON).replace(hour=9, minute=0, second=0, microsecond=0)
    plan_leave(
        people["Priya Lowe"],
        starts_at=nine - timedelta(days=1),
        ends_at=nine + timedelta(days=6),
        deputy=people["Marcus Webb"],
        by=people["Priya Lowe"],
        at=at - timedelta(days=9),
    )


def load_licence(circles: Mapping[str, Circle], *, at: datetime) -> None:
    """A licence that ends within sixty days, under probation's lead."""
    circle = circles[WELL[0]]
    day = at.astimezone(LONDON).date()
    add_restriction(
        circle.core_member,
        source="licence",
        plain_words="He must see his probation officer every second week.",
        starts_on=day - timedelta(days=300),
        ends_on=day + LICENCE_ENDS_IN,
        by=circle.coordinator,
        at=circle.opened_at - timedelta(hours=1),
    )


def stories() -> list[Story]:
    """Each with its address, as the demo stands now, in the order of their numbers."""
    return sorted([*of_circles(), *of_concerns()], key=lambda story: story.number)


def of_circles() -> list[Story]:
    well, paper = (meeting_address(circle, number) for circle, number in (WELL, PAPER_EVENING))
    dissent = Meeting.objects.filter(circle__reference=DISSENTED, versions__assents__answer=Assent.Answer.DISSENTS)
    return [
        Story(
            1,
            "An ordinary evening, all well",
            "Four volunteers, seventy minutes, the minutes sent within twenty "
            "hours, agreed by everybody who was there, approved, and shared with the officer who answers for him.",
            "Alma Farrowby",
            well,
        ),
        Story(
            5,
            "Two volunteers disagree about the minutes",
            "One agrees; one saw it differently, and her note stays beside the minutes.",
            "Alma Farrowby",
            address_of(dissent.first()),
        ),
        Story(
            7,
            "A coordinator is on leave",
            "Priya is away and Marcus covers. A worry about a Norfolk circle "
            "waits for him, by a clock that counts working hours alone.",
            "Marcus Webb",
            reverse("home"),
        ),
        Story(
            13,
            "A paper form from prison",
            "Written where no telephones are allowed, typed in two days later, with the reason.",
            "Marcus Webb",
            paper,
        ),
        Story(
            14,
            "A licence is about to end",
            "It ends within sixty days, which stands on the coordinator’s list. "
            "Write down that police lead, and see whom to ring.",
            "Alma Farrowby",
            reverse("offenders:core_member", args=["EE-5512-P"]),
        ),
    ]


def of_concerns() -> list[Story]:
    """What embedded/scenarios.py played."""
    return [
        Story(
            2,
            "Mending bikes for a friend’s children",
            "A worry on the telephone: police, probation and social "
            "care told the same day, his licence varied, the volunteer thanked.",
            "Fay Osborne",
            concern_address("C-0133", Kind.CHILD_CONTACT),
        ),
        Story(
            3,
            "A plan to die, on a Friday night",
            "999 first, then whoever is on call, and what happened handed over for Monday.",
            "Fay Osborne",
            concern_address("C-0117", Kind.SELF_HARM),
        ),
        Story(
            4,
            "A second telephone",
            "Perhaps a breach of his order: his officer told, nothing said to him, an arrest, and the circle pauses.",
            "Fay Osborne",
            concern_address("C-0136", Kind.DEVICE),
        ),
        Story(
            12,
            "A volunteer says the coordinator did nothing",
            "It goes round the coordinator, to whom it does not exist.",
            "Fay Osborne",
            concern_address("C-0098", Kind.ABOUT_US),
        ),
    ]


def concern_address(circle: str, kind: Kind) -> str:
    concern = Concern.objects.filter(circle__reference=circle, kind=kind).order_by("received_at").last()
    return concern.get_absolute_url() if concern else reverse("home")


def meeting_address(circle: str, number: int) -> str:
    return address_of(Meeting.objects.filter(circle__reference=circle, number=number).first())


def address_of(meeting: Meeting | None) -> str:
    return meeting.get_absolute_url() if meeting else reverse("home")
