"""Work items about risk reviews: to score, to agree, to chase, to answer.

A late review says that it is late, but is never “act now” for those who work concerns: it must not stand above one.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.circle.models import Membership
from circles.risk.models import RiskReview
from circles.risk.rating_models import RiskRating
from circles.worklist.own_circles import OwnCircles
from core.worklist import WorkItem
from core.worktime import LONDON

NEARLY = timedelta(days=3)
PROMPT_WORDS = "A prompt, not a decision."


def risk_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Risk reviews this person must score or look after, and late ones for a manager. One query."""
    today = at.astimezone(LONDON).date()
    manages = user.has_role(Role.MANAGER)
    items: list[WorkItem] = []
    if not manages and not own_circles.all:
        return items
    for review in _reviews_for(user, counting=manages or bool(own_circles.coordinated)):
        if review.circle_id in own_circles.coordinated:
            items.append(_coordinator_item_of(review, today))
        elif review.circle_id in own_circles.joined and review.takes_scores and not review.own_sent:
            items.append(_score_item_of(review, today))
        elif manages and review.is_late(today):
            items.append(_late_item_of(review))
    return items


def _reviews_for(user: User, *, counting: bool) -> Any:
    """Unfinished reviews and unanswered prompts this person may see. `counting` adds how many have scored."""
    belonging = Membership.objects.current().filter(circle=OuterRef("circle"))
    sent = RiskRating.objects.filter(review=OuterRef("pk"), sent_at__isnull=False)
    open_prompts = Q(status=RiskReview.Status.SIGNED_OFF, prompted=True, prompt_answer=None)
    unfinished = Q(status__in=["due", "in_progress", "complete"])
    reviews = RiskReview.objects.visible_to(user).filter(unfinished | open_prompts)
    reviews = reviews.annotate(own_sent=Exists(sent.filter(rater__user=user))).select_related("circle__coordinator")
    if counting:
        reviews = reviews.annotate(have_sent=_count_of(sent, "review"), raters=_count_of(belonging, "circle"))
    return reviews.order_by("due_on", "pk")


def _count_of(rows: Any, by: str) -> Any:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def _last_moment_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), LONDON)


def _score_item_of(review: RiskReview, today: date) -> WorkItem:
    return WorkItem(
        title=f"Score risk review {review.number}",
        url=reverse("circles:risk_score", args=[review.reference]),
        due_at=_last_moment_of(review.due_on),
        must_act=today > review.due_on - NEARLY,
        detail=f"Circle {review.circle.reference}. On your own; about ten minutes.",
    )


def _coordinator_item_of(review: Any, today: date) -> WorkItem:
    """For the coordinator: prompts to answer, scores to agree, or scores to wait for."""
    where = f"Circle {review.circle.reference}"
    if review.status == RiskReview.Status.SIGNED_OFF:
        return WorkItem(
            title=f"Answer the prompts of risk review {review.number}",
            url=reverse("circles:risk", args=[review.circle.reference]),
            detail=f"{where}. {PROMPT_WORDS}",
        )
    late = review.is_late(today)
    agreeing = review.status == RiskReview.Status.COMPLETE
    how_many = f"{review.have_sent} of {review.raters} have scored."
    verb = "Agree and sign off" if agreeing else "Ask for the scores of" if late else "See that all score"
    return WorkItem(
        title=f"{verb} risk review {review.number}",
        url=reverse("circles:risk_consensus", args=[review.reference]) if agreeing else review.get_absolute_url(),
        due_at=_last_moment_of(review.due_on),
        detail=f"{where}. {'Late. ' if late else ''}{how_many}",
    )


def _late_item_of(review: Any) -> WorkItem:
    """For a manager: a review that is late, and whose it is."""
    return WorkItem(
        title=f"Late: risk review {review.number} of {review.circle.reference}",
        url=review.get_absolute_url(),
        due_at=_last_moment_of(review.due_on),
        detail=f"{review.circle.coordinator.first_name} coordinates. {review.have_sent} of {review.raters} have scored.",
    )
