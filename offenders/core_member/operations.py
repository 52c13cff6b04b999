"""Accept a core member or bring one over, name his practitioner, and move him into and out of a circle."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Agency, Area, User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.core_member.access import AcceptingAccess, CoreMemberAccess
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import REFERENCE, CoreMember
from offenders.core_member.telling import tell_of_change, tell_practitioners, write_change
from offenders.core_member.wall_models import refuse_walled_off


def lock_core_member(core_member: CoreMember) -> CoreMember:
    return CoreMember.objects.select_for_update(of=("self",)).get(pk=core_member.pk)


def _refuse_taken_reference(reference: str, *, by: User) -> None:
    """Refuse a reference that is in use. Only somebody who may see that core member learns that it is his."""
    holder = CoreMember.objects.filter(reference=reference)
    if not reference or not holder.exists():
        return
    if holder.visible_to(by).exists():
        raise Refused("Another core member of yours has this reference. Check it, or leave it empty.", "reference")
    raise Refused("This reference cannot be used here. Leave it empty and one is made.", "reference")


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
    """Take a core member on, by reference alone. `reference` is made unless one is given.

    Two ways lead here: an accepted referral (offenders/panel), and `bring_over_core_member`.
    """
    AcceptingAccess(by).require(AcceptingAccess.accept_core_member)
    if reference and not re.fullmatch(REFERENCE, reference):
        raise Refused(
            "A reference is two letters, four figures and a letter, such as EE-2417-K. Write one that no name, "
            "birthday or initials can be read from, or leave it empty and one is made.",
            field="reference",
        )
    _refuse_taken_reference(reference, by=by)
    _check_practitioners(practitioner, None)
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
    _begin_mappa_period(core_member, by=by, at=at)
    write_entry(Act.COLLECTED, core_member, by=by, at=at)
    return core_member


@transaction.atomic
def bring_over_core_member(*, from_before: str, by: User, at: datetime, **facts: Any) -> CoreMember:
    """Take on somebody who was with the charity before this service, so that no referral is here. A manager may.

    `facts` is what `accept_core_member` takes. His practitioner and his coordinator are told.
    """
    AcceptingAccess(by).require(AcceptingAccess.bring_over)
    if not from_before.strip():
        raise Refused("Say since when he has been with the charity, and where his papers are.", field="from_before")
    core_member = accept_core_member(by=by, at=at, **facts)
    core_member.from_before = from_before.strip()
    core_member.save(update_fields=["from_before"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="was here before this service: no referral")
    tell_practitioners(core_member, None, by=by, at=at)
    tell_of_change(core_member, "brought-over", by=by, at=at)
    return core_member


def _begin_mappa_period(core_member: CoreMember, *, by: User, at: datetime) -> None:
    """Write the first period: the category and level he is accepted with hold from today."""
    MappaPeriod.objects.create(
        core_member=core_member,
        category=core_member.category,
        level=core_member.level,
        from_on=at.astimezone(LONDON).date(),
        noted_at=at,
        noted_by=by,
    )


@transaction.atomic
def name_practitioner(
    core_member: CoreMember,
    *,
    practitioner: User | None,
    deputy: User | None = None,
    agency: Agency | None = None,
    by: User,
    at: datetime,
) -> CoreMember:
    """Name the practitioner who is told first and their deputy, or nobody, while the same agency leads."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    was, before = _team_words_of(core_member), core_member.practitioner
    if (practitioner, deputy, agency) == (before, core_member.deputy_practitioner, core_member.agency):
        raise Refused("That is what is written down now. Change the practitioner or the team.", field="practitioner")
    _check_practitioners(practitioner, deputy)
    refuse_walled_off(practitioner, core_member.pk, "practitioner")
    refuse_walled_off(deputy, core_member.pk, "deputy")
    core_member.practitioner, core_member.deputy_practitioner, core_member.agency = practitioner, deputy, agency
    core_member.save(update_fields=["practitioner", "deputy_practitioner", "agency"])
    if before is not None and before != practitioner:
        write_entry(Act.REVOKED, core_member, by=by, at=at, recipient=before.reference, note="practitioner changed")
    recipient = practitioner.reference if practitioner is not None else ""
    write_entry(Act.ALTERED, core_member, by=by, at=at, recipient=recipient, note="practitioner named")
    today, kind = at.astimezone(LONDON).date(), ManagementChange.Kind.PRACTITIONER
    write_change(core_member, kind, was=was, became=_team_words_of(core_member), changed_on=today, by=by, at=at)
    tell_practitioners(core_member, before, by=by, at=at)
    return core_member


def _check_practitioners(practitioner: User | None, deputy: User | None) -> None:
    """Refuse somebody who cannot sign in, a deputy of nobody, and one who would stand in for themselves."""
    for person, field in ((practitioner, "practitioner"), (deputy, "deputy")):
        if person is not None and not person.is_active:
            raise Refused("That person can no longer sign in. Choose somebody else.", field=field)
    if deputy is not None and practitioner is None:
        raise Refused("Name the practitioner first, and then who stands in for them.", field="practitioner")
    if deputy is not None and deputy == practitioner:
        raise Refused("Nobody stands in for themselves. Choose somebody else, or nobody.", field="deputy")


def _team_words_of(core_member: CoreMember) -> str:
    """Who manages him, in words."""
    people = (core_member.practitioner, core_member.deputy_practitioner)
    names = [person.full_name for person in people if person is not None]
    team = [core_member.agency.name] if core_member.agency is not None else []
    return ", ".join([*names, *team]) or "nobody"


@transaction.atomic
def enter_circle(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """Note that his circle has opened."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    core_member.move(CoreMember.Status.IN_CIRCLE, by=by, at=at)
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="in a circle")
    return core_member


@transaction.atomic
def leave_circle(core_member: CoreMember, *, by: User, at: datetime) -> CoreMember:
    """Note that his circle has ended; his follow-up begins."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    core_member.move(CoreMember.Status.FOLLOW_UP, by=by, at=at)
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="circle ended")
    return core_member
