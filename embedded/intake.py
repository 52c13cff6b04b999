"""Loads a draft that was not sent, a call, a report made straight to the police, and a concern without news."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from circles.circle.models import Circle
from concerns.choices import Level, ReportedTo, Whom
from concerns.concern.models import Concern
from concerns.handling.call_operations import record_call, record_own_report
from concerns.handling.operations import record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern, save_draft
from concerns.watch.reminders import send_reminders
from embedded.alerts import settle_past_alerts

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def load_intake(
    circles: Mapping[str, Circle], people: Mapping[str, User], key: Callable[[], UUID], *, at: datetime
) -> None:
    """Harun began a concern at teatime, Esther rang, Dev told the police, and Dilys has waited a fortnight."""
    save_draft(
        circles["C-0133"],
        submit_key=key(),
        by=people["Harun Aziz"],
        at=at - 5 * HOUR,
        level="priority",
        words="Graham has been walking past the school again, he says because of the bus.",
        kinds=["grooming"],
    )
    _record_authors_own_acts(circles, people, at=at)
    no_news = raise_concern(
        circles["C-0121"],
        submit_key=key(),
        level=Level.LOG,
        kinds=["secrecy", "lost_contact"],
        by=people["Dilys Vaughan"],
        words="Roy was evasive about where he had been on both Fridays.",
        happened_when="The last two Fridays",
        at=at - 15 * DAY,
    )
    coordinator = circles["C-0121"].coordinator
    acknowledge_concern(no_news, until=at - 15 * DAY + 4 * HOUR, by=coordinator, at=at - 15 * DAY + HOUR)
    record_action(
        no_news,
        what="Asked his officer what is known of Fridays.",
        until=at - 2 * DAY,
        by=coordinator,
        at=at - 15 * DAY + 2 * HOUR,
    )
    record_action(
        no_news,
        what="Asked again; she is on leave until Monday.",
        until=at + 5 * DAY,
        by=coordinator,
        at=at - 3 * DAY,
    )
    settle_past_alerts(f"{no_news.reference}:", at=at - 2 * DAY)
    send_reminders(at=at)


def _record_authors_own_acts(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Record what two authors did themselves: one rang, one told the police."""
    bikes = Concern.objects.filter(circle=circles["C-0142"], level=Level.URGENT).order_by("-received_at").first()
    if bikes is not None:
        record_call(
            bikes,
            whom=Whom.ON_CALL,
            telephoned_at=at - 20 * MINUTE,
            reached=True,
            note="Fay looks at it tonight.",
            by=bikes.raised_by,
            at=at - 18 * MINUTE,
        )
    telephone = Concern.objects.filter(circle=circles["C-0117"], level=Level.URGENT).order_by("-received_at").first()
    if telephone is not None:
        record_own_report(
            telephone,
            to=ReportedTo.POLICE,
            number="Log 212 of today",
            reported_at=at - 2 * HOUR,
            by=people["Dev Pillai"],
            at=at - 2 * HOUR,
        )
