"""Inviting somebody, and accepting."""

from __future__ import annotations

from django import forms

from accounts.access import Role
from accounts.models import Agency, Area


class InviteForm(forms.Form):
    full_name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="One that only they read.")
    role = forms.ChoiceField(label="What will they do here?", choices=Role.choices)
    agency = forms.ModelChoiceField(
        label="Which organisation do they work or volunteer for?", queryset=Agency.objects.all().order_by("name"),
        required=False,
    )  # fmt: skip
    area = forms.ModelChoiceField(label="Which area?", queryset=Area.objects.all(), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["agency"].label_from_instance = lambda agency: agency.name  # type: ignore[attr-defined]
        self.fields["area"].label_from_instance = lambda area: area.name  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    first_name = forms.CharField(label="What should people call you?", max_length=60)
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=200,
        help_text="At least 15 characters. Three or four words that you can remember do well.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
