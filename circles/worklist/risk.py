"""Work about risk reviews: to score, to agree, to chase, to answer.

A late review says that it is late, but is never “act now” for those who work concerns: it must not stand above one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from circles.circle.models import Membership
from circles.risk.models import RiskReview
from circles.risk.rating_models import RiskRating
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, end_of_day
from core.worklist import WorkItem

NEARLY = timedelta(days=3)
PROMPT_WORDS = "A prompt, not a decision."
DUE = ExpressionWrapper(F("due_on") + timedelta(days=1), output_field=DateTimeField())


def _count_of(rows: Any, by: str) -> Any:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def _score_rows(reader: WorkReader) -> Rows:
    """Reviews that this volunteer has not scored yet."""
    sent = RiskRating.objects.filter(review=OuterRef("pk"), sent_at__isnull=False, rater__user=reader.user)
    scoring = RiskReview.objects.visible_to(reader.user).scoring().filter(~Exists(sent), circle__in=reader.joined)
    return as_lines(scoring, due=DUE, ref="reference", number="number", due_on="due_on")


def _say_score(line: WorkLine, reader: WorkReader) -> WorkItem:
    due_on = line.day("due_on")
    return WorkItem(
        title=f"Score risk review {line.facts['number']}",
        url=reverse("circles:risk_score", args=[line.facts["ref"]]),
        due_at=end_of_day(due_on),
        due_on=due_on,
        must_act=reader.today > due_on - NEARLY,
        detail=f"Circle {line.circle}. On your own; about ten minutes.",
    )


def _look_after_rows(reader: WorkReader) -> Rows:
    """Unfinished reviews of the circles looked after, with how many have scored."""
    belonging = Membership.objects.current().filter(circle=OuterRef("circle"))
    sent = RiskRating.objects.filter(review=OuterRef("pk"), sent_at__isnull=False)
    ours = RiskReview.objects.visible_to(reader.user).unfinished().filter(circle__in=reader.looked_after)
    return as_lines(
        ours,
        due=DUE,
        ref="reference",
        number="number",
        status="status",
        due_on="due_on",
        have_sent=_count_of(sent, "review"),
        raters=_count_of(belonging, "circle"),
    )


def _say_look_after(line: WorkLine, reader: WorkReader) -> WorkItem:
    """Scores to agree, to wait for or, once it is late, to ask for."""
    due_on, ref = line.day("due_on"), line.facts["ref"]
    late = reader.today > due_on
    agreeing = line.facts["status"] == RiskReview.Status.COMPLETE
    how_many = f"{line.facts['have_sent']} of {line.facts['raters']} have scored."
    verb = "Agree and sign off" if agreeing else "Ask for the scores of" if late else "See that all score"
    return WorkItem(
        title=f"{verb} risk review {line.facts['number']}",
        url=reverse("circles:risk_consensus" if agreeing else "circles:risk_review", args=[ref]),
        due_at=end_of_day(due_on),
        due_on=due_on,
        detail=f"Circle {line.circle}. {'Late. ' if late else ''}{how_many}",
    )


def _prompt_rows(reader: WorkReader) -> Rows:
    """Prompts of signed-off reviews that nobody has answered."""
    prompted = Q(status=RiskReview.Status.SIGNED_OFF, prompted=True, prompt_answer=None)
    ours = RiskReview.objects.visible_to(reader.user).filter(prompted, circle__in=reader.looked_after)
    return as_lines(ours, due="signed_off_at", number="number")


def _say_prompt(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Answer the prompts of risk review {line.facts['number']}",
        url=reverse("circles:risk", args=[line.circle]),
        detail=f"Circle {line.circle}. {PROMPT_WORDS}",
    )


RISK_KINDS = (
    WorkKind("score", "Scores to give", _score_rows, _say_score, on_wall=False),
    WorkKind("risk_review", "Risk reviews", _look_after_rows, _say_look_after),
    WorkKind("prompt", "Prompts", _prompt_rows, _say_prompt, on_wall=False),
)
