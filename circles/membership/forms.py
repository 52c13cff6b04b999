"""The forms to choose a volunteer who joins a circle, and what the circle calls its core member."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from circles.circle.models import Circle
from core.forms import ChangingForm, Form, NameField, RowSelect
from volunteers.volunteer.models import Volunteer

if TYPE_CHECKING:
    VolunteerChoice = forms.ModelChoiceField[Volunteer]
else:
    VolunteerChoice = forms.ModelChoiceField


class VolunteerField(VolunteerChoice):
    def label_from_instance(self, obj: Volunteer) -> str:
        return f"{obj.user.full_name} ({obj.Status(obj.status).label.lower()})"


class AddVolunteerForm(Form):
    volunteer = VolunteerField(
        label="Who joins?",
        queryset=Volunteer.objects.none(),
        help_text="Approved volunteers whose checks hold today. They see the circle from the moment you add them.",
        widget=RowSelect(
            if_none="No other volunteer may be placed. Invite people, and approve them on the page Volunteers."
        ),
    )

    def __init__(self, *args: object, circle: Circle, by: User, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        belonging = circle.memberships.filter(left_at=None).values("volunteer")
        volunteers = Volunteer.objects.visible_to(by).may_be_placed_on(today).exclude(pk__in=belonging)
        fields: Any = self.fields
        fields["volunteer"].queryset = volunteers.select_related("user").order_by("user__full_name")


class KnownAsForm(ChangingForm):
    known_as = NameField(label="First name", max_length=40, help_text="A first name and nothing more.")
