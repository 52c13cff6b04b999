"""Forms to record a low-level concern, and to write what a month's add up to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from concerns.low_level.models import LowLevelConcern
from concerns.register.access import our_people
from concerns.register.forms import OurPersonField, long_text, short_text
from core.forms import DateField, Form, years
from core.forms.listing import ChoiceForm


class LowLevelForm(Form):
    about = OurPersonField(
        label="About whom",
        queryset=User.objects.none(),
        empty_label="Choose somebody",
        help_text="They will not see this, nor that it exists, whatever their post.",
    )
    theme = forms.ChoiceField(label="What it is about", choices=LowLevelConcern.Theme.choices, widget=forms.RadioSelect)
    words = long_text("What was seen or heard", "As it was told, without what you make of it.", rows=5)
    happened_on = DateField(label="When it happened", latest=years(1))
    told_by = short_text("Who told us", "A name, or what they are.", longest=120)
    done = long_text("What was done about it", "Such as: spoken with, and they understood.")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["about"].queryset = our_people(by)


class MonthForm(Form):
    """It sends the month that its page showed, and is refused once another month is the last that is over."""

    words = long_text(
        "What they add up to", "Who or what stands out, and what is done about it; or that nothing does.", rows=6
    )

    def __init__(self, *args: Any, month: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month = f"{month:%Y-%m}"

    def clean(self) -> dict[str, Any]:
        if self.data.get("month") != self.month:
            self.add_error(
                None, "Another month is over since you opened this page. Read what is below, then send again."
            )
        return self.cleaned_data


class LowLevelFilter(ChoiceForm):
    about = OurPersonField(
        label="About whom",
        queryset=User.objects.none(),
        required=False,
        empty_label="Everybody",
        to_field_name="reference",
    )
    theme = forms.ChoiceField(
        label="What about", choices=[("", "Everything"), *LowLevelConcern.Theme.choices], required=False
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["about"].queryset = our_people(by)
