"""Add a restriction, and write down that his restrictions were read over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.restriction.models import DISTRICT, Restriction


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
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
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
    write_entry(Act.COLLECTED, core_member, by=by, at=at, note="restriction")
    return restriction


@transaction.atomic
def verify_restrictions(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """Write down that all were read over today with whoever manages him. A restriction added later needs it again."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    core_member.restrictions_verified_at, core_member.restrictions_verified_by = at, by
    core_member.save(update_fields=["restrictions_verified_at", "restrictions_verified_by"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="restrictions verified")
    return core_member
