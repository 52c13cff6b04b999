"""Reminders that the sweep sends: of a worry that was not sent, and that there is no news yet."""

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
from audit.trail import write_entry
from concerns.choices import Level, Withheld
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.locking import lock_concern_if_free
from concerns.concern.models import Concern
from concerns.engine.cover import people_to_tell_of_draft
from core.rows import only_row_of

logger = logging.getLogger(__name__)

NO_NEWS_EVERY = timedelta(days=14)
"""The author of an open concern hears at least this often (domain.md 3.9)."""
"""The author of an open concern hears at least this often (domain.md 3.9)."""
JOINED_DEEP = 3
"""How many times a concern's merging is followed to the concern that goes on."""

BY_MAIL = (Channel.INBOX, Channel.EMAIL)
CAN_WAIT = {Level.PRIORITY, Level.LOG}


def send_reminders(*, at: datetime, limit: int = 2000) -> int:
    """Send every reminder that is due, each in its own transaction. Returns how many. What fails stays due."""
    return (
        _remind_each(ConcernDraft.objects.author_due(at), nudge_author, at=at, limit=limit)
        + _remind_each(ConcernDraft.objects.circle_due(at), tell_circle, at=at, limit=limit)
        + _remind_each(no_news_due(at), say_no_news, at=at, limit=limit)
    )


def _remind_each(
    due: QuerySet[ConcernDraft] | QuerySet[Concern], say: Callable[..., bool], *, at: datetime, limit: int
) -> int:
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
        about=draft.circle.core_member_id,
        link=f"{form}?draft={draft.submit_key}",
        at=at,
        channels=BY_MAIL,
    )
    return True


@transaction.atomic
def tell_circle(pk: int, *, at: datetime) -> bool:
    """Alert the people who answer for the circle that a worry was written and not sent. Its words are not told."""
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
        about=draft.circle.core_member_id,
        link=reverse("home"),
        at=at,
        channels=BY_MAIL,
    )
    return True


def _still_goes_on() -> Q:
    """A condition: the author waits for the outcome of this concern, or of the one it was merged into.

    A merged concern is left out where the agency asked that nothing be said.
    """
    found, joined = _is_unfinished(""), "merged_into__"
    for _ in range(JOINED_DEEP):
        found |= Q(status=Concern.Status.MERGED) & _is_unfinished(joined) & ~Q(**{f"{joined}withheld": Withheld.ASKED})
        joined += "merged_into__"
    return found


def _is_unfinished(of: str) -> Q:
    """A condition: the concern is open, and not both answered and told."""
    told = Q(**{f"{of}status": Concern.Status.ANSWERED, f"{of}feedback__gt": ""})
    return Q(**{f"{of}status__in": Concern.OPEN}) & ~told


def no_news_due(at: datetime) -> QuerySet[Concern]:
    """Concerns whose volunteer has heard nothing for a fortnight and may be told; also merged ones."""
    before = at - NO_NEWS_EVERY
    unsaid = Concern.objects.filter(_still_goes_on(), received_at__lte=before, withheld="", raised_by__is_active=True)
    heard = Greatest("received_at", "reopened_at", "feedback_at", "no_news_at")
    return unsaid.from_volunteers().annotate(heard_at=heard).filter(heard_at__lte=before)


@transaction.atomic
def say_no_news(pk: int, *, at: datetime) -> bool:
    """Tell the author that there is no news yet, and that the concern is not forgotten."""
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
        about=concern.circle.core_member_id,
        link=reverse("concerns:receipt", args=[concern.reference]),
        at=at,
    )
    write_entry(Act.SHARED, concern, by=None, at=at, within=concern.filed_within, recipient="who raised it")
    return True
