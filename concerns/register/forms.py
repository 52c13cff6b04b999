"""What the registers' forms share: a person of the charity, the time something was known, a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from concerns.register.access import our_people
from core.forms import Form, MomentField, years

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField


class OurPersonField(PersonChoice):
    """Somebody who works or volunteers for the charity."""

    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


def long_text(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def short_text(label: str, help_text: str = "", *, required: bool = True, longest: int = 160) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


class AboutForm(Form):
    """A record that may be about one of us. The person chosen never sees it, whatever their post."""

    known_at = MomentField(label="When it was known", latest=years(1))
    about = OurPersonField(
        label="Is it about one of us?",
        queryset=User.objects.none(),
        required=False,
        empty_label="No",
        help_text="The person you choose will not see this, or learn that it exists.",
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["about"].queryset = our_people(by)
