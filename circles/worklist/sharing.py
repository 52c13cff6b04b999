"""Minutes that were shared and got an addendum or a correction since: to be sent on, or set aside."""

from __future__ import annotations

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.minutes_share.models import MinutesShare
from circles.worklist.kept import Kept
from core.templatetags.ui import local
from core.worklist import WorkItem


def resends_waiting(user: User, kept: Kept) -> list[WorkItem]:
    """One item a meeting, for whoever coordinates its circle."""
    if not user.has_role(Role.COORDINATOR) or not kept.coordinated:
        return []
    mine = MinutesShare.objects.visible_to(user).filter(meeting__circle__in=kept.coordinated)
    waiting: dict[str, list[MinutesShare]] = {}
    for share in mine.behind().select_related("meeting__circle").order_by("meeting__planned_at", "pk"):
        waiting.setdefault(share.meeting.reference, []).append(share)
    return [item(shares) for shares in waiting.values()]


def item(shares: list[MinutesShare]) -> WorkItem:
    meeting, day = shares[0].meeting, local(shares[0].meeting.planned_at)
    what = "An addendum" if any(share.lacks_addendum for share in shares) else "A correction"
    names = ", ".join(share.recipient_name for share in shares)
    return WorkItem(
        title=f"{what} came after these minutes were shared: send it on",
        url=reverse("circles:share_minutes", args=[meeting.reference]),
        detail=f"Circle {meeting.circle.reference}, {day.day} {day:%B}. To {names}.",
    )
