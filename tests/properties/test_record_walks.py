"""Whatever is tried with a meeting, a review or a risk review, in whatever order: what holds of it holds after each step.

And however the walk ends, somebody who may can bring the record to an end from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from circles.log.operations import submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.operations import approve_minutes, return_minutes
from circles.review.models import Review
from circles.review.operations import hold_review, invite_to_review, plan_reviews, postpone_review
from circles.review.record_operations import close_review, decide_review, share_review, write_review
from circles.risk.consensus_operations import open_consensus, save_agreed_scores, sign_off_review
from circles.risk.models import RiskReview
from circles.risk.operations import miss_review
from circles.risk.rating_operations import save_rating, send_rating
from circles.schedule.calling_off_operations import cancel_meeting, note_not_held
from core.errors import Refused
from core.records import Moving
from tests.circles.log.writing import write
from tests.circles.risk.risk_reviews import answers_for, planned_risk_review
from tests.examples import with_examples
from tests.world import World

Step = Callable[[Any, World, datetime], object]
SIX_HOURS = timedelta(hours=6)


def answers_about_presence(review: Review) -> dict[int, str]:
    return dict.fromkeys(review.people.values_list("pk", flat=True), "came")


def score(review: RiskReview, world: World, at: datetime) -> None:
    """Let the next volunteer send their scores."""
    sent = set(review.ratings.exclude(sent_at=None).values_list("rater__user__first_name", flat=True))
    name = next((one for one in ("ben", "tom", "uma", "vic") if one.capitalize() not in sent), "ben")
    save_rating(review, answers=answers_for(review), by=world.people[name], at=at)
    send_rating(review, by=world.people[name], at=at)


def call_off(operation: Callable[..., Meeting]) -> Step:
    reason = Meeting.WhyNot.LOGISTICS
    return lambda one, w, at: operation(one, why_not=reason, words="The hall was shut.", by=w.ann, at=at)


MEETING: Mapping[str, Step] = {
    "start": lambda one, w, at: start_log(one, by=w.ben, at=at),
    "write": lambda one, w, at: write(one, by=w.ben, at=at),
    "submit": lambda one, w, at: submit_minutes(one, by=w.ben, at=at, late_reason="The bus."),
    "return": lambda one, w, at: return_minutes(one, reason="Who came late?", by=w.ann, at=at),
    "approve": lambda one, w, at: approve_minutes(one, by=w.ann, at=at),
    "cancel": call_off(cancel_meeting),
    "not held": call_off(note_not_held),
}
REVIEW: Mapping[str, Step] = {
    "invite": lambda one, w, at: invite_to_review(
        one, planned_for=at + SIX_HOURS, place_code="ELM", chair="Ann", by=w.ann, at=at
    ),
    "postpone": lambda one, w, at: postpone_review(
        one, due_on=(at + 30 * 4 * SIX_HOURS).date(), reason="Snow.", by=w.ann, at=at
    ),
    "hold": lambda one, w, at: hold_review(
        one, held_at=at, chair="Ann", came=answers_about_presence(one), by=w.ann, at=at
    ),
    "decide": lambda one, w, at: decide_review(one, decision="mentoring", reason="It helps.", by=w.ann, at=at),
    "write": lambda one, w, at: write_review(one, summary="All is well.", actions_agreed="", by=w.ann, at=at),
    "share": lambda one, w, at: share_review(one, by=w.ann, at=at),
    "close": lambda one, w, at: close_review(one, by=w.ann, at=at),
}
RISK: Mapping[str, Step] = {
    "score": score,
    "open": lambda one, w, at: open_consensus(one, by=w.ann, at=at),
    "agree": lambda one, w, at: save_agreed_scores(one, answers=answers_for(one), by=w.ann, at=at),
    "sign off": lambda one, w, at: sign_off_review(one, by=w.ann, at=at),
    "miss": lambda one, w, at: miss_review(one, reason="He was in hospital.", by=w.ann, at=at),
}


def meeting_holds(one: Meeting) -> None:
    assert (one.submitted_at is not None) is (one.status in {"submitted", "approved"})
    assert (one.approved_at is not None) is (one.status == "approved")
    assert (one.called_off_at is not None) is (one.why_not != "") is (one.status in {"cancelled", "not_held"})
    assert (one.status in {"planned", "cancelled"}) <= (not hasattr(one, "minutes"))
    assert (one.status == "submitted") <= one.versions.exists()


def review_holds(one: Review) -> None:
    reached = ["invited", "held", "written", "shared", "closed"]
    for place, state in enumerate(reached):
        assert (getattr(one, f"{state}_at") is not None) is (one.status in reached[place:])
    assert (one.status in {"shared", "closed"}) <= one.decisions.exists()
    assert (one.status == "closed") <= (not one.people.to_chase().exists())


def risk_holds(one: RiskReview) -> None:
    assert (one.revealed_at is not None) is (one.status in {"complete", "signed_off"})
    assert (one.signed_off_at is not None) is (one.status == "signed_off")
    assert (one.missed_because != "") is (one.status == "missed")
    assert (one.status == "due") <= (not one.ratings.exclude(sent_at=None).exists())


RESTS = {Meeting.Status.CANCELLED.value}
"""States in which a record may stay for good though something can still follow: a cancelled meeting may come back."""


def walk(
    record: Moving,
    steps: Mapping[str, Step],
    tried: list[str],
    to_end: list[str],
    holds: Callable[[Any], None],
    world: World,
) -> None:
    """Take every step in turn, then go to an end. Only the table's moves are made, and the rules always hold."""
    at = world.now
    for name in [*tried, *to_end]:
        at += SIX_HOURS
        record = take(record, steps[name], world, at)
        holds(record)
    assert record.status in type(record).LIFECYCLE.ends | RESTS, f"no end from here: {record.status}"


def take(record: Moving, step: Step, world: World, at: datetime) -> Any:
    model: Any = type(record)
    before = model.objects.get(pk=record.pk)
    state = str(before.status)
    try:
        with transaction.atomic():
            step(before, world, at)
    except Refused:
        after = model.objects.get(pk=record.pk)
        assert after.status == state
    else:
        after = model.objects.get(pk=record.pk)
        assert after.status == state or can_come(model, state, after.status)
    return after


def can_come(model: type[Moving], state: str, then: str) -> bool:
    """Whether this state comes in one move, or in two for a step that begins and goes on at once."""
    once = set(model.LIFECYCLE.states_after(state))
    return then in once or any(then in model.LIFECYCLE.states_after(one) for one in once)


def tries(steps: Mapping[str, Step]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(steps)), max_size=9)


@given(tried=tries(MEETING), later=st.booleans())
@with_examples(8)
def test_a_meeting(world: World, tried: list[str], later: bool) -> None:
    """Tonight's, or one that is still to come."""
    point = transaction.savepoint()
    meeting = world.ely.meetings.order_by("planned_at")[int(later)]
    walk(meeting, MEETING, tried, ["cancel", "write", "submit", "approve"], meeting_holds, world)
    transaction.savepoint_rollback(point)


@given(tried=tries(REVIEW))
@with_examples(8)
def test_a_review(world: World, tried: list[str]) -> None:
    point = transaction.savepoint()
    plan_reviews(at=world.now)
    review = world.ely.reviews.get()
    walk(review, REVIEW, tried, ["invite", "hold", "decide", "write", "share", "close"], review_holds, world)
    transaction.savepoint_rollback(point)


@given(tried=tries(RISK))
@with_examples(8)
def test_a_risk_review(world: World, tried: list[str]) -> None:
    point = transaction.savepoint()
    review = planned_risk_review(world, due_in=30)
    walk(review, RISK, tried, ["score"] * 4 + ["open", "agree", "sign off"], risk_holds, world)
    transaction.savepoint_rollback(point)
