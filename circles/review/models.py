"""The quarterly review of a circle: every 13 weeks, with the agencies (domain.md 1.9, 7.8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from circles.circle.event_models import CircleEvent
from circles.circle.joining import not_over_before_joining
from circles.circle.models import Circle, visible_circles_of
from circles.minutes.models import LONGEST_ANSWER
from core.constraints import believable_days, believable_moments, both_or_neither, one_of
from core.keyed_query import KeyedQuery
from core.lifecycle import Lifecycle
from core.records import Moving
from offenders.core_member.wall_models import not_walled_off

EVERY = timedelta(weeks=13)
"""A review falls due every 13 weeks from the circle's start (domain.md 1.9)."""

INVITED_AHEAD = timedelta(weeks=4)
"""People are invited this long before a review is due."""


def _set_only_in(field: str, states: list[str]) -> models.CheckConstraint:
    """A constraint: the moment in `field` is set in these states and in no other."""
    reached = Q(status__in=states)
    condition = (reached & Q(**{f"{field}__isnull": False})) | (~reached & Q(**{field: None}))
    return models.CheckConstraint(condition=condition, name=f"review_{field.removesuffix('_at')}_when_so")


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> Self:
        """Reviews of the circles this person may see, and those the named practitioner of now is invited to.

        A volunteer does not see those that were held before they joined.
        """
        if not user.is_active:
            return self.none()
        seen = Q(circle__in=visible_circles_of(user)) & not_over_before_joining(user, "held_at")
        return self.filter(seen | Q(pk__in=INVITED(user.pk)) if user.works_for_an_agency else seen)

    def unheld(self) -> Self:
        """Reviews that are still to be held."""
        return self.filter(status__in=[Review.Status.SCHEDULED, Review.Status.INVITED, Review.Status.POSTPONED])

    def of_living_circles(self) -> Self:
        """Leave out reviews that were never held before their circle ended."""
        return self.exclude(circle__status=Circle.Status.CLOSED, pk__in=Review.objects.unheld().values("pk"))


class Review(Moving):
    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "Due"
        """Its day is known; nobody is invited yet."""
        INVITED = "invited", "People are invited"
        """The circle and the agencies know its day and give their views."""
        HELD = "held", "Held, to be written"
        """It took place, and what it decided is to be written down."""
        WRITTEN = "written", "Written, to be shared"
        """What it decided is written and not yet shared."""
        SHARED = "shared", "Shared"
        """Each side has its copy."""
        CLOSED = "closed", "Finished"
        """Nothing of it is left to do."""
        POSTPONED = "postponed", "Postponed"
        """Moved to another day, for a reason. People must be invited again."""

    audit_kind = "review"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.SCHEDULED,
        moves={
            Status.SCHEDULED: {Status.INVITED, Status.POSTPONED},
            Status.INVITED: {Status.HELD, Status.POSTPONED},
            Status.HELD: {Status.WRITTEN},
            Status.WRITTEN: {Status.SHARED},
            Status.SHARED: {Status.CLOSED},
            Status.POSTPONED: {Status.INVITED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=Status, default=Status.SCHEDULED)
    planned_for = models.DateTimeField(null=True)
    place_code = models.CharField(max_length=8, blank=True)
    chair = models.CharField(max_length=80, blank=True)
    invited_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    agenda_for_invitation = models.JSONField(default=list)
    agenda_for_record = models.JSONField(default=list)
    summary = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])
    actions_agreed = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])
    names_by_hand = models.JSONField(
        default=dict, blank=True, help_text="Names put back or left out by whoever shared it, against the rule."
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("due_on", name="review_days_believable"),
            believable_moments("planned_for", "held_at", name="review_moments_believable"),
            one_of(
                "status",
                ["scheduled", "invited", "held", "written", "shared", "closed", "postponed"],
                name="review_status_known",
            ),
            models.UniqueConstraint(fields=["circle", "number"], name="review_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="review_number_from_one"),
            *[
                both_or_neither(f"{step}_at", f"{step}_by", name=f"review_{step}_at_with_{step}_by")
                for step in ("invited", "held", "written", "shared", "closed")
            ],
            _set_only_in("invited_at", ["invited", "held", "written", "shared", "closed"]),
            _set_only_in("held_at", ["held", "written", "shared", "closed"]),
            _set_only_in("written_at", ["written", "shared", "closed"]),
            _set_only_in("shared_at", ["shared", "closed"]),
            _set_only_in("closed_at", ["closed"]),
            models.CheckConstraint(
                condition=Q(invited_at=None) | Q(planned_for__isnull=False), name="review_invited_to_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["circle", "-due_on"], name="review_by_date")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("circles:review", args=[self.reference])

    @property
    def invite_from(self) -> date:
        return self.due_on - INVITED_AHEAD

    @property
    def agenda(self) -> list[dict[str, Any]]:
        """The agenda as it was last made: at the writing, or before that at the invitation."""
        latest: list[dict[str, Any]] = self.agenda_for_record or self.agenda_for_invitation
        return latest

    def facts_of_a_move(self) -> list[str]:
        moments = [
            f"{step}_{end}" for step in ("invited", "held", "written", "shared", "closed") for end in ("at", "by")
        ]
        return [*moments, "planned_for", "due_on"]

    def tell_story(self, *, before: str, by: Any, at: datetime, note: str) -> None:
        what = f"Review {self.number}: {self.Status(self.status).label.lower()}"
        CircleEvent.objects.create(circle=self.circle, at=at, by=by, kind=CircleEvent.Kind.REVIEW, what=what, note=note)


class ReviewPersonQuerySet(models.QuerySet["ReviewPerson"]):
    def professionals(self) -> Self:
        return self.filter(part__in=ReviewPerson.PROFESSIONAL)

    def to_chase(self) -> Self:
        """Agencies that did not come, sent no apology, and have not been asked why."""
        return self.professionals().filter(came=ReviewPerson.Came.NO, chased_at=None)


INVITED = KeyedQuery(
    lambda person: ReviewPerson.objects.filter(
        not_walled_off(person, "review__circle__core_member"),
        part=ReviewPerson.Part.PRACTITIONER,
        review__circle__core_member__practitioner=person,
    ).values("review")
)
"""The reviews a practitioner is invited to. The post is invited, so it is whoever holds it now."""


class ReviewPerson(models.Model):
    """Somebody invited to a review: name, role and agency, and their account if they have one."""

    class Part(models.TextChoices):
        CORE_MEMBER = "core_member", "Core member"
        VOLUNTEER = "volunteer", "Volunteer"
        PRACTITIONER = "practitioner", "Named practitioner"
        PROFESSIONAL = "professional", "Other professional"

    class Came(models.TextChoices):
        CAME = "came", "Came"
        APOLOGY = "apology", "Sent an apology"
        NO = "no", "Did not come"

    PROFESSIONAL = (Part.PRACTITIONER, Part.PROFESSIONAL)

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="people")
    part = models.CharField(max_length=20, choices=Part)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=80, blank=True)
    agency = models.CharField(max_length=80, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    came = models.CharField(max_length=10, choices=Came, blank=True)
    chased_at = models.DateTimeField(null=True)
    chased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    chase_words = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])

    objects = ReviewPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "part", ["core_member", "volunteer", "practitioner", "professional"], name="review_person_part_known"
            ),
            one_of("came", ["", "came", "apology", "no"], name="review_person_came_known"),
            both_or_neither("chased_at", "chased_by", name="review_person_chased_at_with_chased_by"),
            models.CheckConstraint(
                condition=Q(chased_at=None) | Q(came="no"), name="review_person_chased_only_when_away"
            ),
            models.CheckConstraint(
                condition=~Q(part="volunteer") | Q(user__isnull=False), name="review_person_volunteer_has_account"
            ),
            models.UniqueConstraint(fields=["review", "part", "name", "agency"], name="review_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review.reference} person {self.pk}"

    @property
    def is_professional(self) -> bool:
        return self.part in self.PROFESSIONAL


auditlog.register(
    Review, include_fields=["circle", "number", "due_on", "status", "planned_for", "held_at", "closed_at"]
)
auditlog.register(ReviewPerson, include_fields=["review", "part", "user", "came", "chased_at"])
