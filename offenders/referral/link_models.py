"""ReferrerLink: through it the referrer fills in the form, or reads how the referral stands. Only its hash is held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.constraints import one_of
from offenders.referral.models import Referral

LASTS = timedelta(days=14)


class ReferrerLinkQuerySet(models.QuerySet["ReferrerLink"]):
    def visible_to(self, user: User) -> Self:
        """The links of the referrals this person may see."""
        return self.filter(referral__in=Referral.objects.visible_to(user).values("pk"))

    def open(self, at: datetime) -> Self:
        """Links that still open something."""
        return self.filter(ended_at=None, expires_at__gt=at)


class ReferrerLink(models.Model):
    class Purpose(models.TextChoices):
        WRITE = "write", "To fill in the form"
        READ = "read", "To read how it stands"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=10, choices=Purpose)
    mail = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="When it was first opened.")
    ended_at = models.DateTimeField(null=True, help_text="When it was used up, or replaced by a newer one.")

    objects = ReferrerLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("purpose", ["write", "read"], name="referrer_link_purpose_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="referrer_link_ends"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("sent_at")), name="referrer_link_ended_after_it_was_sent"
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None), name="referrer_link_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


auditlog.register(
    ReferrerLink, include_fields=["referral", "purpose", "sent_by", "expires_at", "opened_at", "ended_at"]
)
