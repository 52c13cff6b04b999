"""The forms to approve and to pause a volunteer, to write down checks, and to narrow the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import User
from core.forms import TODAY, ChangingForm, DateField, Form, RowSelect, years
from core.forms.listing import ListForm
from volunteers.volunteer.models import Volunteer

# mypy wants the type of the choices; Django takes none at run time.
if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField


CHECKED_UNTIL, TRAINED_ON = "Criminal-record check good until", "Core training passed on"
AGREED_ON = "Volunteer agreement signed on"
HOW_LONG = "The last day it holds. After three years a new check is needed. The certificate is not kept here."


class InvitedPersonField(PersonChoice):
    """A choice of people who can sign in, shown by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class ApproveForm(Form):
    user = InvitedPersonField(
        label="Who is approved?",
        queryset=User.objects.none(),
        help_text="People invited as volunteers who have no file yet. Approve when all three below hold.",
        widget=RowSelect(
            if_none="Nobody waits to be approved. Invite people as volunteers on the page People; they are here once they "
            "have joined."
        ),
    )

    checked_until = DateField(label=CHECKED_UNTIL, latest=years(5), help_text=HOW_LONG)
    trained_on = DateField(label=TRAINED_ON, latest=TODAY)
    agreed_on = DateField(label=AGREED_ON, latest=TODAY)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        with_a_file = Volunteer.objects.values("user")
        fields["user"].queryset = people_with_role(Role.VOLUNTEER).exclude(pk__in=with_a_file).order_by("full_name")


class ChecksForm(ChangingForm):
    checked_until = DateField(label=CHECKED_UNTIL, latest=years(5), required=False, help_text=HOW_LONG)
    trained_on = DateField(label=TRAINED_ON, latest=years(1), required=False)
    agreed_on = DateField(label=AGREED_ON, latest=years(1), required=False)


class PauseForm(Form):
    """A confirmation: nothing to fill in, sent by POST."""


class VolunteerListForm(ListForm):
    """Narrows and sorts the list of volunteers."""

    def __init__(self, data: Any) -> None:
        super().__init__(
            data,
            finds=("user__full_name", "reference"),
            states=Volunteer.Status,
            orders={
                "name": ("By name", ("user__full_name", "pk")),
                "state": ("By state", ("status", "user__full_name", "pk")),
                "newest": ("The newest first", ("-pk",)),
            },
            hint="A name or a reference.",
            noun=("volunteer", "volunteers"),
        )
