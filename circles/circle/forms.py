"""Fields to choose a core member or a person, and the forms to say why and to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from accounts.models import User
from core.forms import Form
from offenders.core_member.models import CoreMember

if TYPE_CHECKING:
    CoreMemberChoice = forms.ModelChoiceField[CoreMember]
    PersonChoice = forms.ModelChoiceField[User]
else:
    CoreMemberChoice = PersonChoice = forms.ModelChoiceField


class CoreMemberField(CoreMemberChoice):
    def label_from_instance(self, obj: CoreMember) -> str:
        return obj.reference


class CoordinatorField(PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class ConfirmForm(Form):
    """A confirmation: nothing to fill in, sent by POST."""


class ReasonForm(Form):
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
