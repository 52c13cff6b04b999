"""What runs out or is still to sign, and whose it is: agreements, risk assessments, numbers to ring, licences."""

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
from circles.worklist.kept import Kept
from core.worklist import WorkItem
from core.worktime import CLOSES, LONDON
from offenders.contact.models import GOOD_FOR, Contact
from offenders.core_member.models import LeadAgency
from offenders.lead.models import LeadChange
from offenders.restriction.models import Restriction

RING_AGAIN = timedelta(days=14)
TELL_AGENCIES = timedelta(days=14)
"""Agencies hear of a planned end this long before it (domain.md 1.4 step 14)."""

SIGN_AGAIN = timedelta(days=60)
ENDS_SOON = timedelta(days=60)
"""A licence or an order is spoken of this long before it ends, so that somebody leads the day after."""

GO_OVER_WITHIN = timedelta(days=14)

ENDING = {
    Restriction.Source.LICENCE: ("The licence", "Agree with police and probation who leads from then on."),
    Restriction.Source.SHPO: ("An order", "Ask whoever manages him what holds from then on."),
    Restriction.Source.NOTIFICATION: ("The register", "Ask whoever manages him what holds from then on."),
    Restriction.Source.OTHER: ("A restriction", "Ask whoever manages him what holds from then on."),
}
"""What comes to an end, in words, and what to do about it in time."""


def running_out(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """What a member is to sign; a coordinator's places and numbers; a manager's agreements."""
    day = at.astimezone(LONDON).date()
    items: list[WorkItem] = []
    if user.has_role(Role.VOLUNTEER) or user.has_role(Role.COORDINATOR):
        items += to_sign(user, kept, day)
    if user.has_role(Role.COORDINATOR) and kept.live():
        items += [*assessments(kept, day), *numbers(kept, day), *planned_ends(kept, day)]
        items += [*ending_soon(kept, day), *outer_circles(kept, day)]
    if user.has_role(Role.MANAGER):
        items += agreements(day)
    return items


def closing(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(CLOSES.hour), LONDON)


def to_sign(user: User, kept: Kept, day: date) -> list[WorkItem]:
    """Circles that prepare or pause, and whose newest agreement this person has not signed."""
    wants = [pk for pk, circle in kept.all.items() if circle.status in {Circle.Status.PREPARING, Circle.Status.PAUSED}]
    if not wants:
        return []
    newest = Agreement.objects.filter(published_on__lte=day).order_by("-version").values("pk")[:1]
    theirs = Signature.objects.filter(circle=OuterRef("pk"), agreement__in=newest, person=user)
    found = Circle.objects.visible_to(user).filter(~Exists(theirs), pk__in=wants)
    return [
        WorkItem(
            title=f"Sign the agreement of {circle.reference}", url=reverse("circles:agreement", args=[circle.reference])
        )
        for circle in found.order_by("reference")
    ]


def assessments(kept: Kept, day: date) -> list[WorkItem]:
    """Places where her circles meet, from thirty days before their risk assessment runs out."""
    places = {circle.venue_id for circle in kept.live() if circle.venue_id is not None}
    found = Venue.objects.running_out(day).filter(pk__in=places).order_by("place_code") if places else []
    return [
        WorkItem(
            title=f"Assess the risks at {venue.place_code} again",
            url=reverse("circles:assess_venue", args=[venue.reference]),
            due_at=closing(venue.assessed_until),
            must_act=not venue.is_assessed_on(day),
            detail="No meeting should be held there without." if not venue.is_assessed_on(day) else "",
        )
        for venue in found
    ]


def numbers(kept: Kept, day: date) -> list[WorkItem]:
    """Practitioners to ring again, a fortnight before their ninety days are over."""
    due = Q(verified_on=None) | Q(verified_on__lte=day + RING_AGAIN - GOOD_FOR)
    found = Contact.objects.current().filter(due, core_member__in=kept.met_by())
    return [
        WorkItem(
            title=f"Ring the {contact.role[:1].lower()}{contact.role[1:]} for {contact.core_member.reference}",
            url=contact.core_member.get_absolute_url(),
            due_at=closing(contact.good_until),
            must_act=not contact.is_good_on(day),
        )
        for contact in found.select_related("core_member").order_by("pk")
    ]


def planned_ends(kept: Kept, day: date) -> list[WorkItem]:
    """Circles whose planned end is four weeks off or less: tell the agencies in time, or move it."""
    found = [circle for circle in kept.live() if circle.meets and circle.planned_end_on <= day + 2 * TELL_AGENCIES]
    return [
        WorkItem(
            title=f"Tell the agencies that {circle.reference} ends, or move its end",
            url=reverse("circles:stands_open", args=[circle.reference]),
            due_at=closing(circle.planned_end_on - TELL_AGENCIES),
            must_act=day > circle.planned_end_on - TELL_AGENCIES,
            detail=f"Planned for {circle.planned_end_on:%-d %B}.",
        )
        for circle in sorted(found, key=lambda circle: (circle.planned_end_on, circle.pk))
    ]


def ending_soon(kept: Kept, day: date) -> list[WorkItem]:
    """Licences and orders of her core members from sixty days before they end.

    A licence stays on the list past its day while probation still leads; one after which the lead has
    changed is done with.
    """
    since = OuterRef("ends_on") - ENDS_SOON
    answered = LeadChange.objects.filter(core_member=OuterRef("core_member"), changed_on__gt=since)
    ended = Q(source=Restriction.Source.LICENCE, core_member__lead_agency=LeadAgency.PROBATION)
    found = Restriction.objects.filter(
        Q(ends_on__gt=day) | (ended & Q(ends_on__gt=day - ENDS_SOON)),
        ~(Q(source=Restriction.Source.LICENCE) & Exists(answered)),
        core_member__in=kept.met_by(),
        ends_on__lte=day + ENDS_SOON,
    )
    reference = F("core_member__reference")
    rows = found.values_list("ends_on", "source", reference).distinct().order_by("ends_on", "source", reference)
    return [end_of_one(ends_on, Restriction.Source(source), his, day) for ends_on, source, his in rows]


def end_of_one(ends_on: date, source: Restriction.Source, his: str, day: date) -> WorkItem:
    what, to_do = ENDING[source]
    page = "change_lead" if source == Restriction.Source.LICENCE else "core_member"
    over = ends_on <= day
    return WorkItem(
        title=f"{what} of {his} {'ended' if over else 'ends'} on {ends_on:%-d %B}",
        url=reverse(f"offenders:{page}", args=[his]),
        due_at=closing(ends_on),
        must_act=over,
        detail="Probation still leads by what is written here." if over else to_do,
    )


def outer_circles(kept: Kept, day: date) -> list[WorkItem]:
    """Her core members for whom another agency leads now, until all are rung and the restrictions read over."""
    named = Contact.objects.current().filter(core_member=OuterRef("core_member"))
    unrung = named.filter(Q(verified_on=None) | Q(verified_on__lt=OuterRef("changed_on")))
    unread = Q(core_member__restrictions_verified_at=None) | Q(core_member__restrictions_verified_at__lt=F("noted_at"))
    found = LeadChange.objects.latest_each().filter(
        unread | Exists(unrung) | ~Exists(named), core_member__in=kept.met_by()
    )
    return [
        WorkItem(
            title=f"Go over who stands around {one.core_member.reference}",
            url=one.core_member.get_absolute_url(),
            due_at=closing(one.changed_on + GO_OVER_WITHIN),
            must_act=day > one.changed_on + GO_OVER_WITHIN,
            detail=f"{one.get_became_display()} leads since {one.changed_on:%-d %B}. Ring everybody named, end who has "
            "no part any more, and read his restrictions over again.",
        )
        for one in found.select_related("core_member").order_by("changed_on", "pk")
    ]


def agreements(day: date) -> list[WorkItem]:
    """Areas whose agreement is about to be reviewed, and has no successor."""
    newer = SharingAgreement.objects.filter(area=OuterRef("area"), review_on__gt=OuterRef("review_on"))
    found = SharingAgreement.objects.filter(~Exists(newer), review_on__lte=day + SIGN_AGAIN)
    return [
        WorkItem(
            title=f"Renew the sharing agreement for {one.area.name}",
            url=reverse("circles:sharing"),
            due_at=closing(one.review_on),
            must_act=one.review_on < day,
        )
        for one in found.select_related("area").order_by("review_on", "pk")
    ]
