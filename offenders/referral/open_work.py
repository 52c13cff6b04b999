"""The referrals that are open with a person, before they stop or lose a role (settings.OPEN_WORK)."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from accounts.models.role import Role
from accounts.open_work import OpenWork
from core.counts import counted
from offenders.core_member.wall_models import not_walled_off
from offenders.referral.models import Referral

COORDINATORS = frozenset({Role.COORDINATOR})


def open_work_with(person: User, reader: User, at: datetime) -> list[OpenWork]:
    """The open referrals that a coordinator has. A manager takes them over by themselves."""
    if not person.has_role(Role.COORDINATOR):
        return []
    held = (
        Referral.objects.filter(not_walled_off(reader.pk, "core_member"), coordinator=person)
        .exclude(status__in=Referral.OVER)
        .count()
    )
    if not held:
        return []
    return [OpenWork(f"Has {counted(held, 'open referral', 'open referrals')}.", COORDINATORS)]
