"""Telling an agency: the exact words, to whom, under which law and why; and the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms

from accounts.access import Role, people_in
from accounts.models import User
from circles.redaction.forms import NamesForm, by_hand_of
from concerns.concern.answers import LONGEST
from concerns.concern.models import Concern
from concerns.share.choices import KEEP_IT, Condition, Gateway, LawfulBasis, Marking, Method, Told
from concerns.share.models import Share
from concerns.share.operations import names_for
from concerns.share.recipient import Written
from core.forms import Form
from core.worktime import LONDON
from offenders.contact.models import Contact


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody, by name and agency."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.agency.name}" if obj.agency_id else str(obj.full_name)


@dataclass(frozen=True)
class Fold:
    """Questions that stand folded under one line."""

    title: str
    fields: tuple[str, ...]


FOLDS = (
    Fold(
        "Somebody who is no contact of his",
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
        """Whether something in it is wrong, or was written otherwise than the service offers it."""
        return any(each.errors or (each.value() or "") != _offered_first(each) for each in self.fields)


def _offered_first(asked: forms.BoundField) -> Any:
    """What an empty page offers in this field."""
    first = asked.field.initial
    return first if first is not None else ""


class ShareForm(NamesForm):
    """What is to be told. What the concern says is offered as the text, to be cut down to what is needed.

    Volunteers' names are left out of it. Whoever sends it has seen each of them: a name that was not on the page yet
    brings the page back with it.
    """

    to = forms.ChoiceField(
        label="Whom you tell", required=False, help_text="His contacts, and the duty desks behind them."
    )
    recipient_name = forms.CharField(
        label="If somebody else: who", max_length=120, required=False, help_text="Somebody who is no contact of his."
    )
    recipient_role = forms.CharField(
        label="Their post", max_length=120, required=False, help_text="Such as headteacher or social worker."
    )
    recipient_agency = forms.CharField(label="Their agency", max_length=120, required=False)
    recipient = PersonField(
        label="Their account here, if they have one",
        queryset=User.objects.none(),
        required=False,
        empty_label="They have none",
    )
    method = forms.ChoiceField(label="How they are told", choices=Method.choices, widget=forms.RadioSelect)
    recipient_mail = forms.EmailField(
        label="Their secure e-mail address",
        required=False,
        help_text="If you send it by e-mail. A contact’s own is used.",
    )
    text = forms.CharField(
        label="Exactly what they are told",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        help_text="Kept word for word, but for volunteers’ names. Cut away whatever they do not need.",
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
        help_text="Say what else you thought of that would tell less.",
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
        self.names = names_for(concern, by_hand=by_hand_of(data))
        self.outgoing = self.names.read(text)
        super().__init__(data, initial=initial, names=self.names)
        self.shown_before = self.show_names(text)
        self.order_fields([*ADDRESSED, "text", "put_back", "leave_out"])
        day = at.astimezone(LONDON).date()
        known = Contact.objects.current().filter(core_member=concern.circle.core_member_id).select_related("agency")
        self.contacts = {contact.reference: contact for contact in known.order_by("pk")}
        fields: Any = self.fields
        fields["to"].choices = [*choices_of(self.contacts.values(), day), ("", "Somebody else, written below")]
        rung = [contact for contact in self.contacts.values() if contact.may_be_told_on(day)]
        fields["to"].initial = rung[0].reference if rung else ""
        people = people_in(Role.LIAISON) | people_in(Role.MAPPA_COORDINATOR)
        people = people.exclude(pk=concern.about_id or 0).select_related("agency").order_by("full_name")
        fields["recipient"].queryset = people

    def show_names(self, text: str) -> set[str]:
        """Note on the page which names it shows; answers which the page shown before had."""
        shown = json.dumps(sorted(find.key for find in self.names.found))
        self.initial["names_shown"] = shown
        if not self.is_bound:
            return set()
        typed: Any = self.data
        before = typed.get("names_shown", "")
        self.data = typed = typed.copy()
        typed["names_shown"] = shown
        return {find.key for find in self.names.found if json.dumps(find.key) in before}

    @property
    def parts(self) -> list[Part]:
        """The questions in the order of the page. What most need not fill in is folded away."""
        folds = {name: fold for fold in FOLDS for name in fold.fields}
        found: list[Part] = []
        for asked in self.visible_fields():
            fold = folds.get(asked.name)
            if fold is None or not (found and found[-1].fold is fold):
                found.append(Part(fold))
            found[-1].fields.append(asked)
        return found

    @property
    def typed_beside_to(self) -> list[tuple[str, str]]:
        """Everything that was sent with the form, but whom it goes to: for the button that tells the desk."""
        typed: Any = self.data
        return [(name, value) for name in self.fields if name != "to" for value in typed.getlist(name)]

    @property
    def desk(self) -> Contact | None:
        """Whose duty desk to offer, when the contact chosen cannot be told."""
        if not (self.is_bound and "to" in self.errors):
            return None
        contact = self.contacts.get(self.data.get("to", ""))
        return contact if contact is not None and contact.duty_desk else None

    def clean(self) -> dict[str, Any]:
        """`to` as a contact and whether their desk is meant; what was written by hand as one thing."""
        cleaned = super().clean() or {}
        if any(find.key not in self.shown_before for find in self.names.found):
            self.add_error("text", "Volunteers’ names were found in it. See below what is left out, then go on.")
        for name in ("names_shown", "put_back", "leave_out"):
            cleaned.pop(name, None)
        cleaned["by_hand"] = self.names.by_hand
        chosen = cleaned.pop("to", "")
        cleaned["to_desk"] = chosen.startswith(DESK)
        cleaned["contact"] = self.contacts.get(chosen.removeprefix(DESK))
        cleaned["written"] = Written(
            name=cleaned.pop("recipient_name", ""),
            role=cleaned.pop("recipient_role", ""),
            agency=cleaned.pop("recipient_agency", ""),
            account=cleaned.pop("recipient", None),
            mail=cleaned.pop("recipient_mail", ""),
        )
        return cleaned


def choices_of(contacts: Iterable[Contact], day: date) -> list[tuple[str, str]]:
    """Each contact, with whether they were rung in time, and each duty desk once."""
    people: list[tuple[str, str]] = []
    desks: dict[tuple[str, int], tuple[str, Contact]] = {}
    for one in contacts:
        rung = "" if one.may_be_told_on(day) else " – not rung in the last ninety days"
        people.append((one.reference, f"{one.name}, {one.role}, {one.agency.name}{rung}"))
        if one.duty_desk:
            desks.setdefault((one.duty_desk, one.agency_id), (f"{DESK}{one.reference}", one))
    told = [(value, f"Duty desk: {one.duty_desk}, {one.agency.name}") for value, one in desks.values()]
    return [*people, *told]


def offered_again(wrong: Share) -> dict[str, Any]:
    """What a corrected share takes over from the one that was wrong."""
    to = f"{DESK if wrong.to_desk else ''}{wrong.contact.reference}" if wrong.contact else ""
    by_hand = {} if wrong.contact else {name: getattr(wrong, name) for name in BY_HAND}
    return {"to": to, **by_hand, **{name: getattr(wrong, name) for name in NAMES}}


DESK = "desk:"
ADDRESSED = ["to", "recipient_name", "recipient_role", "recipient_agency", "recipient", "recipient_mail", "method"]
BY_HAND = ["recipient_name", "recipient_role", "recipient_agency", "recipient"]
NAMES = [
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


class ReasonForm(Form):
    """Why it is not told, did not arrive, or is called back."""

    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ChaseForm(Form):
    """Whom was spoken to."""

    spoken_to = forms.CharField(
        label="Whom did you speak to, and what did they say?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
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
    """A message to the charity."""

    words = forms.CharField(
        label="Write to the charity",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="A question, news, or that it is not yours. It is kept with what was sent to you.",
    )
