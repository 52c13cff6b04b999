"""What waits for whom in the alerts: people whom no message reaches."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from alerts.outbox.trouble import refusals
from alerts.pause.models import SendingPause
from alerts.receipt.operations import unreachable
from core.worklist import WorkItem

TELL = (Role.MANAGER, Role.COORDINATOR)
MEND = (Role.MANAGER, Role.TECHNICIAN)


def waiting_for(user: User, at: datetime) -> list[WorkItem]:
    """A provider that refuses us; those this person manages or coordinates, to be telephoned and their address mended."""
    found = []
    if any(user.has_role(role) for role in MEND):
        found = [*pauses(user), *(refusal(words) for words in refusals())]
    if not any(user.has_role(role) for role in TELL):
        return found
    return found + [
        WorkItem(
            title=f"No message reaches {person.full_name}",
            url=reverse("alerts:unreached"),
            must_act=True,
            detail="Telephone them, and mend the address.",
        )
        for person in unreachable(User.objects.visible_to(user).exclude(pk=user.pk), at=at)
    ]


def refusal(words: str) -> WorkItem:
    """Whoever can have the account put right must hear of it first."""
    return WorkItem(
        title=f"{words[:1].upper()}{words[1:]}",
        url=reverse("status"),
        must_act=True,
        detail="Until then nothing goes out by that way. Telephone whoever must know.",
    )


def pauses(user: User) -> list[WorkItem]:
    """After a restore somebody has to look at what waits, and let it go on."""
    return [
        WorkItem(
            title="Sending is paused since the database was restored",
            url=reverse("alerts:pause"),
            must_act=True,
            detail="Look at what waits, then let it go on.",
        )
        for _ in SendingPause.objects.visible_to(user).standing()
    ]
