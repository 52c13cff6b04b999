"""What shares put on a person's home page: approve, send, chase, read a reply, or answer one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.access import Role
from accounts.models import User
from alerts.leave.cover import COVERED
from concerns.choices import Level
from concerns.share.models import Share
from concerns.share.reply_models import ShareReply
from core.worklist import WorkItem

PRESSING = {Level.IMMEDIATE, Level.URGENT}
HANDLE = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD)
RECEIVE = (Role.LIAISON, Role.MAPPA_COORDINATOR)


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """The shares that wait for this person: one query, and none for people who can have no share."""
    ours = any(user.has_role(role) for role in HANDLE)
    if not ours and not any(user.has_role(role) for role in RECEIVE):
        return []
    status = Share.Status
    open_ones = Q(status__in=[status.PROPOSED, status.APPROVED, status.FAILED]) | Q(
        status__in=[status.SENT, status.RECEIVED], answer_due_at__lte=at
    )
    wanted = open_ones | Q(wrote=True) | Q(recipient=user, status__in=[status.SENT, status.RECEIVED])
    wrote = Exists(ShareReply.objects.unread().filter(share=OuterRef("pk")))
    covers = Q(concern__circle__coordinator__in=COVERED(user.pk)) | Q(proposed_by__in=COVERED(user.pk))
    standing_in = ExpressionWrapper(covers, output_field=BooleanField())
    mine = Share.objects.visible_to(user).annotate(wrote=wrote, stands_in=standing_in).filter(wanted)
    found = mine.select_related("concern__circle").order_by("pk")
    return [item for share in found if (item := _own_item_of(share, user, ours)) is not None]


def _own_item_of(share: Share, user: User, ours: bool) -> WorkItem | None:
    """What this person must do about a share; None where somebody else must."""
    if share.recipient_id == user.pk and share.sent_at is not None and share.their_plan == "":
        return item_for(share, "Sent to you: say that you have it")
    if not ours:
        return None
    if share.status == Share.Status.PROPOSED:
        return item_for(share, "Read this before it is sent") if share.proposed_by_id != user.pk else None
    mine = share.stands_in or user.pk in {share.proposed_by_id, share.concern.circle.coordinator_id}  # type: ignore[attr-defined]
    if share.wrote:  # type: ignore[attr-defined]
        return item_for(share, "The agency wrote back: read it") if mine else None
    titles = {
        Share.Status.APPROVED: "Approved: tell them",
        Share.Status.FAILED: "It did not arrive: find another way",
        Share.Status.SENT: "No answer from the agency: chase it",
        Share.Status.RECEIVED: "No answer from the agency: chase it",
    }
    return item_for(share, titles[Share.Status(share.status)]) if mine else None


def item_for(share: Share, title: str) -> WorkItem:
    level = Level(share.concern.level)
    return WorkItem(
        title=title,
        url=share.get_absolute_url(),
        due_at=share.answer_due_at,
        must_act=level in PRESSING,
        detail=f"{level.label} · {share.recipient_agency} · {share.reference}",
    )
