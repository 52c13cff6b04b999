"""Goals: what the core member wants of his circle, and the weekly tap that says how it goes (domain.md 1.2)."""

from __future__ import annotations

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
from core.constraints import both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving

MOST_OPEN_GOALS = 6
"""The most goals that a circle can keep in mind on a weekday evening."""

GOAL_LENGTH = 200
REASON_LENGTH = 300
"""Both in characters: a goal is one sentence, a reason a short paragraph."""


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> Self:
        """Goals of the circles this person may see; for a volunteer, not those that ended before they joined."""
        return self.filter(not_over_before_joining(user, "ended_at"), circle__in=visible_circles_of(user))

    def open_at(self, meeting: Meeting) -> Self:
        """The circle's goals that were open at this meeting. Late minutes ask about these, not about today's."""
        opened = self.filter(circle=meeting.circle_id, opened_at__lte=meeting.planned_at + USUAL_LENGTH)
        return opened.filter(Q(ended_at=None) | Q(ended_at__gt=meeting.planned_at)).order_by("opened_at", "pk")

    def with_tap_at(self, meeting: Meeting) -> Self:
        """Adds `tap_key` and `tapped`: the tap about each goal at this meeting, None without one."""
        here = FilteredRelation("taps", condition=Q(taps__meeting=meeting.pk))
        return self.annotate(here=here, tap_key=F("here__pk"), tapped=F("here__way"))


class Goal(Moving):
    class Status(models.TextChoices):
        OPEN = "open", "Held now"
        """The circle works towards it, and each meeting says how it goes."""
        ENDED = "ended", "Ended"
        """It was reached, given up or replaced."""

    class Aim(models.TextChoices):
        SUPPORT = "support", "Support"
        MONITORING = "monitoring", "Monitoring"
        MAINTENANCE = "maintenance", "Maintenance"

    audit_kind = "goal"

    LIFECYCLE = Lifecycle(states=Status, start=Status.OPEN, moves={Status.OPEN: {Status.ENDED}})

    tap_key: int | None
    tapped: str | None
    """Both are read by `with_tap_at`."""

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="goals")
    aim = models.CharField(max_length=12, choices=Aim)
    words = models.TextField(max_length=GOAL_LENGTH)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_because = models.TextField(max_length=REASON_LENGTH)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_because = models.TextField(max_length=REASON_LENGTH, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("status", ["open", "ended"], name="goal_status_known"),
            one_of("aim", ["support", "monitoring", "maintenance"], name="goal_aim_known"),
            both_or_neither("ended_at", "ended_by", name="goal_ended_at_with_ended_by"),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None, ended_because="")
                | (Q(status="ended", ended_at__isnull=False) & ~Q(ended_because="")),
                name="goal_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:goals", args=[self.circle.reference])

    def facts_of_a_move(self) -> list[str]:
        return ["ended_at", "ended_by", "ended_because"]


class GoalTapQuerySet(models.QuerySet["GoalTap"]):
    def visible_to(self, user: User) -> Self:
        """Taps at the meetings this person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


class GoalTap(models.Model):
    """One tap in the log of a meeting: how it goes with one goal."""

    class Way(models.TextChoices):
        FORWARD = "forward", "Forward"
        SAME = "same", "Same"
        BACK = "back", "Worse"
        NOT_DISCUSSED = "none", "Not discussed"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="goal_taps")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="taps")
    way = models.CharField(max_length=8, choices=Way)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = GoalTapQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("way", ["forward", "same", "back", "none"], name="goal_tap_way_known"),
            models.UniqueConstraint(fields=["meeting", "goal"], name="goal_tap_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} {self.goal.reference}"


auditlog.register(Goal, include_fields=["circle", "aim", "status", "opened_by", "ended_at"])
auditlog.register(GoalTap, include_fields=["meeting", "goal", "way"])
