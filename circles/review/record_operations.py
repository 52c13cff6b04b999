"""A review from held to finished: record its decisions, write it, share it, print its copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle
from circles.life.operations import begin_ending, go_fortnightly, go_weekly
from circles.review.access import COPIES, ReviewAccess
from circles.review.agenda import agenda_of
from circles.review.copy import Copy, CopyWriter, day_and_time_of
from circles.review.models import Review
from circles.review.operations import lock_review, tell_invited
from circles.review.view_models import ReviewDecision
from core.errors import Refused
from core.paper import print_paper
from core.redaction import ByHand, Redaction

Decision = ReviewDecision.Decision


def _change_nothing(decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Change nothing: this decision is only recorded."""


def _extend_circle(decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Move the circle's planned end to the day decided."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=decision.review.circle_id)
    if decision.new_end_on is None or decision.new_end_on <= circle.planned_end_on:
        raise Refused("Give a day after the planned end.", field="new_end_on")
    circle.planned_end_on = decision.new_end_on
    circle.save(update_fields=["planned_end_on"])
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="extended by a review")


def _slow_down(decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Make the circle meet every second week, unless it does already."""
    if decision.review.circle.status == Circle.Status.WEEKLY:
        go_fortnightly(decision.review.circle, reason=decision.reason[:300], by=by, at=at)


def _meet_weekly(decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Make the circle meet every week again, if it had slowed down."""
    if decision.review.circle.status == Circle.Status.FORTNIGHTLY:
        go_weekly(decision.review.circle, reason=decision.reason[:300], by=by, at=at)


def _end_circle(decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Begin the circle's ending. Members stay until the last minutes are read, so they can read this review."""
    reason, words = Circle.EndReason.COMPLETED, decision.reason[:200]
    begin_ending(decision.review.circle, end_reason=reason, words=words, by=by, at=at)


CHANGES: dict[str, Callable[..., None]] = {
    Decision.WEEKLY: _meet_weekly,
    Decision.FORTNIGHTLY: _slow_down,
    Decision.EXTEND: _extend_circle,
    Decision.MENTORING: _change_nothing,
    Decision.END: _end_circle,
}
"""What each decision changes in the circle. Mentoring is arranged elsewhere, so it is only recorded."""


@transaction.atomic
def decide_review(
    review: Review, *, decision: str, reason: str, new_end_on: date | None = None, by: User, at: datetime
) -> ReviewDecision:
    """Record a decision with its reason, and change the circle as decided (domain.md 1.9)."""
    review = lock_review(review, by=by)
    if review.status not in {Review.Status.HELD, Review.Status.WRITTEN}:
        raise Refused("Decisions are recorded once the review has been held and until it is shared.")
    if decision not in Decision.values:
        raise Refused("Choose what was decided.", field="decision")
    if not reason.strip():
        raise Refused("Say why this was decided.", field="reason")
    if review.decisions.filter(decision=decision).exists():
        raise Refused("This decision is recorded already.", field="decision")
    if decision == Decision.EXTEND and new_end_on is None:
        raise Refused("Give a day after the planned end.", field="new_end_on")
    recorded_decision = ReviewDecision.objects.create(
        review=review,
        decision=decision,
        reason=reason.strip(),
        decided_at=at,
        decided_by=by,
        new_end_on=new_end_on if decision == Decision.EXTEND else None,
    )
    CHANGES[decision](recorded_decision, by=by, at=at)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note=f"decided: {decision}")
    return recorded_decision


@transaction.atomic
def write_review(review: Review, *, summary: str, actions_agreed: str, by: User, at: datetime) -> Review:
    """Write what was said at a review, and make its agenda once more, as things stand now."""
    review = lock_review(review, by=by)
    if not summary.strip():
        raise Refused("Write what was said.", field="summary")
    review.written_at, review.written_by = at, by
    review.move(Review.Status.WRITTEN, by=by, at=at)
    review.summary, review.actions_agreed = summary.strip(), actions_agreed.strip()
    review.agenda_for_record = agenda_of(review, at=at)
    review.save(update_fields=["summary", "actions_agreed", "agenda_for_record"])
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="written")
    return review


@transaction.atomic
def share_review(review: Review, *, by_hand: ByHand | None = None, by: User, at: datetime) -> Review:
    """Let everybody invited read their copy, and tell those who have an account.

    `by_hand` holds what the person sharing it decided about single names, against the rule.
    """
    review = lock_review(review, by=by)
    if not review.decisions.exists():
        raise Refused("Record what the review decided first.")
    names = _names_in(review, by_hand)
    review.names_by_hand = names.choices_by_hand()
    review.save(update_fields=["names_by_hand"])
    review.shared_at, review.shared_by = at, by
    review.move(Review.Status.SHARED, by=by, at=at)
    for person in review.people.professionals():
        who = ", ".join(word for word in (person.name, person.agency) if word)
        write_entry(Act.SHARED, review, by=by, at=at, within=review.circle.reference, recipient=who[:120])
    tell_invited(review, "shared", at=at)
    return review


def _names_in(review: Review, by_hand: ByHand | None = None) -> Redaction:
    """Every name found in the outer circle's copy, which has the most text and leaves out the most names."""
    writer = CopyWriter(review, Copy.OUTER, by_hand=by_hand)
    writer.record()
    return writer.names


@transaction.atomic
def close_review(review: Review, *, by: User, at: datetime) -> Review:
    """Finish a review, after every agency that did not come was asked why."""
    review = lock_review(review, by=by)
    if review.people.to_chase().exists():
        raise Refused("An agency did not come and has not been asked why. Record that first.")
    review.closed_at, review.closed_by = at, by
    review.move(Review.Status.CLOSED, by=by, at=at)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="closed")
    return review


@transaction.atomic
def copy_of_review(review: Review, *, copy: Copy, by: User, at: datetime) -> bytes:
    """Print one copy as a marked PDF, and note it in the trail as taken out (domain.md 10, rule 19)."""
    review = lock_review(review, by=by, act=COPIES[copy])
    ready = [Review.Status.SHARED, Review.Status.CLOSED]
    if ReviewAccess(by, review).run_review:
        ready.append(Review.Status.WRITTEN)
    if review.status not in ready:
        raise Refused("There is no copy of this review yet. You are told when it is shared.")
    write_entry(Act.EXPORTED, review, by=by, at=at, within=review.circle.reference, note=f"{copy.value} copy")
    return print_paper("review", words_of_copy(review, copy=copy, by=by, at=at))


def words_of_copy(review: Review, *, copy: Copy, by: User, at: datetime) -> dict[str, object]:
    """Everything that stands on the paper, as plain data."""
    writer = CopyWriter(review, copy)
    return {
        "title": f"Review {review.number} of circle {review.circle.reference}",
        "copy": copy.title,
        "about": writer.core_member_line(),
        "reference": review.reference,
        "printed": f"Printed by {writer.printer_name_of(by)} on {day_and_time_of(at)}",
        "parts": [{"title": part.title, "lines": [str(line) for line in part.lines]} for part in writer.record()],
    }
