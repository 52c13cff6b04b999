"""The forms that raise a concern: a sentence and how soon are needed, everything else is optional."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import BooleanField, ExpressionWrapper

from accounts.models import User
from circles.circle.models import IS_CURRENT, Circle, Membership
from concerns.choices import AtRisk, Basis, GoingOn, Kind, Level
from concerns.concern.answers import LONGEST, SHORT
from concerns.raising.access import charity_staff
from core.forms import Form

HOW_SOON = [
    (Level.URGENT.value, "It should not wait: harm, or a broken order, could come soon"),
    (Level.PRIORITY.value, "Something small or unclear that somebody should look at"),
    (Level.LOG.value, "Worth keeping, no harm that I can see"),
]
"""The author's suggestion; where the answers need it sooner, the level goes up. Danger now has a page of its own."""


class SentenceForm(Form):
    """What was seen or heard. The key makes a double tap one concern."""

    submit_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(
        label="What did you see or hear?",
        help_text="A sentence is enough. Use initials, not names. Say what happened; what you think of it can follow.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what you saw or heard. One sentence is enough."},
    )


class AnswersForm(Form):
    """The optional questions of a concern."""

    going_on = forms.ChoiceField(
        label="Is it still going on?", choices=GoingOn.choices, widget=forms.RadioSelect, required=False
    )
    happened_when = forms.CharField(label="When was it?", max_length=SHORT, required=False)
    happened_where = forms.CharField(label="Where was it?", max_length=SHORT, required=False)
    present = forms.CharField(
        label="Who was there?", help_text="Initials, not names.", max_length=SHORT, required=False
    )
    basis = forms.ChoiceField(label="How do you know?", choices=Basis.choices, widget=forms.RadioSelect, required=False)
    at_risk = forms.ChoiceField(
        label="Could anyone tell who the child or adult at risk is?",
        choices=AtRisk.choices,
        help_text="From what you know: a name, a street, a school.",
        widget=forms.RadioSelect,
        required=False,
    )
    at_risk_who = forms.CharField(
        label="Who, in a few words?",
        help_text="Use initials. Only what is needed to find them.",
        max_length=SHORT,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label="What is it about?",
        help_text="Tick any that fit, or none.",
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    opinion = forms.CharField(
        label="What do you think of it?",
        help_text="Your opinion. It is kept apart from what you saw.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class WorryForm(AnswersForm, SentenceForm):
    """The whole form. `circle` decides who is on the list of people it may be about."""

    level = forms.ChoiceField(
        label="How soon should somebody look?",
        choices=HOW_SOON,
        widget=forms.RadioSelect(attrs={"data-look": "cards"}),
        error_messages={"required": "Choose how soon. If you are not sure, choose the first: nobody will mind."},
    )
    about = forms.ChoiceField(
        label="Is it about one of us?",
        help_text="The person you choose will not see this, or learn that it exists.",
        required=False,
    )

    shows_both = False
    """Whether the page shows the words from another page or device as well as those being sent."""

    field_order = ["submit_key", "words", "going_on", "at_risk", "at_risk_who", "level"]

    def __init__(self, *args: Any, circle: Circle, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.staff = possible_subjects_of(user, circle)
        team_choices = [
            (person.reference, f"{person.first_name}{', the coordinator' if person == circle.coordinator else ''}")
            for person in self.team.values()
        ]
        staff_choices = [(person.reference, person.full_name) for person in self.staff.values()]
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", "No"), ("In this circle", team_choices), ("Elsewhere at the charity", staff_choices)]

    def clean_about(self) -> User | None:
        return {**self.staff, **self.team}.get(self.cleaned_data["about"])

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


def possible_subjects_of(user: User, circle: Circle) -> tuple[dict[str, User], dict[str, User]]:
    """The people a worry could be about, by reference: the circle's team that this person met, and the staff."""
    team = {member.volunteer.user.reference: member.volunteer.user for member in _members_met_by(user, circle)}
    team[circle.coordinator.reference] = circle.coordinator
    team.pop(user.reference, None)
    staff = charity_staff().exclude(pk__in=[user.pk, *(person.pk for person in team.values())])
    return team, {person.reference: person for person in staff}


def _members_met_by(user: User, circle: Circle) -> list[Membership]:
    """The volunteers of the circle that this person knows: today's, or for somebody who left, those of their time in it."""
    annotated = Membership.objects.annotate(is_here=ExpressionWrapper(IS_CURRENT, output_field=BooleanField()))
    members: list[Any] = list(annotated.filter(circle=circle).select_related("volunteer__user").order_by("pk"))
    own = [member for member in members if member.volunteer.user_id == user.pk]
    mine = max(own, key=lambda member: member.joined_at, default=None)
    if mine is None or mine.left_at is None:
        return [member for member in members if member.is_here]
    return [
        member
        for member in members
        if member.joined_at < mine.left_at and (member.left_at is None or member.left_at > mine.joined_at)
    ]


class FromLogForm(SentenceForm):
    """The worry from the log's first page, sent before the log is finished."""

    worry = forms.ChoiceField(choices=[("small", "small"), ("now", "now")])

    LEVELS = {"small": Level.PRIORITY, "now": Level.URGENT}

    @property
    def level(self) -> Level:
        return self.LEVELS[self.cleaned_data["worry"]]


class DraftForm(AnswersForm):
    """What is saved while somebody types. Nothing is required."""

    submit_key = forms.UUIDField()
    level = forms.ChoiceField(choices=Level.choices, required=False)
    words = forms.CharField(max_length=LONGEST, required=False)
    about = forms.CharField(max_length=40, required=False)
