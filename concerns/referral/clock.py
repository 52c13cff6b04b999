"""The registers' clocks (domain.md 3.10): by when what is due, and telling of what was not done, in the same sweep."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.ladder.models import working_time
from concerns.referral.models import ReferralKind, SafeguardingReferral
from core.worktime import WORKING_DAY, WorkingTime

REFER_WITHIN = WORKING_DAY
"""To the LADO within one working day (Working Together); to the others no later."""


TWO_DAYS = timedelta(hours=48)
"""Elapsed, not working: a child does not wait for Monday."""


THEN_EVERY = 3 * WORKING_DAY


def chases(kind: ReferralKind, referred_at: datetime, worktime: WorkingTime) -> list[datetime]:
    """When to ask what was decided: MASH and adults after a working day, 48 hours and three working days."""
    found = [worktime.add(referred_at, WORKING_DAY), worktime.add(referred_at, 3 * WORKING_DAY)]
    if kind != ReferralKind.LADO:
        found.append(referred_at + TWO_DAYS)
    return sorted(found)


def next_chase(referral: SafeguardingReferral, *, at: datetime) -> datetime:
    """The first of them still to come; after the last, every three working days."""
    worktime = working_time()
    kind, referred_at = ReferralKind(referral.kind), referral.referred_at or at
    coming = [moment for moment in chases(kind, referred_at, worktime) if moment > at]
    return coming[0] if coming else worktime.add(at, THEN_EVERY)
