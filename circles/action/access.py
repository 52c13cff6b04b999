"""Who may say what came of an action, and give it to somebody else."""

from __future__ import annotations

from accounts.models import User
from circles.action.models import Action
from circles.circle.access import CircleAccess
from core.access import act


class ActionAccess(CircleAccess):
    """Acts on one action. Facts about the circle are those of the action's circle."""

    def __init__(self, by: User, action: Action) -> None:
        super().__init__(by, action.circle)
        self.action = action

    @act("say what came of this action")
    def settle(self) -> bool:
        """The coordinator, for every action. A volunteer, for their own and the core member's, who cannot sign in."""
        if not self.belongs or self.coordinates:
            return self.coordinates
        mine = self.action.volunteer is not None and self.action.volunteer.user_id == self.by.pk
        return mine or self.action.owner == Action.Owner.CORE_MEMBER

    @act("give this action to somebody else")
    def give(self) -> bool:
        return self.coordinates
