"""What waits for whom in the alerts: people whom no message reaches."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from alerts.operations import unreachable
from core.worklist import WorkItem

TELL = (Role.MANAGER, Role.COORDINATOR)


def waiting_for(user: User, at: datetime) -> list[WorkItem]:
    """Those this person manages or coordinates, to be telephoned and their address mended."""
    if not any(user.has_role(role) for role in TELL):
        return []
    return [
        WorkItem(
            title=f"No message reaches {person.full_name}",
            url=reverse("alerts:unreached"),
            must_act=True,
            detail="Telephone them, and mend the address.",
        )
        for person in unreachable(User.objects.visible_to(user).exclude(pk=user.pk), at=at)
    ]
