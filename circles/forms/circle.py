"""Opening and ending a circle, and who belongs to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from accounts.access import Role, people_in
from accounts.models import User
from circles.models import Circle
from core.forms import DateField, Form, NameField, years
from offenders.models import CoreMember
from volunteers.models import Volunteer

if TYPE_CHECKING:
    CoreMemberChoice = forms.ModelChoiceField[CoreMember]
    PersonChoice = forms.ModelChoiceField[User]
    VolunteerChoice = forms.ModelChoiceField[Volunteer]
else:
    CoreMemberChoice = PersonChoice = VolunteerChoice = forms.ModelChoiceField


class CoreMemberField(CoreMemberChoice):
    def label_from_instance(self, obj: CoreMember) -> str:
        return obj.reference


class PersonField(PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class VolunteerField(VolunteerChoice):
    def label_from_instance(self, obj: Volunteer) -> str:
        return f"{obj.user.full_name} ({obj.Status(obj.status).label.lower()})"


class OpenForm(Form):
    core_member = CoreMemberField(
        label="Core member",
        queryset=CoreMember.objects.none(),
        help_text="Those accepted and waiting for a circle.",
    )
    known_as = NameField(label="What the circle calls him", max_length=40, help_text="A first name and nothing more.")
    coordinator = PersonField(label="Coordinator", queryset=User.objects.none())
    weekday = forms.TypedChoiceField(label="Meets on", choices=Circle.Weekday.choices, coerce=int)
    meets_at = forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place_code = forms.RegexField(
        label="Place",
        regex=r"^[A-Za-z0-9]{1,8}$",
        max_length=8,
        help_text="A short code the circle knows, such as ELM. Never an address.",
        error_messages={"invalid": "Give a code of up to eight letters and digits, such as ELM."},
    )
    started_on = DateField(label="First day", latest=years(2))
    planned_end_on = DateField(label="Planned end", latest=years(10))

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        waiting = CoreMember.objects.visible_to(by).exclude(status=CoreMember.Status.IN_CIRCLE)
        fields: Any = self.fields
        fields["core_member"].queryset = waiting.order_by("reference")
        fields["coordinator"].queryset = people_in(Role.COORDINATOR).order_by("full_name")
        if by.has_role(Role.COORDINATOR):
            self.fields["coordinator"].initial = by.pk


class AddVolunteerForm(Form):
    volunteer = VolunteerField(
        label="Who joins?",
        queryset=Volunteer.objects.none(),
        help_text="Approved volunteers whose checks hold today. They see the circle from the moment you add them.",
    )

    def __init__(self, *args: object, circle: Circle, by: User, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        belonging = circle.memberships.filter(left_at=None).values("volunteer")
        volunteers = Volunteer.objects.visible_to(by).assignable_on(today).exclude(pk__in=belonging)
        fields: Any = self.fields
        fields["volunteer"].queryset = volunteers.select_related("user").order_by("user__full_name")


class ConfirmForm(Form):
    """Nothing to fill in: a confirmation, sent by POST."""
