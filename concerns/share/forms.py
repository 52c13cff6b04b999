"""The forms of a share: its words, recipient, law and reason; and the agency's answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms

from accounts.access import Role, people_with_role
from accounts.models import User
from circles.redaction.forms import NamesForm, by_hand_of
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.share.choices import KEEP_IT, Condition, Gateway, LawfulBasis, Marking, Method, Told
from concerns.share.models import Share
from concerns.share.operations import redaction_of
from concerns.share.recipient import OtherRecipient
from core.forms import Form
from core.worktime import LONDON
from offenders.contact.models import Contact


class RecipientField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person to choose, shown with their agency."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.agency.name}" if obj.agency_id else str(obj.full_name)


@dataclass(frozen=True)
class Fold:
    """Questions that are folded away under one line."""

    title: str
    fields: tuple[str, ...]


FOLDS = (
    Fold(
        "Somebody who is not one of his contacts",
        ("recipient_name", "recipient_role", "recipient_agency", "recipient", "recipient_mail"),
    ),
    Fold("Marking, and how they must keep it", ("marking", "handling")),
)


@dataclass
class Part:
    """One question of the page, or all of one fold."""

    fold: Fold | None
    fields: list[forms.BoundField] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether something in it is wrong, or differs from what the service offers."""
        return any(each.errors or (each.value() or "") != _default_of(each) for each in self.fields)


def _default_of(question: forms.BoundField) -> Any:
    """What an empty page has in this field."""
    first = question.field.initial
    return first if first is not None else ""


class ShareForm(NamesForm):
    """What an agency is to be told. The text starts as the concern's words; the author cuts away what is not needed.

    Volunteers' names are left out of the text. The author must have seen each of them: where the text holds a name
    that was not on the page yet, the page comes back and shows it.
    """

    to = forms.ChoiceField(
        label="Who is told", required=False, help_text="His contacts, and their agencies’ duty desks."
    )
    recipient_name = forms.CharField(
        label="If somebody else: their name",
        max_length=120,
        required=False,
        help_text="Somebody who is not one of his contacts.",
    )
    recipient_role = forms.CharField(
        label="Their post", max_length=120, required=False, help_text="Such as headteacher or social worker."
    )
    recipient_agency = forms.CharField(label="Their agency", max_length=120, required=False)
    recipient = RecipientField(
        label="Their account here, if they have one",
        queryset=User.objects.none(),
        required=False,
        empty_label="They have no account",
    )
    method = forms.ChoiceField(label="How they are told", choices=Method.choices, widget=forms.RadioSelect)
    recipient_mail = forms.EmailField(
        label="Their secure e-mail address",
        required=False,
        help_text="If you send it by e-mail. If a contact has an address here, it goes to that one.",
    )
    text = forms.CharField(
        label="Exactly what they are told",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        help_text="It is kept word for word, without volunteers’ names. Cut away whatever they do not need.",
    )
    names_shown = forms.CharField(required=False, widget=forms.HiddenInput)
    purpose = forms.CharField(label="Why they need to know", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    gateway = forms.ChoiceField(label="Under which law", choices=[("", "Choose one"), *Gateway.choices])
    basis = forms.ChoiceField(label="UK GDPR basis", choices=[("", "Choose one"), *LawfulBasis.choices])
    condition = forms.ChoiceField(
        label="Condition in Schedule 1 of the Data Protection Act 2018",
        choices=[("", "Choose one"), *Condition.choices],
    )
    necessity = forms.CharField(
        label="Why this much, and nothing less",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Say which ways of telling less you thought of.",
    )
    told_core_member = forms.ChoiceField(
        label="Does the core member know?", choices=Told.choices, widget=forms.RadioSelect
    )
    told_why = forms.CharField(label="If not yet: why", required=False, max_length=300)
    marking = forms.ChoiceField(label="Marking", choices=Marking.choices, initial=Marking.OFFICIAL_SENSITIVE)
    handling = forms.CharField(label="How they must keep it", max_length=300, initial=KEEP_IT)

    def __init__(self, data: Any = None, *, concern: Concern, at: datetime, initial: dict[str, Any]) -> None:
        initial = {"text": concern.words, **initial}
        text = initial["text"] if data is None else data.get("text", "")
        self.names = redaction_of(concern, by_hand=by_hand_of(data))
        self.outgoing = self.names.read(text)
        super().__init__(data, initial=initial, names=self.names)
        self.shown_before = self._remember_names_shown(text)
        self.order_fields([*RECIPIENT_FIELDS, "text", "put_back", "leave_out"])
        day = at.astimezone(LONDON).date()
        contacts = Contact.objects.current().filter(core_member=concern.circle.core_member_id)
        contacts = contacts.select_related("agency").order_by("pk")
        self.contacts = {contact.reference: contact for contact in contacts}
        fields: Any = self.fields
        fields["to"].choices = [*_contact_choices_of(self.contacts.values(), day), ("", "Somebody else, written below")]
        verified = [contact for contact in self.contacts.values() if contact.may_be_told_on(day)]
        fields["to"].initial = verified[0].reference if verified else ""
        people = people_with_role(Role.LIAISON) | people_with_role(Role.MAPPA_COORDINATOR)
        people = people.exclude(pk=concern.about_id or 0).select_related("agency").order_by("full_name")
        fields["recipient"].queryset = people

    def _remember_names_shown(self, text: str) -> set[str]:
        """Write into a hidden field which names this page shows. Returns those that the page before showed."""
        keys = json.dumps(sorted(find.key for find in self.names.found))
        self.initial["names_shown"] = keys
        if not self.is_bound:
            return set()
        typed: Any = self.data
        keys_before = typed.get("names_shown", "")
        self.data = typed = typed.copy()
        typed["names_shown"] = keys
        return {find.key for find in self.names.found if json.dumps(find.key) in keys_before}

    @property
    def parts(self) -> list[Part]:
        """The questions in the order of the page. What most authors leave as it is, is folded away."""
        folds = {name: fold for fold in FOLDS for name in fold.fields}
        parts: list[Part] = []
        for question in self.visible_fields():
            fold = folds.get(question.name)
            if fold is None or not (parts and parts[-1].fold is fold):
                parts.append(Part(fold))
            parts[-1].fields.append(question)
        return parts

    @property
    def values_except_to(self) -> list[tuple[str, str]]:
        """Everything that was typed except the recipient, for the button that tells the duty desk instead."""
        typed: Any = self.data
        return [(name, value) for name in self.fields if name != "to" for value in typed.getlist(name)]

    @property
    def desk(self) -> Contact | None:
        """The contact whose duty desk to offer, where the chosen contact cannot be told."""
        if not (self.is_bound and "to" in self.errors):
            return None
        contact = self.contacts.get(self.data.get("to", ""))
        return contact if contact is not None and contact.duty_desk else None

    def clean(self) -> dict[str, Any]:
        """Turn `to` into a contact and `to_desk`, and the fields of somebody else into `other_recipient`."""
        cleaned = super().clean() or {}
        if any(find.key not in self.shown_before for find in self.names.found):
            self.add_error(
                "text", "Volunteers’ names were found in it. Check below what is left out, then press the button again."
            )
        for name in ("names_shown", "put_back", "leave_out"):
            cleaned.pop(name, None)
        cleaned["by_hand"] = self.names.by_hand
        chosen = cleaned.pop("to", "")
        cleaned["to_desk"] = chosen.startswith(DESK)
        cleaned["contact"] = self.contacts.get(chosen.removeprefix(DESK))
        cleaned["other_recipient"] = OtherRecipient(
            name=cleaned.pop("recipient_name", ""),
            role=cleaned.pop("recipient_role", ""),
            agency=cleaned.pop("recipient_agency", ""),
            account=cleaned.pop("recipient", None),
            mail=cleaned.pop("recipient_mail", ""),
        )
        return cleaned


def _contact_choices_of(contacts: Iterable[Contact], day: date) -> list[tuple[str, str]]:
    """Each contact, with whether somebody rang them in the last ninety days, and each duty desk once."""
    people: list[tuple[str, str]] = []
    desks: dict[tuple[str, int], tuple[str, Contact]] = {}
    for contact in contacts:
        warning = "" if contact.may_be_told_on(day) else " – not rung in the last ninety days"
        people.append((contact.reference, f"{contact.name}, {contact.role}, {contact.agency.name}{warning}"))
        if contact.duty_desk:
            desks.setdefault((contact.duty_desk, contact.agency_id), (f"{DESK}{contact.reference}", contact))
    desk_choices = [
        (value, f"Duty desk: {contact.duty_desk}, {contact.agency.name}") for value, contact in desks.values()
    ]
    return [*people, *desk_choices]


def initial_of(wrong: Share) -> dict[str, Any]:
    """The fields of a wrong share, to start its correction from."""
    to = f"{DESK if wrong.to_desk else ''}{wrong.contact.reference}" if wrong.contact else ""
    names = COPIED_FIELDS if wrong.contact else [*OTHER_RECIPIENT_FIELDS, *COPIED_FIELDS]
    return {"to": to} | {name: getattr(wrong, name) for name in names}


DESK = "desk:"
RECIPIENT_FIELDS = [
    "to",
    "recipient_name",
    "recipient_role",
    "recipient_agency",
    "recipient",
    "recipient_mail",
    "method",
]
OTHER_RECIPIENT_FIELDS = ["recipient_name", "recipient_role", "recipient_agency", "recipient"]
COPIED_FIELDS = [
    "recipient_mail",
    "method",
    "text",
    "purpose",
    "gateway",
    "basis",
    "condition",
    "necessity",
    "told_core_member",
    "told_why",
    "marking",
    "handling",
]


class ShareReasonForm(Form):
    """Why a share is not sent, did not arrive, or is called back."""

    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ChaseForm(Form):
    """Who was spoken to when an answer was chased."""

    spoken_to = forms.CharField(
        label="Who did you speak to, and what did they say?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ReplyForm(Form):
    """What the agency says it will do."""

    their_plan = forms.CharField(
        label="What will be done",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="A sentence is enough, such as: visit tomorrow.",
    )
    their_reference = forms.CharField(label="Reference at the agency", required=False, max_length=60)
    volunteers_may_know = forms.BooleanField(label="The volunteers may be told this", required=False)


class WriteForm(Form):
    """The recipient's message to the charity."""

    words = forms.CharField(
        label="Write to the charity",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="A question, news, or that it is not yours. It is kept with what was sent to you.",
    )
