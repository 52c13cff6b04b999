"""Forms to agree an action, to give it to somebody else and to say what came of it; and the log's rows of buttons about actions."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from circles.action.models import ACTION_LENGTH, REASON_LENGTH, Action, ActionTap
from circles.circle.models import Circle, Membership
from circles.circle.taps import TapRow
from circles.meeting.models import Meeting
from core.forms import DateField, Form, years
from volunteers.volunteer.models import Volunteer


class GiveActionForm(Form):
    owner = forms.ChoiceField(label="Who does it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, circle: Circle, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.visible_to(by).current().of(circle)
        self.volunteers = {member.volunteer.reference: member.volunteer for member in members}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            *((reference, volunteer.user.first_name) for reference, volunteer in self.volunteers.items()),
            (Action.Owner.COORDINATOR.value, f"{circle.coordinator.first_name}, who coordinates"),
            (Action.Owner.CORE_MEMBER.value, circle.known_as),
        ]

    def values_with_owner(self) -> dict[str, Any]:
        """The values for the operation. The choice becomes the kind of owner and, if it is a volunteer, who."""
        chosen = self.cleaned_data["owner"]
        volunteer: Volunteer | None = self.volunteers.get(chosen)
        owner = Action.Owner.VOLUNTEER if volunteer else Action.Owner(chosen)
        return {**self.cleaned_data, "owner": owner, "volunteer": volunteer}


class AgreeActionForm(GiveActionForm):
    words = forms.CharField(
        label="What will be done?", max_length=ACTION_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = DateField(label="By which day?", latest=years(2))
    field_order = ["words", "owner", "due_on"]


class SettleActionForm(Form):
    how = forms.TypedChoiceField(
        label="What came of it?", choices=Action.Status.choices, coerce=Action.Status, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="If it is dropped, why?",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [(move.value, move.label) for move in action.moves]  # type: ignore[attr-defined]


def owner_of(action: Action, *, him: str = "") -> str:
    """The name of the person who does it, as the circle says it. `him`, if given, replaces the core member's name."""
    if action.volunteer is not None:
        return action.volunteer.user.first_name
    if action.owner == Action.Owner.CORE_MEMBER:
        return him or action.circle.known_as
    return action.circle.coordinator.first_name


def action_rows(meeting: Meeting, *, him: str = "", lock: bool = False) -> list[TapRow]:
    """A row for each action that was unfinished when this meeting began. `lock` is for a page whose taps are saved."""
    brought = Action.objects.brought_to(meeting).exclude(status=Action.Status.DROPPED).with_tap_at(meeting)
    actions = brought.select_related("volunteer__user", "circle__coordinator")
    if lock:
        actions = actions.select_for_update(of=("self",))
    return [
        TapRow(
            f"action-{action.reference}",
            action,
            f"{owner_of(action, him=him)}: {action.words}",
            ActionTap.How.choices,
            action.tapped or "",
        )
        for action in actions
    ]
