"""Forms for a person's roles, names and address, and for somebody who lost every way to sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.access import Role
from accounts.forms import A_GOOD_ONE
from accounts.models import User
from core.forms import ChangingForm, EmailField, Form, NameField

LONGEST_CHECK = 1000


class RoleForm(Form):
    """Offers those of the roles in `gives` that the person lacks, all on the side, charity or agency, where theirs are."""

    def __init__(self, *args: Any, person: User, gives: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = {role.is_at_an_agency for role in Role if person.has_role(role)}
        fitting = [role for role in gives if not sides or role.is_at_an_agency in sides]
        offered = [role for role in fitting if not person.has_role(role)]
        choices = [(role.value, f"{role.label}. {role.sentence}") for role in offered]
        self.fields["role"] = forms.TypedChoiceField(
            label="Which role do they get?", choices=choices, coerce=Role, widget=forms.RadioSelect
        )


class NamesForm(ChangingForm):
    full_name = NameField(label="Full name", max_length=120)
    first_name = NameField(label="What people call them", max_length=60, help_text="Their circle sees this name only.")


class CalledForm(ChangingForm):
    first_name = NameField(
        label="What people call you", max_length=60, help_text="Your circle sees this name and no other."
    )


class AddressForm(Form):
    email = EmailField(label="The right e-mail address")


class RecoveryForm(Form):
    how_checked = forms.CharField(
        label="How did you make sure that it is this person?",
        help_text="Whom you met or rang, on which number you had before, and what they knew. The second person reads it.",
        max_length=LONGEST_CHECK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PasswordForm(Form):
    """A new password for an account that exists."""

    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=200,
        help_text=A_GOOD_ONE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Check the password with the settings' validators, also against the person's names."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
