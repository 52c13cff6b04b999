"""The forms that name a practitioner to ring, and change one."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import Agency, User
from core.forms import ChangingForm, EmailField, Form, NameField, TelephoneField
from offenders.core_member.forms import AgencyField, PersonField


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
        label="Their account here, if they have one",
        queryset=User.objects.none(),
        required=False,
        empty_label="They have none",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.order_by("name")
        people = people_with_role(Role.LIAISON) | people_with_role(Role.MAPPA_COORDINATOR)
        fields["account"].queryset = people.select_related("agency").order_by("full_name")


class ChangeContactForm(ChangingForm, ContactForm):
    """The same questions, with what stands now."""
