"""Pages: the measures at a circle's start, middle and end, and recording them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.opener import open_circle
from circles.measure import operations
from circles.measure.forms import MeasuresForm
from circles.measure.models import LifeFacts, Measure, Point, Questionnaire, due_days_of
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page


@dataclass(frozen=True)
class MeasureLine:
    """The totals of one questionnaire at the three points of one circle."""

    questionnaire: Questionnaire
    totals: list[int | None]

    @property
    def change(self) -> int | None:
        """The change from the start to the latest later point; None if there is nothing to compare."""
        later = [total for total in self.totals[1:] if total is not None]
        return later[-1] - self.totals[0] if self.totals[0] is not None and later else None

    @property
    def dots(self) -> list[tuple[int, int]]:
        """The place of each total in a drawing 120 wide and 40 high. Better is higher up."""
        lowest, highest = self.questionnaire.lowest, self.questionnaire.highest
        dots = []
        for place, total in enumerate(self.totals):
            if total is not None:
                part = (total - lowest) / (highest - lowest)
                up = part if self.questionnaire.higher_is_better else 1 - part
                dots.append((20 + 40 * place, round(35 - 30 * up)))
        return dots

    @property
    def points(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.dots)


def _measure_lines_of(measures: Iterable[Measure]) -> dict[int, list[MeasureLine]]:
    """For each circle by its key, a line for each questionnaire. The measures come with their questionnaire."""
    lines: dict[tuple[int, int], MeasureLine] = {}
    for measure in measures:
        line = lines.setdefault(
            (measure.circle_id, measure.questionnaire_id), MeasureLine(measure.questionnaire, [None, None, None])
        )
        line.totals[list(Point).index(Point(measure.point))] = measure.total
    circles: dict[int, list[MeasureLine]] = {}
    for (circle, _), line in lines.items():
        circles.setdefault(circle, []).append(line)
    return circles


def measures(request: SignedInRequest, reference: str) -> HttpResponse:
    """The measures of one circle side by side, with the change, and when each point is due."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    may.require(CircleAccess.see_measures)
    seen = Measure.objects.visible_to(request.user).filter(circle=circle).select_related("questionnaire")
    facts = {
        life_facts.point: life_facts for life_facts in LifeFacts.objects.visible_to(request.user).filter(circle=circle)
    }
    shown = {
        "circle": circle,
        "may": may,
        "tab": "reviews",
        "part": "measures",
        "lines": _measure_lines_of(seen.order_by("questionnaire__name")).get(circle.pk, []),
        "point_labels": [point.label for point in Point],
        "points": [(point, day, facts.get(point)) for point, day in due_days_of(circle).items()],
    }
    return TemplateResponse(request, "circles/measure/measures.html", shown)


@taken_from_any_page("each measure is written once, which the database holds")
def record_measures(request: SignedInRequest, reference: str, point: str) -> HttpResponse:
    """Record the totals and facts of one point."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.record_measures)
    if point not in Point.values:
        raise NotSeen("point", point)
    questionnaires = list(Questionnaire.objects.order_by("name"))
    form = MeasuresForm(request.POST or None, questionnaires=questionnaires, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            when = timezone.now()
            operations.record_measures(circle, point=Point(point), by=request.user, at=when, **form.values_to_record())
            messages.success(request, "The measures are saved.")
            return redirect("circles:measures", reference)
    shown = {"circle": circle, "point": Point(point), "form": form}
    return TemplateResponse(request, "circles/measure/record_measures.html", shown)
