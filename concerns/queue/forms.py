"""Forms that set up a queue: for which area, worked by which team, and who manages it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.forms import AgencyPersonField, AreaField
from accounts.models import Area, Team, User
from concerns.queue.models import Queue
from core.forms import ChangingForm, Form, RowSelect

if TYPE_CHECKING:
    TeamChoice = forms.ModelChoiceField[Team]
else:
    TeamChoice = forms.ModelChoiceField


class TeamField(TeamChoice):
    def label_from_instance(self, obj: Team) -> str:
        return obj.name


class MakeQueueForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = AreaField(
            label="MAPPA area",
            queryset=Area.objects.worked_in().filter(queue=None),
            help_text="The areas you work in that have no queue yet.",
            widget=RowSelect(
                if_none="Every area you work in has a queue. Choose more areas first, on the set-up page."
            ),
            error_messages={"required": "Choose the area."},
        )


class GrantForm(Form):
    """Offers the teams that do not work the queue yet."""

    def __init__(self, *args: Any, by: User, queue: Queue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamField(
            label="Team",
            queryset=Team.objects.visible_to(by).exclude(pk__in=queue.teams().values("pk")).order_by("name"),
            error_messages={"required": "Choose the team that works this queue."},
            widget=RowSelect(if_none="There is no team that does not work it yet. Make one first, on the page Teams."),
        )


class TeamManagerForm(ChangingForm):
    """Offers everybody who works the queue."""

    def __init__(self, *args: Any, by: User, queue: Queue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = queue.workers().values("pk")
        self.fields["team_manager"] = AgencyPersonField(
            label="Team manager",
            queryset=User.objects.visible_to(by).filter(pk__in=workers).select_related("agency").order_by("full_name"),
            required=False,
            empty_label="Nobody",
            help_text="Somebody who works this queue. They are told when the duty desk does not answer.",
        )


class ConfirmForm(Form):
    """Nothing to fill in: a confirmation, sent by POST."""
