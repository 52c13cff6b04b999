"""The forms for a routing rule, for proposing a version, and for trying where a concern would go."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Area
from concerns.choices import Kind, Level
from concerns.queue.models import Queue
from concerns.routing.models import OrderStatus, Route
from concerns.routing.operations import Facts
from core.forms import Form
from offenders.core_member.models import LeadAgency


class FactsForm(Form):
    """The facts that rules look at. `queues` are the queues to choose from, and give the areas."""

    area = forms.ChoiceField(label="Area", required=False)
    level = forms.ChoiceField(label="Level", choices=[("", "Any"), *Level.choices], required=False)
    kind = forms.ChoiceField(label="What it is about", choices=[("", "Anything"), *Kind.choices], required=False)
    lead_agency = forms.ChoiceField(label="Lead agency", choices=[("", "Any"), *LeadAgency.choices], required=False)
    order_status = forms.ChoiceField(
        label="The core member is", choices=[("", "Anything"), *OrderStatus.choices], required=False
    )

    def __init__(self, *args: Any, queues: list[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queues = {queue.reference: queue for queue in queues}
        self.areas = {queue.area.code: queue.area for queue in queues}
        self.choose("area", [("", "Any"), *((code, area.name) for code, area in self.areas.items())])

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_area(self) -> Area | None:
        return self.areas.get(self.cleaned_data["area"])


class PreviewForm(FactsForm):
    """The facts of an imagined concern."""

    level = forms.ChoiceField(label="Level", choices=Level.choices, initial=Level.URGENT)

    def facts(self) -> Facts:
        asked = self.cleaned_data
        return Facts(
            asked["area"],
            Level(asked["level"]),
            [asked["kind"]] if asked["kind"] else [],
            asked["lead_agency"],
            asked["order_status"],
        )


class RuleForm(FactsForm):
    route = forms.ChoiceField(
        label="It tells",
        choices=Route.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who it tells."},
    )
    queue = forms.ChoiceField(label="Queue", required=False)
    position = forms.IntegerField(
        label="Its number",
        help_text="The first rule that fits decides.",
        min_value=1,
        max_value=999,
        error_messages={"required": "Write the rule’s number."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("queue", [("", "The area’s own"), *((each, one.name) for each, one in self.queues.items())])

    def clean_queue(self) -> Queue | None:
        return self.queues.get(self.cleaned_data["queue"])

    def clean_route(self) -> Route:
        return Route(self.cleaned_data["route"])


class ProposeForm(Form):
    why = forms.CharField(
        label="Why the rules change", max_length=300, error_messages={"required": "Say why the rules change."}
    )
