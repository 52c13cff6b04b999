"""The concerns in a review's agenda: their kind, level and outcome, and never anybody's words."""

from __future__ import annotations

from datetime import datetime

from circles.review.agenda import AgendaLine, AgendaSection, Period, date_text_of
from concerns.concern.models import Concern
from core.worktime import LONDON


def concerns_in_period(period: Period) -> AgendaSection:
    """The concerns of this period, for the agencies' copy only: an outcome could warn him (domain.md 3.9).

    Concerns about one of us are left out, because the coordinator reads this.
    """
    begins = datetime.combine(period.since, datetime.min.time(), LONDON)
    raised = Concern.objects.filter(
        circle=period.circle, about=None, received_at__gte=begins, received_at__lte=period.at
    ).exclude(status=Concern.Status.RAISED_IN_ERROR)
    lines = [AgendaLine(_concern_text_of(concern)) for concern in raised.order_by("received_at", "pk")]
    return AgendaSection("Concerns since the last review", lines or [AgendaLine("None were raised.")], inner=False)


def _concern_text_of(concern: Concern) -> str:
    day = date_text_of(concern.received_at.astimezone(LONDON).date())
    what = concern.kinds_in_words or "Kind not given"
    came_of_it = concern.get_outcome_display() or concern.get_status_display()
    return f"{day}: {what} ({concern.get_level_display()}). {came_of_it}."
