"""The forms to change the lead agency, and the practitioner alone."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import Agency, User
from core.forms import ChangingForm, DateField, Form, years
from offenders.core_member.forms import AgencyField, PersonField
from offenders.core_member.models import LeadAgency


class LeadForm(Form):
    lead_agency = forms.ChoiceField(label="Who leads now?", choices=LeadAgency.choices, widget=forms.RadioSelect)
    changed_on = DateField(label="Since which day?", latest=years(1))
    agency = AgencyField(
        label="Team that manages him now",
        queryset=Agency.objects.none(),
        required=False,
        help_text="Such as a police public-protection unit.",
    )
    practitioner = PersonField(
        label="Named practitioner now",
        queryset=User.objects.none(),
        required=False,
        help_text="Told first from now on. Leave it empty if you do not know yet.",
    )
    why = forms.CharField(
        label="Why?", max_length=300, help_text="Such as “His licence ended.”", widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: object, lead_agency: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        fields["lead_agency"].choices = [choice for choice in LeadAgency.choices if choice[0] != lead_agency]
        fields["agency"].queryset = Agency.objects.order_by("name")
        fields["practitioner"].queryset = people_with_role(Role.LIAISON).select_related("agency").order_by("full_name")


class PractitionerForm(ChangingForm):
    practitioner = PersonField(
        label="Named practitioner now",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
        help_text="Told first from now on, and invited to his circle’s reviews.",
    )
    deputy = PersonField(
        label="Who stands in for them",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
        help_text="Told of a concern together with the practitioner.",
    )
    agency = AgencyField(
        label="Team that manages him now",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Not known yet",
        help_text="Such as a police public-protection unit.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.order_by("name")
        for name in ("practitioner", "deputy"):
            liaisons = people_with_role(Role.LIAISON).select_related("agency").order_by("full_name")
            fields[name].queryset = liaisons
