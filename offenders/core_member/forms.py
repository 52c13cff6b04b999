"""The form to bring a core member over, and the fields to choose a person or an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from accounts.access import Role, people_with_role
from accounts.models import Agency, Area, User
from core.forms import Form, ReferenceField, RowSelect
from core.forms.listing import ListForm, M
from offenders.core_member.models import Category, LeadAgency, ManagementLevel

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
    AgencyChoice = forms.ModelChoiceField[Agency]
else:
    PersonChoice = AgencyChoice = forms.ModelChoiceField


class PersonField(PersonChoice):
    """A choice of people who can sign in, shown by name and agency."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name}, {obj.agency.name}" if obj.agency else obj.full_name


class AgencyField(AgencyChoice):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class CoordinatedListForm(ListForm):
    """A list of records that each have an area and a coordinator, such as core members."""

    area = forms.ChoiceField(label="Area", required=False)
    coordinator = forms.ChoiceField(label="Coordinator", required=False)

    his = ""
    """The field of a row that holds its core member."""

    def __init__(self, data: Any, *, rows: QuerySet[Any], reader: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.reader = reader
        areas = Area.objects.filter(pk__in=rows.values("area")).order_by("name")
        coordinators = User.objects.filter(pk__in=rows.values("coordinator")).order_by("full_name", "pk")
        fields: Any = self.fields
        fields["area"].choices = [("", "Every area"), *areas.values_list("code", "name")]
        fields["coordinator"].choices = [("", "Everybody"), *coordinators.values_list("reference", "full_name")]

    def rows_with(self, words: str) -> Q:
        """The rows in which these words are found, and those of the men whom a circle calls so."""
        called = import_string(settings.CORE_MEMBERS_CALLED)(words, self.reader)
        return super().rows_with(words) | Q(**{f"{self.his}__in": called})

    def cut(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that were asked for, in the order that was."""
        if area := self.asked.get("area"):
            rows = rows.filter(area__code=area)
        if coordinator := self.asked.get("coordinator"):
            rows = rows.filter(coordinator__reference=coordinator)
        return super().cut(rows)


class BringOverForm(Form):
    reference = ReferenceField(
        max_length=20,
        required=False,
        label="Reference",
        help_text="Such as EE-2417-K; leave it empty and one is made. No name, birthday or initials.",
        error_messages={"invalid": "Write the reference in letters, digits and hyphens, such as EE-2417-K."},
    )
    category = forms.TypedChoiceField(
        label="MAPPA category", choices=Category.choices, coerce=int, widget=forms.RadioSelect
    )
    level = forms.TypedChoiceField(
        label="MAPPA level", choices=ManagementLevel.choices, coerce=int, widget=forms.RadioSelect
    )
    lead_agency = forms.ChoiceField(label="Lead agency", choices=LeadAgency.choices, widget=forms.RadioSelect)
    area = forms.ModelChoiceField(label="MAPPA area", queryset=Area.objects.none())
    agency = AgencyField(
        label="Team that manages him",
        queryset=Agency.objects.none(),
        required=False,
        help_text="Such as a police public-protection unit.",
    )
    practitioner = PersonField(
        label="Named practitioner",
        queryset=User.objects.none(),
        required=False,
        help_text="Told first when a concern about him is passed on.",
    )
    coordinator = PersonField(
        label="Coordinator",
        queryset=User.objects.none(),
        widget=RowSelect(if_none="No coordinator has joined yet. A manager invites one on the page People."),
    )
    from_before = forms.CharField(
        label="Since when has he been with the charity, and where are his papers?",
        max_length=300,
        help_text="Such as “In a circle since March 2024; his referral is in the locked cabinet.” No name.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = {
            "area": Area.objects.order_by("name"),
            "agency": Agency.objects.order_by("name"),
            "practitioner": people_with_role(Role.LIAISON).select_related("agency").order_by("full_name"),
            "coordinator": people_with_role(Role.COORDINATOR).select_related("agency").order_by("full_name"),
        }
        fields: Any = self.fields
        for name, queryset in choices.items():
            fields[name].queryset = queryset


class ConfirmForm(Form):
    """A confirmation: nothing to fill in, sent by POST."""
