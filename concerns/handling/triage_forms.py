"""Forms to triage, hold, move, link, join and reopen a concern."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from concerns.choices import Kind, Level
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.handling.forms import UntilForm
from concerns.queue.models import Queue
from core.forms import ChangingForm, Form
from core.references import row_called


class ConcernForm(Form):
    """A form about one concern, filled in by one person."""

    def __init__(self, *args: Any, concern: Concern, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concern, self.by = concern, by

    def other_concern(self, name: str) -> Concern:
        """The concern whose reference was typed, if this person may see it."""
        reference = str(self.cleaned_data[name])
        concern = row_called(Concern.objects.visible_to(self.by), reference)
        if concern is None:
            raise ValidationError(f"You have no concern called {reference}. Check the reference.")
        return concern


def _reason_field(label: str, required: str, *, longest: int = 300, help_text: str = "") -> forms.CharField:
    """A field for a short reason. `required` is the message if it is empty."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": required},
    )


def _reference_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="Its reference, such as K-7M4QX.",
        max_length=20,
        error_messages={"required": "Write the other concern’s reference."},
    )


class TriageForm(ConcernForm, ChangingForm):
    level = forms.ChoiceField(
        label="How urgent it is",
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how urgent it is."},
    )
    kind = forms.ChoiceField(label="What it is about", choices=[("", "Not triaged"), *Kind.choices], required=False)
    reason = forms.CharField(
        label="Why",
        help_text="Needed when it becomes less urgent.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"level": self.concern.level, "kind": self.concern.kind}
        if self.concern.level == Level.IMMEDIATE and not ConcernAccess(self.by, self.concern).lower_immediate:
            level = self.fields["level"]
            assert isinstance(level, forms.ChoiceField)
            level.choices = [(Level.IMMEDIATE.value, Level.IMMEDIATE.label)]
            level.help_text = "The safeguarding lead or a manager may make it less urgent. Telephone one of them."
            level.error_messages["invalid_choice"] = str(level.help_text)

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


class WatchForm(UntilForm):
    plan = _reason_field("What the circle watches for, and does", "Write what the circle watches for.", longest=500)
    field_order = ["plan", "until", "other"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label = "When to look at it again"


class HoldConcernForm(UntilForm):
    """The longest hold is the longest promise."""

    waiting_for = forms.CharField(
        label="Waiting for whom", max_length=120, error_messages={"required": "Write whom you are waiting for."}
    )
    field_order = ["waiting_for", "until", "other"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label = "Until they answer, or until"


class MoveForm(ConcernForm):
    queue = forms.ChoiceField(label="To which queue", error_messages={"required": "Choose a queue."})
    reason = _reason_field("Why it belongs there", "Say why it belongs to the other queue.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Queue.objects.exclude(pk=self.concern.queue_id or 0).select_related("area").order_by("area__name")
        self.queues = {queue.reference: queue for queue in others}
        queue = self.fields["queue"]
        assert isinstance(queue, forms.ChoiceField)
        queue.choices = [("", "Choose one"), *((reference, other.name) for reference, other in self.queues.items())]

    def clean_queue(self) -> Queue:
        return self.queues[self.cleaned_data["queue"]]


class LinkForm(ConcernForm):
    other = _reference_field("Which concern belongs with this one?")
    why = _reason_field("What joins them", "Say what joins them.", longest=200)

    def clean_other(self) -> Concern:
        return self.other_concern("other")


class MergeForm(ConcernForm):
    into = _reference_field("Which concern goes on instead of this one?")
    reason = _reason_field("Why they are the same concern", "Say why they are the same concern.")

    def clean_into(self) -> Concern:
        return self.other_concern("into")


class ConcernReasonForm(Form):
    """A reason alone."""

    reason = _reason_field("Why", "Say why.", longest=500)


class NothingNeededForm(ConcernReasonForm):
    reason = _reason_field(
        "Why nothing is needed",
        "Say why nothing is needed.",
        longest=500,
        help_text="From Priority up, a second person must agree.",
    )


class ReopenForm(ConcernReasonForm):
    reason = _reason_field("What is new", "Say what is new.", longest=500)
