"""Two taps and a sentence; everything else is optional."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import User
from circles.models import Circle, Membership
from concerns.models import Basis, Kind, Level
from concerns.models.concern import LONGEST

HOW_SOON = [
    (Level.URGENT.value, "It should not wait: harm, or a broken order, could come soon"),
    (Level.PRIORITY.value, "Something small or unclear that somebody should look at"),
    (Level.LOG.value, "Worth keeping, no harm that I can see"),
]
"""The level follows from the answer. Immediate is never a choice here: danger now has its own page."""


class SentenceForm(forms.Form):
    """What was seen or heard, under a key that makes a double tap one concern."""

    submit_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(
        label="What did you see or hear?",
        help_text="A sentence is enough. Use initials, not names. Say what happened; what you think of it can follow.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what you saw or heard. One sentence is enough."},
    )


class WorryForm(SentenceForm):
    """The whole form. `circle` says whom a worry within the team could be about."""

    level = forms.ChoiceField(
        label="How soon should somebody look?",
        choices=HOW_SOON,
        widget=forms.RadioSelect(attrs={"data-look": "cards"}),
        error_messages={"required": "Choose how soon. If you are not sure, choose the first: nobody will mind."},
    )
    kind = forms.ChoiceField(label="What is it about?", choices=[("", "I am not sure"), *Kind.choices], required=False)
    basis = forms.ChoiceField(label="How do you know?", choices=Basis.choices, widget=forms.RadioSelect, required=False)
    opinion = forms.CharField(
        label="What do you make of it?", help_text="Your opinion, kept apart from what you saw.",
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip
    about = forms.ChoiceField(
        label="Is it about somebody in the team?",
        help_text="Whoever you choose will not see this, nor that it exists.",
        required=False,
    )

    field_order = ["submit_key", "level", "words", "kind", "basis", "opinion", "about"]

    def __init__(self, *args: Any, circle: Circle, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = {member.volunteer.user.reference: member.volunteer.user for member in known_to(user, circle)}
        self.team[circle.coordinator.reference] = circle.coordinator
        self.team.pop(user.reference, None)
        said = [
            (person.reference, f"{person.first_name}{', the coordinator' if person == circle.coordinator else ''}")
            for person in self.team.values()
        ]
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", "No"), *said]

    def clean_about(self) -> User | None:
        return self.team.get(self.cleaned_data["about"])

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


def known_to(user: User, circle: Circle) -> QuerySet[Membership]:
    """The circle's volunteers this person has met: those of now, or for one who left, of their time."""
    members = Membership.objects.filter(circle=circle).select_related("volunteer__user")
    own = members.filter(volunteer__user=user).order_by("joined_at").last()
    if own is None or own.left_at is None:
        return members.filter(pk__in=Membership.objects.current().values("pk"))
    return members.filter(joined_at__lt=own.left_at).filter(Q(left_at=None) | Q(left_at__gt=own.joined_at))


class FromLogForm(SentenceForm):
    """The log's first question, sent before the log is finished."""

    worry = forms.ChoiceField(choices=[("small", "small"), ("now", "now")])

    LEVELS = {"small": Level.PRIORITY, "now": Level.URGENT}

    @property
    def level(self) -> Level:
        return self.LEVELS[self.cleaned_data["worry"]]


class DraftForm(forms.Form):
    """What is kept while somebody types: nothing is required and nothing is judged."""

    submit_key = forms.UUIDField()
    level = forms.ChoiceField(choices=Level.choices, required=False)
    words = forms.CharField(max_length=LONGEST, required=False)
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    basis = forms.ChoiceField(choices=Basis.choices, required=False)
    opinion = forms.CharField(max_length=LONGEST, required=False)
