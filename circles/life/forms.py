"""Forms: take over or propose a circle, match it, move its planned end, end it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import User
from circles.circle.forms import CoordinatorField, CoreMemberField
from circles.circle.models import Circle
from circles.circle.weekday import Weekday
from circles.programme.models import Programme
from core.forms import DateField, Form, NameField, RowSelect, years
from offenders.core_member.models import CoreMember

if TYPE_CHECKING:
    ProgrammeChoice = forms.ModelChoiceField[Programme]
else:
    ProgrammeChoice = forms.ModelChoiceField
from circles.circle.forms import ReasonForm


class OpenForm(Form):
    core_member = CoreMemberField(
        label="Core member",
        queryset=CoreMember.objects.none(),
        help_text="Core members who are accepted and wait for a circle.",
        widget=RowSelect(
            if_none="No core member of yours waits for a circle. Accept one first, on the page Core members."
        ),
    )
    known_as = NameField(label="What the circle calls him", max_length=40, help_text="A first name and nothing more.")
    coordinator = CoordinatorField(
        label="Coordinator",
        queryset=User.objects.none(),
        widget=RowSelect(if_none="No coordinator has joined yet. A manager invites one on the page People."),
    )
    weekday = forms.TypedChoiceField(label="Meets on", choices=Weekday.choices, coerce=int)
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
        fields["coordinator"].queryset = people_with_role(Role.COORDINATOR).order_by("full_name")
        if by.has_role(Role.COORDINATOR):
            self.fields["coordinator"].initial = by.pk


class ProgrammeField(ProgrammeChoice):
    def label_from_instance(self, obj: Programme) -> str:
        return f"{obj.name}, {obj.months} months"


class ProposeForm(OpenForm):
    """Like `OpenForm`, but with a programme, and without a place: it is chosen later."""

    programme = ProgrammeField(label="Programme", queryset=Programme.objects.none())
    planned_end_on = DateField(
        label="Planned end", latest=years(10), required=False, help_text="Leave empty for the length of its programme."
    )
    place_code = None  # type: ignore[assignment]

    field_order = ["core_member", "programme"]

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, by=by, **kwargs)
        fields: Any = self.fields
        fields["programme"].queryset = Programme.objects.visible_to(by).order_by("pk")


class MatchForm(Form):
    no_conflicts = forms.BooleanField(
        label="I have asked every volunteer, and none has a conflict of interest",
        required=False,
        help_text="None knows him, his family, his neighbourhood or anybody he harmed.",
    )


class MoveEndForm(ReasonForm):
    planned_end_on = DateField(label="New planned end", latest=years(10))

    field_order = ["planned_end_on"]


class EndForm(Form):
    end_reason = forms.ChoiceField(label="Why does it end?", choices=Circle.EndReason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Anything to add", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
