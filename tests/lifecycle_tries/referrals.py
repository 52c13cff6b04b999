"""Arrows of referrals that no row of the page table takes, and those that a clock takes."""

from __future__ import annotations

from datetime import timedelta

from offenders.referral.screening_operations import lapse_referrals
from tests.lifecycle_tries.trying import press_button
from tests.offenders.referral import referrals
from tests.offenders.referral.rows import arguments_of
from tests.world import World

WITHDRAWN = {"withdrawn_by": "referrer", "why": "He has moved away."}

REFERRALS = [
    *(
        press_button("offenders:withdraw_referral", arguments_of(make), WITHDRAWN)
        for make in (
            referrals.started,
            referrals.in_screening,
            referrals.waiting,
            referrals.in_assessment,
            referrals.with_panel,
            referrals.deferred,
        )
    ),
    press_button(
        "offenders:decline_referral",
        arguments_of(referrals.with_panel),
        {"reason": "not_now", "advice": "Write again in May.", "why": "The panel.", "read_over": "on"},
    ),
    press_button("offenders:uphold_appeal", arguments_of(referrals.declined), {"reasons": "New facts."}, by="manager"),
]


def lapse_two(world: World) -> None:
    """Nobody answers for sixty days: neither about a form begun, nor about what was asked."""
    referrals.started(world)
    referrals.waiting(world)
    lapse_referrals(at=world.now + timedelta(days=60))
