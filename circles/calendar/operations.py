"""Making, replacing and revoking one's private calendar, and what is noted when it is read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from icalendar import Event

from accounts.models import User
from accounts.operations import hashed
from audit.models import Act
from audit.trail import recorded
from circles.calendar.access import FeedAccess
from circles.calendar.ical import calendar_of, digest_of, events_of, versioned
from circles.calendar.models import CalendarEvent, Feed
from core.references import unused_reference

UNKNOWN = "unknown"
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Missed:
    """A calendar that was asked for with a token that opens nothing."""

    reference: str
    audit_kind: str = Feed.audit_kind


@transaction.atomic
def make_feed(*, by: User, at: datetime) -> tuple[Feed, str]:
    """A new private calendar in place of the one before, and its token: the only time the token is known."""
    User.objects.select_for_update().get(pk=by.pk)  # two taps at once make one after the other
    FeedAccess(by).require(FeedAccess.keep_feed)
    revoke_all(by, at=at)
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(reference=unused_reference(Feed, "F"), user=by, token_hash=hashed(token), made_at=at)
    recorded(Act.GRANTED, feed, by=by, at=at, note="private calendar made")
    return feed, token


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> int:
    """Stop one's private calendar; whatever reads it gets nothing more. How many were stopped."""
    FeedAccess(by).require(FeedAccess.keep_feed)
    return revoke_all(by, at=at)


def revoke_all(by: User, *, at: datetime) -> int:
    feeds = list(Feed.objects.select_for_update(of=("self",)).filter(user=by, revoked_at=None))
    for feed in feeds:
        feed.revoked_at, feed.revoked_by = at, by
        feed.save(update_fields=["revoked_at", "revoked_by"])
        recorded(Act.REVOKED, feed, by=by, at=at, note="private calendar revoked")
    return len(feeds)


def find_feed(token: str) -> Feed | None:
    """The calendar of this token, if it is in use; None alike for a wrong token and a revoked one."""
    return Feed.objects.in_use().filter(token_hash=hashed(token)).select_related("user").first()


@transaction.atomic
def read_feed(feed: Feed, *, at: datetime) -> bytes:
    """The calendar as it stands, each event as a later version of what was told before if anything changed.

    Notes that a calendar asked, at most once an hour, so that its owner can see that it works.
    """
    feed = Feed.objects.select_for_update(of=("self",)).select_related("user").get(pk=feed.pk)
    if feed.read_at is None or at - feed.read_at >= NOTED_EVERY:
        feed.read_at = at
        feed.save(update_fields=["read_at"])
    events = events_of(feed.user, at=at)
    told = {one.uid: one for one in CalendarEvent.objects.filter(person=feed.user)}
    versions = {UUID(str(made["uid"])): version_of(made, told, feed.user, at=at) for made in events}
    changed = [one for one in versions.values() if one.pk is None or one.changed_at == at]
    CalendarEvent.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["person", "uid"],
        update_fields=["digest", "sequence", "changed_at"],
    )
    return calendar_of(
        versioned(made, sequence=one.sequence, changed_at=one.changed_at)
        for made, one in zip(events, versions.values(), strict=True)
    )


def version_of(made: Event, told: dict[UUID, CalendarEvent], person: User, *, at: datetime) -> CalendarEvent:
    """The version an event is: the one told before if nothing changed, else one more than that."""
    uid, digest = UUID(str(made["uid"])), digest_of(made)
    before = told.get(uid)
    if before is None:
        return CalendarEvent(person=person, uid=uid, digest=digest, changed_at=at)
    if before.digest != digest:
        before.digest, before.sequence, before.changed_at = digest, before.sequence + 1, at
    return before


def whose_token(token: str) -> str:
    """The reference of the calendar this token ever opened, or that of none."""
    return str(Feed.objects.filter(token_hash=hashed(token)).values_list("reference", flat=True).first() or UNKNOWN)


@transaction.atomic
def note_wrong_token(reference: str, *, at: datetime) -> None:
    """Write in the trail that somebody asked with a revoked token, or with a wrong one; never the token itself."""
    note = "wrong token" if reference == UNKNOWN else "revoked token"
    recorded(Act.REFUSED_UNSEEN, Missed(reference), by=None, at=at, note=note)
