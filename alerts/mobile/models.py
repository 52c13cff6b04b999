"""A person's mobile number, and whether it is verified."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User


class MobileQuerySet(models.QuerySet["Mobile"]):
    def visible_to(self, user: User) -> Self:
        """This person's own number."""
        return self.filter(person=user) if user.is_active else self.none()

    def verified(self) -> Self:
        """The numbers to which texts may be sent."""
        return self.filter(verified_at__isnull=False)


class Mobile(models.Model):
    """One person's number, in the international form (E.164). Until it is verified, only a code is sent to it."""

    audit_kind = "mobile"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mobile")
    number = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    objects = MobileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^\+[1-9][0-9]{7,14}$"), name="mobile_number_is_e164"),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(code_hash=""), name="mobile_code_spent_when_verified"
            ),
        ]

    def __str__(self) -> str:
        return f"mobile {self.pk}"

    @property
    def ending(self) -> str:
        """The last four digits. A page shows only these."""
        return f"… {self.number[-4:]}"


auditlog.register(Mobile, include_fields=["person", "verified_at"])
