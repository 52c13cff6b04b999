"""What waits for a person in accounts: proposals that need them as the second person."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models import Proposal, User
from accounts.models.proposal import AGREES
from core.worklist import WorkItem


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Proposals that somebody else made, and that wait for a second person."""
    if not any(user.has_role(role) for role in AGREES):
        return []
    waiting = Proposal.objects.visible_to(user).waiting(at).exclude(asked_by=user)
    return [
        WorkItem(
            title=f"Agree that {each.whom} {each.get_kind_display().lower()}, or refuse",
            url=reverse("accounts:proposals"),
            due_at=each.lapses_at,
            detail=f"{each.asked_by.full_name} asked.",
        )
        for each in waiting.select_related("invitation", "person", "asked_by").order_by("lapses_at", "pk")
    ]
