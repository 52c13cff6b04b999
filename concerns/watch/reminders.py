"""What the sweep says by itself: a worry not sent, and that there is no news yet. Due times come from rows alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse

from alerts.message.models import Channel, Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from concerns.choices import Level, Withheld
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.locking import lock_concern_if_free
from concerns.concern.models import Concern
from concerns.engine.cover import people_to_tell_of_draft
from core.rows import only_row_of

logger = logging.getLogger(__name__)

NO_NEWS_EVERY = timedelta(days=14)
JOINED_DEEP = 3
"""Joins of joined concerns that are followed to the one that goes on."""
"""Whoever raised a concern hears at least this often while it is open (domain.md 3.9)."""

BY_MAIL = (Channel.INBOX, Channel.EMAIL)
CAN_WAIT = {Level.PRIORITY, Level.LOG}


def remind(*, at: datetime, limit: int = 2000) -> int:
    """Everything that is due, each in its own transaction; how many. What cannot be said now stays due."""
    return (
        each(ConcernDraft.objects.author_due(at), nudge_author, at=at, limit=limit)
        + each(ConcernDraft.objects.circle_due(at), tell_circle, at=at, limit=limit)
        + each(no_news_due(at), say_no_news, at=at, limit=limit)
    )


def each(due: QuerySet[ConcernDraft] | QuerySet[Concern], say: Callable[..., bool], *, at: datetime, limit: int) -> int:
    keys: Iterable[int] = due.order_by("pk").values_list("pk", flat=True)[:limit]
    said = 0
    for pk in keys:
        try:
            said += say(pk, at=at)
        except Exception:
            logger.exception("a reminder could not be said", extra={"row": pk})
    return said


@transaction.atomic
def nudge_author(pk: int, *, at: datetime) -> bool:
    """Remind the author once, in the inbox and by e-mail. At night only where it may not wait."""
    due = ConcernDraft.objects.author_due(at).select_for_update(skip_locked=True, of=("self",))
    draft = only_row_of(due.select_related("author", "circle").filter(pk=pk))
    if draft is None:
        return False
    draft.nudged_at = at
    draft.save(update_fields=["nudged_at"])
    form = reverse("concerns:worry", args=[draft.circle.reference])
    queue_alert(
        key=f"{draft.alert_key}author",
        to=[draft.author],
        wording=Wording.SOMETHING_NEEDS_YOU,
        urgency=Urgency.ROUTINE if draft.level in CAN_WAIT else Urgency.URGENT,
        link=f"{form}?draft={draft.submit_key}",
        at=at,
        channels=BY_MAIL,
    )
    return True


@transaction.atomic
def tell_circle(pk: int, *, at: datetime) -> bool:
    """Say to who answers for the circle that a worry was written and not sent; nothing of what it says."""
    due = ConcernDraft.objects.circle_due(at).select_for_update(skip_locked=True, of=("self",))
    draft = only_row_of(due.select_related("circle__coordinator").filter(pk=pk))
    if draft is None:
        return False
    people = people_to_tell_of_draft(draft, at=at)
    if not people:
        logger.error("nobody can be told of an unsent draft", extra={"row": pk})
        return False
    draft.told_at = at
    draft.save(update_fields=["told_at"])
    queue_alert(
        key=f"{draft.alert_key}circle",
        to=people,
        wording=Wording.SOMETHING_NEEDS_YOU,
        urgency=Urgency.ROUTINE if draft.level in CAN_WAIT else Urgency.URGENT,
        link=reverse("home"),
        at=at,
        channels=BY_MAIL,
    )
    return True


def goes_on() -> Q:
    """The last word not said: of itself, or of what it was joined to, unless the agency asked that nothing be said."""
    found, joined = unfinished(""), "merged_into__"
    for _ in range(JOINED_DEEP):
        found |= Q(status=Concern.Status.MERGED) & unfinished(joined) & ~Q(**{f"{joined}withheld": Withheld.ASKED})
        joined += "merged_into__"
    return found


def unfinished(of: str) -> Q:
    """Open, and not both answered and told."""
    told = Q(**{f"{of}status": Concern.Status.ANSWERED, f"{of}feedback__gt": ""})
    return Q(**{f"{of}status__in": Concern.OPEN}) & ~told


def no_news_due(at: datetime) -> QuerySet[Concern]:
    """Concerns of volunteers who have heard nothing for a fortnight, and who may be told; joined ones too."""
    before = at - NO_NEWS_EVERY
    unsaid = Concern.objects.filter(goes_on(), received_at__lte=before, withheld="", raised_by__is_active=True)
    heard = Greatest("received_at", "reopened_at", "feedback_at", "no_news_at")
    return unsaid.from_volunteers().annotate(heard_at=heard).filter(heard_at__lte=before)


@transaction.atomic
def say_no_news(pk: int, *, at: datetime) -> bool:
    """Tell whoever raised it that there is no news yet, and that it is not forgotten."""
    concern, at = lock_concern_if_free(pk, at=at)
    if concern is None or not no_news_due(at).filter(pk=pk).exists():
        return False
    concern.no_news_at = at
    concern.save(update_fields=["no_news_at"])
    concern.note("No news yet: whoever raised it was told so", by=None, at=at, changes=False)
    fortnight = (at - concern.received_at) // NO_NEWS_EVERY
    queue_alert(
        key=f"{concern.reference}:no_news:{fortnight}",
        to=[concern.raised_by],
        wording=Wording.THERE_IS_NEWS,
        urgency=Urgency.ROUTINE,
        link=reverse("concerns:receipt", args=[concern.reference]),
        at=at,
    )
    recorded(Act.SHARED, concern, by=None, at=at, within=concern.filed_within, recipient="who raised it")
    return True
