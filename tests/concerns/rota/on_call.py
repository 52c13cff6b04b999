"""Somebody on call, as it comes about: a manager plans it, and all who must agree do."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from concerns.rota.access import RotaAccess
from concerns.rota.models import OnCallShift
from concerns.rota.operations import agree_to_shift, plan_shift
from tests.world import World


def put_on_call(
    world: World, who: User, *, starts_at: datetime, ends_at: datetime, at: datetime, telephone: str = "01632 960 111"
) -> OnCallShift:
    """Hana plans it; whoever is on call says yes, and Fay vouches for the number."""
    shift = plan_shift(who, telephone=telephone, starts_at=starts_at, ends_at=ends_at, by=world.hana, at=at)
    for person in (who, world.fay):
        if shift.stands_from is None and RotaAccess(person, shift).agree_to_shift:
            shift = agree_to_shift(shift, by=person, at=at)
    assert shift.stands_from is not None
    return shift
