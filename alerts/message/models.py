"""Alert is one message in the outbox; Attempt, one try to send it; Heartbeat, when a task last ran."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import one_of


class Urgency(models.TextChoices):
    """How soon an alert is sent: routine ones may wait for a better hour, the others never do."""

    ROUTINE = "routine", "Routine"
    URGENT = "urgent", "Urgent"
    IMMEDIATE = "immediate", "Immediate"


class Wording(models.TextChoices):
    """Which of the few neutral sentences an alert contains; `alerts.message.wording` holds them."""

    SOMETHING_NEEDS_YOU = "something_needs_you", "Something needs you"
    THERE_IS_NEWS = "there_is_news", "There is news"
    CALENDAR_CHANGED = "calendar_changed", "The calendar has changed"
    REHEARSAL = "rehearsal", "This is a rehearsal"
    ACCOUNT_CHANGED = "account_changed", "Something about how you sign in or are reached has changed"
    NAMED = "named", "You have been named as the person who is told first"
    NAMED_NO_LONGER = "named_no_longer", "You are no longer named as the person who is told first"


class Channel(models.TextChoices):
    INBOX = "inbox", "In Waymark"
    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> Self:
        """This person's own alerts."""
        return self.filter(recipient=user) if user.is_active else self.none()

    def inbox(self) -> Self:
        return self.filter(channel=Channel.INBOX)

    def due(self, at: datetime) -> Self:
        """Alerts whose time has come, and alerts leased to a sender that did not finish."""
        waiting = Q(state=Alert.State.QUEUED, next_attempt_at__lte=at)
        abandoned = Q(state=Alert.State.SENDING, lease_until__lte=at)
        return self.filter(waiting | abandoned)


class Alert(models.Model):
    """One message to one person by one channel. `key` says what it is about: the same key is queued only once."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        STOPPED = "stopped", "Stopped before it was sent"

    key = models.CharField(max_length=80)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="alerts")
    channel = models.CharField(max_length=10, choices=Channel)
    urgency = models.CharField(max_length=10, choices=Urgency)
    wording = models.CharField(max_length=30, choices=Wording)
    link = models.CharField(max_length=120, help_text="Where the inbox leads; never part of a message.")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True, help_text="Which sender holds it: an old one's result is not believed.")
    stop_asked_at = models.DateTimeField(null=True, help_text="Asked for while it was being sent: no further try.")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, help_text="When the provider said that it arrived, if it says so.")
    failed_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=200, blank=True)
    sent_to = models.CharField(max_length=64, blank=True, help_text="A keyed hash of the address it went to.")
    possible_repeat = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    in_quiet_hours = models.BooleanField(default=False, help_text="Queued while this person's quiet hours held.")
    folds = models.BooleanField(default=False, help_text="Goes out in one message with others that fold.")

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("channel", ["inbox", "email", "text"], name="alert_channel_known"),
            one_of("urgency", ["routine", "urgent", "immediate"], name="alert_urgency_known"),
            one_of(
                "wording",
                [
                    "something_needs_you",
                    "there_is_news",
                    "calendar_changed",
                    "rehearsal",
                    "account_changed",
                    "named",
                    "named_no_longer",
                ],
                name="alert_wording_known",
            ),
            one_of("state", ["queued", "sending", "sent", "failed", "stopped"], name="alert_state_known"),
            models.UniqueConstraint(fields=["key", "recipient", "channel"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="alert_sent_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="failed", failed_at__isnull=False) | (~Q(state="failed") & Q(failed_at=None)),
                name="alert_failed_when_failed",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False, lease__isnull=False)
                | (~Q(state="sending") & Q(lease_until=None, lease=None)),
                name="alert_leased_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(state="sent"), name="alert_delivered_only_when_sent"
            ),
            models.CheckConstraint(condition=Q(next_attempt_at__gte=F("queued_at")), name="alert_tried_after_queued"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=["queued", "sending"]), name="alert_open_by_due"
            ),
            models.Index(fields=["recipient", "-queued_at"], name="alert_of_recipient"),
            models.Index(
                fields=["key"],
                opclasses=["varchar_pattern_ops"],
                condition=Q(state__in=["queued", "sending"]),
                name="alert_open_by_key",
            ),
            models.Index(fields=["key"], opclasses=["varchar_pattern_ops"], name="alert_by_key"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="alert_by_provider_id"),
            models.Index(fields=["failed_at"], condition=Q(state="failed"), name="alert_failed"),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"

    @property
    def is_pressing(self) -> bool:
        """Whether it is sent at any hour."""
        return self.urgency != Urgency.ROUTINE

    @property
    def message_id(self) -> str:
        """The e-mail's Message-ID, the same for every try, so that mail programs show a repeat only once."""
        made = uuid.uuid5(uuid.NAMESPACE_URL, f"waymark-alert-{self.pk}-{self.queued_at.timestamp()}")
        return f"<{made}@{settings.MAIL_HOST_NAME}>"


class Attempt(models.Model):
    """One try to send an alert, written before the try is made."""

    class Outcome(models.TextChoices):
        STARTED = "started", "Started"
        SENT = "sent", "Accepted by the provider"
        TEMPORARY = "temporary", "Failed for now"
        PERMANENT = "permanent", "Failed for good"
        STOPPED = "stopped", "Stopped"
        DELIVERED = "delivered", "Arrived"
        BOUNCED = "bounced", "Came back"

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            one_of(
                "outcome",
                ["started", "sent", "temporary", "permanent", "stopped", "delivered", "bounced"],
                name="attempt_outcome_known",
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Heartbeat(models.Model):
    """When something that must not stop was last seen to run."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name
