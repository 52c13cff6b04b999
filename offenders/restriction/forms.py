"""The forms to add, vary and end a restriction, and to put one right."""

from __future__ import annotations

from django import forms

from core.forms import DateField, Form, years
from offenders.restriction.models import Restriction


class RestrictionForm(Form):
    source = forms.ChoiceField(
        label="Where it comes from", choices=Restriction.Source.choices, widget=forms.RadioSelect
    )
    category = forms.ChoiceField(label="What it is about", choices=[("", "Choose one"), *Restriction.Category.choices])
    category_other = forms.CharField(
        label="If it is something else: what?",
        max_length=60,
        required=False,
        help_text="A word or two, such as “Pets”.",
    )
    plain_words = forms.CharField(
        label="What it means, as you would say it to a volunteer",
        max_length=300,
        help_text="Such as “He must not be alone with anyone under 16.”",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kept_from_volunteers = forms.BooleanField(
        label="Keep this one from the volunteers",
        required=False,
        help_text="Only where they need not know it to keep themselves and him safe.",
    )
    exact_words = forms.CharField(
        label="Its exact words, from the licence or the order",
        max_length=4000,
        required=False,
        help_text="Volunteers do not read them. Name no victim.",
        widget=forms.Textarea(attrs={"rows": 4}),
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
    avoids_internet = forms.BooleanField(
        label="He must not go online unwatched",
        required=False,
        help_text="Meeting places with computers or Wi-Fi for everybody are then warned of.",
    )
    verified_with = forms.CharField(
        label="Who, of those who manage him, told you?",
        max_length=120,
        required=False,
        help_text="Their name and what they are. Leave it empty if nobody has confirmed it yet.",
    )
    verified_on = DateField(label="On which day did they tell you?", required=False, latest=years(1))
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


class PutRightForm(Form):
    words = forms.CharField(
        label="What is wrong in it, and what is right?",
        max_length=300,
        help_text="Such as “It is under 16, not under 18.” It stands after the words from now on.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
