"""How many referrals stand where, how long the first answers took, and why some were declined. The database counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, F, OuterRef, Q, QuerySet, Subquery

from offenders.referral.models import DeclineReason, Referral, ReferralEvent

PERIOD = timedelta(days=365)
"""The figures are of the referrals that began in the year before."""

Status = Referral.Status


class Median(Aggregate):
    """The middle one of them, or between the middle two."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class ReferralFigures:
    since: datetime
    total: int
    states: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    acknowledged_in: timedelta | None
    answered_in: timedelta | None


def figures_of(referrals: QuerySet[Referral], *, at: datetime) -> ReferralFigures:
    """The figures of these referrals, in one statement. The answer is the first move out of the screening for good."""
    moves = ReferralEvent.objects.filter(referral=OuterRef("pk"), to_status__in=[Status.ASSESSING, Status.DECLINED])
    begun = referrals.filter(started_at__gte=at - PERIOD)
    counts = begun.annotate(answered_at=Subquery(moves.order_by("at", "pk").values("at")[:1])).aggregate(
        **{state.value: Count("pk", filter=Q(status=state)) for state in Status},
        **{f"because_{reason.value}": Count("pk", filter=Q(decline_reason=reason)) for reason in DeclineReason},
        acknowledged_in=Median(F("acknowledged_at") - F("submitted_at")),
        answered_in=Median(F("answered_at") - F("submitted_at")),
    )
    states = [(state.label, counts[state.value]) for state in Status]
    return ReferralFigures(
        since=at - PERIOD,
        total=sum(number for _, number in states),
        states=states,
        reasons=[(reason.label, counts[f"because_{reason.value}"]) for reason in DeclineReason],
        acknowledged_in=counts["acknowledged_in"],
        answered_in=counts["answered_in"],
    )


def days_in_words(length: timedelta | None) -> str:
    """How soon the faster half of them was done; without a length, that there is none yet."""
    if length is None:
        return "None yet"
    days = round(length / timedelta(days=1), 1)
    return "Half of them within 1 day" if days == 1 else f"Half of them within {days:g} days"
