"""The form to accept a core member, and the fields to choose a person or an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import Agency, Area, User
from core.forms import Form, ReferenceField, RowSelect
from offenders.core_member.models import Category, LeadAgency, ManagementLevel

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
    AgencyChoice = forms.ModelChoiceField[Agency]
else:
    PersonChoice = AgencyChoice = forms.ModelChoiceField


class PersonField(PersonChoice):
    """A choice of people who can sign in, shown by name and agency."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name}, {obj.agency.name}" if obj.agency else obj.full_name


class AgencyField(AgencyChoice):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class AcceptForm(Form):
    reference = ReferenceField(
        max_length=20,
        required=False,
        label="Reference",
        help_text="Such as EE-2417-K; leave it empty and one is made. No name, birthday or initials.",
        error_messages={"invalid": "Write the reference in letters, digits and hyphens, such as EE-2417-K."},
    )
    category = forms.TypedChoiceField(
        label="MAPPA category", choices=Category.choices, coerce=int, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label="MAPPA level", choices=ManagementLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    lead_agency = forms.ChoiceField(label="Lead agency", choices=LeadAgency.choices, widget=forms.RadioSelect)
    area = forms.ModelChoiceField(label="MAPPA area", queryset=Area.objects.none())
    agency = AgencyField(
        label="Team that manages him",
        queryset=Agency.objects.none(),
        required=False,
        help_text="Such as a police public-protection unit.",
    )
    practitioner = PersonField(
        label="Named practitioner",
        queryset=User.objects.none(),
        required=False,
        help_text="Told first when a concern about him is passed on.",
    )
    coordinator = PersonField(
        label="Coordinator",
        queryset=User.objects.none(),
        widget=RowSelect(if_none="No coordinator has joined yet. A manager invites one on the page People."),
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = {
            "area": Area.objects.order_by("name"),
            "agency": Agency.objects.order_by("name"),
            "practitioner": people_with_role(Role.LIAISON).select_related("agency").order_by("full_name"),
            "coordinator": people_with_role(Role.COORDINATOR).select_related("agency").order_by("full_name"),
        }
        fields: Any = self.fields
        for name, queryset in choices.items():
            fields[name].queryset = queryset
        if by.has_role(Role.COORDINATOR):
            self.fields["coordinator"].initial = by.pk


class ConfirmForm(Form):
    """A confirmation: nothing to fill in, sent by POST."""
