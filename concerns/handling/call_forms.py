"""Forms for a telephone call about a concern, and for one's own report to an agency."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from concerns.choices import ReportedTo, Whom
from core.forms import Form, MomentField, years
from core.worktime import LONDON

REACHED = [("yes", "Yes"), ("no", "Nobody answered")]


def _time_field() -> MomentField:
    """A field for a moment in the past year."""
    return MomentField(
        label="When?", latest=years(1), error_messages={"required": "Write when, such as 27/03/2027 14:30."}
    )


class PastForm(Form):
    """A form with a moment, which is now at first."""

    moment_field = ""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        self.fields[self.moment_field].initial = at.astimezone(LONDON).replace(second=0, microsecond=0)


class CallForm(PastForm):
    moment_field = "telephoned_at"

    whom = forms.ChoiceField(
        label="Whom did you telephone?",
        choices=Whom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom you telephoned."},
    )
    telephoned_at = _time_field()
    reached = forms.ChoiceField(
        label="Did somebody answer?",
        choices=REACHED,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether somebody answered."},
    )
    note = forms.CharField(
        label="What did they say?",
        help_text="If you like. Initials, not names.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_whom(self) -> Whom:
        return Whom(self.cleaned_data["whom"])

    def clean_reached(self) -> bool:
        return bool(self.cleaned_data["reached"] == "yes")


class OwnReportForm(PastForm):
    moment_field = "reported_at"

    to = forms.ChoiceField(
        label="To whom did you report it?",
        choices=ReportedTo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose to whom you reported it."},
    )
    number = forms.CharField(
        label="The number they gave you", help_text="Their reference, if they gave one.", max_length=60, required=False
    )
    reported_at = _time_field()

    def clean_to(self) -> ReportedTo:
        return ReportedTo(self.cleaned_data["to"])
