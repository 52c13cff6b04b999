"""Work about shared minutes with an addendum or a correction since: send it on, or decide not to."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from circles.meeting.models import Meeting
from circles.minutes_share.models import MinutesShare
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.templatetags.ui import local
from core.worklist import WorkItem


def _resend_rows(reader: WorkReader) -> Rows:
    """The meetings of circles looked after whose minutes somebody outside has in older words."""
    behind = MinutesShare.objects.visible_to(reader.user).behind().filter(meeting=OuterRef("pk"))
    meetings = Meeting.objects.visible_to(reader.user).filter(Exists(behind), circle__in=reader.looked_after)
    return as_lines(
        meetings,
        due="planned_at",
        ref="reference",
        planned_at="planned_at",
        names=ArraySubquery(behind.order_by("pk").values("recipient_name")),
        addendum=Exists(behind.filter(addenda__lt=F("addenda_now"))),
    )


def _say_resend(line: WorkLine, reader: WorkReader) -> WorkItem:
    day = local(line.moment("planned_at"))
    what = "An addendum" if line.facts["addendum"] else "A correction"
    return WorkItem(
        title=f"{what} came after these minutes were shared: send it on",
        url=reverse("circles:share_minutes", args=[line.facts["ref"]]),
        detail=f"Circle {line.circle}, {day.day} {day:%B}. To {', '.join(line.facts['names'])}.",
    )


SHARING_KINDS = (WorkKind("resend", "Minutes to send on", _resend_rows, _say_resend, on_wall=False),)
