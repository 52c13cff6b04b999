"""Records low-level concerns about staff and volunteers, and their monthly review (domain.md 3.10)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.low_level.access import LowLevelAccess
from concerns.low_level.models import LowLevelConcern, PatternReview, month_before
from concerns.low_level.month import unread_of_month
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON


@transaction.atomic
def record_low_level(
    *, about: User, theme: str, words: str, happened_on: date, told_by: str, done: str, by: User, at: datetime
) -> LowLevelConcern:
    """Record a low-level concern, with what was done about it. It is never changed; news is a new record."""
    LowLevelAccess(by).require(LowLevelAccess.record_low_level)
    if about == by:
        raise Refused("It is about you, so somebody else must write it down.", field="about")
    if happened_on > at.astimezone(LONDON).date():
        raise Refused("This day is still to come.", field="happened_on")
    for field, text in (("words", words), ("told_by", told_by), ("done", done)):
        if not text.strip():
            raise Refused("Write this down too.", field=field)
    low_level = LowLevelConcern.objects.create(
        reference=unused_reference(LowLevelConcern, "LL"),
        about=about,
        theme=theme,
        words=words.strip(),
        happened_on=happened_on,
        told_by=told_by.strip(),
        done=done.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    write_entry(Act.COLLECTED, low_level, by=by, at=at)
    return low_level


@transaction.atomic
def review_month(*, month: date, words: str, by: User, at: datetime) -> PatternReview:
    """Write what a month's low-level concerns add up to. The review covers all that this person had still to read."""
    LowLevelAccess(by).require(LowLevelAccess.review_month)
    if month > month_before(at.astimezone(LONDON).date()):
        raise Refused("That month is not over yet.", field="words")
    if not words.strip():
        raise Refused("Write what they add up to, or that nothing stands out.", field="words")
    covers = list(unread_of_month(by, month))
    if not covers and PatternReview.objects.visible_to(by).filter(month=month).exists():
        raise Refused("That month has been read already.", field="words")
    review = PatternReview.objects.create(
        reference=unused_reference(PatternReview, "PR"),
        month=month,
        words=words.strip(),
        reviewed_at=at,
        reviewed_by=by,
    )
    review.covers.add(*covers)
    write_entry(Act.COLLECTED, review, by=by, at=at)
    return review
