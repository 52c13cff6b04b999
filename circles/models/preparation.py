"""What is done before a circle first meets: the professionals' briefing, and choosing the place."""

from __future__ import annotations

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from circles.models.circle import Circle
from circles.models.venue import Venue
from core.constraints import believable_days


class Briefing(models.Model):
    """Police and probation brief the volunteers, before they first meet him (domain.md 1.4 step 8)."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="briefings")
    held_on = models.DateField()
    attendees = models.CharField("who was there", max_length=300)
    topics = models.CharField("what was covered", max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            believable_days("held_on", name="briefing_days_believable"),
            models.CheckConstraint(condition=~Q(attendees="") & ~Q(topics=""), name="briefing_says_who_and_what"),
        ]

    def __str__(self) -> str:
        return f"{self.circle.reference} briefing {self.pk}"


class VenueChoice(models.Model):
    """That a circle meets at a place, and the coordinator's answer where a restriction speaks against it."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="venue_choices")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="choices")
    answer = models.CharField("why it is right all the same", max_length=300, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.circle.reference} at {self.venue.reference}"


auditlog.register(Briefing, include_fields=["circle", "held_on", "recorded_by"])
auditlog.register(VenueChoice, include_fields=["circle", "venue", "chosen_at", "chosen_by"])
