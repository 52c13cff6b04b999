"""What one meeting said of the circle's goals and actions, and what it agreed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Case, CharField, DateField, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from circles.action.models import Action, ActionTap
from circles.goal.models import GoalTap
from circles.meeting.models import Meeting

NOTHING = Value("", output_field=CharField())


@dataclass(frozen=True)
class AgreedAction:
    """What was agreed, who does it, and by when."""

    words: str
    owner: str
    due_on: date


@dataclass
class GoalsAndActions:
    """Each goal and each action by its words, with what was tapped; and the actions agreed in this meeting."""

    goals: list[tuple[str, str]] = field(default_factory=list)
    actions: list[tuple[str, str]] = field(default_factory=list)
    agreed: list[AgreedAction] = field(default_factory=list)


def goals_and_actions_of(meeting: Meeting) -> GoalsAndActions:
    """The taps of one meeting's log, and the actions that were agreed in it; all at one query."""
    goals = GoalTap.objects.filter(meeting=meeting).values_list(
        Value(True, output_field=BooleanField()),
        "goal__pk",
        Cast("goal__words", TextField()),
        "way",
        NOTHING,
        Value(None, output_field=DateField()),
        Value(False, output_field=BooleanField()),
    )
    taps = ActionTap.objects.filter(meeting=meeting)
    owner = Case(
        When(volunteer__isnull=False, then=F("volunteer__user__first_name")),
        When(owner=Action.Owner.CORE_MEMBER, then=F("circle__known_as")),
        default=F("circle__coordinator__first_name"),
        output_field=CharField(),
    )
    agreed_here = Case(When(meeting=meeting, then=True), default=False, output_field=BooleanField())
    actions = Action.objects.filter(Q(meeting=meeting) | Q(pk__in=taps.values("action"))).values_list(
        Value(False, output_field=BooleanField()),
        "pk",
        Cast("words", TextField()),
        Coalesce(Subquery(taps.filter(action=OuterRef("pk")).values("how")[:1]), NOTHING),
        owner,
        "due_on",
        agreed_here,
    )
    found = GoalsAndActions()
    for is_goal, _, words, tapped, name, due_on, is_agreed in sorted(
        goals.union(actions, all=True), key=lambda row: row[1]
    ):
        if is_goal:
            found.goals.append((words, GoalTap.Way(tapped).label))
        elif tapped:
            found.actions.append((words, ActionTap.How(tapped).label))
        if is_agreed:
            found.agreed.append(AgreedAction(words, name, due_on))
    return found
