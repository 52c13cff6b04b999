"""The form for the measures: a total for each questionnaire, and the plain facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from circles.measure.models import LifeFacts, Questionnaire
from core.forms import DateField, Form, years


def _choice_field_of(name: str) -> forms.ChoiceField:
    model_field: Any = LifeFacts._meta.get_field(name)
    return forms.ChoiceField(label=model_field.verbose_name, choices=model_field.choices, widget=forms.RadioSelect)


class MeasuresForm(Form):
    """A total for each questionnaire, empty if it was not asked, and the facts about the core member's life."""

    taken_on = DateField(label="Asked on which day?", latest=years(1))

    def __init__(self, *args: Any, questionnaires: Sequence[Questionnaire], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaires = questionnaires
        for questionnaire in questionnaires:
            self.fields[f"total-{questionnaire.code}"] = forms.IntegerField(
                label=f"{questionnaire.name}: the total",
                help_text=f"{questionnaire.questions} questions, {questionnaire.scale}: from {questionnaire.lowest} to {questionnaire.highest}. "
                "Leave it empty if it was not asked.",
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
            )
        for name in ["employment", "accommodation", "activity"]:
            self.fields[name] = _choice_field_of(name)

    def values_to_record(self) -> dict[str, Any]:
        """The values for `record_measures`. Questionnaires that were not asked are left out."""
        answers = self.cleaned_data
        totals = {questionnaire: answers[f"total-{questionnaire.code}"] for questionnaire in self.questionnaires}
        return {
            "taken_on": answers["taken_on"],
            "totals": {questionnaire: total for questionnaire, total in totals.items() if total is not None},
            "facts": {name: answers[name] for name in ["employment", "accommodation", "activity"]},
        }
