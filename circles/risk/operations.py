"""Plan the risk reviews of each circle, and record that one was missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle, Membership
from circles.circle.telling import coordinators_now
from circles.instrument.models import Instrument
from circles.risk.access import RiskReviewAccess
from circles.risk.models import BASELINE_WITHIN, EVERY, RiskReview
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON

OPENS_BEFORE = timedelta(weeks=3)
"""A review can be scored from this long before its due day."""

FINAL_WITHIN = timedelta(weeks=2)
"""The final review of a circle that ends early is due this soon, while its volunteers still belong (domain.md 1.9)."""

NOBODY_SCORED = "Nobody had scored it when the next one opened."
CIRCLE_ENDED = "The circle ended before anybody scored it."


MISSED = RiskReview.Status.MISSED


class PlannedReview(NamedTuple):
    """The day and kind of the review that comes next."""

    due_on: date
    kind: RiskReview.Kind


def lock_review(review: RiskReview) -> RiskReview:
    return RiskReview.objects.select_for_update(of=("self",)).select_related("circle").get(pk=review.pk)


def plan_risk_reviews(*, at: datetime) -> int:
    """Plan every review that opens now, and close those that nobody can score any more. The number of new ones.

    Safe to run twice.
    """
    instrument = Instrument.objects.latest_loaded().first()
    first = Instrument.objects.order_by("loaded_at").first()
    if instrument is None or first is None:
        return 0
    for review in RiskReview.objects.filter(status=RiskReview.Status.DUE, circle__status=Circle.Status.CLOSED):
        lapse_review(review, because=CIRCLE_ENDED, at=at)
    known_since = first.loaded_at.astimezone(LONDON).date()
    going = Circle.objects.filter(status__in=[*Circle.MEETS, Circle.Status.PAUSED]).order_by("pk")
    return sum(_plan_reviews_of(circle, instrument=instrument, known_since=known_since, at=at) for circle in going)


@transaction.atomic
def _plan_reviews_of(circle: Circle, *, instrument: Instrument, known_since: date, at: datetime) -> int:
    """Plan this circle's reviews that open now. The number of new ones."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    today = at.astimezone(LONDON).date()
    made = 0
    while True:
        last = circle.risk_reviews.order_by("-number").first()
        coming = next_review_of(circle, last, known_since)
        if coming is None or today < coming.due_on - OPENS_BEFORE:
            return made
        if last is not None and last.status == RiskReview.Status.DUE:
            lapse_review(last, because=NOBODY_SCORED, at=at)
        create_risk_review(circle, coming, number=last.number + 1 if last else 1, instrument=instrument, at=at)
        made += 1


def next_review_of(circle: Circle, last: RiskReview | None, known_since: date) -> PlannedReview | None:
    """The review after `last`: baseline within six weeks, then every thirteen, the final at the planned end.

    None after the final one. See domain.md 1.9. The six weeks count from the circle's start, or from
    `known_since`, the day the service first had an instrument. A review due within half a quarter of the end is
    the final one. If the end moves later, quarterly reviews go on.
    """
    end = circle.planned_end_on
    if last is None:
        return PlannedReview(max(circle.started_on, known_since) + BASELINE_WITHIN, RiskReview.Kind.BASELINE)
    if last.due_on >= end:
        return None
    following = last.due_on + EVERY
    if following + EVERY / 2 > end:
        return PlannedReview(end, RiskReview.Kind.FINAL)
    return PlannedReview(following, RiskReview.Kind.QUARTERLY)


def ask_for_final_review(circle: Circle, *, at: datetime) -> RiskReview | None:
    """Make the open review of a circle that begins to end its final one, or open a new one. None if it was done.

    Lock the circle first. None, too, without an instrument to score with.
    """
    last = circle.risk_reviews.order_by("-number").first()
    instrument = Instrument.objects.latest_loaded().first()
    if instrument is None or (last is not None and last.kind == RiskReview.Kind.FINAL and last.status != MISSED):
        return None
    if last is None or last.status in RiskReview.LIFECYCLE.ends:
        soon = at.astimezone(LONDON).date() + FINAL_WITHIN
        due_on = max(soon, last.due_on + timedelta(days=1)) if last else soon
        coming = PlannedReview(due_on, RiskReview.Kind.FINAL)
        return create_risk_review(circle, coming, number=last.number + 1 if last else 1, instrument=instrument, at=at)
    last.kind = RiskReview.Kind.FINAL
    last.save(update_fields=["kind"])
    write_entry(Act.ALTERED, last, by=None, at=at, within=circle.reference, note="is the final one")
    tell_about_review(last, [member.volunteer.user for member in raters_of(last)], "final", at=at)
    return last


def create_risk_review(
    circle: Circle, coming: PlannedReview, *, number: int, instrument: Instrument, at: datetime
) -> RiskReview:
    """Create the review and tell its raters."""
    review = RiskReview.objects.create(
        reference=unused_reference(RiskReview, "D"),
        circle=circle,
        instrument=instrument,
        number=number,
        kind=coming.kind,
        due_on=coming.due_on,
        planned_at=at,
    )
    write_entry(Act.COLLECTED, review, by=None, at=at, within=circle.reference)
    tell_about_review(review, [member.volunteer.user for member in raters_of(review)], "opened", at=at)
    return review


def raters_of(review: RiskReview) -> list[Membership]:
    """The volunteers who belong to the circle now. Each scores on their own."""
    return list(Membership.objects.current().of(review.circle))


@transaction.atomic
def lapse_review(review: RiskReview, *, because: str, at: datetime) -> RiskReview:
    """Mark as missed a review that nobody scored and nobody can score any more. The service does this itself."""
    review = lock_review(review)
    review.missed_because = because
    review.move(RiskReview.Status.MISSED, by=None, at=at, note=because)
    write_entry(Act.ALTERED, review, by=None, at=at, within=review.circle.reference, note="missed")
    tell_about_review(review, coordinators_now(review.circle, at=at), "missed", at=at)
    return review


@transaction.atomic
def miss_review(review: RiskReview, *, reason: str, by: User, at: datetime) -> RiskReview:
    """Mark as missed a review that will not be done, with the reason. It counts as due and not as done."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.miss)
    if not reason.strip():
        raise Refused("Say why it was missed, so that the next reader knows.", field="reason")
    review.missed_because = reason.strip()
    review.move(RiskReview.Status.MISSED, by=by, at=at, note=review.missed_because)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="missed")
    return review


def tell_about_review(review: RiskReview, people: list[User], what: str, *, at: datetime) -> None:
    """Alert these people that this review needs them. `what` makes the alert's key: one alert for each."""
    queue_alert(
        key=f"{review.reference}:{what}",
        to=people,
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=review.circle.core_member_id,
        link=review.get_absolute_url(),
        at=at,
    )
    nudge()
