"""The demo's stories: what each is about, whom to become to see it, on which page, and the data some of them need."""

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

GOOD_EVENING = ("C-0150", 5)
GOOD_EVENING_LENGTH = timedelta(minutes=70)
GOOD_EVENING_SENT_AFTER = timedelta(hours=20)
DISSENTED = "C-0117"
COVERED = "C-0121"
LICENCE_ENDS_IN = timedelta(days=52)


@dataclass(frozen=True)
class Story:
    """One story: its number in domain.md 11, who looks, and at which page."""

    number: int
    title: str
    words: str
    person: str
    address: str


def time_and_answers_of(meeting: Meeting, at: datetime) -> tuple[datetime, Answers]:
    """When the minutes were written, and the times of the evening if it is the one on which all went well."""
    if (meeting.circle.reference, meeting.number) != GOOD_EVENING:
        return at, {}
    times = planned_times_of(meeting.planned_at.astimezone(LONDON), GOOD_EVENING_LENGTH)
    return meeting.planned_at + GOOD_EVENING_LENGTH + GOOD_EVENING_SENT_AFTER - timedelta(minutes=3), cast(
        Answers, times
    )


def agree_with_minutes(meeting: Meeting, *, at: datetime) -> None:
    """Let everybody who was there, except the writer, agree with the minutes."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    there = meeting.attendance.exclude(volunteer=None).exclude(volunteer__user=meeting.submitted_by)
    for attendance in there.select_related("volunteer__user"):
        if attendance.volunteer is not None:
            reader = attendance.volunteer.user
            give_assent(meeting, answer=Assent.Answer.AGREED, by=reader, at=at + timedelta(hours=2))


def load_minutes_share(circles: Mapping[str, Circle], *, at: datetime) -> None:
    """Share the minutes of the evening on which all went well with the officer who was rung."""
    reference, number = GOOD_EVENING
    circle = circles[reference]
    meeting = circle.meetings.get(number=number, status=Meeting.Status.APPROVED)
    contact = Contact.objects.current().get(core_member=circle.core_member)
    how = MinutesShare.Method.HERE if contact.account else MinutesShare.Method.SECURE_MAIL
    share_minutes(meeting, to={contact: how}, by=circle.coordinator, at=at - timedelta(hours=1))


def load_leave(people: Mapping[str, User], *, at: datetime) -> None:
    """Plan leave: the coordinator of Norfolk is away this week, and the coordinator of Suffolk covers."""
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
    """Add a licence condition that ends within sixty days, under probation's lead."""
    circle = circles[GOOD_EVENING[0]]
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


def current_stories() -> list[Story]:
    """Every story in the order of its number. Each address is looked up now."""
    return sorted([*_stories_of_circles(), *_stories_of_concerns()], key=lambda story: story.number)


def _stories_of_circles() -> list[Story]:
    well, paper = (_meeting_address_of(circle, number) for circle, number in (GOOD_EVENING, PAPER_EVENING))
    dissent = Meeting.objects.filter(circle__reference=DISSENTED, versions__assents__answer=Assent.Answer.DISSENTS)
    return [
        Story(
            1,
            "An ordinary evening, all well",
            "Four volunteers meet for seventy minutes. The minutes are sent within twenty hours, agreed by everybody "
            "who was there, approved, and shared with the officer who manages him.",
            "Alma Farrowby",
            well,
        ),
        Story(
            5,
            "Two volunteers disagree about the minutes",
            "One agrees; one saw it differently, and her note stays beside the minutes.",
            "Alma Farrowby",
            _address_of(dissent.first()),
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
            "It ends within sixty days, so it is on the coordinator’s list. "
            "Under MAPPA and professionals, write down that police lead, and see whom to ring.",
            "Alma Farrowby",
            reverse("offenders:restrictions", args=["EE-5512-P"]),
        ),
    ]


def _stories_of_concerns() -> list[Story]:
    """The stories that `embedded/scenarios.py` played."""
    return [
        Story(
            2,
            "Mending bikes for a friend’s children",
            "A worry on the telephone: police, probation and social "
            "care told the same day, his licence varied, the volunteer thanked.",
            "Fay Osborne",
            _concern_address_of("C-0133", Kind.CHILD_CONTACT),
        ),
        Story(
            3,
            "A plan to die, on a Friday night",
            "999 first, then whoever is on call, and what happened handed over for Monday.",
            "Fay Osborne",
            _concern_address_of("C-0117", Kind.SELF_HARM),
        ),
        Story(
            4,
            "A second telephone",
            "Perhaps a breach of his order: his officer told, nothing said to him, an arrest, and the circle pauses.",
            "Fay Osborne",
            _concern_address_of("C-0136", Kind.DEVICE),
        ),
        Story(
            12,
            "A volunteer says the coordinator did nothing",
            "It goes to other people, and the coordinator cannot see that it exists.",
            "Fay Osborne",
            _concern_address_of("C-0098", Kind.ABOUT_US),
        ),
    ]


def _concern_address_of(circle: str, kind: Kind) -> str:
    concern = Concern.objects.filter(circle__reference=circle, kind=kind).order_by("received_at").last()
    return concern.get_absolute_url() if concern else reverse("home")


def _meeting_address_of(circle: str, number: int) -> str:
    return _address_of(Meeting.objects.filter(circle__reference=circle, number=number).first())


def _address_of(meeting: Meeting | None) -> str:
    return meeting.get_absolute_url() if meeting else reverse("home")
