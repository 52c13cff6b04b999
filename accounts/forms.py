"""Forms for inviting people, adding agencies and joining."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from accounts.access import AccountsAccess, Role, people_with_role
from accounts.models import Agency, Area, Invitation, Team, User
from core.forms import ChangingForm, EmailField, Form, NameField, RowSelect
from core.forms.listing import ListForm, M

if TYPE_CHECKING:
    AgencyChoice = forms.ModelChoiceField[Agency]
    AreaChoice = forms.ModelChoiceField[Area]
    PersonChoice = forms.ModelChoiceField[User]
else:
    AgencyChoice = AreaChoice = PersonChoice = forms.ModelChoiceField

A_GOOD_ONE = "At least 15 characters. Four words that have nothing to do with each other are easy to remember."


class AgencyField(AgencyChoice):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class AreaField(AreaChoice):
    def label_from_instance(self, obj: Area) -> str:
        return obj.name


class InviteForm(Form):
    """Offers the roles to which this person may invite. Only a manager may choose another agency than their own."""

    email = EmailField(label="E-mail address", help_text="The link goes there, and it is what they sign in with.")
    full_name = NameField(label="Full name", max_length=120)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, f"{role.label}. {role.sentence}") for role in AccountsAccess(by).invites]
        self.fields["role"] = forms.TypedChoiceField(label="Role", choices=roles, coerce=Role, widget=forms.RadioSelect)
        agencies = Agency.objects.order_by("name")
        if not by.has_role(Role.MANAGER):
            agencies = agencies.filter(people=by)
        self.fields["agency"] = AgencyField(label="Agency", queryset=agencies, required=False, initial=by.agency_id)
        self.fields["area"] = AreaField(
            label="Area", queryset=Area.objects.order_by("name"), required=False, initial=by.area_id
        )


class AgencyForm(Form):
    name = forms.CharField(label="Name", max_length=80)
    kind = forms.TypedChoiceField(
        label="Kind", choices=Agency.Kind.choices, coerce=Agency.Kind, widget=forms.RadioSelect
    )


class ChangeAgencyForm(ChangingForm):
    name = forms.CharField(label="Name", max_length=80)
    kind = forms.TypedChoiceField(
        label="Kind", choices=Agency.Kind.choices, coerce=Agency.Kind, widget=forms.RadioSelect
    )


class AreasForm(ChangingForm):
    """The areas worked in, one tick each. Whoever changed others meanwhile is not overruled."""

    areas = forms.TypedMultipleChoiceField(
        label="Areas you work in",
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        error_messages={"required": "Tick at least one area."},
    )

    def __init__(self, *args: Any, every: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every = {area.pk: area for area in every}
        fields: Any = self.fields
        fields["areas"].choices = [(area.pk, area.name) for area in every]

    def clean_areas(self) -> list[Area]:
        return [self.every[pk] for pk in self.cleaned_data["areas"]]


TEAM_NAME: dict[str, Any] = {
    "label": "Name",
    "max_length": 80,
    "help_text": "What its people call it, such as “Cambridgeshire public protection”.",
    "error_messages": {"required": "Write what the team is called."},
}


class TeamForm(Form):
    name = forms.CharField(**TEAM_NAME)


class RenameTeamForm(ChangingForm):
    name = forms.CharField(**TEAM_NAME)


class AgencyPersonField(PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name}, {obj.agency.name}" if obj.agency else obj.full_name


class JoinTeamForm(Form):
    """Offers everybody at an agency who can sign in and is not in the team."""

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_agencies = people_with_role(Role.LIAISON) | people_with_role(Role.MAPPA_COORDINATOR)
        others = at_agencies.exclude(groups=team.pk).select_related("agency")
        self.fields["person"] = AgencyPersonField(
            label="Who joins it",
            queryset=others.order_by("full_name", "pk"),
            help_text="Liaisons and MAPPA coordinators who can sign in. Invite somebody first if they are not here.",
            error_messages={"required": "Choose who joins the team."},
            widget=RowSelect(if_none="Nobody else at an agency has joined yet."),
        )


class ConfirmForm(Form):
    """Nothing to fill in: a confirmation, sent by POST."""


class JoinForm(Form):
    full_name = NameField(
        label="Your full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    first_name = NameField(
        label="What people call you",
        max_length=60,
        help_text="Your circle sees this name and no other.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=200,
        help_text=A_GOOD_ONE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["full_name"].initial = invitation.full_name
        self.fields["first_name"].initial = invitation.full_name.split(" ")[0]

    def clean_password(self) -> str:
        """Check the password with the settings' validators, also against the names typed here."""
        password: str = self.cleaned_data["password"]
        typed = {name: self.cleaned_data.get(name, "") for name in ("full_name", "first_name")}
        validate_password(password, User(email=self.invitation.email, **typed))
        return password


class PeopleListForm(ListForm):
    """The list of accounts."""

    role = forms.ChoiceField(label="Role", choices=[("", "Every role"), *Role.choices], required=False)
    field_order = ["find", "role", "state", "order"]

    def __init__(self, data: Any) -> None:
        super().__init__(
            data,
            finds=("full_name", "agency__name", "reference"),
            states=User.Status,
            orders={
                "name": ("By name", ("full_name", "pk")),
                "agency": ("By agency", ("agency__name", "full_name", "pk")),
                "newest": ("The newest first", ("-pk",)),
            },
            hint="A name, an agency or a reference.",
            noun=("account", "accounts"),
        )

    def cut(self, rows: QuerySet[M]) -> QuerySet[M]:
        role = self.asked.get("role")
        return super().cut(rows.filter(groups__name=role) if role else rows)
