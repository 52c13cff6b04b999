"""Contact: a practitioner to ring about a core member. A call to them verifies the number for ninety days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from core.constraints import believable_days, both_or_neither
from core.telephones import LONGEST, readable_number_of
from offenders.core_member.models import CoreMember

GOOD_FOR = timedelta(days=90)
"""A contact is asked again after ninety days: desks move, and an old number reaches nobody."""


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        """Contacts of the core members this person may see."""
        return self.filter(core_member__in=CoreMember.objects.visible_to(user).values("pk"))

    def current(self) -> Self:
        """Those still to be rung."""
        return self.filter(ended_at=None)


class Contact(models.Model):
    audit_kind = "contact"

    reference = models.CharField(max_length=12, unique=True)
    core_member = models.ForeignKey(CoreMember, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=80)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    duty_desk = models.CharField("duty desk", max_length=120, blank=True)
    telephone = models.CharField(max_length=LONGEST, help_text="As it is dialled from anywhere, with its extension.")
    hours = models.CharField("when they can be rung", max_length=120, blank=True)
    deputy = models.CharField("who stands in for them", max_length=120, blank=True)
    secure_mail = models.EmailField("secure e-mail address", blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Their account here: what is sent to them to read here goes to it.",
    )
    told_by_referrer = models.BooleanField(
        default=False, help_text="Copied from the referral as the agency told it; nobody here has checked it."
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("verified_on", name="contact_days_believable"),
            both_or_neither("verified_on", "verified_by", name="contact_verified_on_with_verified_by"),
            both_or_neither("ended_at", "ended_by", name="contact_ended_at_with_ended_by"),
            models.CheckConstraint(condition=~Q(telephone=""), name="contact_can_be_rung"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def number(self) -> str:
        """The telephone number as it is read aloud."""
        return readable_number_of(self.telephone)

    @property
    def good_until(self) -> date | None:
        """The last day the verification holds; None when nobody has verified it."""
        return None if self.verified_on is None else self.verified_on + GOOD_FOR

    def is_good_on(self, day: date) -> bool:
        return self.good_until is not None and day <= self.good_until

    def may_be_told_on(self, day: date) -> bool:
        """They still have the work, and somebody has rung in the last ninety days to ask."""
        return not self.reason_not_to_tell_on(day)

    def reason_not_to_tell_on(self, day: date) -> str:
        """A sentence that says why this contact may not be told anything that day; empty where they may."""
        if self.ended_at is not None:
            return f"{self.name} no longer has the work."
        if self.verified_on is None:
            return f"Nobody has rung {self.name} yet to ask whether they have the work."
        if not self.is_good_on(day):
            return f"Nobody has rung {self.name} for ninety days to ask whether they still have the work."
        return ""


auditlog.register(Contact, include_fields=["core_member", "agency", "verified_on", "verified_by", "ended_at"])
