"""The form of the simulator: a level, a place and a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from circles.circle.models import Circle
from concerns.choices import Kind, Level
from concerns.queue.models import Queue
from concerns.routing.following import level_rule_of
from concerns.simulation.operations import Case
from core.forms import Form, MomentField
from core.forms.moments import FIRST, MomentInput
from core.references import row_called
from core.worktime import LONDON


class SimulatorForm(Form):
    """`queues` and `circles` are those the person may try; `first` and `until` limit the day."""

    level = forms.ChoiceField(label="How urgent", choices=Level.choices)
    kind = forms.ChoiceField(label="What it is about", choices=[("", "Not triaged"), *Kind.choices], required=False)
    queue = forms.ChoiceField(
        label="Area", error_messages={"invalid_choice": "Choose an area.", "required": "Choose an area."}
    )
    circle = forms.CharField(
        label="Circle, if you have one in mind",
        help_text="Its reference, such as C-0142. It names the coordinator and the practitioner.",
        max_length=20,
        required=False,
    )
    moment = MomentField(
        label="Raised at",
        latest=date(2199, 12, 31),
        unless_said=FIRST,
        widget=MomentInput({"data-sim-moment": ""}),
        error_messages={"required": "Choose the day and the time it would be raised."},
    )
    by_coordinator = forms.BooleanField(label="The coordinator raises it", required=False)
    about_coordinator = forms.BooleanField(label="It is about the coordinator", required=False)

    def __init__(
        self, *args: Any, queues: list[Queue], circles: QuerySet[Circle], first: date, until: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.queues = {queue.reference: queue for queue in queues}
        self.circles, self.first, self.until = circles, first, until
        queue = self.fields["queue"]
        assert isinstance(queue, forms.ChoiceField)
        queue.choices = [(reference, one.area.name) for reference, one in self.queues.items()]

    def clean_moment(self) -> datetime:
        moment: datetime = self.cleaned_data["moment"].astimezone(LONDON)
        if not self.first <= moment.date() <= self.until:
            raise ValidationError(
                f"Choose a day from {self.first:%-d %B %Y} to {self.until:%-d %B %Y}: those bank holidays are known."
            )
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reference = cleaned.get("circle", "")
        cleaned["circle"] = None
        if reference:
            found = row_called(self.circles.select_related("core_member__area", "coordinator"), reference)
            if found is None:
                self.add_error("circle", f"No circle of yours is called {reference}. Leave it empty to try the area.")
            cleaned["circle"] = found
        elif cleaned.get("by_coordinator") or cleaned.get("about_coordinator"):
            self.add_error("circle", "Write the circle’s reference, so that its coordinator is known.")
        return cleaned

    def case(self) -> Case:
        """The case to simulate. A circle's queue is that of its own area."""
        asked = self.cleaned_data
        circle = asked["circle"]
        queue = self.queues[asked["queue"]] if circle is None else _queue_of(circle)
        line = level_rule_of({"kind": asked["kind"]})
        level = Level(asked["level"]).sooner(line.level if line else "")
        return Case(level, queue, circle, asked["kind"], asked["by_coordinator"], asked["about_coordinator"])


def _queue_of(circle: Circle) -> Queue | None:
    return Queue.objects.select_related("area").filter(area=circle.core_member.area_id).first()
