"""When a message may be sent: what can wait is sent in the morning, or in one message in the evening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from accounts.models import User
from accounts.operations import record_act
from alerts.hours.models import DIGEST_AT, Preference, next_time
from alerts.message.models import Channel, Urgency, Wording
from core.errors import Refused


@dataclass(frozen=True)
class Hour:
    """When to try a message first, whether quiet hours hold when it is queued, and whether it folds with others."""

    at: datetime
    in_quiet_hours: bool = False
    folds: bool = False


def preferences_of(people: Iterable[User]) -> dict[int, Preference]:
    """Each person's preference by the person's key, in one query. A person without a row has the defaults."""
    people = list(people)
    stored = {preference.person_id: preference for preference in Preference.objects.filter(person__in=people)}
    return {person.pk: stored.get(person.pk) or Preference(person=person) for person in people}


def sending_hour_of(
    preference: Preference, *, channel: Channel, urgency: Urgency, wording: Wording, at: datetime
) -> Hour | None:
    """When to send a message; None where this person chose not to be sent it.

    Only news can be declined. What needs somebody is always sent; what is urgent is sent in the night too, and is
    marked as sent in quiet hours.
    """
    until = preference.quiet_until(at)
    if urgency != Urgency.ROUTINE or channel == Channel.INBOX:
        return Hour(at, in_quiet_hours=until is not None)
    if wording == Wording.THERE_IS_NEWS:
        if preference.news == Preference.News.NONE:
            return None
        if preference.news == Preference.News.DAILY:
            evening = next_time(at, DIGEST_AT)
            return Hour(preference.quiet_until(evening) or evening, in_quiet_hours=until is not None, folds=True)
    return Hour(until or at, in_quiet_hours=until is not None)


@transaction.atomic
def choose_hours(*, news: Preference.News, quiet_from: time, quiet_to: time, by: User, at: datetime) -> Preference:
    """Store how this person wants to hear of what can wait."""
    if not by.is_active:
        raise Refused("This account can no longer sign in. Ask a manager.")
    if quiet_from == quiet_to:
        raise Refused("Choose two different times, such as 21:00 and 07:00.", "quiet_to")
    preference, _ = Preference.objects.update_or_create(
        person=by, defaults={"news": news, "quiet_from": quiet_from, "quiet_to": quiet_to}
    )
    record_act("altered", by, by=by, at=at, note=f"hours chosen: news {news}")
    return preference
