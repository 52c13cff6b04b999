"""A safeguarding referral to the MASH, the LADO or adult safeguarding: its clock, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.low_level.models import LowLevelConcern
from concerns.register.models import Clocked, ClockedQuerySet, hidden_from_its_subject
from core.constraints import believable_moments, both_or_neither, one_of
from core.lifecycle import Lifecycle
from offenders.core_member.wall_models import not_walled_off

if TYPE_CHECKING:
    pass


class ReferralKind(models.TextChoices):
    """The team it goes to, which decides its clock (domain.md 3.10)."""

    MASH = "mash", "MASH: a child at risk"
    LADO = "lado", "LADO: somebody who works with children"
    ADULT = "adult", "Adult safeguarding: an adult at risk"


class Criterion(models.TextChoices):
    """The harm threshold for the LADO (Working Together)."""

    HARMED = "harmed", "Harmed a child, or may have"
    OFFENCE = "offence", "May have committed an offence against a child"
    RISK = "risk", "May pose a risk of harm to children"
    UNSUITABLE = "unsuitable", "May not be suitable to work with children"


class ReferralDecision(models.TextChoices):
    ACCEPTED = "accepted", "They take it on"
    ADVICE = "advice", "They gave advice"
    NO_ACTION = "no_action", "No further action"


class ReferralQuerySet(ClockedQuerySet["SafeguardingReferral"]):
    def visible_to(self, user: User) -> Self:
        """The referrals, for the safeguarding lead and managers, without those about the reader."""
        outside_walls = self.filter(not_walled_off(user.pk, "concern__circle__core_member"))
        return hidden_from_its_subject(outside_walls, user)


class SafeguardingReferral(Clocked):
    class Status(models.TextChoices):
        TO_REFER = "to_refer", "To be referred"
        """Written down, and not made yet."""
        REFERRED = "referred", "Referred: no decision yet"
        """Made; the agency's decision is chased."""
        DECIDED = "decided", "Decided"
        """The agency has decided."""
        NOT_REFERRED = "not_referred", "Decided not to refer"
        """It was decided not to refer, and the reason is kept."""

    audit_kind = "safeguarding referral"
    WAITS = ("to_refer", "referred")
    CHASED = ("referred",)
    """The states in which somebody asks the agency for its decision."""

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.TO_REFER,
        moves={
            Status.TO_REFER: {Status.REFERRED, Status.NOT_REFERRED},
            Status.REFERRED: {Status.DECIDED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField("to whom", max_length=10, choices=ReferralKind)
    criterion = models.CharField("the LADO’s criterion", max_length=20, choices=Criterion, blank=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="referrals", null=True, blank=True)
    low_level = models.ForeignKey(
        LowLevelConcern, on_delete=models.PROTECT, related_name="referrals", null=True, blank=True
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.TO_REFER)
    what = models.TextField("what is referred, and why", validators=[MaxLengthValidator(LONGEST)])
    made_to = models.CharField("which team", max_length=120)
    known_at = models.DateTimeField("when it was known")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    spoken_to = models.CharField("who took it", max_length=160, blank=True)
    their_reference = models.CharField(max_length=60, blank=True)
    referred_at = models.DateTimeField(null=True)
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    decision = models.CharField(max_length=20, choices=ReferralDecision, blank=True)
    decision_words = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_moments("known_at", name="safeguarding_referral_moments_believable"),
            one_of("status", ["to_refer", "referred", "decided", "not_referred"], name="referral_status_known"),
            one_of("kind", ReferralKind.values, name="referral_kind_known"),
            one_of("criterion", ["", *Criterion.values], name="referral_criterion_known"),
            one_of("decision", ["", *ReferralDecision.values], name="referral_decision_known"),
            both_or_neither("referred_at", "referred_by", name="referral_made_by_someone"),
            both_or_neither("ended_at", "ended_by", name="referral_ended_by_someone"),
            models.CheckConstraint(
                condition=~Q(kind="lado") | ~Q(criterion=""), name="referral_to_the_lado_has_a_criterion"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_refer", "not_referred"], referred_at=None)
                | Q(status__in=["referred", "decided"], referred_at__isnull=False),
                name="referral_decided_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(status="decided") & ~Q(decision="") | ~Q(status="decided") & Q(decision=""),
                name="referral_decided_with_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_referred") | ~Q(decision_words=""), name="referral_not_made_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["decided", "not_referred"], ended_at__isnull=False, due_at=None)
                | Q(status__in=["to_refer", "referred"], ended_at=None, due_at__isnull=False),
                name="referral_open_has_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:referral", args=[self.reference])

    def facts_of_a_move(self) -> list[str]:
        return [
            "due_at",
            "spoken_to",
            "their_reference",
            "referred_at",
            "referred_by",
            "decision",
            "decision_words",
            "ended_at",
            "ended_by",
        ]


auditlog.register(SafeguardingReferral, include_fields=["kind", "status", "decision"])
