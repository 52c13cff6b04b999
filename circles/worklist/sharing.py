"""Work items about shared minutes with an addendum or a correction since: send it on, or decide not to."""

from __future__ import annotations

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.minutes_share.models import MinutesShare
from circles.worklist.own_circles import OwnCircles
from core.templatetags.ui import local
from core.worklist import WorkItem


def resend_items_for(user: User, own_circles: OwnCircles) -> list[WorkItem]:
    """One item for each such meeting of a coordinator's circles."""
    if not user.has_role(Role.COORDINATOR) or not own_circles.coordinated:
        return []
    mine = MinutesShare.objects.visible_to(user).filter(meeting__circle__in=own_circles.coordinated)
    waiting: dict[str, list[MinutesShare]] = {}
    for share in mine.behind().select_related("meeting__circle").order_by("meeting__planned_at", "pk"):
        waiting.setdefault(share.meeting.reference, []).append(share)
    return [_item_of(shares) for shares in waiting.values()]


def _item_of(shares: list[MinutesShare]) -> WorkItem:
    meeting, day = shares[0].meeting, local(shares[0].meeting.planned_at)
    what = "An addendum" if any(share.lacks_addendum for share in shares) else "A correction"
    names = ", ".join(share.recipient_name for share in shares)
    return WorkItem(
        title=f"{what} came after these minutes were shared: send it on",
        url=reverse("circles:share_minutes", args=[meeting.reference]),
        detail=f"Circle {meeting.circle.reference}, {day.day} {day:%B}. To {names}.",
    )
