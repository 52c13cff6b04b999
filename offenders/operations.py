"""What can be done to a core member's record."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Agency, Area, User
from audit.models import Act
from audit.trail import recorded
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.access import AcceptingAccess, CoreMemberAccess
from offenders.models import Contact, CoreMember, LeadChange, Restriction
from offenders.models.core_member import LeadAgency
from offenders.models.restriction import DISTRICT


def lock(core_member: CoreMember) -> CoreMember:
    return CoreMember.objects.select_for_update(of=("self",)).get(pk=core_member.pk)


@transaction.atomic
def accept_core_member(
    *,
    category: int,
    level: int,
    lead_agency: str,
    area: Area,
    coordinator: User,
    by: User,
    at: datetime,
    agency: Agency | None = None,
    practitioner: User | None = None,
    reference: str = "",
) -> CoreMember:
    """Take a core member on, by reference alone. `reference` is made unless one is given."""
    AcceptingAccess(by).require("accept_core_member")
    if reference and CoreMember.objects.filter(reference=reference).exists():
        raise Refused("Another core member has this reference. Check it, or leave it empty.", field="reference")
    core_member = CoreMember.objects.create(
        reference=reference or unused_reference(CoreMember, "CM"),
        category=category,
        level=level,
        lead_agency=lead_agency,
        area=area,
        agency=agency,
        practitioner=practitioner,
        coordinator=coordinator,
        added_at=at,
        added_by=by,
    )
    recorded(Act.COLLECTED, core_member, by=by, at=at)
    return core_member


@transaction.atomic
def name_practitioner(core_member: CoreMember, *, practitioner: User, by: User, at: datetime) -> CoreMember:
    """Say who in the lead agency is told first."""
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    if not practitioner.is_active:
        raise Refused("That person can no longer sign in. Choose somebody else.", field="practitioner")
    core_member.practitioner = practitioner
    core_member.save(update_fields=["practitioner"])
    recorded(Act.ALTERED, core_member, by=by, at=at, note="practitioner named")
    return core_member


@transaction.atomic
def change_lead(
    core_member: CoreMember,
    *,
    lead_agency: str,
    changed_on: date,
    why: str,
    by: User,
    at: datetime,
    agency: Agency | None = None,
    practitioner: User | None = None,
) -> LeadChange:
    """Another agency leads from a day on, with its team and practitioner; who led before stays written down."""
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    check_lead(core_member, lead_agency, changed_on, at)
    if not why.strip():
        raise Refused("Say why, such as “His licence ended.”", field="why")
    if practitioner is not None and not practitioner.is_active:
        raise Refused("That person can no longer sign in. Choose somebody else.", field="practitioner")
    change = LeadChange.objects.create(
        core_member=core_member, was=core_member.lead_agency, became=lead_agency, changed_on=changed_on,
        why=why.strip(), noted_at=at, noted_by=by,
    )  # fmt: skip
    core_member.lead_agency, core_member.agency, core_member.practitioner = lead_agency, agency, practitioner
    core_member.save(update_fields=["lead_agency", "agency", "practitioner"])
    recorded(Act.ALTERED, core_member, by=by, at=at, note="lead agency changed")
    return change


def check_lead(core_member: CoreMember, lead_agency: str, changed_on: date, at: datetime) -> None:
    """Another agency than now, from a day that has come and not before the last change."""
    if lead_agency == core_member.lead_agency:
        raise Refused(f"{LeadAgency(lead_agency).label} leads already. Choose another agency.", field="lead_agency")
    if changed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once the other agency leads.", field="changed_on")
    latest = core_member.lead_changes.order_by("-changed_on", "-pk").first()
    if latest is not None and changed_on < latest.changed_on:
        raise Refused(f"The lead changed on {latest.changed_on:%-d %B %Y}. Give a later day.", field="changed_on")


@transaction.atomic
def add_restriction(
    core_member: CoreMember,
    *,
    source: str,
    plain_words: str,
    starts_on: date,
    by: User,
    at: datetime,
    ends_on: date | None = None,
    avoids_district: str = "",
    avoids_children: bool = False,
) -> Restriction:
    """Write down one thing he must or must not do, as one would say it to a volunteer.

    `avoids_district` and `avoids_children` are what a meeting place is checked against.
    """
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("The end must come after the start.", field="ends_on")
    avoids_district = avoids_district.strip().upper()
    if avoids_district and not DISTRICT.fullmatch(avoids_district):
        raise Refused("Give the first part of a postcode alone, such as CB7.", field="avoids_district")
    restriction = Restriction.objects.create(
        core_member=core_member,
        source=source,
        plain_words=plain_words.strip(),
        avoids_district=avoids_district,
        avoids_children=avoids_children,
        starts_on=starts_on,
        ends_on=ends_on,
        added_at=at,
        added_by=by,
    )
    recorded(Act.COLLECTED, core_member, by=by, at=at, note="restriction")
    return restriction


@transaction.atomic
def verify_restrictions(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """Say that all of them were read over with whoever manages him today. One added later asks for it again."""
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    core_member.restrictions_verified_at, core_member.restrictions_verified_by = at, by
    core_member.save(update_fields=["restrictions_verified_at", "restrictions_verified_by"])
    recorded(Act.ALTERED, core_member, by=by, at=at, note="restrictions verified")
    return core_member


@transaction.atomic
def add_contact(
    core_member: CoreMember,
    *,
    name: str,
    role: str,
    agency: Agency,
    telephone: str,
    by: User,
    at: datetime,
    duty_desk: str = "",
    hours: str = "",
    deputy: str = "",
    secure_mail: str = "",
    account: User | None = None,
) -> Contact:
    """Name a practitioner to ring. Nobody has verified the number yet: that is its own act."""
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    contact = Contact.objects.create(
        reference=unused_reference(Contact, "PC"),
        core_member=core_member,
        name=name.strip(),
        role=role.strip(),
        agency=agency,
        duty_desk=duty_desk.strip(),
        telephone=telephone.strip(),
        hours=hours.strip(),
        deputy=deputy.strip(),
        secure_mail=secure_mail.strip(),
        account=account,
        added_at=at,
        added_by=by,
    )
    recorded(Act.COLLECTED, contact, by=by, at=at)
    return contact


def lock_contact(contact: Contact, *, by: User) -> Contact:
    """The contact, locked, still to be rung, in the hands of somebody who may change it."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("core_member").get(pk=contact.pk)
    CoreMemberAccess(by, contact.core_member).require("change")
    if contact.ended_at is not None:
        raise Refused("This contact has ended. Add whoever has the work now.")
    return contact


@transaction.atomic
def verify_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """Say that one has rung today and the right person, or their desk, answered. Good for ninety days."""
    contact = lock_contact(contact, by=by)
    contact.verified_on, contact.verified_by = at.astimezone(LONDON).date(), by
    contact.save(update_fields=["verified_on", "verified_by"])
    recorded(Act.ALTERED, contact, by=by, at=at, note="verified")
    return contact


@transaction.atomic
def end_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """No longer to be rung: somebody else has the work."""
    contact = lock_contact(contact, by=by)
    contact.ended_at, contact.ended_by = at, by
    contact.save(update_fields=["ended_at", "ended_by"])
    recorded(Act.ALTERED, contact, by=by, at=at, note="ended")
    return contact


@transaction.atomic
def enter_circle(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """His circle has opened."""
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    core_member.move(CoreMember.Status.IN_CIRCLE, by=by, at=at)
    recorded(Act.ALTERED, core_member, by=by, at=at, note="in a circle")
    return core_member


@transaction.atomic
def leave_circle(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """His circle has ended; follow-up begins."""
    core_member = lock(core_member)
    CoreMemberAccess(by, core_member).require("change")
    core_member.move(CoreMember.Status.FOLLOW_UP, by=by, at=at)
    recorded(Act.ALTERED, core_member, by=by, at=at, note="circle ended")
    return core_member
