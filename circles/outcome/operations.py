"""Record an adverse outcome or a follow-up check, and correct either (domain.md 1.12)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.outcome.models import CHECK_MONTHS, AdverseOutcome, end_day_of, months_between
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON


class KnownOutcome(NamedTuple):
    """What is known about one event, or that none is known."""

    step: AdverseOutcome.Step
    event_on: date
    known_on: date
    source: AdverseOutcome.Source
    proven: bool = False
    circle_raised_it: bool = False
    check_months: int | None = None


@transaction.atomic
def record_outcome(circle: Circle, *, known: KnownOutcome, by: User, at: datetime) -> AdverseOutcome:
    """Record what is known. The circle's own dates decide whether it was during or after, and how long after."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.record_outcomes)
    same_check = circle.outcomes.not_corrected().filter(check_months=known.check_months).exclude(check_months=None)
    if same_check.exists():
        raise Refused("That check was recorded already. Correct that entry instead.", field="check_months")
    return _write_outcome(circle, known, by=by, at=at)


@transaction.atomic
def correct_outcome(
    outcome: AdverseOutcome, *, known: KnownOutcome, reason: str, by: User, at: datetime
) -> AdverseOutcome:
    """Correct an entry by a new one. The first one stays readable, with the reason."""
    # Lock the circle: the database role may not lock an entry, because entries are never changed.
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=outcome.circle_id)
    CircleAccess(by, circle).require(CircleAccess.record_outcomes)
    if not reason.strip():
        raise Refused("Say what was wrong, so that both entries can be understood.", field="reason")
    if AdverseOutcome.objects.filter(corrects=outcome).exists():
        raise Refused("This entry was corrected already. Correct the later one.")
    return _write_outcome(circle, known, by=by, at=at, corrects=outcome, reason=reason.strip())


def _write_outcome(
    circle: Circle,
    known: KnownOutcome,
    *,
    by: User,
    at: datetime,
    corrects: AdverseOutcome | None = None,
    reason: str = "",
) -> AdverseOutcome:
    end = end_day_of(circle)
    _check_dates(circle, known, end, at.astimezone(LONDON).date())
    after = end is not None and (known.event_on > end or known.check_months is not None)
    outcome = AdverseOutcome.objects.create(
        reference=unused_reference(AdverseOutcome, "AO"),
        circle=circle,
        period=AdverseOutcome.Period.AFTER if after else AdverseOutcome.Period.DURING,
        follow_up_months=months_between(end, known.known_on) if after and end else None,
        corrects=corrects,
        correction_reason=reason,
        recorded_at=at,
        recorded_by=by,
        **known._asdict(),
    )
    write_entry(Act.COLLECTED, outcome, by=by, at=at, within=circle.reference, note="corrects" if corrects else "")
    return outcome


def _check_dates(circle: Circle, known: KnownOutcome, end: date | None, today: date) -> None:
    if known.event_on < circle.started_on:
        raise Refused("This was before the circle began, so it belongs to his referral.", field="event_on")
    if known.known_on < known.event_on:
        raise Refused("It cannot have been known before it happened. Check the two days.", field="known_on")
    if known.known_on > today:
        raise Refused("Give the day it became known: it has not come yet.", field="known_on")
    if known.check_months is not None and known.check_months not in CHECK_MONTHS:
        raise Refused("Checks are made at 6, 12 and 24 months.", field="check_months")
    if known.check_months is not None and (end is None or known.known_on <= end):
        raise Refused("A check looks back after the circle has ended. Leave it out here.", field="check_months")
