"""Making, replacing and revoking one's private calendar, and what is noted when it is read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from accounts.operations import hashed
from audit.models import Act
from audit.trail import recorded
from circles.access import FeedAccess
from circles.models import Feed
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
    FeedAccess(by).require("keep_feed")
    revoke_all(by, at=at)
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(reference=unused_reference(Feed, "F"), user=by, token_hash=hashed(token), made_at=at)
    recorded(Act.GRANTED, feed, by=by, at=at, note="private calendar made")
    return feed, token


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> int:
    """Stop one's private calendar; whatever reads it gets nothing more. How many were stopped."""
    FeedAccess(by).require("keep_feed")
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
def note_read(feed: Feed, *, at: datetime) -> None:
    """Note that a calendar asked, so that its owner can see that it works; at most once an hour."""
    if feed.read_at is None or at - feed.read_at >= NOTED_EVERY:
        feed.read_at = at
        feed.save(update_fields=["read_at"])


def whose_token(token: str) -> str:
    """The reference of the calendar this token ever opened, or that of none."""
    return str(Feed.objects.filter(token_hash=hashed(token)).values_list("reference", flat=True).first() or UNKNOWN)


@transaction.atomic
def note_wrong_token(reference: str, *, at: datetime) -> None:
    """Write in the trail that somebody asked with a revoked token, or with a wrong one; never the token itself."""
    note = "wrong token" if reference == UNKNOWN else "revoked token"
    recorded(Act.REFUSED_UNSEEN, Missed(reference), by=None, at=at, note=note)
