"""A share: the exact words an agency is told, the recipient, the law and the reason; or the decision not to tell.

Third-party disclosure is another thing: it is the lead agency's decision and never ours (domain.md 3.1, 3.7).
"""

from __future__ import annotations

from datetime import datetime, timedelta
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
from concerns.share.choices import KEEP_IT, Condition, Gateway, LawfulBasis, Marking, Method, Told
from core.constraints import both_or_neither, one_of
from core.fingerprint import fingerprint_of
from core.lifecycle import Lifecycle
from core.records import Moving
from core.story import StoryLine, kind_constraints_for
from offenders.contact.models import Contact
from offenders.core_member.wall_models import not_walled_off

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

READABLE_FOR = timedelta(days=30)
"""How long a recipient can open a share here. Afterwards they ask the charity for it again."""


class ShareQuerySet(models.QuerySet["Share"]):
    def visible_to(self, user: User) -> Self:
        """The shares of concerns that this person handles, and what was sent to them within 30 days."""
        if not user.is_active:
            return self.none()
        handled = Concern.objects.handled_by(user).values("pk")
        outside_walls = self.filter(not_walled_off(user.pk, "concern__circle__core_member"))
        return outside_walls.filter(Q(concern__in=handled) | self._sent_to(user))

    def sent_to(self, user: User) -> Self:
        """What was sent to this person to read here: for 30 days, while they are still the contact."""
        outside_walls = self.filter(not_walled_off(user.pk, "concern__circle__core_member"))
        return outside_walls.filter(self._sent_to(user))

    def _sent_to(self, user: User) -> Q:
        if not user.works_for_an_agency:
            return Q(pk=None)
        still_theirs = Q(contact=None) | Q(contact__ended_at=None)
        since = models.functions.Now() - READABLE_FOR
        return Q(recipient=user, sent_at__gt=since) & still_theirs & ~Q(status=Share.Status.RECALLED)


class Share(Moving):
    """What one recipient is told once, or the decision not to tell them."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waits for a second person"
        """Its words are written; a second person is to agree."""
        APPROVED = "approved", "Ready to send"
        """Agreed, and not yet told."""
        SENT = "sent", "Sent"
        """Told, or open to be read here; whether it arrived is not known."""
        RECEIVED = "received", "It arrived"
        """It reached the agency, which has not answered."""
        ACKNOWLEDGED = "acknowledged", "They have it"
        """Somebody at the agency says that they have it."""
        FAILED = "failed", "Did not arrive"
        """It did not reach them; another way is to be found."""
        CORRECTED = "corrected", "Replaced by a corrected one"
        """It was wrong, and a later one replaces it. Both are kept."""
        RECALLED = "recalled", "Called back"
        """It should not have gone; nobody can read it here any more."""
        NOT_SHARED = "not_shared", "Decided not to share"
        """It was decided not to tell, and the reason is kept."""

    audit_kind = "share"
    GONE = ("sent", "received", "acknowledged", "failed", "corrected", "recalled")
    CHASED = ("sent", "received")
    """The states in which the agency owes an answer."""

    LIFECYCLE = Lifecycle(
        states=Status,
        start=Status.PROPOSED,
        moves={
            Status.PROPOSED: {Status.APPROVED, Status.NOT_SHARED},
            Status.APPROVED: {Status.SENT, Status.NOT_SHARED},
            Status.SENT: {Status.RECEIVED, Status.ACKNOWLEDGED, Status.FAILED, Status.CORRECTED, Status.RECALLED},
            Status.RECEIVED: {Status.ACKNOWLEDGED, Status.CORRECTED, Status.RECALLED},
            Status.ACKNOWLEDGED: {Status.CORRECTED, Status.RECALLED},
        },
    )

    reference = models.CharField(max_length=12, unique=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="shares")
    status = models.CharField(max_length=20, choices=Status, default=Status.PROPOSED)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="+", null=True, help_text="The contact it was chosen from."
    )
    to_desk = models.BooleanField(default=False, help_text="To that contact's duty desk instead.")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    recipient_name = models.CharField("who", max_length=120)
    recipient_role = models.CharField("their post", max_length=120)
    recipient_agency = models.CharField("their agency", max_length=120)
    recipient_mail = models.EmailField("their secure e-mail address", blank=True)
    method = models.CharField("how", max_length=20, choices=Method)
    text = models.TextField("exactly what they are told", validators=[MaxLengthValidator(LONGEST)])
    text_hash = models.CharField(max_length=64)
    names_by_hand = models.JSONField(
        default=dict, blank=True, help_text="Names put back or left out by whoever wrote it, against the rule."
    )
    purpose = models.TextField("why they need to know", validators=[MaxLengthValidator(LONGEST)])
    gateway = models.CharField("under which law", max_length=20, choices=Gateway)
    basis = models.CharField("UK GDPR basis", max_length=20, choices=LawfulBasis)
    condition = models.CharField("Schedule 1 condition", max_length=20, choices=Condition)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL_SENSITIVE)
    handling = models.CharField("how they must keep it", max_length=300, default=KEEP_IT)
    necessity = models.TextField(
        "why this much, and nothing less",
        validators=[MaxLengthValidator(LONGEST)],
        help_text="Say what else you thought of that would tell less.",
    )
    told_core_member = models.CharField("does he know", max_length=10, choices=Told)
    told_why = models.CharField("why he is not told yet", max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answer_due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="When the recipient first read it here.")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    their_reference = models.CharField(max_length=60, blank=True)
    their_plan = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    volunteers_may_know = models.BooleanField(default=False)
    reason = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="corrected_by", null=True, blank=True
    )

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "status",
                [
                    "proposed",
                    "approved",
                    "sent",
                    "received",
                    "acknowledged",
                    "failed",
                    "corrected",
                    "recalled",
                    "not_shared",
                ],
                name="share_status_known",
            ),
            one_of("method", Method.values, name="share_method_known"),
            one_of("gateway", Gateway.values, name="share_gateway_known"),
            one_of("basis", LawfulBasis.values, name="share_basis_known"),
            one_of("condition", Condition.values, name="share_condition_known"),
            one_of("marking", Marking.values, name="share_marking_known"),
            one_of("told_core_member", Told.values, name="share_told_known"),
            both_or_neither("approved_at", "approved_by", name="share_approved_by_someone"),
            both_or_neither("sent_at", "sent_by", name="share_sent_by_someone"),
            both_or_neither("received_at", "received_by", name="share_received_by_someone"),
            models.CheckConstraint(
                condition=Q(to_desk=False) | Q(contact__isnull=False), name="share_desk_of_a_contact"
            ),
            models.CheckConstraint(
                condition=~Q(method="secure_mail") | ~Q(recipient_mail=""), name="share_mailed_to_an_address"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, status__in=["proposed", "approved", "not_shared"])
                | Q(sent_at__isnull=False, approved_at__isnull=False)
                & ~Q(status__in=["proposed", "approved", "not_shared"]),
                name="share_sent_after_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["not_shared", "failed", "recalled", "corrected"]) | ~Q(reason=""),
                name="share_not_told_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(told_core_member="yes") | ~Q(told_why=""),
                name="share_untold_for_a_reason",
                violation_error_message="Say why he is not told yet.",
            ),
        ]
        indexes = [models.Index(fields=["concern", "proposed_at"], name="share_concern")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:share", args=[self.reference])

    @property
    def is_as_sent(self) -> bool:
        """Whether the text still has the hash that was taken when it was written."""
        return fingerprint_of(self.text) == self.text_hash

    @property
    def readable_until(self) -> datetime | None:
        """The moment until which the recipient can open it here."""
        return None if self.sent_at is None else self.sent_at + READABLE_FOR

    @property
    def is_undertaken(self) -> bool:
        """Whether the recipient themselves said that they have it and will keep it as asked."""
        return self.received_by_id is not None and self.received_by_id == self.recipient_id

    @property
    def has_gone(self) -> bool:
        return self.status in self.GONE

    def facts_of_a_move(self) -> list[str]:
        return [
            "approved_at",
            "approved_by",
            "sent_at",
            "sent_by",
            "answer_due_at",
            "received_at",
            "received_by",
            "reason",
        ]

    def tell_story(self, *, before: str, by: AbstractBaseUser | None, at: datetime, note: str) -> None:
        moved = ShareEvent.Kind.MOVED
        ShareEvent.objects.create(
            share=self,
            at=at,
            by_id=by.pk if by else None,
            kind=moved,
            from_status=before,
            to_status=self.status,
            detail=note,
        )

    def note(self, what: str, *, by: AbstractBaseUser | None, at: datetime, detail: str = "") -> None:
        ShareEvent.objects.create(share=self, at=at, by_id=by.pk if by else None, what=what, detail=detail)


class ShareEvent(StoryLine):
    """One line of a share's story."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=120, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        constraints = kind_constraints_for("share_event")
        indexes = [models.Index(fields=["share", "at"], name="share_event_story")]

    def __str__(self) -> str:
        return f"{self.share.reference} event {self.pk}"

    @property
    def record(self) -> Share:
        return self.share


auditlog.register(Share, include_fields=["concern", "status", "recipient", "method", "gateway", "told_core_member"])
