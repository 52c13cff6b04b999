"""When a safeguarding referral must be made, and when its decision is chased (domain.md 3.10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.ladder.models import working_time
from concerns.referral.models import ReferralKind, SafeguardingReferral
from core.worktime import WORKING_DAY, WorkingTime

REFER_WITHIN = WORKING_DAY
"""A referral to the LADO is made within one working day (Working Together); the others no later."""


TWO_DAYS = timedelta(hours=48)
"""Two whole days, not working days: a child does not wait for Monday."""


THEN_EVERY = 3 * WORKING_DAY


def chase_moments_of(kind: ReferralKind, referred_at: datetime, worktime: WorkingTime) -> list[datetime]:
    """When to ask for the decision: after one and three working days, and, except for the LADO, after 48 hours."""
    moments = [worktime.add(referred_at, WORKING_DAY), worktime.add(referred_at, 3 * WORKING_DAY)]
    if kind != ReferralKind.LADO:
        moments.append(referred_at + TWO_DAYS)
    return sorted(moments)


def next_chase(referral: SafeguardingReferral, *, at: datetime) -> datetime:
    """When to chase this referral next; after the fixed moments, every three working days."""
    worktime = working_time()
    kind, referred_at = ReferralKind(referral.kind), referral.referred_at or at
    coming = [moment for moment in chase_moments_of(kind, referred_at, worktime) if moment > at]
    return coming[0] if coming else worktime.add(at, THEN_EVERY)
