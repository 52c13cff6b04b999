"""What is asked when a core member is taken on, and of each restriction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.access import Role, people_in
from accounts.models import Agency, Area, User
from core.forms import DateField, EmailField, Form, NameField, ReferenceField, TelephoneField, years
from offenders.models import Restriction
from offenders.models.core_member import Category, LeadAgency, ManagementLevel

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
    AgencyChoice = forms.ModelChoiceField[Agency]
else:
    PersonChoice = AgencyChoice = forms.ModelChoiceField


class PersonField(PersonChoice):
    """Somebody who can sign in, by name and agency."""

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
    coordinator = PersonField(label="Coordinator", queryset=User.objects.none())

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = {
            "area": Area.objects.order_by("name"),
            "agency": Agency.objects.order_by("name"),
            "practitioner": people_in(Role.LIAISON).select_related("agency").order_by("full_name"),
            "coordinator": people_in(Role.COORDINATOR).select_related("agency").order_by("full_name"),
        }
        fields: Any = self.fields
        for name, queryset in choices.items():
            fields[name].queryset = queryset
        if by.has_role(Role.COORDINATOR):
            self.fields["coordinator"].initial = by.pk


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
        fields["lead_agency"].choices = [one for one in LeadAgency.choices if one[0] != lead_agency]
        fields["agency"].queryset = Agency.objects.order_by("name")
        fields["practitioner"].queryset = people_in(Role.LIAISON).select_related("agency").order_by("full_name")


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


class ContactForm(Form):
    name = NameField(label="Practitioner’s name", max_length=120)
    role = forms.CharField(
        label="What they are", max_length=80, help_text="Such as probation practitioner, or duty sergeant."
    )
    agency = AgencyField(label="Agency", queryset=Agency.objects.none())
    duty_desk = forms.CharField(
        label="Duty desk", max_length=120, required=False, help_text="Who answers when they are away."
    )
    telephone = TelephoneField(label="Telephone", help_text="With the extension, if there is one: 01480 456111 ext 12.")
    hours = forms.CharField(
        label="When they can be rung", max_length=120, required=False, help_text="Such as Monday to Thursday, 9 to 5."
    )
    deputy = forms.CharField(
        label="Who stands in for them", max_length=120, required=False, help_text="A name and a number."
    )
    secure_mail = EmailField(
        label="Secure e-mail address", required=False, help_text="Such as one that ends in pnn.police.uk or cjsm.net."
    )
    account = PersonField(
        label="Their account here, if they have one", queryset=User.objects.none(), required=False,
        empty_label="They have none",
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.order_by("name")
        people = people_in(Role.LIAISON) | people_in(Role.MAPPA_COORDINATOR)
        fields["account"].queryset = people.select_related("agency").order_by("full_name")


class ConfirmForm(Form):
    """Nothing to fill in: a confirmation, sent by POST."""


class DomainForm(Form):
    """One domain for the list."""

    name = forms.CharField(
        label="Add a domain", max_length=100, help_text="The part after the @, such as pnn.police.uk."
    )
