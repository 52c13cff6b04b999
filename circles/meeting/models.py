"""A circle's meeting, from planned to approved, and its attendance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.urls import reverse

from accounts.models import User
from circles.circle.event_models import CircleEvent
from circles.circle.joining import not_over_before_joining
from circles.circle.models import Circle, visible_circles_of
from core.constraints import believable_moments, both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving
from volunteers.volunteer.models import Volunteer

MINUTES_WITHIN = timedelta(hours=48)
"""Minutes reach the coordinator within 48 hours of the meeting (domain.md 0, fact 2)."""

USUAL_LENGTH = timedelta(minutes=90)

QUORUM = 2
"""At least two volunteers must be with the core member (domain.md 1.7, 7.3)."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """Meetings of the circles this person may see; for a volunteer, those since the day they joined."""
        return self.filter(not_over_before_joining(user, "planned_at"), circle__in=visible_circles_of(user))

    def not_cancelled(self) -> Self:
        """Meetings that are not cancelled. A circle has at most one of these at any moment."""
        return self.exclude(status=Meeting.Status.CANCELLED)

    def awaiting_minutes(self, at: datetime) -> Self:
        """Meetings that have begun and whose minutes have not been sent."""
        return self.filter(planned_at__lte=at, status__in=[Meeting.Status.PLANNED, Meeting.Status.DRAFT])

    def without_sent_minutes(self, at: datetime) -> Self:
        """Meetings that have begun and whose minutes were never sent. Minutes that were returned do not count."""
        returned = models.Q(minutes__isnull=False) & ~models.Q(minutes__returned_because="")
        return self.filter(pk__in=Meeting.objects.awaiting_minutes(at).exclude(returned).values("pk"))

    def with_his_coming(self) -> Self:
        """Add `he_was`: came, late, left early, no, or None if nobody has said."""
        attendance = Attendance.objects.filter(meeting=models.OuterRef("pk"), volunteer=None)
        return self.annotate(he_was=models.Subquery(attendance.values("came")[:1]))

    def with_counts_of_volunteers(self) -> Self:
        """Add `noted`, for how many volunteers it is noted whether they came, and `came`, how many did."""
        attendance = Attendance.objects.filter(meeting=models.OuterRef("pk")).exclude(volunteer=None).order_by()
        there = Q(came__in=[Attendance.Came.CAME, Attendance.Came.LATE])
        counted = attendance.values("meeting").annotate(all=models.Count("pk"), there=models.Count("pk", filter=there))
        return self.annotate(
            noted=Coalesce(models.Subquery(counted.values("all")), 0),
            came=Coalesce(models.Subquery(counted.values("there")), 0),
        )

    def with_was_short(self) -> Self:
        """Add `was_short`: he came, and fewer than two volunteers were with him."""
        there = Attendance.objects.filter(meeting=models.OuterRef("pk")).exclude(came=Attendance.Came.NO)
        with_him = there.exclude(volunteer=None).order_by().values("meeting").annotate(count=models.Count("pk"))
        count = Coalesce(models.Subquery(with_him.values("count")), 0)
        short = Q(models.Exists(there.filter(volunteer=None))) & Q(LessThan(count, QUORUM))
        return self.annotate(was_short=models.ExpressionWrapper(short, models.BooleanField()))


class Meeting(Moving):
    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        """It has a time and a place. Nobody has begun its log."""
        DRAFT = "draft", "Minutes being written"
        """Somebody who was there writes its log."""
        SUBMITTED = "submitted", "Minutes sent to the coordinator"
        """The coordinator is to read it, and approves it or sends it back."""
        APPROVED = "approved", "Minutes approved"
        """Read and locked. What comes later is added and changes nothing."""
        CANCELLED = "cancelled", "Cancelled"
        """Called off before its time."""
        NOT_HELD = "not_held", "Not held"
        """Its time came, and they did not meet."""

    CALLED_OFF = (Status.CANCELLED, Status.NOT_HELD)

    class WhyNot(models.TextChoices):
        """Why a meeting did not happen: exactly these three classes (domain.md 1.7)."""

        ACCEPTABLE = "cm_acceptable", "Core member – acceptable"
        NOT_ACCEPTABLE = "cm_not_acceptable", "Core member – not acceptable"
        LOGISTICS = "logistics", "Logistics"

    audit_kind = "meeting"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.PLANNED,
        moves={
            Status.PLANNED: {Status.DRAFT, Status.CANCELLED, Status.NOT_HELD},
            Status.DRAFT: {Status.SUBMITTED, Status.NOT_HELD},
            Status.SUBMITTED: {Status.DRAFT, Status.APPROVED},
            Status.CANCELLED: {Status.PLANNED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    planned_at = models.DateTimeField()
    slot_at = models.DateTimeField(null=True, help_text="When the rhythm would have it; empty for an extra meeting.")
    place_code = models.CharField(max_length=8)
    minute_taker = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    why_not = models.CharField("reason it did not happen", max_length=20, choices=WhyNot, blank=True)
    why_not_words = models.CharField(max_length=300, blank=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    moved_at = models.DateTimeField(null=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    restored_at = models.DateTimeField(null=True, help_text="When it was last put back after being cancelled.")
    restored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="How often it was moved, called off or put back, for calendars."
    )

    he_was: str | None
    """Set by `with_his_coming`."""
    noted: int
    came: int
    """Set by `with_counts_of_volunteers`."""
    was_short: bool
    """Set by `with_was_short`."""

    correction: Any = None
    """Set by a reader of approved minutes that were corrected."""

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("planned_at", name="meeting_moments_believable"),
            one_of(
                "status",
                ["planned", "draft", "submitted", "approved", "cancelled", "not_held"],
                name="meeting_status_known",
            ),
            models.UniqueConstraint(fields=["circle", "number"], name="meeting_number_once"),
            models.UniqueConstraint(
                fields=["circle", "planned_at"], condition=~Q(status="cancelled"), name="meeting_moment_once"
            ),
            models.UniqueConstraint(fields=["circle", "slot_at"], name="meeting_slot_once"),
            both_or_neither("submitted_at", "submitted_by", name="meeting_submitted_at_with_submitted_by"),
            both_or_neither("approved_at", "approved_by", name="meeting_approved_at_with_approved_by"),
            models.CheckConstraint(
                condition=Q(status__in=["submitted", "approved"], submitted_at__isnull=False)
                | Q(status__in=["planned", "draft", "cancelled", "not_held"], submitted_at=None),
                name="meeting_submitted_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(status="approved", approved_at__isnull=False)
                | (~Q(status="approved") & Q(approved_at=None)),
                name="meeting_approved_when_approved",
            ),
            one_of("why_not", ["", "cm_acceptable", "cm_not_acceptable", "logistics"], name="meeting_why_not_known"),
            both_or_neither("called_off_at", "called_off_by", name="meeting_called_off_at_with_called_off_by"),
            both_or_neither("moved_at", "moved_by", name="meeting_moved_at_with_moved_by"),
            both_or_neither("restored_at", "restored_by", name="meeting_restored_at_with_restored_by"),
            models.CheckConstraint(
                condition=(
                    Q(status__in=["cancelled", "not_held"], called_off_at__isnull=False)
                    & ~Q(why_not="")
                    & ~Q(why_not_words="")
                )
                | (~Q(status__in=["cancelled", "not_held"]) & Q(called_off_at=None, why_not="", why_not_words="")),
                name="meeting_why_not_when_called_off",
            ),
        ]
        indexes = [models.Index(fields=["circle", "-planned_at"], name="meeting_by_date")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:meeting", args=[self.reference])

    @property
    def over_at(self) -> datetime:
        """When the meeting is taken to end. The time limits of its minutes count from then."""
        return self.planned_at + USUAL_LENGTH

    @property
    def minutes_due_at(self) -> datetime:
        return self.over_at + MINUTES_WITHIN

    def attendance_with_people(self) -> models.QuerySet[Attendance]:
        """The rows of who was there, with the people. They are read once for this record."""
        rows = models.Prefetch("attendance", Attendance.objects.select_related("volunteer__user"))
        models.prefetch_related_objects([self], rows)
        return self.attendance.all()

    def is_overdue_at(self, at: datetime) -> bool:
        """Whether the 48 hours are over and the minutes have not been sent."""
        return self.submitted_at is None and not self.is_called_off and at > self.minutes_due_at

    @classmethod
    def counted_as_turns(cls) -> models.QuerySet[Meeting]:
        """Meetings whose minutes are or were somebody's turn: all that were not called off."""
        return cls.objects.exclude(status__in=cls.CALLED_OFF)

    @property
    def is_called_off(self) -> bool:
        return self.status in self.CALLED_OFF

    @property
    def is_settled(self) -> bool:
        """Whether the log can no longer be written: the minutes were sent, or none are due."""
        return self.submitted_at is not None or self.is_called_off

    @property
    def is_late(self) -> bool:
        """Whether the minutes were sent after their 48 hours."""
        return self.submitted_at is not None and self.submitted_at > self.minutes_due_at

    def facts_of_a_move(self) -> list[str]:
        off = ["why_not", "why_not_words", "called_off_at", "called_off_by", "revision"]
        off += ["restored_at", "restored_by"]
        return ["submitted_at", "submitted_by", "approved_at", "approved_by", *off]

    def tell_story(self, *, before: str, by: Any, at: datetime, note: str) -> None:
        what = f"Meeting {self.number}: {self.Status(self.status).label.lower()}"
        CircleEvent.objects.create(
            circle=self.circle, at=at, by=by, kind=CircleEvent.Kind.MEETING, what=what, note=note
        )


class Attendance(models.Model):
    """Whether one person came; `volunteer` is null for the core member."""

    class Came(models.TextChoices):
        CAME = "came", "Came"
        LATE = "late", "Late"
        LEFT = "left", "Left early"
        NO = "no", "Absent"

    OF_VOLUNTEERS = (Came.CAME, Came.LATE, Came.NO)
    """Leaving early is asked of the core member alone (domain.md 1.7)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+", null=True)
    came = models.CharField(max_length=4, choices=Came)

    class Meta:
        constraints = [
            one_of("came", ["came", "late", "left", "no"], name="attendance_came_known"),
            models.CheckConstraint(
                condition=~Q(came="left") | Q(volunteer=None), name="attendance_he_alone_leaves_early"
            ),
            models.UniqueConstraint(fields=["meeting", "volunteer"], name="attendance_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} attendance {self.pk}"


def is_short(came: Mapping[int | None, str]) -> bool:
    """Whether he came and fewer than two volunteers were with him. `came` is by volunteer; None is the core member."""
    there = {volunteer for volunteer, how in came.items() if how != Attendance.Came.NO}
    return None in there and len(there - {None}) < QUORUM


auditlog.register(
    Meeting,
    include_fields=[
        "circle",
        "planned_at",
        "place_code",
        "minute_taker",
        "status",
        "why_not",
        "submitted_at",
        "approved_at",
    ],
)
auditlog.register(Attendance, include_fields=["meeting", "volunteer", "came"])
