"""Planning the rounds of the risk review, and saying that one was missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from circles.circle.models import Circle, Membership
from circles.instrument.models import Instrument
from circles.risk.access import RiskReviewAccess
from circles.risk.models import BASELINE_WITHIN, EVERY, RiskReview
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON

OPENS_BEFORE = timedelta(weeks=3)
"""A round may be scored this long before it is due."""

FINAL_WITHIN = timedelta(weeks=2)
"""A circle that ends early has its final review this soon, while its volunteers still belong (domain.md 1.9)."""

NOBODY_SCORED = "Nobody had scored it when the next one opened."
CIRCLE_ENDED = "The circle ended before anybody scored it."


MISSED = RiskReview.Status.MISSED


class Planned(NamedTuple):
    """A round that should come next."""

    due_on: date
    kind: RiskReview.Kind


def lock_review(review: RiskReview) -> RiskReview:
    return RiskReview.objects.select_for_update(of=("self",)).select_related("circle").get(pk=review.pk)


def plan_risk_reviews(*, at: datetime) -> int:
    """Plan the rounds that open now in every circle, and let lapse what cannot be scored; safe to run twice."""
    instrument = Instrument.objects.latest_loaded().first()
    first = Instrument.objects.order_by("loaded_at").first()
    if instrument is None or first is None:
        return 0
    for review in RiskReview.objects.filter(status=RiskReview.Status.DUE, circle__status=Circle.Status.CLOSED):
        lapse_review(review, because=CIRCLE_ENDED, at=at)
    known_since = first.loaded_at.astimezone(LONDON).date()
    going = Circle.objects.filter(status__in=[*Circle.MEETS, Circle.Status.PAUSED]).order_by("pk")
    return sum(plan_circle(circle, instrument=instrument, known_since=known_since, at=at) for circle in going)


@transaction.atomic
def plan_circle(circle: Circle, *, instrument: Instrument, known_since: date, at: datetime) -> int:
    """Plan this circle's rounds that open now; the number that were new."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    today = at.astimezone(LONDON).date()
    made = 0
    while True:
        last = circle.risk_reviews.order_by("-number").first()
        coming = next_round(circle, last, known_since)
        if coming is None or today < coming.due_on - OPENS_BEFORE:
            return made
        if last is not None and last.status == RiskReview.Status.DUE:
            lapse_review(last, because=NOBODY_SCORED, at=at)
        open_round(circle, coming, number=last.number + 1 if last else 1, instrument=instrument, at=at)
        made += 1


def next_round(circle: Circle, last: RiskReview | None, known_since: date) -> Planned | None:
    """The baseline within six weeks, then every thirteen, the final one at the planned end (domain.md 1.9).

    The six weeks count from the start, or from when the service first had an instrument. A quarter that would
    fall within half a quarter of the end is the final review; an end moved later has quarters again.
    """
    end = circle.planned_end_on
    if last is None:
        return Planned(max(circle.started_on, known_since) + BASELINE_WITHIN, RiskReview.Kind.BASELINE)
    if last.due_on >= end:
        return None
    following = last.due_on + EVERY
    if following + EVERY / 2 > end:
        return Planned(end, RiskReview.Kind.FINAL)
    return Planned(following, RiskReview.Kind.QUARTERLY)


def ask_for_final(circle: Circle, *, at: datetime) -> RiskReview | None:
    """The final round of a circle that begins to end: the one that is open, or a new one; None if it was done.

    Called with the circle locked. Without an instrument there is nothing to score.
    """
    last = circle.risk_reviews.order_by("-number").first()
    instrument = Instrument.objects.latest_loaded().first()
    if instrument is None or (last is not None and last.kind == RiskReview.Kind.FINAL and last.status != MISSED):
        return None
    if last is None or last.status in RiskReview.LIFECYCLE.ends:
        soon = at.astimezone(LONDON).date() + FINAL_WITHIN
        due_on = max(soon, last.due_on + timedelta(days=1)) if last else soon
        coming = Planned(due_on, RiskReview.Kind.FINAL)
        return open_round(circle, coming, number=last.number + 1 if last else 1, instrument=instrument, at=at)
    last.kind = RiskReview.Kind.FINAL
    last.save(update_fields=["kind"])
    recorded(Act.ALTERED, last, by=None, at=at, within=circle.reference, note="is the final one")
    tell(last, [member.volunteer.user for member in raters_of(last)], "final", at=at)
    return last


def open_round(circle: Circle, coming: Planned, *, number: int, instrument: Instrument, at: datetime) -> RiskReview:
    review = RiskReview.objects.create(
        reference=unused_reference(RiskReview, "D"),
        circle=circle,
        instrument=instrument,
        number=number,
        kind=coming.kind,
        due_on=coming.due_on,
        planned_at=at,
    )
    recorded(Act.COLLECTED, review, by=None, at=at, within=circle.reference)
    tell(review, [member.volunteer.user for member in raters_of(review)], "opened", at=at)
    return review


def raters_of(review: RiskReview) -> list[Membership]:
    """Whoever belongs to the circle now: each scores on their own."""
    return list(Membership.objects.current().of(review.circle))


@transaction.atomic
def lapse_review(review: RiskReview, *, because: str, at: datetime) -> RiskReview:
    """Close a round nobody scored and nobody can score any more. The service's own act."""
    review = lock_review(review)
    review.missed_because = because
    review.move(RiskReview.Status.MISSED, by=None, at=at, note=because)
    recorded(Act.ALTERED, review, by=None, at=at, within=review.circle.reference, note="missed")
    tell(review, [review.circle.coordinator], "missed", at=at)
    return review


@transaction.atomic
def miss_review(review: RiskReview, *, reason: str, by: User, at: datetime) -> RiskReview:
    """Say that a round will not be done, and why. It counts as due and not as done."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.miss)
    if not reason.strip():
        raise Refused("Say why it was missed, so that the next reader knows.", field="reason")
    review.missed_because = reason.strip()
    review.move(RiskReview.Status.MISSED, by=by, at=at, note=review.missed_because)
    recorded(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="missed")
    return review


def tell(review: RiskReview, people: list[User], what: str, *, at: datetime) -> None:
    queue_alert(
        key=f"{review.reference}:{what}",
        to=people,
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=review.get_absolute_url(),
        at=at,
    )
    nudge()
