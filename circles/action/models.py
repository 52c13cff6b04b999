"""Actions: who does what, by when, and what came of it (domain.md 1.7, 1.9)."""

from __future__ import annotations

from datetime import date
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse

from accounts.models import User
from circles.circle.joining import not_over_before_joining
from circles.circle.models import Circle, visible_circles_of
from circles.meeting.models import USUAL_LENGTH, Meeting
from core.constraints import believable_days, both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving
from volunteers.volunteer.models import Volunteer

ACTION_LENGTH = 200
REASON_LENGTH = 300


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> Self:
        """Actions of the circles this person may see; for a volunteer, not those settled before they joined."""
        return self.filter(not_over_before_joining(user, "settled_at"), circle__in=visible_circles_of(user))

    def unfinished(self) -> Self:
        return self.filter(status__in=[Action.Status.OPEN, Action.Status.PARTLY])

    def overdue(self, today: date) -> Self:
        """Unfinished actions whose due day has passed."""
        return self.unfinished().filter(due_on__lt=today)

    def brought_to(self, meeting: Meeting) -> Self:
        """Actions that were unfinished when this meeting began, whatever was tapped about them since."""
        agreed = self.filter(circle=meeting.circle_id, agreed_at__lte=meeting.planned_at + USUAL_LENGTH)
        unsettled = Q(settled_at=None) | Q(settled_at__gt=meeting.planned_at)
        return agreed.exclude(meeting=meeting).filter(unsettled).order_by("due_on", "pk")

    def with_tap_at(self, meeting: Meeting) -> Self:
        """Adds `tap_key` and `tapped`: the tap about each action at this meeting, None without one."""
        here = FilteredRelation("taps", condition=Q(taps__meeting=meeting.pk))
        return self.annotate(here=here, tap_key=F("here__pk"), tapped=F("here__how"))


class Action(Moving):
    class Status(models.TextChoices):
        OPEN = "open", "To do"
        """Agreed, and nothing is done yet."""
        PARTLY = "partly", "Partly done"
        """Some of it is done; it is asked about again at the next meeting."""
        DONE = "done", "Done"
        """All of it is done."""
        DROPPED = "dropped", "Dropped"
        """It will not be done, and nobody is asked about it again."""

    class Owner(models.TextChoices):
        VOLUNTEER = "volunteer", "A volunteer"
        COORDINATOR = "coordinator", "The coordinator"
        CORE_MEMBER = "core_member", "The core member"

    audit_kind = "action"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.OPEN,
        moves={
            Status.OPEN: {Status.PARTLY, Status.DONE, Status.DROPPED},
            Status.PARTLY: {Status.OPEN, Status.DONE, Status.DROPPED},
            Status.DONE: {Status.OPEN, Status.PARTLY},
        },
    )
    """“Done” can be undone: on a telephone it is easy to tap the wrong answer."""

    tap_key: int | None
    tapped: str | None
    """Both are read by `with_tap_at`."""

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions", null=True)
    words = models.TextField(max_length=ACTION_LENGTH)
    owner = models.CharField(max_length=12, choices=Owner)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+", null=True)
    due_on = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    dropped_because = models.TextField(max_length=REASON_LENGTH, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("due_on", name="action_days_believable"),
            one_of("status", ["open", "partly", "done", "dropped"], name="action_status_known"),
            one_of("owner", ["volunteer", "coordinator", "core_member"], name="action_owner_known"),
            both_or_neither("settled_at", "settled_by", name="action_settled_at_with_settled_by"),
            models.CheckConstraint(
                condition=Q(owner="volunteer", volunteer__isnull=False) | (~Q(owner="volunteer") & Q(volunteer=None)),
                name="action_of_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "dropped"], settled_at__isnull=False)
                | Q(status__in=["open", "partly"], settled_at=None),
                name="action_settled_when_finished",
            ),
            models.CheckConstraint(
                condition=(Q(status="dropped") & ~Q(dropped_because=""))
                | (~Q(status="dropped") & Q(dropped_because="")),
                name="action_dropped_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["circle", "status", "due_on"], name="action_by_due")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:actions", args=[self.circle.reference])

    def facts_of_a_move(self) -> list[str]:
        return ["settled_at", "settled_by", "dropped_because"]


class ActionTapQuerySet(models.QuerySet["ActionTap"]):
    def visible_to(self, user: User) -> Self:
        """Taps at the meetings this person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


class ActionTap(models.Model):
    """One tap on the log: how one action stood at one meeting."""

    class How(models.TextChoices):
        DONE = "done", "Done"
        PARTLY = "partly", "Partly"
        NOT_YET = "open", "Not yet"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="action_taps")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="taps")
    how = models.CharField(max_length=8, choices=How)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ActionTapQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("how", ["done", "partly", "open"], name="action_tap_how_known"),
            models.UniqueConstraint(fields=["meeting", "action"], name="action_tap_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} {self.action.reference}"


auditlog.register(Action, include_fields=["circle", "meeting", "owner", "volunteer", "due_on", "status", "settled_at"])
auditlog.register(ActionTap, include_fields=["meeting", "action", "how"])
