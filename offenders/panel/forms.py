"""The forms of the assessment and the panel."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import Agency, User
from core.forms import ChangingForm, DateField, Form, years
from offenders.core_member.forms import AgencyField, PersonField
from offenders.core_member.models import Category, LeadAgency, ManagementLevel
from offenders.panel.access import people_for_the_panel
from offenders.panel.models import Seat
from offenders.panel.risk_models import VolunteerRisk
from offenders.referral.forms import long_words


class SignOffForm(Form):
    words = long_words("What you found", hint="Whom you talked to and when, and why he is suitable.")


class VolunteerRiskForm(Form):
    rating = forms.ChoiceField(
        label="The risk to volunteers", choices=VolunteerRisk.Rating.choices, widget=forms.RadioSelect
    )
    words = long_words("What it rests on")
    measures = long_words("What would keep volunteers safe", required=False)


class SeatForm(Form):
    person = PersonField(label="Who", queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = people_for_the_panel()


class ViewForm(ChangingForm):
    view = forms.ChoiceField(label="What do you think?", choices=Seat.View.choices, widget=forms.RadioSelect)
    conditions = long_words("The conditions", hint="If you would accept him with conditions.", required=False)
    reasons = long_words("Why")


class DeferForm(Form):
    until = DateField(label="Until when", latest=years(2))
    reasons = long_words("Why the panel waits")


class AcceptReferralForm(Form):
    category = forms.TypedChoiceField(
        label="MAPPA category", choices=Category.choices, coerce=int, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label="MAPPA level", choices=ManagementLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    lead_agency = forms.ChoiceField(label="Lead agency", choices=LeadAgency.choices, widget=forms.RadioSelect)
    agency = AgencyField(label="Team that manages him", queryset=Agency.objects.none(), required=False)
    practitioner = PersonField(label="Named practitioner", queryset=User.objects.none(), required=False)
    conditions = long_words("Conditions", required=False)
    reasons = long_words("What the panel’s decision rests on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.order_by("name")
        fields["practitioner"].queryset = people_with_role(Role.LIAISON).select_related("agency").order_by("full_name")


class AppealForm(Form):
    reasons = long_words("Why the appeal is upheld")
