"""Make, replace, revoke and read a private calendar."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from icalendar import Event

from accounts.models import User
from accounts.operations import hash_of_token
from audit.models import Act
from audit.trail import write_entry
from circles.calendar.access import FeedAccess
from circles.calendar.ical import add_version, calendar_of, digest_of, events_of
from circles.calendar.models import CalendarEvent, Feed
from core.references import unused_reference

UNKNOWN = "unknown"
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class UnknownFeed:
    """For the trail: a calendar that was asked for with a wrong or revoked token."""

    reference: str
    audit_kind: str = Feed.audit_kind


@transaction.atomic
def make_feed(*, by: User, at: datetime) -> tuple[Feed, str]:
    """Make a private calendar that replaces the one before. Also returns its token, which is known only now."""
    User.objects.select_for_update().get(pk=by.pk)  # of two taps at once, the second waits for the first
    FeedAccess(by).require(FeedAccess.keep_feed)
    _revoke_feeds_of(by, at=at)
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        reference=unused_reference(Feed, "F"), user=by, token_hash=hash_of_token(token), made_at=at
    )
    write_entry(Act.GRANTED, feed, by=by, at=at, note="private calendar made")
    return feed, token


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> int:
    """Revoke one's private calendar: nobody can read it any more. Returns how many were revoked."""
    FeedAccess(by).require(FeedAccess.keep_feed)
    return _revoke_feeds_of(by, at=at)


def _revoke_feeds_of(by: User, *, at: datetime) -> int:
    feeds = list(Feed.objects.select_for_update(of=("self",)).filter(user=by, revoked_at=None))
    for feed in feeds:
        feed.revoked_at, feed.revoked_by = at, by
        feed.save(update_fields=["revoked_at", "revoked_by"])
        write_entry(Act.REVOKED, feed, by=by, at=at, note="private calendar revoked")
    return len(feeds)


def find_feed(token: str) -> Feed | None:
    """The calendar of this token if it is in use. None for a wrong token and for a revoked one."""
    return Feed.objects.in_use().filter(token_hash=hash_of_token(token)).select_related("user").first()


@transaction.atomic
def read_feed(feed: Feed, *, at: datetime) -> bytes:
    """Return the calendar file as it is now. An event that changed since the last read gets its next version.

    Notes the time of reading, at most once an hour, so that its owner can see that it works.
    """
    feed = Feed.objects.select_for_update(of=("self",)).select_related("user").get(pk=feed.pk)
    if feed.read_at is None or at - feed.read_at >= NOTED_EVERY:
        feed.read_at = at
        feed.save(update_fields=["read_at"])
    events = events_of(feed.user, at=at)
    stored = {event.uid: event for event in CalendarEvent.objects.filter(person=feed.user)}
    versions = {UUID(str(event["uid"])): _stored_event_of(event, stored, feed.user, at=at) for event in events}
    changed = [version for version in versions.values() if version.pk is None or version.changed_at == at]
    CalendarEvent.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["person", "uid"],
        update_fields=["digest", "sequence", "changed_at"],
    )
    return calendar_of(
        add_version(event, sequence=version.sequence, changed_at=version.changed_at)
        for event, version in zip(events, versions.values(), strict=True)
    )


def _stored_event_of(event: Event, stored: dict[UUID, CalendarEvent], person: User, *, at: datetime) -> CalendarEvent:
    """The row for this event: as stored if nothing changed, else with the next version."""
    uid, digest = UUID(str(event["uid"])), digest_of(event)
    before = stored.get(uid)
    if before is None:
        return CalendarEvent(person=person, uid=uid, digest=digest, changed_at=at)
    if before.digest != digest:
        before.digest, before.sequence, before.changed_at = digest, before.sequence + 1, at
    return before


def feed_reference_of(token: str) -> str:
    """The reference of the calendar that this token opens or opened; “unknown” if there is none."""
    return str(
        Feed.objects.filter(token_hash=hash_of_token(token)).values_list("reference", flat=True).first() or UNKNOWN
    )


@transaction.atomic
def note_wrong_token(reference: str, *, at: datetime) -> None:
    """Write in the trail that somebody asked with a revoked token, or with a wrong one; never the token itself."""
    note = "wrong token" if reference == UNKNOWN else "revoked token"
    write_entry(Act.REFUSED_UNSEEN, UnknownFeed(reference), by=None, at=at, note=note)
