"""Add, vary and end a restriction, put one right, and write down that his restrictions were read over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Required, TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import tell_of_change
from offenders.restriction.models import DISTRICT, Restriction, RestrictionAddendum


class RestrictionFacts(TypedDict, total=False):
    """What is written down about a restriction, new or varied."""

    source: Required[str]
    plain_words: Required[str]
    starts_on: Required[date]
    ends_on: date | None
    category: str
    category_other: str
    exact_words: str
    kept_from_volunteers: bool
    avoids_district: str
    avoids_children: bool
    avoids_internet: bool
    verified_with: str
    verified_on: date | None


@transaction.atomic
def add_restriction(
    core_member: CoreMember,
    *,
    by: User,
    at: datetime,
    told_by_referrer: bool = False,
    **facts: Unpack[RestrictionFacts],
) -> Restriction:
    """Write down one thing he must or must not do; a meeting place is checked against whatever he avoids.

    Of one that is copied from his referral nobody is told: that he is accepted says it.
    """
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    new = Restriction(core_member=core_member, told_by_referrer=told_by_referrer, **facts)
    restriction = _write_restriction(new, by=by, at=at)
    return _note_added(restriction, by=by, at=at)


def _note_added(restriction: Restriction, *, by: User, at: datetime) -> Restriction:
    write_entry(Act.COLLECTED, restriction.core_member, by=by, at=at, note="restriction")
    if not restriction.told_by_referrer:
        _tell_of(restriction, f"restriction-{restriction.pk}", by=by, at=at)
    return restriction


def _tell_of(restriction: Restriction, what: str, *, by: User, at: datetime) -> None:
    """Tell whoever looks after him, and the volunteers of his circle unless it is kept from them."""
    members_too = not restriction.kept_from_volunteers
    tell_of_change(restriction.core_member, what, members_too=members_too, by=by, at=at)


def _write_restriction(restriction: Restriction, *, by: User, at: datetime) -> Restriction:
    """Check its days and its district, and store it."""
    if restriction.ends_on is not None and restriction.ends_on <= restriction.starts_on:
        raise Refused("The end must come after the start.", field="ends_on")
    restriction.verified_with, restriction.category_other = (
        restriction.verified_with.strip(),
        restriction.category_other.strip(),
    )
    if (restriction.category == Restriction.Category.OTHER) != bool(restriction.category_other):
        raise Refused("Write what it is about if you choose “Other”, and only then.", field="category_other")
    if (restriction.verified_on is None) != (not restriction.verified_with):
        raise Refused("Say both who told you and on which day, or neither.", field="verified_with")
    if restriction.verified_on is not None and restriction.verified_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Ask them first.", field="verified_on")
    restriction.plain_words, restriction.exact_words = restriction.plain_words.strip(), restriction.exact_words.strip()
    restriction.avoids_district = _district_of(restriction.avoids_district)
    restriction.added_at, restriction.added_by = at, by
    restriction.save(force_insert=True)
    return restriction


def _district_of(text: str) -> str:
    district = text.strip().upper()
    if district and not DISTRICT.fullmatch(district):
        raise Refused("Give the first part of a postcode alone, such as CB7.", field="avoids_district")
    return district


@transaction.atomic
def vary_restriction(
    restriction: Restriction, *, by: User, at: datetime, **facts: Unpack[RestrictionFacts]
) -> Restriction:
    """From a day on it says something else, as somebody who manages him said. The old words stay, with their days."""
    if not facts.get("verified_with", "").strip() or facts.get("verified_on") is None:
        raise Refused("Say who, of those who manage him, told you, and on which day.", field="verified_with")
    restriction = _end_to_vary(restriction, facts["starts_on"], by=by, at=at)
    new = Restriction(core_member=restriction.core_member, varies=restriction, **facts)
    varied = _write_restriction(new, by=by, at=at)
    write_entry(Act.ALTERED, restriction.core_member, by=by, at=at, note="restriction varied")
    _tell_of(restriction if varied.kept_from_volunteers else varied, f"restriction-{varied.pk}", by=by, at=at)
    return varied


def _end_to_vary(restriction: Restriction, day: date, *, by: User, at: datetime) -> Restriction:
    """Lock it, and write that its old words hold until that day."""
    restriction = _lock_to_end(restriction, day, field="starts_on", by=by, at=at)
    _write_end(restriction, day, "Varied.", by=by, at=at)
    return restriction


@transaction.atomic
def end_restriction(restriction: Restriction, *, ends_on: date, why: str, by: User, at: datetime) -> Restriction:
    """Say from which day it no longer holds, and who said so. Its words stay readable, with their days."""
    restriction = _lock_to_end(restriction, ends_on, field="ends_on", by=by, at=at)
    if not why.strip():
        raise Refused("Say who told you that it ends, and why.", field="why")
    _write_end(restriction, ends_on, why.strip(), by=by, at=at)
    write_entry(Act.ALTERED, restriction.core_member, by=by, at=at, note="restriction ended")
    _tell_of(restriction, f"restriction-{restriction.pk}-ends", by=by, at=at)
    return restriction


@transaction.atomic
def put_restriction_right(restriction: Restriction, *, words: str, by: User, at: datetime) -> RestrictionAddendum:
    """Add what puts a slip in its words right. The words stay; from a day on it says something else by varying it."""
    core_member = lock_core_member(restriction.core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    if not words.strip():
        raise Refused("Say what is wrong in it, and what is right.", field="words")
    addendum = RestrictionAddendum.objects.create(
        restriction=restriction, words=words.strip(), added_at=at, added_by=by
    )
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="restriction put right")
    _tell_of(restriction, f"restriction-put-right-{addendum.pk}", by=by, at=at)
    return addendum


def _lock_to_end(restriction: Restriction, day: date, *, field: str, by: User, at: datetime) -> Restriction:
    """Lock one that can still end on that day. Refuse one that has ended, and anybody who may not change it."""
    core_member = lock_core_member(restriction.core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    restriction.core_member = core_member
    if restriction.is_over(at.astimezone(LONDON).date()):
        raise Refused("This restriction has ended or was varied already. Open his page again to see what holds now.")
    if day < restriction.starts_on:
        raise Refused(f"It holds from {restriction.starts_on:%-d %B %Y}. Give that day or a later one.", field=field)
    return restriction


def _write_end(restriction: Restriction, ends_on: date, why: str, *, by: User, at: datetime) -> None:
    restriction.ends_on, restriction.ended_because = ends_on, why
    restriction.ended_at, restriction.ended_by = at, by
    restriction.save(update_fields=["ends_on", "ended_because", "ended_at", "ended_by"])


@transaction.atomic
def verify_restrictions(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """Write down that all were read over today with whoever manages him. A restriction added later needs it again."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    today = at.astimezone(LONDON).date()
    if Restriction.objects.of(core_member.pk).in_force(today).in_referrers_words().exists():
        raise Refused(
            "Some are in the words of whoever referred him, and volunteers are not shown them. Put each into words for "
            "volunteers first: press “Put into words” beside it."
        )
    core_member.restrictions_verified_at, core_member.restrictions_verified_by = at, by
    core_member.save(update_fields=["restrictions_verified_at", "restrictions_verified_by"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="restrictions verified")
    return core_member
