"""The forms to add, vary and end a restriction."""

from __future__ import annotations

from django import forms

from core.forms import DateField, Form, years
from offenders.restriction.models import Restriction


class RestrictionForm(Form):
    source = forms.ChoiceField(
        label="Where it comes from", choices=Restriction.Source.choices, widget=forms.RadioSelect
    )
    plain_words = forms.CharField(
        label="What it means, as you would say it to a volunteer",
        max_length=300,
        help_text="Such as “He must not be alone with anyone under 16.”",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    avoids_district = forms.CharField(
        label="Postcode district he must keep out of",
        max_length=4,
        required=False,
        help_text="If it names an area: the first part of its postcode, such as CB7. Meeting places are checked.",
    )
    avoids_children = forms.BooleanField(
        label="He must keep away from places where children are",
        required=False,
        help_text="Meeting places with children on site are then warned of.",
    )
    starts_on = DateField(label="First day it holds", latest=years(10))
    ends_on = DateField(
        label="First day it no longer holds",
        required=False,
        help_text="Leave empty if it has no end.",
        latest=years(60),
    )


class VaryRestrictionForm(RestrictionForm):
    verified_with = forms.CharField(
        label="Who, of those who manage him, told you?", max_length=120, help_text="Their name and what they are."
    )
    verified_on = DateField(label="On which day?", latest=years(1))


class EndRestrictionForm(Form):
    ends_on = DateField(label="First day it no longer holds", latest=years(60))
    why = forms.CharField(
        label="Who told you, and why does it end?",
        max_length=300,
        help_text="Such as “Sgt Okafor: the court discharged the order.”",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
