"""The forms of a referral: starting one, a section of its questions, and what is said at each step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, F, QuerySet, When

from accounts.access import Role
from accounts.models import Area, User
from core.forms import ChangingForm, DateField, EmailField, Form, RowSelect, TelephoneField, years
from core.forms.listing import M
from offenders.core_member.forms import CoordinatedListForm, PersonField
from offenders.referral.access import possible_coordinators
from offenders.referral.document_models import DocumentKind, Marking
from offenders.referral.models import LONGEST, DeclineReason, Referral, WithdrawnBy
from offenders.referral.questions import LINE, WORDS, Kind, Question, Section

EVERY_STATE = "every"
"""A choice in the list of referrals, beside the states."""

DUE = Case(
    When(status=Referral.Status.SUBMITTED, then=F("acknowledge_by")),
    When(status=Referral.Status.SCREENING, then=F("answer_by")),
)
"""What `due_at` answers, in the database."""


def coordinator_field() -> PersonField:
    return PersonField(
        label="Coordinator",
        queryset=User.objects.none(),
        widget=RowSelect(if_none="No coordinator has joined yet. A manager invites one on the page People."),
    )


def long_words(label: str, *, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )


class ReferrerForm(ChangingForm):
    """Who refers him, and where he lives."""

    referrer_name = forms.CharField(label="Who refers him", max_length=120)
    referrer_role = forms.CharField(label="What they are", max_length=120, required=False)
    referrer_agency = forms.CharField(label="Their agency", max_length=120)
    referrer_mail = EmailField(
        label="Their secure e-mail address",
        help_text="The answer goes there, and the link to the form if you send one.",
    )
    referrer_telephone = TelephoneField(label="Their telephone", required=False)
    area = forms.ModelChoiceField(label="MAPPA area", queryset=Area.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["area"].queryset = Area.objects.order_by("name")


class StartReferralForm(ReferrerForm):
    coordinator = coordinator_field()

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["coordinator"].queryset = possible_coordinators()
        if by.has_role(Role.COORDINATOR):
            self.fields["coordinator"].initial = by.pk


class HandOverForm(Form):
    coordinator = coordinator_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["coordinator"].queryset = possible_coordinators()


def field_of(question: Question) -> forms.Field:
    """The form field of one question. None is required here: what is missing is said before the form is sent."""
    hint = f"{question.hint} Needed before it is sent.".strip() if question.needed else question.hint
    said: dict[str, Any] = {"label": question.label, "help_text": hint, "required": False}
    if question.kind == Kind.DAY:
        return DateField(latest=years(100), **said)
    if question.kind == Kind.CHOICE:
        if len(question.choices) > 4:
            return forms.ChoiceField(choices=[("", "Not answered"), *question.choices], **said)
        return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect, **said)
    if question.kind == Kind.TICKS:
        return forms.MultipleChoiceField(choices=question.choices, widget=forms.CheckboxSelectMultiple, **said)
    if question.kind == Kind.WORDS:
        return forms.CharField(max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3}), **said)
    return forms.CharField(max_length=LINE, **said)


class SectionForm(ChangingForm):
    """The questions of one section, with what is answered already."""

    def __init__(
        self, *args: Any, section: Section, answers: dict[str, Any], pages: dict[str, str], **kwargs: Any
    ) -> None:
        first = {
            name: date.fromisoformat(said) if section.by_name[name].kind == Kind.DAY else said
            for name, said in answers.items()
            if name in section.by_name
        }
        self.section, self.pages = section, pages
        super().__init__(*args, initial=first, **kwargs)
        for question in section.questions:
            self.fields[question.name] = field_of(question)

    def is_own_change(self, name: str) -> bool:
        return bool(self.page) and self.pages.get(name) == self.page

    def well_formed_answers(self) -> dict[str, Any]:
        """What was answered and can be stored, so that one wrong answer does not lose the others."""
        return {
            question.name: self.cleaned_data[question.name]
            for question in self.section.questions
            if question.name in self.cleaned_data
        }


class ForReferrerForm(Form):
    """Words that the referrer will read. Whoever writes them says that they are neutral (domain.md 4.5)."""

    read_over = forms.BooleanField(
        label="I have read it over: it names nobody, and says nothing of what he did",
        error_messages={"required": "Read over what the referrer will read, then tick this."},
    )

    def clean(self) -> dict[str, Any]:
        """What the operation takes: all but the tick."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        answers.pop("read_over", None)
        return answers


class AskForm(ForReferrerForm):
    field_order = ["asked_for", "asked_until", "read_over"]

    asked_for = long_words(
        "What do you need to know?", hint="The referrer reads this. Name nobody, and nothing that he did."
    )
    asked_until = DateField(
        label="By which day?",
        required=False,
        help_text="The referrer reads it too. Once it is over, you are reminded. You may leave it empty.",
        latest=years(1),
    )


class DeclineForm(ForReferrerForm):
    field_order = ["reason", "advice", "read_over", "why"]

    reason = forms.ChoiceField(label="Why", choices=DeclineReason.choices, widget=forms.RadioSelect)
    advice = long_words(
        "What you tell the referrer",
        hint="What would help now, or what could change. Name nobody, and nothing that he did.",
    )
    why = long_words("Why, for the file", hint="The referrer does not read this.")


class WithdrawReferralForm(Form):
    withdrawn_by = forms.ChoiceField(label="Who withdraws it", choices=WithdrawnBy.choices, widget=forms.RadioSelect)
    why = long_words("What they said")


class DocumentForm(Form):
    kind = forms.ChoiceField(label="Which", choices=DocumentKind.choices)
    has_none = forms.BooleanField(label="There is none of him", required=False)
    had_on = DateField(label="We had it on", required=False, latest=years(0))
    dated = DateField(label="It is dated", required=False, latest=years(0))
    supplied_by = forms.CharField(label="Supplied by", max_length=120, required=False)
    owner_agency = forms.CharField(
        label="Whose it is", max_length=120, required=False, help_text="The agency that may ask for it back."
    )
    marking = forms.ChoiceField(label="Protective marking", choices=[("", "None"), *Marking.choices], required=False)
    not_onward = forms.BooleanField(label="Not to be shared onward", required=False)
    return_on = DateField(label="To be returned or reviewed on", required=False, latest=years(20))
    returned_on = DateField(label="Returned or destroyed on", required=False, latest=years(0))


class ReferralListForm(CoordinatedListForm):
    """The list of referrals; without a choice, those that are not over."""

    field_order = ["find", "state", "area", "coordinator", "order"]

    his = "core_member"

    def __init__(self, data: Any, *, rows: QuerySet[Referral], reader: User) -> None:
        super().__init__(
            data,
            rows=rows,
            reader=reader,
            finds=("reference", "referrer_agency", "core_member__reference"),
            states=Referral.Status,
            orders={
                "due": ("The soonest due first", (DUE.asc(nulls_last=True), "-started_at", "pk")),
                "reference": ("By reference", ("reference", "pk")),
                "coordinator": ("By coordinator", ("coordinator__full_name", "-started_at", "pk")),
                "state": ("By state", ("status", "-started_at", "pk")),
                "newest": ("The newest first", ("-started_at", "-pk")),
            },
            hint="A reference, the agency that refers him, or the first name that his circle calls him.",
            noun=("referral", "referrals"),
        )
        fields: Any = self.fields
        fields["state"].choices = [("", "Open"), (EVERY_STATE, "Every state"), *Referral.Status.choices]

    def in_state(self, rows: QuerySet[M], state: str) -> QuerySet[M]:
        """The referrals in this state; open ones where none was chosen."""
        if state == EVERY_STATE:
            return rows
        return super().in_state(rows, state) if state else rows.exclude(status__in=Referral.OVER)
