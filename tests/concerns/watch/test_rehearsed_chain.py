"""The concern that the service rehearses by itself, where there is nobody to raise one."""

from __future__ import annotations

from accounts.models import User
from concerns.watch.canary import rehearse_chain
from tests.world import World


def test_a_service_without_volunteers_rehearses_nothing_and_finds_no_fault(world: World) -> None:
    User.objects.update(is_active=False, status="suspended")
    assert rehearse_chain(at=world.now) == []
