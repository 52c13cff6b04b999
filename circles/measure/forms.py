"""One point's measures: a total for each questionnaire, and the plain facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from circles.measure.models import LifeFacts, Questionnaire
from core.forms import DateField, Form, years


def chosen(name: str) -> forms.ChoiceField:
    asked: Any = LifeFacts._meta.get_field(name)
    return forms.ChoiceField(label=asked.verbose_name, choices=asked.choices, widget=forms.RadioSelect)


class MeasuresForm(Form):
    """Questionnaires that were not asked stay empty."""

    taken_on = DateField(label="Asked on which day?", latest=years(1))

    def __init__(self, *args: Any, questionnaires: Sequence[Questionnaire], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaires = questionnaires
        for one in questionnaires:
            self.fields[f"total-{one.code}"] = forms.IntegerField(
                label=f"{one.name}: the total",
                help_text=f"{one.questions} questions, {one.scale}: from {one.lowest} to {one.highest}. "
                "Leave it empty if it was not asked.",
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
            )
        for name in ["employment", "accommodation", "activity"]:
            self.fields[name] = chosen(name)

    def measured(self) -> dict[str, Any]:
        """What the operation takes."""
        answers = self.cleaned_data
        totals = {one: answers[f"total-{one.code}"] for one in self.questionnaires}
        return {
            "taken_on": answers["taken_on"],
            "totals": {one: total for one, total in totals.items() if total is not None},
            "facts": {name: answers[name] for name in ["employment", "accommodation", "activity"]},
        }
