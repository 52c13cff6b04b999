"""Before somebody is written about to the charity, the agencies of the area have agreed that they may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.access import Role
from accounts.models import Area, User
from core.errors import Refused
from core.worktime import LONDON
from offenders.referral.models import Referral


def is_shared_with(area: Area, day: date) -> bool:
    """Whether a sharing agreement holds for this area. They are kept in an app above (settings.SHARING_OF_AREA)."""
    has_agreement: Callable[[Area, date], bool] = import_string(settings.SHARING_OF_AREA)
    return has_agreement(area, day)


def require_sharing(referral: Referral, *, by: User, at: datetime) -> None:
    """Refuse where no sharing agreement holds for the area. A manager may go on without one."""
    if by.has_role(Role.MANAGER) or is_shared_with(referral.area, at.astimezone(LONDON).date()):
        return
    raise Refused(
        f"No sharing agreement is in force for {referral.area.name}. A manager writes one down under Circles, or does "
        "this without one."
    )
