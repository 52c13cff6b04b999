"""Work items about what runs out or is unsigned: agreements, risk assessments, contacts, licences, planned ends."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.agreement.models import Agreement, Signature
from circles.circle.models import Circle
from circles.sharing_agreement.models import SharingAgreement
from circles.venue.models import Venue
from circles.worklist.own_circles import OwnCircles
from core.worklist import WorkItem
from core.worktime import CLOSES, LONDON
from offenders.contact.models import GOOD_FOR, Contact
from offenders.core_member.models import LeadAgency
from offenders.lead.models import LeadChange
from offenders.restriction.models import Restriction

RING_AGAIN = timedelta(days=14)
"""A contact is to be rung again this long before the last call is too old."""

TELL_AGENCIES = timedelta(days=14)
"""Agencies hear of a planned end this long before it (domain.md 1.4 step 14)."""

SIGN_AGAIN = timedelta(days=60)
"""A sharing agreement is to be renewed this long before its review."""

ENDS_SOON = timedelta(days=60)
"""A licence or an order is on the list from this long before it ends, so that another agency can take the lead."""

GO_OVER_WITHIN = timedelta(days=14)
"""After the lead has changed, his contacts and restrictions are gone over within this time."""

ENDING = {
    Restriction.Source.LICENCE: ("The licence", "Agree with police and probation who leads from then on."),
    Restriction.Source.SHPO: ("An order", "Ask whoever manages him what holds from then on."),
    Restriction.Source.NOTIFICATION: ("The register", "Ask whoever manages him what holds from then on."),
    Restriction.Source.OTHER: ("A restriction", "Ask whoever manages him what holds from then on."),
}
"""What ends, in words, and what to do before it does."""


def expiry_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """What a member must sign, what runs out in a coordinator's circles, and a manager's sharing agreements."""
    day = at.astimezone(LONDON).date()
    items: list[WorkItem] = []
    if user.has_role(Role.VOLUNTEER) or user.has_role(Role.COORDINATOR):
        items += _signature_items_for(user, own_circles, day)
    if user.has_role(Role.COORDINATOR) and own_circles.live():
        items += [
            *_assessment_items_of(own_circles, day),
            *_contact_items_of(own_circles, day),
            *_planned_end_items_of(own_circles, day),
        ]
        items += [*_restriction_items_of(own_circles, day), *_lead_change_items_of(own_circles, day)]
    if user.has_role(Role.MANAGER):
        items += _sharing_agreement_items_on(day)
    return items


def _closing_time_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(CLOSES.hour), LONDON)


def _signature_items_for(user: User, own_circles: OwnCircles, day: date) -> list[WorkItem]:
    """Circles that prepare or pause, whose newest agreement this person has not signed."""
    unsigned = [
        pk for pk, circle in own_circles.all.items() if circle.status in {Circle.Status.PREPARING, Circle.Status.PAUSED}
    ]
    if not unsigned:
        return []
    newest = Agreement.objects.filter(published_on__lte=day).order_by("-version").values("pk")[:1]
    signatures = Signature.objects.filter(circle=OuterRef("pk"), agreement__in=newest, person=user)
    circles = Circle.objects.visible_to(user).filter(~Exists(signatures), pk__in=unsigned)
    return [
        WorkItem(
            title=f"Sign the agreement of {circle.reference}", url=reverse("circles:agreement", args=[circle.reference])
        )
        for circle in circles.order_by("reference")
    ]


def _assessment_items_of(own_circles: OwnCircles, day: date) -> list[WorkItem]:
    """Places of a coordinator's circles whose risk assessment runs out within thirty days."""
    places = {circle.venue_id for circle in own_circles.live() if circle.venue_id is not None}
    venues = Venue.objects.running_out(day).filter(pk__in=places).order_by("place_code") if places else []
    return [
        WorkItem(
            title=f"Assess the risks at {venue.place_code} again",
            url=reverse("circles:assess_venue", args=[venue.reference]),
            due_at=_closing_time_of(venue.assessed_until),
            must_act=not venue.is_assessed_on(day),
            detail="No meeting should be held there until then." if not venue.is_assessed_on(day) else "",
        )
        for venue in venues
    ]


def _contact_items_of(own_circles: OwnCircles, day: date) -> list[WorkItem]:
    """Contacts to ring, from a fortnight before the ninety days of the last call are over."""
    due = Q(verified_on=None) | Q(verified_on__lte=day + RING_AGAIN - GOOD_FOR)
    contacts = Contact.objects.current().filter(due, core_member__in=own_circles.core_member_keys())
    return [
        WorkItem(
            title=f"Ring the {contact.role[:1].lower()}{contact.role[1:]} for {contact.core_member.reference}",
            url=contact.core_member.get_absolute_url(),
            due_at=_closing_time_of(contact.good_until),
            must_act=not contact.is_good_on(day),
        )
        for contact in contacts.select_related("core_member").order_by("pk")
    ]


def _planned_end_items_of(own_circles: OwnCircles, day: date) -> list[WorkItem]:
    """Circles that end within four weeks: the agencies must be told in time, or the end moved."""
    circles = [
        circle for circle in own_circles.live() if circle.meets and circle.planned_end_on <= day + 2 * TELL_AGENCIES
    ]
    return [
        WorkItem(
            title=f"Tell the agencies that {circle.reference} ends, or move its end",
            url=reverse("circles:still_to_do", args=[circle.reference]),
            due_at=_closing_time_of(circle.planned_end_on - TELL_AGENCIES),
            must_act=day > circle.planned_end_on - TELL_AGENCIES,
            detail=f"Planned for {circle.planned_end_on:%-d %B}.",
        )
        for circle in sorted(circles, key=lambda circle: (circle.planned_end_on, circle.pk))
    ]


def _restriction_items_of(own_circles: OwnCircles, day: date) -> list[WorkItem]:
    """Licences and orders of a coordinator's core members, from sixty days before they end.

    A licence stays on the list after its end while probation still leads. It goes once the lead has changed.
    """
    since = OuterRef("ends_on") - ENDS_SOON
    lead_changes = LeadChange.objects.filter(core_member=OuterRef("core_member"), changed_on__gt=since)
    ended = Q(source=Restriction.Source.LICENCE, core_member__lead_agency=LeadAgency.PROBATION)
    restrictions = Restriction.objects.filter(
        Q(ends_on__gt=day) | (ended & Q(ends_on__gt=day - ENDS_SOON)),
        ~(Q(source=Restriction.Source.LICENCE) & Exists(lead_changes)),
        core_member__in=own_circles.core_member_keys(),
        ends_on__lte=day + ENDS_SOON,
    )
    reference = F("core_member__reference")
    rows = restrictions.values_list("ends_on", "source", reference).distinct().order_by("ends_on", "source", reference)
    return [_restriction_item_of(ends_on, Restriction.Source(source), his, day) for ends_on, source, his in rows]


def _restriction_item_of(ends_on: date, source: Restriction.Source, his: str, day: date) -> WorkItem:
    what, to_do = ENDING[source]
    page = "change_lead" if source == Restriction.Source.LICENCE else "core_member"
    is_over = ends_on <= day
    return WorkItem(
        title=f"{what} of {his} {'ended' if is_over else 'ends'} on {ends_on:%-d %B}",
        url=reverse(f"offenders:{page}", args=[his]),
        due_at=_closing_time_of(ends_on),
        must_act=is_over,
        detail="Probation still leads, by what is recorded here." if is_over else to_do,
    )


def _lead_change_items_of(own_circles: OwnCircles, day: date) -> list[WorkItem]:
    """Core members with a new lead agency, until all contacts are rung and the restrictions are read again."""
    contacts = Contact.objects.current().filter(core_member=OuterRef("core_member"))
    unrung = contacts.filter(Q(verified_on=None) | Q(verified_on__lt=OuterRef("changed_on")))
    unread = Q(core_member__restrictions_verified_at=None) | Q(core_member__restrictions_verified_at__lt=F("noted_at"))
    lead_changes = LeadChange.objects.latest_per_core_member().filter(
        unread | Exists(unrung) | ~Exists(contacts), core_member__in=own_circles.core_member_keys()
    )
    return [
        WorkItem(
            title=f"Go over the contacts and restrictions of {change.core_member.reference}",
            url=change.core_member.get_absolute_url(),
            due_at=_closing_time_of(change.changed_on + GO_OVER_WITHIN),
            must_act=day > change.changed_on + GO_OVER_WITHIN,
            detail=f"{change.get_became_display()} leads since {change.changed_on:%-d %B}. Ring every contact, end those "
            "who have no part any more, and read his restrictions again.",
        )
        for change in lead_changes.select_related("core_member").order_by("changed_on", "pk")
    ]


def _sharing_agreement_items_on(day: date) -> list[WorkItem]:
    """Areas whose sharing agreement must be renewed soon."""
    newer = SharingAgreement.objects.filter(area=OuterRef("area"), review_on__gt=OuterRef("review_on"))
    agreements = SharingAgreement.objects.filter(~Exists(newer), review_on__lte=day + SIGN_AGAIN)
    return [
        WorkItem(
            title=f"Renew the sharing agreement for {agreement.area.name}",
            url=reverse("circles:sharing"),
            due_at=_closing_time_of(agreement.review_on),
            must_act=agreement.review_on < day,
        )
        for agreement in agreements.select_related("area").order_by("review_on", "pk")
    ]
