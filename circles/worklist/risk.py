"""What waits for whom in the risk reviews: to score, to agree, to chase, to look at.

To those who work concerns a late review is said to be late and is never “act now”: it must not stand above one.
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
from circles.worklist.kept import Kept
from core.worklist import WorkItem
from core.worktime import LONDON

NEARLY = timedelta(days=3)
PROMPT_WORDS = "A prompt, not a decision."


def risk_waiting(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Rounds this person is to score or to look after, and late ones for a manager; one query."""
    today = at.astimezone(LONDON).date()
    manages = user.has_role(Role.MANAGER)
    items: list[WorkItem] = []
    if not manages and not kept.all:
        return items
    for review in rounds_for(user, counting=manages or bool(kept.coordinated)):
        if review.circle_id in kept.coordinated:
            items.append(to_lead(review, today))
        elif review.circle_id in kept.joined and review.takes_scores and not review.own_sent:
            items.append(to_score(review, today))
        elif manages and review.is_late(today):
            items.append(to_press(review))
    return items


def rounds_for(user: User, *, counting: bool) -> Any:
    """Unfinished rounds and unanswered prompts this person may see; with how many have scored if that is said."""
    belonging = Membership.objects.current().filter(circle=OuterRef("circle"))
    sent = RiskRating.objects.filter(review=OuterRef("pk"), sent_at__isnull=False)
    open_prompts = Q(status=RiskReview.Status.SIGNED_OFF, prompted=True, prompt_answer=None)
    unfinished = Q(status__in=["due", "in_progress", "complete"])
    found = RiskReview.objects.visible_to(user).filter(unfinished | open_prompts)
    found = found.annotate(own_sent=Exists(sent.filter(rater__user=user))).select_related("circle__coordinator")
    if counting:
        found = found.annotate(have_sent=counted(sent, "review"), raters=counted(belonging, "circle"))
    return found.order_by("due_on", "pk")


def counted(rows: Any, by: str) -> Any:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def last_moment(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), LONDON)


def to_score(review: RiskReview, today: date) -> WorkItem:
    return WorkItem(
        title=f"Score risk review {review.number}",
        url=reverse("circles:risk_score", args=[review.reference]),
        due_at=last_moment(review.due_on),
        must_act=today > review.due_on - NEARLY,
        detail=f"Circle {review.circle.reference}. On your own; about ten minutes.",
    )


def to_lead(review: Any, today: date) -> WorkItem:
    """The coordinator's: prompts to look at, scores to agree, or a round to keep an eye on."""
    where = f"Circle {review.circle.reference}"
    if review.status == RiskReview.Status.SIGNED_OFF:
        return WorkItem(
            title=f"Look at what risk review {review.number} prompts",
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
        due_at=last_moment(review.due_on),
        detail=f"{where}. {'Late. ' if late else ''}{how_many}",
    )


def to_press(review: Any) -> WorkItem:
    """A manager's: a round that is late, and with whom."""
    return WorkItem(
        title=f"Late: risk review {review.number} of {review.circle.reference}",
        url=review.get_absolute_url(),
        due_at=last_moment(review.due_on),
        detail=f"{review.circle.coordinator.first_name} coordinates. {review.have_sent} of {review.raters} have scored.",
    )
