"""The forms about his risk."""

from __future__ import annotations

from django import forms

from core.forms import ChangingForm, DateField, Form, years
from offenders.risk.models import Band, RiskAssessment


class RiskAssessmentForm(Form):
    tool = forms.ChoiceField(label="Which tool?", choices=RiskAssessment.Tool.choices, widget=forms.RadioSelect)
    band = forms.TypedChoiceField(
        label="What did it find?",
        choices=Band.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text="As the assessor said it. We never work it out here.",
    )
    assessed_on = DateField(label="On which day was it assessed?", latest=years(1))
    assessor = forms.CharField(label="Who assessed it?", max_length=120, help_text="Their name and what they are.")
    review_on = DateField(label="By which day is it to be reviewed?", latest=years(5))


class WithdrawForm(Form):
    reason = forms.CharField(label="What was the mistake?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RiskNoteForm(ChangingForm):
    words = forms.CharField(
        label="What is known now?",
        max_length=4000,
        help_text="Name no victim. What stood here before stays readable.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
