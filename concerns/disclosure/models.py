"""A request for a third-party disclosure: that somebody outside the agencies is told about a core member.

The lead agency decides, never we. What we tell an agency ourselves is an information share (domain.md 3.1, 7.7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from alerts.leave.cover import COVERED, COVERED_AS_COORDINATOR
from circles.circle.models import Circle
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.register.models import KEEPS_REGISTERS, Clocked, ClockedQuerySet
from core.constraints import both_or_neither, one_of
from core.lifecycle import Lifecycle
from offenders.core_member.wall_models import not_walled_off

if TYPE_CHECKING:
    pass


class WhoNeedsToKnow(models.TextChoices):
    """What the person outside is to him."""

    PARTNER = "partner", "A partner, or somebody he lives with"
    PARENT = "parent", "A parent, or somebody who looks after a child"
    EMPLOYER = "employer", "An employer, or where he volunteers"
    VENUE = "venue", "A place he goes to, such as a church or a gym"
    OTHER = "other", "Somebody else"


class Soon(models.TextChoices):
    """How soon the lead agency is asked to decide."""

    URGENT = "urgent", "Urgent: harm could come soon"
    ORDINARY = "ordinary", "Not urgent"


class DisclosureQuerySet(ClockedQuerySet["DisclosureRequest"]):
    def visible_to(self, user: User) -> Self:
        """All for the safeguarding lead and managers; for coordinators those of their circles and of circles they cover.

        None from a concern about the reader; through cover, none from a concern about a colleague they cover for.
        """
        if not user.is_active:
            return self.none()
        mine = self.exclude(concern__about=user).filter(not_walled_off(user.pk, "circle__core_member"))
        if any(user.has_role(role) for role in KEEPS_REGISTERS):
            return mine
        about_nobody_covered = Q(concern__about=None) | ~Q(concern__about__in=COVERED(user.pk))
        through_cover = Q(circle__coordinator__in=COVERED_AS_COORDINATOR(user.pk)) & about_nobody_covered
        return mine.filter(Q(circle__coordinator=user) | through_cover)


class DisclosureRequest(Clocked):
    class Status(models.TextChoices):
        REQUESTED = "requested", "To be put to the lead agency"
        """Written, and not yet put to the lead agency."""
        WITH_AGENCY = "with_agency", "With the lead agency"
        """The lead agency has it and is to decide."""
        AGENCY_DISCLOSED = "agency_disclosed", "The agency disclosed: undertaking wanted"
        """The agency told them; they still have to sign that they keep it to themselves."""
        DONE = "done", "Disclosed, undertaking confirmed"
        """They were told and have signed."""
        REFUSED = "refused", "The lead agency decided not to disclose"
        """The agency decided that nobody is told."""
        SELF_DISCLOSED = "self_disclosed", "He told them himself"
        """No disclosure was needed, since he told them."""

    audit_kind = "disclosure request"
    WAITS = ("requested", "with_agency", "agency_disclosed")
    CHASED = ("with_agency", "agency_disclosed")
    """The states in which somebody asks the lead agency for its decision, or for the undertaking."""

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.REQUESTED,
        moves={
            Status.REQUESTED: {Status.WITH_AGENCY},
            Status.WITH_AGENCY: {Status.AGENCY_DISCLOSED, Status.REFUSED, Status.SELF_DISCLOSED},
            Status.AGENCY_DISCLOSED: {Status.DONE},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="disclosure_requests")
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="disclosure_requests", null=True, blank=True
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.REQUESTED)
    who = models.TextField("who needs to know", validators=[MaxLengthValidator(LONGEST)])
    who_kind = models.CharField("what they are to him", max_length=20, choices=WhoNeedsToKnow)
    why = models.TextField("why they need to know", validators=[MaxLengthValidator(LONGEST)])
    else_considered = models.TextField("what would do instead", validators=[MaxLengthValidator(LONGEST)])
    soon = models.CharField("how soon", max_length=20, choices=Soon)
    lead_agency = models.CharField(max_length=160, help_text="As it was when the request was written.")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_to = models.CharField("who at the lead agency has it", max_length=160, blank=True)
    put_at = models.DateTimeField(null=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    decided_who = models.CharField("who at the lead agency decided", max_length=160, blank=True)
    decision_words = models.TextField("their reason", blank=True, validators=[MaxLengthValidator(LONGEST)])
    conditions = models.TextField("their conditions", blank=True, validators=[MaxLengthValidator(LONGEST)])
    volunteers_may_say = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undertaking = models.CharField("who confirmed the undertaking", max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "status",
                ["requested", "with_agency", "agency_disclosed", "done", "refused", "self_disclosed"],
                name="disclosure_status_known",
            ),
            one_of("who_kind", WhoNeedsToKnow.values, name="disclosure_who_kind_known"),
            one_of("soon", Soon.values, name="disclosure_soon_known"),
            both_or_neither("put_at", "put_by", name="disclosure_put_by_someone"),
            both_or_neither("decided_at", "decided_by", name="disclosure_decided_by_someone"),
            both_or_neither("ended_at", "ended_by", name="disclosure_ended_by_someone"),
            models.CheckConstraint(
                condition=Q(status="requested", put_at=None) | (~Q(status="requested") & Q(put_at__isnull=False)),
                name="disclosure_decided_only_by_the_agency",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["agency_disclosed", "done", "refused"]) | ~Q(decision_words=""),
                name="disclosure_decided_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | ~Q(undertaking=""), name="disclosure_done_with_an_undertaking"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "refused", "self_disclosed"], ended_at__isnull=False, due_at=None)
                | Q(status__in=["requested", "with_agency", "agency_disclosed"], ended_at=None, due_at__isnull=False),
                name="disclosure_open_has_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:disclosure", args=[self.reference])

    @property
    def filed_within(self) -> str:
        """The circle whose trail shows it. Empty if its concern is about a person, since they may read that trail."""
        return self.circle.reference if self.concern is None else self.concern.filed_within

    def facts_of_a_move(self) -> list[str]:
        return [
            "due_at",
            "put_to",
            "put_at",
            "put_by",
            "decided_who",
            "decision_words",
            "conditions",
            "volunteers_may_say",
            "decided_at",
            "decided_by",
            "undertaking",
            "ended_at",
            "ended_by",
        ]


auditlog.register(DisclosureRequest, include_fields=["circle", "concern", "status", "soon", "who_kind"])
