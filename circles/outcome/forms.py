"""Forms: record an adverse outcome, and correct one."""

from __future__ import annotations

from typing import Any

from django import forms

from circles.outcome.models import CHECK_MONTHS, REASON_LENGTH, AdverseOutcome
from circles.outcome.operations import KnownOutcome
from core.forms import DateField, Form, years

YES_NO = [("no", "No"), ("yes", "Yes")]


def _yes_no_field(label: str, hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=hint, choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )


class OutcomeForm(Form):
    step = forms.TypedChoiceField(
        label="What is known?",
        choices=AdverseOutcome.Step.choices,
        coerce=lambda value: AdverseOutcome.Step(int(value)),
        widget=forms.RadioSelect,
    )
    event_on = DateField(label="When did it happen?", latest=years(1), help_text="For “none known”, the day you asked.")
    known_on = DateField(label="When did we know?", latest=years(1))
    source = forms.TypedChoiceField(
        label="Who told us?",
        choices=AdverseOutcome.Source.choices,
        coerce=AdverseOutcome.Source,
        widget=forms.RadioSelect,
    )
    proven = _yes_no_field("Is it proven?", "By a court, or a recall that stood.")
    circle_raised_it = _yes_no_field("Was it found because the circle raised it?", "Then it is accountability at work.")
    check_months = forms.TypedChoiceField(
        label="Does this answer a follow-up check?",
        choices=[("", "No"), *((str(months), f"The one at {months} months") for months in CHECK_MONTHS)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def known(self) -> KnownOutcome:
        """The facts that the operations take."""
        answers: dict[str, Any] = {name: self.cleaned_data[name] for name in KnownOutcome._fields}
        return KnownOutcome(**answers)


class OutcomeCorrectionForm(OutcomeForm):
    reason = forms.CharField(
        label="What was wrong?",
        max_length=REASON_LENGTH,
        help_text="Both entries stay. Use initials, not names.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
