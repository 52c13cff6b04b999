"""The forms about MAPPA: category and level, area, what follows, the next meeting, our actions."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Area
from core.forms import ChangingForm, DateField, Form, years
from offenders.core_member.models import Category, ManagementLevel


class MappaForm(Form):
    category = forms.TypedChoiceField(
        label="MAPPA category now", choices=Category.choices, coerce=int, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label="MAPPA level now", choices=ManagementLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    changed_on = DateField(label="Since which day?", latest=years(1))
    why = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="Such as “The MAPPA meeting of 3 March decided it.” Never its minutes.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AreaForm(Form):
    area = forms.ModelChoiceField(label="Which area manages him now?", queryset=Area.objects.none())
    changed_on = DateField(label="Since which day?", latest=years(1))
    why = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="Such as “He moved to Norwich.” No address.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, area: Area, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        fields["area"].queryset = Area.objects.exclude(pk=area.pk).order_by("name")


class AnswerChangeForm(Form):
    answer = forms.CharField(
        label="What follows for the circle?",
        max_length=300,
        help_text="Whether the volunteers were told, and whether the plan changes. “Nothing” is an answer too.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeetingForm(ChangingForm):
    meets_on = DateField(
        label="Day of the next MAPPA meeting",
        required=False,
        help_text="Leave it empty if none is planned.",
        latest=years(2),
    )


class ActionForm(Form):
    words = forms.CharField(
        label="What are we to do?",
        max_length=300,
        help_text="In your own words. Never copy MAPPA minutes: they belong to MAPPA.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DateField(label="By which day?", latest=years(2))


class FinishActionForm(Form):
    outcome = forms.CharField(label="What was done?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
