"""What alerts put on a person's home page: people no message reaches, refusals, and a pause in sending."""

from __future__ import annotations

from datetime import datetime

from django.db.models import TextField, Value
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from alerts.outbox.trouble import refusal_sentence, refusals
from alerts.pause.models import SendingPause
from alerts.receipt.operations import unreachable_people
from core.worklist import WorkItem

TELL = (Role.MANAGER, Role.COORDINATOR)
MEND = (Role.MANAGER, Role.TECHNICIAN)


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """A pause and refused providers, for those who can put them right; unreachable people, for their staff."""
    items = []
    if any(user.has_role(role) for role in MEND):
        items = _trouble_items_of(user)
    if not any(user.has_role(role) for role in TELL):
        return items
    return items + [
        WorkItem(
            title=f"No message reaches {person.full_name}",
            url=reverse("alerts:unreached"),
            must_act=True,
            detail="Telephone them, and put the address right.",
        )
        for person in unreachable_people(User.objects.visible_to(user).exclude(pk=user.pk), at=at)
    ]


PAUSE = " pause"
"""No provider's name, and before all of them."""


def _trouble_items_of(user: User) -> list[WorkItem]:
    """A pause in sending, which somebody must end, and each provider that refuses our messages. One query."""
    pauses = SendingPause.objects.visible_to(user).current()
    rows = pauses.values_list(Value(PAUSE, TextField()), Value("", TextField()))
    return [
        _pause_item() if name == PAUSE else _refusal_item_of(refusal_sentence(name, why))
        for name, why in sorted(rows.union(refusals().values_list("name", "detail"), all=True))
    ]


def _refusal_item_of(sentence: str) -> WorkItem:
    """An item for a provider that refuses our messages."""
    return WorkItem(
        title=f"{sentence[:1].upper()}{sentence[1:]}",
        url=reverse("status"),
        must_act=True,
        detail="Until then nothing is sent that way. Telephone whoever must know.",
    )


def _pause_item() -> WorkItem:
    """An item for a pause in sending: somebody must look at what waits, and end it."""
    return WorkItem(
        title="Sending is paused since the database was restored",
        url=reverse("alerts:pause"),
        must_act=True,
        detail="Look at what waits, then let it go on.",
    )
