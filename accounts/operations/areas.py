"""Say in which of the MAPPA areas the provider works."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.access import SettingUpAccess
from accounts.models import Area, User
from accounts.operations.standing import record_act


@transaction.atomic
def choose_areas(areas: Iterable[Area], *, by: User, at: datetime) -> list[Area]:
    """Work in these areas and in no others. Returns those that changed."""
    SettingUpAccess(by).require(SettingUpAccess.choose_areas)
    return write_areas(areas, by=by, at=at)


def write_areas(areas: Iterable[Area], *, by: User | None, at: datetime) -> list[Area]:
    """Write down the areas worked in, in the caller's transaction. `by` is None for the operator's command alone."""
    chosen = {area.pk for area in areas}
    changed = []
    for area in Area.objects.select_for_update().order_by("pk"):
        if area.is_worked_in != (area.pk in chosen):
            area.is_worked_in = area.pk in chosen
            area.save(update_fields=["is_worked_in"])
            note = "worked in" if area.is_worked_in else "no longer worked in"
            record_act("altered", area, by=by, at=at, note=note)
            changed.append(area)
    return changed
