"""Work that the guards ask for: circles to prepare, agreements to sign, volunteers' checks, places and their assessments.

The guards themselves stand in circles/life/guards.py; the page “To do” of a circle says what each still lacks.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from accounts.models import User
from circles.agreement.models import Agreement, Signature
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.schedule.operations import day_text_of
from circles.venue.models import Venue
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, at_closing_time
from core.worklist import WorkItem
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer

CHECKS_AHEAD = timedelta(days=60)
"""A check that ends within this time must be renewed (domain.md 7.8)."""

CLOSING = timedelta(hours=17)


def _prepare_rows(reader: WorkReader) -> Rows:
    """Circles looked after that have not met yet: their guards stand on the page “To do”."""
    before = Circle.objects.visible_to(reader.user).filter(status__in=Circle.BEFORE, pk__in=reader.looked_after)
    return as_lines(before, due="opened_at", circle="self", status="status")


def _say_prepare(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"See what {line.circle} still needs before it meets",
        url=reverse("circles:still_to_do", args=[line.circle]),
        detail=f"{Circle.Status(line.facts['status']).label}.",
    )


def _signature_rows(reader: WorkReader) -> Rows:
    """Circles that prepare or pause, whose newest agreement this person has not signed; and circles that meet under a
    signed agreement, where somebody who came later has signed none."""
    newest = Agreement.objects.filter(published_on__lte=reader.today).order_by("-version").values("pk")[:1]
    signatures = Signature.objects.filter(circle=OuterRef("pk"), agreement__in=newest, person=reader.user)
    own = Q(pk__in=reader.joined) | Q(pk__in=reader.looked_after, coordinator=reader.user)
    of_circle = Signature.objects.filter(circle=OuterRef("pk"))
    before_meeting = Q(~Exists(signatures), status__in=[Circle.Status.PREPARING, Circle.Status.PAUSED])
    came_later = Q(Exists(of_circle), ~Exists(of_circle.filter(person=reader.user)), status__in=Circle.MEETS)
    waiting = Circle.objects.visible_to(reader.user).filter(own, before_meeting | came_later)
    return as_lines(waiting, circle="self", status="status")


def _say_signature(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(title=f"Sign the agreement of {line.circle}", url=reverse("circles:agreement", args=[line.circle]))


def _check_rows(reader: WorkReader) -> Rows:
    """Volunteers of the circles looked after who may not be placed, or whose check ends within sixty days."""
    day = reader.today
    placed = (Volunteer.Status.WAITING, Volunteer.Status.ACTIVE)
    broken = (
        Q(volunteer__user__is_active=False)
        | ~Q(volunteer__status__in=placed)
        | Q(volunteer__trained_on=None)
        | Q(volunteer__trained_on__gt=day)
        | Q(volunteer__agreed_on=None)
        | Q(volunteer__agreed_on__gt=day)
    )
    ending = Q(volunteer__checked_until=None) | Q(volunteer__checked_until__lte=day + CHECKS_AHEAD)
    living = (
        Membership.objects.visible_to(reader.user).current().filter(circle__in=reader.living_circles().values("pk"))
    )
    return as_lines(
        living.filter(broken | ending),
        due=ExpressionWrapper(F("volunteer__checked_until") + CLOSING, output_field=DateTimeField()),
        ref="volunteer__reference",
        name="volunteer__user__first_name",
        is_active="volunteer__user__is_active",
        status="volunteer__status",
        checked_until="volunteer__checked_until",
        trained_on="volunteer__trained_on",
        agreed_on="volunteer__agreed_on",
    )


def _say_check(line: WorkLine, reader: WorkReader) -> WorkItem:
    facts = line.facts
    days = {name: line.day(name) if facts[name] else None for name in ("checked_until", "trained_on", "agreed_on")}
    volunteer = Volunteer(status=facts["status"], **days)
    volunteer.user = User(first_name=facts["name"], is_active=facts["is_active"])
    lacks = volunteer.reasons_not_to_place_on(reader.today)
    return WorkItem(
        title=f"{lacks[0]}" if lacks else f"Have {facts['name']}’s criminal-record check renewed",
        url=reverse("volunteers:volunteer", args=[facts["ref"]]),
        due_at=at_closing_time(days["checked_until"]),
        must_act=bool(lacks),
        detail=f"Circle {line.circle}" + (f". {'; '.join(lacks[1:])}." if lacks[1:] else ""),
    )


def _assessment_rows(reader: WorkReader) -> Rows:
    """Places of the circles looked after whose risk assessment runs out within thirty days."""
    places = reader.living_circles().exclude(venue=None).values("venue")
    venues = Venue.objects.running_out(reader.today).filter(pk__in=places)
    return as_lines(
        venues,
        due=ExpressionWrapper(F("assessed_until") + CLOSING, output_field=DateTimeField()),
        circle="",
        owner="coordinator",
        ref="reference",
        code="place_code",
        since="assessed_on",
        until="assessed_until",
    )


def _say_assessment(line: WorkLine, reader: WorkReader) -> WorkItem:
    facts = line.facts
    since, until = (line.day(name) if facts[name] else None for name in ("since", "until"))
    holds = Venue(assessed_on=since, assessed_until=until).is_assessed_on(reader.today)
    return WorkItem(
        title=f"Assess the risks at {facts['code']} again",
        url=reverse("circles:assess_venue", args=[facts["ref"]]),
        due_at=at_closing_time(until),
        must_act=not holds,
        detail="" if holds else "No meeting should be held there until then.",
    )


def _unassessed(meetings: QuerySet[Meeting], reader: WorkReader) -> Rows:
    """The coming meetings at a place that has no risk assessment which holds on their day (domain.md 1.4, step 7)."""
    holds = Venue.objects.filter(
        place_code=OuterRef("place_code"), assessed_on__lte=OuterRef("day"), assessed_until__gte=OuterRef("day")
    )
    coming = meetings.filter(status=Meeting.Status.PLANNED, planned_at__gt=reader.at)
    return coming.annotate(day=TruncDate("planned_at", tzinfo=LONDON)).filter(~Exists(holds))


def _place_rows(reader: WorkReader) -> Rows:
    """The first such meeting of each circle looked after, at each place."""
    same_place = {"circle": OuterRef("circle"), "place_code": OuterRef("place_code")}
    earlier = _unassessed(Meeting.objects.filter(**same_place, planned_at__lt=OuterRef("planned_at")), reader)
    ours = _unassessed(Meeting.objects.visible_to(reader.user).filter(circle__in=reader.looked_after), reader)
    return as_lines(
        ours.filter(~Exists(earlier)), due="planned_at", ref="reference", code="place_code", planned_at="planned_at"
    )


def _say_place(line: WorkLine, reader: WorkReader) -> WorkItem:
    planned_at, code = line.moment("planned_at"), line.facts["code"]
    return WorkItem(
        title=f"No risk assessment holds at {code} on {day_text_of(planned_at)}",
        url=reverse("circles:meeting", args=[line.facts["ref"]]),
        due_at=planned_at,
        must_act=True,
        detail=f"Circle {line.circle}. Have {code} assessed, or meet elsewhere or not at all that day.",
    )


PREPARING_KINDS = (
    WorkKind("signature", "Agreements to sign", _signature_rows, _say_signature, on_wall=False),
    WorkKind("prepare", "Circles to prepare", _prepare_rows, _say_prepare, on_wall=False),
    WorkKind("place", "Meetings at a place not assessed", _place_rows, _say_place),
    WorkKind("check", "Volunteers’ checks", _check_rows, _say_check),
    WorkKind("assessment", "Places to assess", _assessment_rows, _say_assessment),
)
