"""Forms: a meeting place, its risk assessment, and where a circle meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from circles.venue.models import Venue
from core.forms import ChangingForm, DateField, Form, years

if TYPE_CHECKING:
    VenueChoiceField = forms.ModelChoiceField[Venue]
else:
    VenueChoiceField = forms.ModelChoiceField


class VenueField(VenueChoiceField):
    def label_from_instance(self, obj: Venue) -> str:
        until = f"assessed until {obj.assessed_until:%-d %B %Y}" if obj.assessed_until else "not assessed yet"
        return f"{obj.place_code}, {obj.district}, {until}"


class ChangeVenueForm(ChangingForm):
    address = forms.CharField(
        label="Address", max_length=200, help_text="Shown to you and to the members of the circles that meet there."
    )
    district = forms.CharField(
        label="Postcode district", max_length=4, help_text="The first part of the postcode, such as CB7."
    )
    contact = forms.CharField(label="Who to ask there", max_length=120, required=False)
    children_on_site = forms.BooleanField(
        label="There are children on site", required=False, help_text="At any time of the week."
    )
    internet_on_site = forms.BooleanField(label="There are computers or Wi-Fi that anybody may use", required=False)
    lone_worker_plan = forms.CharField(
        label="Plan for anyone there alone",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddVenueForm(ChangeVenueForm):
    place_code = forms.RegexField(
        label="Code",
        regex=r"^[A-Za-z0-9]{1,8}$",
        max_length=8,
        help_text="What everybody calls it, such as ELM. Never an address.",
        error_messages={"invalid": "Give a code of up to eight letters and digits, such as ELM."},
    )

    field_order = ["place_code"]


class AssessForm(Form):
    assessed_on = DateField(label="Risk assessment made on", latest=years(1))
    assessed_until = DateField(label="Last day it holds", latest=years(5))


class WithdrawForm(Form):
    reason = forms.CharField(
        label="Why does it hold no longer?",
        max_length=150,
        help_text="What has changed there. The trail keeps it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChooseVenueForm(ChangingForm):
    venue = VenueField(
        label="Where does the circle meet?",
        queryset=Venue.objects.none(),
        widget=forms.RadioSelect,
        help_text="A place that another coordinator keeps is not listed. A manager can choose it for your circle.",
    )
    answer = forms.CharField(
        label="If a restriction speaks against this place, why is it still right?",
        max_length=300,
        required=False,
        help_text="You are told when one does. Say who agreed.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["venue"]
        field.queryset, field.empty_label = Venue.objects.visible_to(by).order_by("place_code"), None
