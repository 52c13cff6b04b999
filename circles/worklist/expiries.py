"""Work about what runs out: contacts to ring, licences and orders, a new lead, planned ends, sharing agreements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from accounts.access import Role
from circles.circle.models import Circle
from circles.sharing_agreement.models import SharingAgreement
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, at_closing_time
from core.worklist import WorkItem
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

CLOSING = timedelta(hours=17)

ENDING = {
    Restriction.Source.LICENCE: ("The licence", "Agree with police and probation who leads from then on."),
    Restriction.Source.SHPO: ("An order", "Ask whoever manages him what holds from then on."),
    Restriction.Source.NOTIFICATION: ("The register", "Ask whoever manages him what holds from then on."),
    Restriction.Source.OTHER: ("A restriction", "Ask whoever manages him what holds from then on."),
}
"""What ends, in words, and what to do before it does."""

OF_HIM: dict[str, Any] = {"circle": "", "owner": "core_member__coordinator"}


def _closing(day: str, later: timedelta = timedelta()) -> Any:
    """Closing time of a day, or of one so much later, for the database."""
    return ExpressionWrapper(F(day) + (later + CLOSING), output_field=DateTimeField())


def _contact_rows(reader: WorkReader) -> Rows:
    """Contacts to ring, from a fortnight before the ninety days of the last call are over."""
    due = Q(verified_on=None) | Q(verified_on__lte=reader.today + RING_AGAIN - GOOD_FOR)
    return as_lines(
        Contact.objects.current().filter(due, core_member__in=reader.core_members().values("pk")),
        due=_closing("verified_on", GOOD_FOR),
        role=F("role"),
        verified_on="verified_on",
        his="core_member__reference",
        **OF_HIM,
    )


def _say_contact(line: WorkLine, reader: WorkReader) -> WorkItem:
    role, his = line.facts["role"], line.facts["his"]
    contact = Contact(verified_on=line.day("verified_on") if line.facts["verified_on"] else None)
    return WorkItem(
        title=f"Ring the {role[:1].lower()}{role[1:]} for {his}",
        url=reverse("offenders:contacts", args=[his]),
        due_at=at_closing_time(contact.good_until),
        must_act=not contact.is_good_on(reader.today),
    )


def _end_rows(reader: WorkReader) -> Rows:
    """Circles that end within four weeks: the agencies must be told in time, or the end moved."""
    ending = Circle.objects.visible_to(reader.user).filter(
        status__in=Circle.MEETS, planned_end_on__lte=reader.today + 2 * TELL_AGENCIES, pk__in=reader.looked_after
    )
    return as_lines(ending, due=_closing("planned_end_on", -TELL_AGENCIES), circle="self", ends_on="planned_end_on")


def _say_end(line: WorkLine, reader: WorkReader) -> WorkItem:
    ends_on = line.day("ends_on")
    return WorkItem(
        title=f"Tell the agencies that {line.circle} ends, or move its end",
        url=reverse("circles:still_to_do", args=[line.circle]),
        due_at=at_closing_time(ends_on - TELL_AGENCIES),
        must_act=reader.today > ends_on - TELL_AGENCIES,
        detail=f"Planned for {ends_on:%-d %B}.",
    )


def _restriction_rows(reader: WorkReader) -> Rows:
    """Licences and orders of his, from sixty days before they end.

    A licence stays on the list after its end while probation still leads. It goes once the lead has changed.
    """
    day = reader.today
    since = OuterRef("ends_on") - ENDS_SOON
    lead_changes = LeadChange.objects.filter(core_member=OuterRef("core_member"), changed_on__gt=since)
    ended = Q(source=Restriction.Source.LICENCE, core_member__lead_agency=LeadAgency.PROBATION)
    ending = Restriction.objects.filter(
        Q(ends_on__gt=day) | (ended & Q(ends_on__gt=day - ENDS_SOON)),
        ~(Q(source=Restriction.Source.LICENCE) & Exists(lead_changes)),
        core_member__in=reader.core_members().values("pk"),
        ends_on__lte=day + ENDS_SOON,
    )
    same = Restriction.objects.filter(
        core_member=OuterRef("core_member"),
        source=OuterRef("source"),
        ends_on=OuterRef("ends_on"),
        pk__lt=OuterRef("pk"),
    )
    return as_lines(
        ending.filter(~Exists(same)),
        due=_closing("ends_on"),
        ends_on="ends_on",
        source=F("source"),
        his="core_member__reference",
        **OF_HIM,
    )


def _say_restriction(line: WorkLine, reader: WorkReader) -> WorkItem:
    source, ends_on, his = Restriction.Source(line.facts["source"]), line.day("ends_on"), line.facts["his"]
    what, to_do = ENDING[source]
    page = "change_lead" if source == Restriction.Source.LICENCE else "core_member"
    is_over = ends_on <= reader.today
    return WorkItem(
        title=f"{what} of {his} {'ended' if is_over else 'ends'} on {ends_on:%-d %B}",
        url=reverse(f"offenders:{page}", args=[his]),
        due_at=at_closing_time(ends_on),
        must_act=is_over,
        detail="Probation still leads, by what is recorded here." if is_over else to_do,
    )


def _lead_rows(reader: WorkReader) -> Rows:
    """Core members with a new lead agency, until all contacts are rung and the restrictions are read again."""
    contacts = Contact.objects.current().filter(core_member=OuterRef("core_member"))
    unrung = contacts.filter(Q(verified_on=None) | Q(verified_on__lt=OuterRef("changed_on")))
    unread = Q(core_member__restrictions_verified_at=None) | Q(core_member__restrictions_verified_at__lt=F("noted_at"))
    changes = LeadChange.objects.latest_per_core_member().filter(
        unread | Exists(unrung) | ~Exists(contacts), core_member__in=reader.core_members().values("pk")
    )
    return as_lines(
        changes,
        due=_closing("changed_on", GO_OVER_WITHIN),
        changed_on="changed_on",
        became="became",
        his="core_member__reference",
        **OF_HIM,
    )


def _say_lead(line: WorkLine, reader: WorkReader) -> WorkItem:
    changed_on, his = line.day("changed_on"), line.facts["his"]
    became = LeadAgency(line.facts["became"]).label
    return WorkItem(
        title=f"Go over the contacts and restrictions of {his}",
        url=reverse("offenders:core_member", args=[his]),
        due_at=at_closing_time(changed_on + GO_OVER_WITHIN),
        must_act=reader.today > changed_on + GO_OVER_WITHIN,
        detail=f"{became} leads since {changed_on:%-d %B}. Ring every contact, end those "
        "who have no part any more, and read his restrictions again.",
    )


def _unread_rows(reader: WorkReader) -> Rows:
    """Core members to whose restrictions one was added since somebody read them over."""
    verified = F("core_member__restrictions_verified_at")
    later = Restriction.objects.in_force(reader.today).filter(
        added_at__gt=verified, core_member__in=reader.core_members().values("pk")
    )
    newer = later.filter(core_member=OuterRef("core_member"), pk__gt=OuterRef("pk"))
    return as_lines(later.filter(~Exists(newer)), due="added_at", his="core_member__reference", **OF_HIM)


def _say_unread(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Read the restrictions of {line.facts['his']} over with whoever manages him",
        url=reverse("offenders:verify_restrictions", args=[line.facts["his"]]),
        detail="One was added since they were last read over.",
    )


def _agreement_rows(reader: WorkReader) -> Rows:
    """For a manager: areas whose sharing agreement must be renewed soon."""
    newer = SharingAgreement.objects.filter(area=OuterRef("area"), review_on__gt=OuterRef("review_on"))
    ending = SharingAgreement.objects.visible_to(reader.user).filter(
        ~Exists(newer), review_on__lte=reader.today + SIGN_AGAIN
    )
    if not reader.user.has_role(Role.MANAGER) or reader.circle is not None:
        ending = ending.none()
    return as_lines(ending, due=_closing("review_on"), circle="", owner="", review_on="review_on", area="area__name")


def _say_agreement(line: WorkLine, reader: WorkReader) -> WorkItem:
    review_on = line.day("review_on")
    return WorkItem(
        title=f"Renew the sharing agreement for {line.facts['area']}",
        url=reverse("circles:sharing"),
        due_at=at_closing_time(review_on),
        must_act=review_on < reader.today,
    )


EXPIRY_KINDS = (
    WorkKind("contact", "Contacts to ring", _contact_rows, _say_contact),
    WorkKind("end", "Ends to tell of", _end_rows, _say_end),
    WorkKind("restriction", "Licences and orders that end", _restriction_rows, _say_restriction),
    WorkKind("lead", "After a new lead", _lead_rows, _say_lead),
    WorkKind("unread", "Restrictions to read over", _unread_rows, _say_unread, on_wall=False),
    WorkKind("agreement", "Sharing agreements", _agreement_rows, _say_agreement),
)
