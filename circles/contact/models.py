"""Contacts between meetings, and the calls that volunteers ask the coordinator for (domain.md 1.7)."""

from __future__ import annotations

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.circle.models import COORDINATED_CIRCLES
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes, narrative_field
from core.constraints import believable_days, both_or_neither, one_of
from volunteers.volunteer.models import Volunteer

LONGEST_CONTACT = 720
"""The most minutes of one contact: half a day."""


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        """Contacts in the minutes this person may see."""
        return self.filter(minutes__meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def listed_in(self, minutes: Minutes) -> Self:
        return self.filter(minutes=minutes).select_related("volunteer__user").order_by("happened_on", "pk")


class Contact(models.Model):
    """A telephone call, a message or a chance meeting between two meetings."""

    class Channel(models.TextChoices):
        PHONE = "phone", "Telephone"
        MESSAGE = "message", "Text message"
        EMAIL = "email", "E-mail"
        IN_PERSON = "in_person", "In person"
        LETTER = "letter", "Letter"

    class BegunBy(models.TextChoices):
        HIM = "him", "The core member"
        US = "us", "The volunteer"

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="contacts")
    happened_on = models.DateField("When?")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="+", verbose_name="Which volunteer?"
    )
    channel = models.CharField("How?", max_length=12, choices=Channel)
    begun_by_whom = models.CharField("Who began it?", max_length=4, choices=BegunBy)
    minutes_long = models.PositiveSmallIntegerField("How many minutes?")
    summary = narrative_field("What was it about?", "A line. Use initials, not names.")

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            believable_days("happened_on", name="circle_contact_days_believable"),
            one_of("channel", ["phone", "message", "email", "in_person", "letter"], name="contact_channel_known"),
            one_of("begun_by_whom", ["him", "us"], name="contact_begun_by_whom_known"),
            models.CheckConstraint(condition=Q(minutes_long__lte=LONGEST_CONTACT), name="contact_length_believable"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} contact {self.pk}"


class SupportCallQuerySet(models.QuerySet["SupportCall"]):
    def visible_to(self, user: User) -> Self:
        """Requests from the circles this person coordinates or covers. Nobody else sees them."""
        if not user.is_active:
            return self.none()
        return self.filter(meeting__circle__in=COORDINATED_CIRCLES(user.pk))


class SupportCall(models.Model):
    """“Please call me”: a volunteer's request in the minutes, and when the coordinator called."""

    audit_kind = "support call"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="support_call")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = SupportCallQuerySet.as_manager()

    class Meta:
        constraints = [both_or_neither("called_at", "called_by", name="support_call_called_at_with_called_by")]

    def __str__(self) -> str:
        return f"{self.meeting.reference} support call"


auditlog.register(
    Contact, include_fields=["minutes", "happened_on", "volunteer", "channel", "begun_by_whom", "minutes_long"]
)
auditlog.register(SupportCall, include_fields=["meeting", "asked_by", "called_at", "called_by"])
