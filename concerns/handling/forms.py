"""Forms to take a concern on, record what was done, answer it, and tell the volunteer."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from concerns.choices import Feedback, Outcome, Withheld
from concerns.engine.models import Acknowledgement
from core.forms import Form, MomentField, years
from core.forms.moments import naive_time_of
from core.templatetags.ui import clock, moment
from core.worktime import LONDON

OTHER = "other"
NAMES_ITS_DAY = ("Today", "Tomorrow")
"""Words that say which day it is, so that only the time is added."""


def suggested_moments(at: datetime, latest: datetime) -> list[tuple[str, str]]:
    """A few moments to choose with one tap, none later than `latest`; and another time."""
    local = at.astimezone(LONDON)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(9, 30), LONDON)
    close = datetime.combine(local.date(), time(17), LONDON)
    moments = [
        (at + timedelta(minutes=30), "In half an hour"),
        (at + timedelta(hours=1), "In an hour"),
        (at + timedelta(hours=4), "In four hours"),
        (close, "Today"),
        (tomorrow, "Tomorrow"),
        (tomorrow + timedelta(days=2), "In three days"),
    ]
    fitting = sorted((when, words) for when, words in moments if at < when <= latest)
    choices = [
        (when.isoformat(), f"{words}, {clock(when) if words in NAMES_ITS_DAY else moment(when)}")
        for when, words in fitting
    ]
    return [*choices[-4:], (OTHER, "Another time")]


def _take_over_field(held: Acknowledgement) -> forms.MultipleChoiceField:
    """A box to tick for taking over a concern from a colleague. It is for this promise of theirs and no later one."""
    has_it = f"{held.giver} has it until {moment(held.until)}."
    tick = f"{has_it} Tick this to take it over, or leave it with them."
    return forms.MultipleChoiceField(
        label=has_it,
        choices=[(str(held.pk), "Take it over all the same")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": tick, "invalid_choice": tick, "invalid_list": tick},
    )


class UntilForm(Form):
    """A promise: until when somebody has the concern."""

    until = forms.ChoiceField(
        label="I am dealing with it until",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose until when you have it."},
    )
    other = MomentField(label="Another time", required=False, earliest=years(-1), latest=years(2))

    def __init__(
        self, *args: Any, at: datetime, latest: datetime, held: Acknowledgement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, at=at, **kwargs)
        self.held = held
        if held is not None:
            self.fields["over"] = _take_over_field(held)
        until = self.fields["until"]
        assert isinstance(until, forms.ChoiceField)
        until.choices = suggested_moments(at, latest)
        posted = self.data.get(self.add_prefix("until")) if self.is_bound else None
        if posted and posted not in dict(until.choices) and posted != OTHER:
            # The page was opened some minutes ago, so the moments it offered then are not offered now.
            chosen = naive_time_of(posted)
            words = moment(chosen) if chosen is not None and chosen.tzinfo else "Another moment"
            until.choices = [(posted, f"Chosen before: {words}"), *until.choices]
        self.fields["other"].help_text = f"No later than {moment(latest)}."

    def _moment_of_choice(self, text: str) -> datetime:
        """The moment that the page offered under this value, which has a time zone."""
        value = naive_time_of(text)
        if value is None or value.tzinfo is None or value.year not in range(2000, 2200):
            raise ValidationError("Choose until when you have it.")
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "over" in cleaned:
            cleaned["over"] = self.held
        chosen = cleaned.get("until")
        other = cleaned.pop("other", None)
        if chosen == OTHER:
            if other is None and "other" not in self.errors:
                self.add_error("other", "Write the day and the time, or choose one of the times offered.")
            cleaned["until"] = other
        elif chosen:
            cleaned["until"] = self._moment_of_choice(chosen)
        return cleaned


class AcknowledgeForm(UntilForm):
    plan = forms.CharField(
        label="What you will do", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class OwnActionForm(Form):
    """What the author of a concern did about it. They promise nothing."""

    what = forms.CharField(
        label="What was done",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was done."},
    )


class ActionForm(OwnActionForm, UntilForm):
    field_order = ["what", "until", "other"]


class AnswerForm(Form):
    outcome = forms.ChoiceField(label="What came of it", choices=[("", "Choose one"), *Outcome.choices])
    answer = forms.CharField(
        label="In a sentence or two",
        help_text="For the people working the case. The volunteer never sees this.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class FeedbackForm(Form):
    feedback = forms.ChoiceField(
        label="What may the volunteer be told?",
        help_text="Sentences that tip nobody off. There is no free text here on purpose.",
        choices=Feedback.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one sentence."},
    )

    def clean_feedback(self) -> Feedback:
        return Feedback(self.cleaned_data["feedback"])


class WithholdForm(Form):
    why = forms.ChoiceField(
        label="Why can they be told nothing?",
        help_text="If one of the safe sentences fits, tell them that instead.",
        choices=Withheld.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why."},
    )

    def clean_why(self) -> Withheld:
        return Withheld(self.cleaned_data["why"])


class ErrorForm(Form):
    reason = forms.CharField(label="Why was it raised in error?", max_length=300)
