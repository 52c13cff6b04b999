"""The facts that the guards need about one circle on one day (circles/life/guards.py)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from accounts.models import Area
from circles.agreement.models import Agreement, Signature
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.sharing_agreement.models import SharingAgreement
from circles.venue.models import Venue
from core.worktime import LONDON
from offenders.consent.models import Consent
from offenders.contact.models import Contact
from offenders.restriction.models import Restriction
from volunteers.volunteer.models import Volunteer


class ExistingFacts(NamedTuple):
    """Whether each exists: an agreement to share for the area, a worker of its queue, his consent, a briefing."""

    sharing: bool
    worker: bool
    consent: bool
    briefing: bool


class GuardFacts:
    """Each fact is fetched once, when it is first needed."""

    def __init__(self, circle: Circle, day: date) -> None:
        self.circle = circle
        self.day = day

    @cached_property
    def volunteers(self) -> list[Volunteer]:
        belonging = Membership.objects.current().of(self.circle)
        return [membership.volunteer for membership in belonging]

    @cached_property
    def existing(self) -> ExistingFacts:
        """What exists that day. One query finds all of it.

        Queues are kept in an app above this one, so a setting names who answers for them.
        """
        him = self.circle.core_member
        found = Area.objects.filter(pk=him.area_id).values_list(
            Exists(SharingAgreement.objects.in_force(self.day).filter(area=OuterRef("pk"))),
            Exists(import_string(settings.WORKERS_OF_AREA)(OuterRef("pk"))),
            Exists(Consent.objects.standing().filter(core_member=him)),
            Exists(self.circle.briefings.filter(held_on__lte=self.day)),
        )
        return ExistingFacts(*found.get())

    @cached_property
    def contacts(self) -> list[Contact]:
        return list(Contact.objects.current().filter(core_member=self.circle.core_member_id).order_by("pk"))

    @cached_property
    def restrictions(self) -> list[Restriction]:
        return list(self.circle.restrictions_in_force(self.day))

    @cached_property
    def meeting_days(self) -> list[tuple[date, str]]:
        """The day and place code of each planned meeting to come. If none is planned, of the first two."""
        planned = self.circle.meetings.filter(status=Meeting.Status.PLANNED).order_by("planned_at")
        days = [(meeting.planned_at.astimezone(LONDON).date(), meeting.place_code) for meeting in planned]
        coming = [(day, code) for day, code in days if day >= self.day]
        first = max(self.circle.started_on, self.day)
        first += timedelta(days=(self.circle.weekday - first.weekday()) % 7)
        return coming or [(first + timedelta(days=away), self.circle.place_code) for away in (0, 7)]

    @cached_property
    def venues_by_code(self) -> dict[str, Venue]:
        """The venues of those meetings, by place code. The circle's own venue needs no query."""
        own = self.circle.venue
        known = {own.place_code: own} if own is not None else {}
        others = {code for _, code in self.meeting_days} - set(known)
        venues = Venue.objects.filter(place_code__in=others) if others else []
        return known | {venue.place_code: venue for venue in venues}

    @cached_property
    def signatures(self) -> list[Signature]:
        """The signatures under the version of the agreement in force that day."""
        newest = Agreement.objects.filter(published_on__lte=self.day).order_by("-version").values("pk")[:1]
        return list(self.circle.signatures.filter(agreement__in=newest))
