"""Proposing a circle, and taking it from stage to stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from circles.forms.circle import OpenForm
from circles.models import Circle, Programme
from core.forms import DateField, Form, years

if TYPE_CHECKING:
    ProgrammeChoice = forms.ModelChoiceField[Programme]
else:
    ProgrammeChoice = forms.ModelChoiceField


class ProgrammeField(ProgrammeChoice):
    def label_from_instance(self, obj: Programme) -> str:
        return f"{obj.name}, {obj.months} months"


class ProposeForm(OpenForm):
    """As for a circle that meets already, but with a programme and as yet without a place."""

    programme = ProgrammeField(label="Programme", queryset=Programme.objects.none())
    planned_end_on = DateField(
        label="Planned end", latest=years(10), required=False, help_text="Leave empty for the length of its programme."
    )
    place_code = None  # type: ignore[assignment]

    field_order = ["core_member", "programme"]

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, by=by, **kwargs)
        fields: Any = self.fields
        fields["programme"].queryset = Programme.objects.visible_to(by).order_by("pk")


class MatchForm(Form):
    no_conflicts = forms.BooleanField(
        label="I have asked every volunteer, and none has a conflict of interest",
        required=False,
        help_text="None knows him, his family, his neighbourhood or anybody he harmed.",
    )


class ReasonForm(Form):
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class MoveEndForm(ReasonForm):
    planned_end_on = DateField(label="New planned end", latest=years(10))

    field_order = ["planned_end_on"]


class EndForm(Form):
    end_reason = forms.ChoiceField(label="Why does it end?", choices=Circle.EndReason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Anything to add", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
