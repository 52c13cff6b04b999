"""What alerts put on a person's home page: people no message reaches. Kinds of alerts in config/kinds.py are the rest."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from alerts.receipt.operations import unreachable_people
from core.worklist import WorkItem

TELL = (Role.MANAGER, Role.COORDINATOR)


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """The people whom nothing reaches, for those who can telephone them. One query."""
    if not any(user.has_role(role) for role in TELL):
        return []
    return [
        WorkItem(
            title=f"No message reaches {person.full_name}",
            url=reverse("alerts:unreached"),
            must_act=True,
            detail="Telephone them, and put the address right.",
        )
        for person in unreachable_people(User.objects.visible_to(user).exclude(pk=user.pk), at=at)
    ]
