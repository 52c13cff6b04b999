"""The page that lists the registers, with how many records wait in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from concerns.incident.access import IncidentAccess
from concerns.incident.models import SeriousIncident
from concerns.low_level.access import LowLevelAccess
from concerns.low_level.models import LowLevelConcern
from concerns.referral.access import ReferralAccess
from concerns.referral.models import SafeguardingReferral


@dataclass(frozen=True)
class Register:
    """One register, with counts of the records that its reader may see."""

    title: str
    sentence: str
    page: str
    waits: int
    late: int


def registers_of(user: User, at: datetime) -> list[Register]:
    found = []
    if ReferralAccess(user).list_referrals:
        waiting = SafeguardingReferral.objects.visible_to(user).filter(status__in=SafeguardingReferral.WAITS)
        found.append(
            Register(
                "Safeguarding referrals",
                "To the MASH, the LADO and adult safeguarding, and what they decided.",
                "concerns:referrals",
                waiting.count(),
                waiting.late(at).count(),
            )
        )
    if LowLevelAccess(user).list_low_levels:
        unread = LowLevelConcern.objects.visible_to(user).unread(user).count()
        found.append(
            Register(
                "Low-level concerns",
                "About staff and volunteers; read together once a month.",
                "concerns:low_levels",
                unread,
                0,
            )
        )
    if IncidentAccess(user).list_incidents:
        waiting_ones = SeriousIncident.objects.visible_to(user).filter(status__in=SeriousIncident.WAITS)
        found.append(
            Register(
                "Serious incidents",
                "What may have to be reported to the Charity Commission, decided with the reason.",
                "concerns:incidents",
                waiting_ones.count(),
                waiting_ones.late(at).count(),
            )
        )
    return found


@require_safe
def registers(request: SignedInRequest) -> HttpResponse:
    """The registers this person may read."""
    found = registers_of(request.user, timezone.now())
    if not found:
        raise PermissionDenied("You may not read the registers. The safeguarding lead and managers keep them.")
    return TemplateResponse(request, "concerns/overview/registers.html", {"registers": found})
