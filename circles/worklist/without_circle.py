"""Work about core members who were accepted and have no circle: whoever coordinates them proposes one."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef
from django.urls import reverse

from circles.circle.models import Circle
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.core_member.models import CoreMember

CIRCLE_WITHIN = timedelta(days=28)
"""So long after a core member is accepted a circle is proposed for him; then the managers see that he waits."""


def _waiting_rows(reader: WorkReader) -> Rows:
    """Core members who wait for a circle while none is proposed, or after the one proposed was given up."""
    living = Circle.objects.filter(core_member=OuterRef("pk")).exclude(status__in=Circle.OVER)
    waiting = reader.core_members().filter(~Exists(living), status=CoreMember.Status.ACCEPTED)
    return as_lines(
        waiting,
        due=ExpressionWrapper(F("added_at") + CIRCLE_WITHIN, output_field=DateTimeField()),
        circle="",
        owner="coordinator",
        his="reference",
    )


def _say_waiting(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Propose a circle for {line.facts['his']}",
        url=reverse("circles:propose"),
        due_at=line.due,
        must_act=line.due is not None and line.due < reader.at,
        detail="He was accepted and has no circle.",
    )


WITHOUT_CIRCLE_KINDS = (WorkKind("no_circle", "Core members without a circle", _waiting_rows, _say_waiting),)
