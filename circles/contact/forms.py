"""The form to list a contact between meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from circles.circle.models import Membership
from circles.contact.models import LONGEST_CONTACT, Contact
from circles.meeting.models import Meeting
from circles.membership.forms import VolunteerChoice
from circles.minutes.models import LONGEST_ANSWER
from core.forms import DateField, Form, years
from volunteers.volunteer.models import Volunteer


class FirstNameField(VolunteerChoice):
    def label_from_instance(self, obj: Volunteer) -> str:
        return obj.user.first_name


class ContactForm(Form):
    happened_on = DateField(label="When?", latest=years(1))
    volunteer = FirstNameField(label="Which volunteer?", queryset=Volunteer.objects.none())
    channel = forms.ChoiceField(label="How?", choices=Contact.Channel.choices, widget=forms.RadioSelect)
    begun_by_whom = forms.ChoiceField(label="Who began it?", choices=Contact.BegunBy.choices, widget=forms.RadioSelect)
    minutes_long = forms.IntegerField(
        label="How many minutes?",
        min_value=0,
        max_value=LONGEST_CONTACT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    summary = forms.CharField(
        label="What was it about?",
        help_text="A line. Use initials, not names.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        could_attend = Membership.objects.could_attend(meeting.planned_at).of(meeting.circle)
        fields: Any = self.fields
        fields["volunteer"].queryset = Volunteer.objects.filter(pk__in=could_attend.values("volunteer")).select_related(
            "user"
        )
