"""The referral of a man by an agency: its states and clocks, and its story."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.models.role import Role
from alerts.leave.cover import COVERED_AS_COORDINATOR
from core.constraints import believable_days, both_or_neither, one_of
from core.lifecycle import Lifecycle
from core.records import Moving
from core.story import StoryLine, kind_constraints_for
from offenders.core_member.models import CoreMember

LONGEST = 4000

LAPSES_AFTER = timedelta(days=60)
"""So long without a word from the referrer, and the referral lapses."""


KEPT_FOR = timedelta(days=365)
"""So long after the end of a referral that led to nothing, two people erase who he is."""


class DeclineReason(models.TextChoices):
    """Why a referral is declined, in words that the referrer may be sent: none speaks of what he did."""

    CRITERIA = "criteria", "It does not meet the criteria of the service"
    NOT_NOW = "not_now", "It is not the right time for a circle"
    RISK = "risk", "We cannot keep volunteers safe in this case"
    AREA = "area", "We have no service where he lives or will live"
    CAPACITY = "capacity", "We have no volunteers for it now"
    WISHES = "wishes", "He does not wish to take part"


class WithdrawnBy(models.TextChoices):
    REFERRER = "referrer", "The referrer"
    CORE_MEMBER = "core_member", "He himself"


class AgencyReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Referrals this person coordinates or covers; all of them for managers and safeguarding leads.

        Once he is accepted his own coordinator counts, and only who may see the core member sees the referral.
        """
        if not user.is_active:
            return self.none()
        covered = COVERED_AS_COORDINATOR(user.pk)
        own = Q(coordinator=user) | Q(coordinator__in=covered)
        accepted = Q(core_member__coordinator=user) | Q(core_member__coordinator__in=covered)
        if user.has_role(Role.MANAGER) or user.has_role(Role.SAFEGUARDING_LEAD):
            own = accepted = Q()
        seen = Q(core_member__in=CoreMember.objects.visible_to(user).values("pk"))
        return self.filter((Q(core_member=None) & own) | (seen & accepted))

    def kept_too_long(self, moment: datetime) -> Self:
        """Those that led to nothing and ended too long ago, while it is still sealed here who he is."""
        ended = self.filter(status__in=Referral.LED_TO_NOTHING, ended_at__lte=moment - KEPT_FOR)
        return ended.filter(identity__isnull=False, identity__erased_at=None)

    def unanswered_since(self, moment: datetime) -> Self:
        """Those that have waited for the referrer since this moment or longer."""
        waiting = [Referral.Status.DRAFT, Referral.Status.INFO_REQUESTED]
        return self.filter(status__in=waiting, waits_since__lte=moment)


class Referral(Moving):
    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        """The referrer or the coordinator is filling in the form."""
        SUBMITTED = "submitted", "Sent, not yet acknowledged"
        """The form is sent. The coordinator acknowledges it within two working days."""
        SCREENING = "screening", "Being screened"
        """It is compared with the criteria of the service; the referrer has an answer within ten working days."""
        INFO_REQUESTED = "info_requested", "Waiting for information"
        """The referrer was asked for something. The ten days stand still until it comes."""
        ASSESSING = "assessing", "Being assessed"
        """It meets the criteria. He is talked to, and two people sign the assessment off."""
        PANEL = "panel", "With the panel"
        """The panel gives its views and decides."""
        DEFERRED = "deferred", "Deferred"
        """The panel decides later, on a day that is written down."""
        DECLINED = "declined", "Declined"
        """It is declined for a reason that the referrer was sent. An appeal may be upheld."""
        ACCEPTED = "accepted", "Accepted"
        """He is a core member now."""
        WITHDRAWN = "withdrawn", "Withdrawn"
        """The referrer or the man himself does not wish it any more."""
        LAPSED = "lapsed", "Lapsed"
        """Nobody answered for sixty days."""

    audit_kind = "referral"

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.DRAFT,
        moves={
            Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN, Status.LAPSED},
            Status.SUBMITTED: {Status.SCREENING, Status.WITHDRAWN},
            Status.SCREENING: {Status.INFO_REQUESTED, Status.ASSESSING, Status.DECLINED, Status.WITHDRAWN},
            Status.INFO_REQUESTED: {Status.SCREENING, Status.WITHDRAWN, Status.LAPSED},
            Status.ASSESSING: {Status.PANEL, Status.WITHDRAWN},
            Status.PANEL: {Status.DEFERRED, Status.DECLINED, Status.ACCEPTED, Status.WITHDRAWN},
            Status.DEFERRED: {Status.PANEL, Status.WITHDRAWN},
            Status.DECLINED: {Status.ASSESSING, Status.PANEL},
        },
    )
    OVER = (Status.DECLINED, Status.ACCEPTED, Status.WITHDRAWN, Status.LAPSED)
    LED_TO_NOTHING = (Status.DECLINED, Status.WITHDRAWN, Status.LAPSED)

    reference = models.CharField(max_length=12, unique=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    referrer_name = models.CharField(max_length=120)
    referrer_role = models.CharField(max_length=120, blank=True)
    referrer_agency = models.CharField(max_length=120)
    referrer_mail = models.EmailField()
    referrer_telephone = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    waits_since = models.DateTimeField(help_text="Since when nothing came from the referrer.")
    submitted_at = models.DateTimeField(null=True)
    acknowledge_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True, help_text="Until when the referrer has the result of the screening.")
    asked_for = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    asked_until = models.DateField(null=True, help_text="The day by which what was asked for is needed.")
    deferred_until = models.DateField(null=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    decline_advice = models.TextField("what the referrer is told", blank=True, validators=[MaxLengthValidator(LONGEST)])
    withdrawn_by = models.CharField(max_length=20, choices=WithdrawnBy, blank=True)
    ended_at = models.DateTimeField(null=True)
    core_member = models.OneToOneField(CoreMember, on_delete=models.PROTECT, related_name="referral", null=True)
    identity = models.OneToOneField(
        "offenders.Identity",
        on_delete=models.PROTECT,
        related_name="referral",
        null=True,
        help_text="Who he is, sealed; empty until somebody has written it down.",
    )

    objects = AgencyReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("asked_until", "deferred_until", name="agency_referral_days_believable"),
            one_of(
                "status",
                [
                    *("draft", "submitted", "screening", "info_requested", "assessing", "panel", "deferred"),
                    *("declined", "accepted", "withdrawn", "lapsed"),
                ],
                name="agency_referral_status_known",
            ),
            one_of("decline_reason", ["", *DeclineReason.values], name="agency_referral_decline_reason_known"),
            one_of("withdrawn_by", ["", *WithdrawnBy.values], name="agency_referral_withdrawn_by_known"),
            both_or_neither("submitted_at", "acknowledge_by", name="agency_referral_sent_with_a_clock"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn", "lapsed"]) | Q(submitted_at__isnull=False),
                name="agency_referral_sent_before_it_is_read",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(submitted_at__lte=F("acknowledged_at")),
                name="agency_referral_acknowledged_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["screening", "info_requested"])
                | Q(acknowledged_at__isnull=False, answer_by__isnull=False),
                name="agency_referral_screened_with_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(status="declined") & ~Q(decline_reason="") | ~Q(status="declined") & Q(decline_reason=""),
                name="agency_referral_declined_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn") & ~Q(withdrawn_by="") | ~Q(status="withdrawn") & Q(withdrawn_by=""),
                name="agency_referral_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="deferred", deferred_until__isnull=False)
                | ~Q(status="deferred") & Q(deferred_until=None),
                name="agency_referral_deferred_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", core_member__isnull=False) | ~Q(status="accepted") & Q(core_member=None),
                name="agency_referral_accepted_as_a_core_member",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["declined", "accepted", "withdrawn", "lapsed"], ended_at__isnull=False)
                | ~Q(status__in=["declined", "accepted", "withdrawn", "lapsed"]) & Q(ended_at=None),
                name="agency_referral_ended_when_over",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("offenders:referral", args=[self.reference])

    @property
    def keeper_id(self) -> int:
        """Whoever has it: its coordinator, or the core member’s once he is accepted."""
        return self.core_member.coordinator_id if self.core_member is not None else self.coordinator_id

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER

    @property
    def may_be_written(self) -> bool:
        """Whether the form may still be filled in: until the panel has it."""
        return self.status in {
            self.Status.DRAFT,
            self.Status.SUBMITTED,
            self.Status.SCREENING,
            self.Status.INFO_REQUESTED,
            self.Status.ASSESSING,
        }

    @property
    def due_at(self) -> datetime | None:
        """Until when the charity must do something next, where a clock runs."""
        if self.status == self.Status.SUBMITTED:
            return self.acknowledge_by
        return self.answer_by if self.status == self.Status.SCREENING else None

    def facts_of_a_move(self) -> list[str]:
        return [
            *(
                "submitted_at",
                "acknowledge_by",
                "acknowledged_at",
                "answer_by",
                "waits_since",
                "asked_for",
                "asked_until",
            ),
            *("deferred_until", "decline_reason", "decline_advice", "withdrawn_by", "ended_at", "core_member"),
        ]

    def tell_story(self, *, before: str, by: object, at: datetime, note: str) -> None:
        ReferralEvent.objects.create(
            referral=self,
            kind=StoryLine.Kind.MOVED,
            from_status=before,
            to_status=self.status,
            detail=note,
            by=by if isinstance(by, User) else None,
            at=at,
        )


class ReferralEventQuerySet(models.QuerySet["ReferralEvent"]):
    def visible_to(self, user: User) -> Self:
        """The story of the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))


class ReferralEvent(StoryLine):
    """One line of a referral's story. Nobody stands as `by` where the referrer or a clock did it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=120, blank=True)
    detail = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])

    objects = ReferralEventQuerySet.as_manager()

    class Meta:
        constraints = [*kind_constraints_for("referral_event")]

    def __str__(self) -> str:
        return f"referral event {self.pk}"

    @property
    def record(self) -> Referral:
        return self.referral


auditlog.register(Referral, include_fields=["status", "area", "coordinator", "decline_reason", "withdrawn_by"])
