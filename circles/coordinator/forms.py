"""The form to choose a circle's next coordinator."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from circles.circle.forms import CoordinatorField
from circles.circle.models import Circle
from circles.coordinator.access import possible_coordinators
from core.forms import Form


class CoordinatorForm(Form):
    coordinator = CoordinatorField(
        label="Who coordinates it from now on?",
        queryset=User.objects.none(),
        empty_label="Choose somebody",
        help_text="Coordinators who can sign in and are not its volunteers. A manager gives the role, under People.",
    )

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["coordinator"].queryset = possible_coordinators(circle)
