"""Work about reviews: the coordinator's next step, agencies to chase, views to give."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.urls import reverse

from circles.review.models import INVITED_AHEAD, Review, ReviewPerson
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, at_closing_time
from core.worklist import WorkItem
from core.worktime import LONDON

SOON = INVITED_AHEAD / 2
"""From two weeks before a review, inviting is urgent: people may not be free."""

NEXT = {
    Review.Status.HELD: "Write review {n}",
    Review.Status.WRITTEN: "Share review {n}",
    Review.Status.SHARED: "Finish review {n}",
}
NOT_INVITED = (Review.Status.SCHEDULED, Review.Status.POSTPONED)


def _step_rows(reader: WorkReader) -> Rows:
    """The next step of each review of the circles looked after, from four weeks before it is due."""
    ours = Review.objects.visible_to(reader.user).filter(circle__in=reader.looked_after).of_living_circles()
    horizon = (reader.at + INVITED_AHEAD).astimezone(LONDON).date()
    waits_for_its_day = Q(status=Review.Status.INVITED) & (Q(planned_for=None) | Q(planned_for__gt=reader.at))
    unfinished = ours.exclude(status=Review.Status.CLOSED).exclude(waits_for_its_day).filter(due_on__lte=horizon)
    return as_lines(
        unfinished,
        due=ExpressionWrapper(F("due_on") + timedelta(hours=17), output_field=DateTimeField()),
        ref="reference",
        number="number",
        status="status",
        due_on="due_on",
        held="held_at",
    )


def _say_step(line: WorkLine, reader: WorkReader) -> WorkItem:
    """Its title says what is next. A review that was not held by its day is late."""
    status, number = Review.Status(line.facts["status"]), line.facts["number"]
    due_at: datetime | None = at_closing_time(line.day("due_on"))
    must_act = False
    if status in NOT_INVITED:
        title = f"Invite people to review {number}"
        must_act = due_at is not None and reader.at > due_at - SOON
    elif status == Review.Status.INVITED:
        title, must_act = f"Record who came to review {number}", True
    else:
        title = NEXT[status].format(n=number)
    return WorkItem(
        title,
        reverse("circles:review", args=[line.facts["ref"]]),
        None if line.facts["held"] else due_at,
        must_act,
        f"Circle {line.circle}",
    )


def _chase_rows(reader: WorkReader) -> Rows:
    """Agencies that did not come and were not asked why yet."""
    absent = ReviewPerson.objects.to_chase().filter(review__circle__in=reader.looked_after)
    return as_lines(
        absent,
        circle="review__circle",
        ref="review__reference",
        number="review__number",
        name=F("name"),
        agency="agency",
    )


def _say_chase(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Ask why {line.facts['name']} did not come to review {line.facts['number']}",
        url=reverse("circles:review_chase", args=[line.facts["ref"]]),
        must_act=True,
        detail=" · ".join(word for word in (line.facts["agency"], f"Circle {line.circle}") if word),
    )


def _view_rows(reader: WorkReader) -> Rows:
    """Reviews for which this volunteer has given no view yet."""
    invited = Review.objects.visible_to(reader.user).filter(status=Review.Status.INVITED, circle__in=reader.joined)
    return as_lines(
        invited.exclude(views__person=reader.user),
        due="planned_for",
        ref="reference",
        number="number",
        planned_for="planned_for",
    )


def _say_view(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Give your view before review {line.facts['number']}",
        url=reverse("circles:review_view", args=[line.facts["ref"]]),
        due_at=line.moment("planned_for") if line.facts["planned_for"] else None,
        detail=f"Circle {line.circle}",
    )


REVIEW_KINDS = (
    WorkKind("review", "Reviews", _step_rows, _say_step),
    WorkKind("review_chase", "Agencies to ask", _chase_rows, _say_chase, on_wall=False),
    WorkKind("view", "Views to give", _view_rows, _say_view, on_wall=False),
)
