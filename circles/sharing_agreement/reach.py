"""Whether the charity may be sent something about people of an area (settings.SHARING_OF_AREA)."""

from __future__ import annotations

from datetime import date

from accounts.models import Area
from circles.sharing_agreement.models import SharingAgreement


def has_agreement_in_force(area: Area, day: date) -> bool:
    """Whether an agreement with the agencies of this area holds on this day."""
    return SharingAgreement.objects.in_force(day).filter(area=area).exists()
