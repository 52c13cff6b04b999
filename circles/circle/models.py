"""The circle, and its memberships: who belongs to it, and since when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from alerts.leave.cover import COVERED_AS_COORDINATOR
from circles.circle.end_reason import EndReason
from circles.circle.event_models import CircleEvent
from circles.circle.weekday import Weekday
from core.constraints import believable_days, both_or_neither, one_of
from core.keyed_query import KeyedQuery
from core.lifecycle import Lifecycle
from core.records import Moving
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import not_walled_off
from offenders.restriction.models import Restriction, RestrictionQuerySet
from volunteers.volunteer.models import Volunteer

SEES_EVERY_CIRCLE = (Role.MANAGER, Role.SAFEGUARDING_LEAD)

IS_CURRENT = Q(joined_at__lte=Now()) & (Q(left_at=None) | Q(left_at__gt=Now()))
"""A membership that holds now."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        """Memberships of the circles this person may see."""
        return self.filter(circle__in=visible_circles_of(user))

    def of(self, circle: Circle) -> Self:
        """The memberships of one circle with their volunteers, in the order they joined."""
        return self.filter(circle=circle).select_related("volunteer__user").order_by("joined_at", "pk")

    def current(self) -> Self:
        """Memberships that hold now, by the database's clock, so that somebody who leaves loses access at once."""
        return self.filter(IS_CURRENT)

    def with_last_turn(self, turns: QuerySet[Any]) -> Self:
        """Add `last_turn`, when they take or last took the circle's minutes. `turns` are the meetings that count."""
        theirs = turns.filter(circle=OuterRef("circle"), minute_taker=OuterRef("volunteer")).order_by("-planned_at")
        return self.annotate(last_turn=Subquery(theirs.values("planned_at")[:1]))

    def could_attend(self, moment: datetime) -> Self:
        """Memberships of people who belonged at that moment, or have joined since."""
        return self.filter(joined_at__lte=Now()).filter(Q(left_at=None) | Q(left_at__gt=moment))


class CircleQuerySet(models.QuerySet["Circle"]):
    def visible_to(self, user: User) -> Self:
        """Circles this person coordinates, covers or belongs to now; all for managers and safeguarding leads.

        None of a core member whose wall keeps this person out; nor do the queries below give one.
        """
        if not user.is_active:
            return self.none()
        if any(user.has_role(role) for role in SEES_EVERY_CIRCLE):
            return self.outside_wall(user.pk)
        return self.tied_to(user)

    def outside_wall(self, key: int) -> Self:
        """Circles of core members whose wall does not keep out the person with this key."""
        return self.filter(not_walled_off(key, "core_member"))

    def coordinated_by(self, key: int) -> Self:
        """Circles that the person with this key coordinates, or covers while their coordinator is on leave."""
        own = Q(coordinator=key) | Q(coordinator__in=COVERED_AS_COORDINATOR(key))
        return self.filter(own, not_walled_off(key, "core_member"))

    def tied_to(self, user: User | int) -> Self:
        """Circles this person coordinates, covers or belongs to now. `user` may be a key."""
        key = user if isinstance(user, int) else user.pk
        return self.coordinated_by(key) | self.filter(pk__in=JOINED_CIRCLES(key))


class Circle(Moving):
    class Status(models.TextChoices):
        """The states of a circle, from the first plan to its close (domain.md 7.3)."""

        PROPOSED = "proposed", "Proposed"
        """A core member and a coordinator; volunteers are looked for."""
        MATCHED = "matched", "Volunteers found"
        """Enough volunteers belong to it."""
        PREPARING = "preparing", "Preparing to meet"
        """Whatever its guards ask for is being done."""
        WEEKLY = "weekly", "Meets weekly"
        """It meets every week."""
        FORTNIGHTLY = "fortnightly", "Meets every second week"
        """It meets every second week, as a review decided."""
        PAUSED = "paused", "Paused"
        """It does not meet for now, for the reason that was given."""
        ENDING = "ending", "Coming to its end"
        """It meets no more, and what is still open is being finished."""
        CLOSED = "closed", "Ended"
        """It is over, with nothing left open."""
        NOT_STARTED = "not_started", "Never started"
        """It was given up before it ever met."""

    BEFORE = (Status.PROPOSED, Status.MATCHED, Status.PREPARING)
    MEETS = (Status.WEEKLY, Status.FORTNIGHTLY)
    OVER = (Status.CLOSED, Status.NOT_STARTED)

    EndReason = EndReason
    audit_kind = "circle"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.PROPOSED,
        moves={
            Status.PROPOSED: {Status.MATCHED, Status.NOT_STARTED},
            Status.MATCHED: {Status.PREPARING, Status.NOT_STARTED},
            Status.PREPARING: {Status.WEEKLY, Status.NOT_STARTED},
            Status.WEEKLY: {Status.FORTNIGHTLY, Status.PAUSED, Status.ENDING},
            Status.FORTNIGHTLY: {Status.WEEKLY, Status.PAUSED, Status.ENDING},
            Status.PAUSED: {Status.WEEKLY, Status.FORTNIGHTLY, Status.ENDING},
            Status.ENDING: {Status.CLOSED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    programme = models.ForeignKey("circles.Programme", on_delete=models.PROTECT, related_name="circles")
    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="circles")
    known_as = models.CharField(
        "first name here",
        max_length=40,
        help_text="What this circle calls the core member. A first name, no more.",
    )
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="circles")
    status = models.CharField(max_length=20, choices=Status, default=Status.PROPOSED)
    weekday = models.PositiveSmallIntegerField("meets on", choices=Weekday)
    meets_at = models.TimeField("at")
    place_code = models.CharField(
        "place", max_length=8, blank=True, help_text="A short code the circle knows, such as ELM. Never an address."
    )
    venue = models.ForeignKey("circles.Venue", on_delete=models.PROTECT, related_name="circles", null=True, blank=True)
    started_on = models.DateField()
    planned_end_on = models.DateField()
    fortnightly_from = models.DateField(null=True, blank=True, help_text="From then on it meets every second week.")
    end_reason = models.CharField("why it ends", max_length=20, choices=EndReason, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CircleQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("started_on", "planned_end_on", "fortnightly_from", name="circle_days_believable"),
            one_of(
                "status",
                [
                    "proposed",
                    "matched",
                    "preparing",
                    "weekly",
                    "fortnightly",
                    "paused",
                    "ending",
                    "closed",
                    "not_started",
                ],
                name="circle_status_known",
            ),
            one_of("end_reason", ["", *EndReason.values], name="circle_end_reason_known"),
            models.CheckConstraint(
                condition=(Q(status__in=["ending", "closed"]) & ~Q(end_reason=""))
                | (~Q(status__in=["ending", "closed"]) & Q(end_reason="")),
                name="circle_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | (~Q(status="closed") & Q(closed_at=None)),
                name="circle_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="fortnightly") | Q(fortnightly_from__isnull=False),
                name="circle_fortnightly_from_a_day",
            ),
            models.UniqueConstraint(
                fields=["core_member"], condition=~Q(status__in=["closed", "not_started"]), name="circle_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="circle_weekday_known"),
            models.CheckConstraint(condition=Q(planned_end_on__gt=F("started_on")), name="circle_ends_after_start"),
            models.CheckConstraint(
                condition=Q(fortnightly_from=None) | Q(fortnightly_from__gt=F("started_on")),
                name="circle_slows_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:circle", args=[self.reference])

    @property
    def meets(self) -> bool:
        """Whether it meets: weekly, or every second week."""
        return self.status in self.MEETS

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER

    def facts_of_a_move(self) -> list[str]:
        return ["end_reason", "fortnightly_from", "closed_at"]

    def week_at(self, day: date) -> int:
        """The number of the circle's week in which a day falls, from 1."""
        return max((day - self.started_on).days, 0) // 7 + 1

    def restrictions_in_force(self, day: date) -> RestrictionQuerySet:
        """The restrictions that hold on that day. Everybody who sees the circle must know them."""
        return Restriction.objects.in_force(day).in_whole_words().of(self.core_member_id)

    def tell_story(self, *, before: str, by: Any, at: datetime, note: str) -> None:
        moved = CircleEvent.Kind.MOVED
        self.events.create(at=at, by=by, kind=moved, from_status=before, to_status=self.status, note=note)


class Membership(models.Model):
    """A volunteer's time in a circle: from `joined_at`, until before `left_at`, which is empty while they belong."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="memberships")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    last_turn: datetime | None
    """Set by `with_last_turn`."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("left_at", "left_by", name="membership_left_at_with_left_by"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gt=F("joined_at")), name="membership_left_after_joining"
            ),
            models.UniqueConstraint(
                fields=["circle", "volunteer"], condition=Q(left_at=None), name="membership_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} {self.volunteer.reference}"


def _joined_circles(person: int) -> QuerySet[Membership, Any]:
    current = Membership.objects.current().filter(volunteer__user=person)
    return current.filter(not_walled_off(person, "circle__core_member")).values("circle")


JOINED_CIRCLES = KeyedQuery(_joined_circles)
"""The circles a person belongs to now."""

TIED = KeyedQuery(lambda person: Circle.objects.tied_to(person).values("pk"))
"""The circles a person coordinates, covers or belongs to now."""

COORDINATED_CIRCLES = KeyedQuery(lambda person: Circle.objects.coordinated_by(person).values("pk"))
"""The circles a person coordinates, or covers as a deputy, now."""


def visible_circles_of(user: User) -> Any:
    """The keys of the circles this person may see, as a subquery to filter what belongs to a circle."""
    if not user.is_active or any(user.has_role(role) for role in SEES_EVERY_CIRCLE):
        return Circle.objects.visible_to(user).values("pk")
    return TIED(user.pk)


AUDITED = "programme core_member coordinator status weekday meets_at place_code venue planned_end_on fortnightly_from end_reason"
auditlog.register(Circle, include_fields=AUDITED.split())
auditlog.register(Membership, include_fields=["circle", "volunteer", "joined_at", "left_at"])
