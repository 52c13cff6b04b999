"""Telling a person, and whoever leads them, that something about an account has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import AccountEvent, Proposal, User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert


def tell_of_change(event: AccountEvent, told: Iterable[User], leaders: Iterable[User]) -> None:
    """Neutral words to the person and to those who lead; whoever made the change hears nothing of it as a leader.

    The person is told also of what they did themselves: it may have been somebody else at their desk.
    Called by accounts through settings.ON_STANDING_CHANGE.
    """
    key = f"account:{event.pk}"
    queue_alert(
        key=key,
        to=told,
        urgency=Urgency.ROUTINE,
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
    """Tell those who could agree that something waits for them. Called by accounts through settings.ON_PROPOSAL."""
    queue_alert(
        key=f"proposal:{proposal.pk}",
        to=people,
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=reverse("accounts:proposals"),
        at=at,
    )
