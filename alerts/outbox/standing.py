"""Alerts about a person's account, to that person and to those who lead them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import AccountEvent, Proposal, User
from accounts.operations.standing import AT_ONCE
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert


def tell_of_change(event: AccountEvent, told: Iterable[User], leaders: Iterable[User]) -> None:
    """Tell the person, and those who lead them, in neutral words. A leader who made the change is not told of it.

    The person is told even of what they did themselves: it may have been somebody else at their desk.
    Called by accounts through settings.ON_STANDING_CHANGE.
    """
    key = f"account:{event.pk}"
    queue_alert(
        key=key,
        to=told,
        urgency=Urgency.URGENT if event.change in AT_ONCE else Urgency.ROUTINE,
        wording=Wording.ACCOUNT_CHANGED,
        link=reverse("accounts:me"),
        at=event.at,
    )
    others = [leader for leader in leaders if leader.pk != event.by_id]
    queue_alert(
        key=f"{key}:leads",
        to=others,
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=event.person.get_absolute_url(),
        at=event.at,
    )


def ask_second(proposal: Proposal, people: Iterable[User], *, at: datetime) -> None:
    """Tell the people who may agree to a proposal that it waits. Called by accounts through settings.ON_PROPOSAL."""
    queue_alert(
        key=f"proposal:{proposal.pk}",
        to=people,
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=reverse("accounts:proposals"),
        at=at,
    )
