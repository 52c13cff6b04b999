"""On hold, to another queue, or joined to another concern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from concerns.forms.rota import moment_field
from concerns.models import Concern, Queue

if TYPE_CHECKING:
    QueueChoice = forms.ModelChoiceField[Queue]
else:
    QueueChoice = forms.ModelChoiceField


class QueueField(QueueChoice):
    def label_from_instance(self, obj: Queue) -> str:
        return obj.name


class HoldForm(forms.Form):
    reason = forms.CharField(
        label="What it waits for", max_length=300, error_messages={"required": "Say what it waits for."}
    )

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = moment_field("On hold until")


class MoveForm(forms.Form):
    reason = forms.CharField(
        label="Why it belongs there", max_length=300, error_messages={"required": "Say why it belongs there."}
    )
    field_order = ["queue", "reason"]

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Queue.objects.exclude(concerns=concern).select_related("area").order_by("area__name")
        self.fields["queue"] = QueueField(
            label="To which queue",
            queryset=others,
            help_text="Whoever works the queue it is in now sees it no more.",
            error_messages={"required": "Choose the queue it belongs in."},
        )
        self.order_fields(self.field_order)


class JoinForm(forms.Form):
    into = forms.CharField(
        label="The other concern's reference",
        help_text="Such as K-7Q2MX9. It must be about the same circle. The stricter level and the sooner clock hold.",
        max_length=12,
        error_messages={"required": "Write the reference of the other concern."},
    )

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
