"""Forms: open and end a goal; and the rows of taps about goals on the log."""

from __future__ import annotations

from django import forms

from circles.circle.taps import TapRow
from circles.goal.models import GOAL_LENGTH, REASON_LENGTH, Goal, GoalTap
from circles.meeting.models import Meeting
from core.forms import Form

AIMS = {
    Goal.Aim.SUPPORT: "Support: less alone, more of a life",
    Goal.Aim.MONITORING: "Monitoring: others can see how it goes",
    Goal.Aim.MAINTENANCE: "Maintenance: he keeps to what he has learned",
}
"""The three principles in plain words (domain.md 1.2)."""


class OpenGoalForm(Form):
    words = forms.CharField(
        label="What does he want?",
        max_length=GOAL_LENGTH,
        help_text="One sentence, in the core member’s own plain words.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    aim = forms.ChoiceField(label="Which of the three does it serve?", choices=AIMS.items(), widget=forms.RadioSelect)
    reason = forms.CharField(label="Why now?", max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))


class EndGoalForm(Form):
    reason = forms.CharField(
        label="Why does it end?",
        max_length=REASON_LENGTH,
        help_text="Reached, changed or let go, and what made it so.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def goal_rows(meeting: Meeting) -> list[TapRow]:
    """A row for each goal that was open at this meeting."""
    return [
        TapRow(f"goal-{goal.reference}", goal, goal.words, GoalTap.Way.choices, goal.tapped or "")
        for goal in Goal.objects.open_at(meeting).with_tap_at(meeting)
    ]
