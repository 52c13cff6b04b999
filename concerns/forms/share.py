"""Telling an agency: the exact words, to whom, under which law and why; and the answer."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.access import Role, people_in
from accounts.models import User
from concerns.models import Concern, Gateway, Method, Told
from concerns.models.answers import LONGEST


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody, by name and agency."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.agency.name}" if obj.agency_id else str(obj.full_name)


class ShareForm(forms.Form):
    """What is to be told. What the concern says is offered as the text, to be cut down to what is needed."""

    recipient_name = forms.CharField(label="Who", max_length=120)
    recipient_role = forms.CharField(label="Their post", max_length=120, help_text="Such as offender manager.")
    recipient_agency = forms.CharField(label="Their agency", max_length=120)
    recipient = PersonField(
        label="Their account here, if they have one", queryset=User.objects.none(), required=False,
        empty_label="They have none",
    )  # fmt: skip
    method = forms.ChoiceField(label="How they are told", choices=Method.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Exactly what they are told", widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST,
        help_text="Kept word for word. Cut away whatever they do not need.",
    )  # fmt: skip
    purpose = forms.CharField(label="Why they need to know", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    gateway = forms.ChoiceField(label="Under which law", choices=[("", "Choose one"), *Gateway.choices])
    necessity = forms.CharField(
        label="Why this much, and nothing less", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="Say what else you thought of that would tell less.",
    )  # fmt: skip
    told_core_member = forms.ChoiceField(
        label="Does the core member know?", choices=Told.choices, widget=forms.RadioSelect
    )
    told_why = forms.CharField(label="If not yet: why", required=False, max_length=300)

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipient = self.fields["recipient"]
        assert isinstance(recipient, forms.ModelChoiceField)
        people = people_in(Role.LIAISON) | people_in(Role.MAPPA_COORDINATOR)
        recipient.queryset = people.exclude(pk=concern.about_id or 0).select_related("agency").order_by("full_name")
        self.fields["text"].initial = concern.words


NAMES = [
    "recipient_name", "recipient_role", "recipient_agency", "recipient", "method", "text", "purpose", "gateway",
    "necessity", "told_core_member", "told_why",
]  # fmt: skip
"""What a corrected share takes over from the one that was wrong."""


class ReasonForm(forms.Form):
    """Why it is not told, did not arrive, or is called back."""

    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ChaseForm(forms.Form):
    """Whom was spoken to."""

    spoken_to = forms.CharField(
        label="Whom did you speak to, and what did they say?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ReplyForm(forms.Form):
    """What the agency says it will do."""

    their_plan = forms.CharField(
        label="What will be done", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="A sentence is enough, such as: visit tomorrow.",
    )  # fmt: skip
    their_reference = forms.CharField(label="Reference at the agency", required=False, max_length=60)
    volunteers_may_know = forms.BooleanField(label="The volunteers may be told this", required=False)
