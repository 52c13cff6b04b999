"""Work about referrals: to acknowledge, answer and decide, and views that a panel waits for (domain.md 1.4)."""

from __future__ import annotations

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from alerts.leave.cover import COVERED_AS_COORDINATOR
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.panel.models import Seat
from offenders.referral.models import LAPSES_AFTER, Referral

Status = Referral.Status

TITLES = {
    Status.DRAFT: "Finish the referral, or ask the referrer to",
    Status.SUBMITTED: "Acknowledge the referral",
    Status.SCREENING: "Screen the referral and answer it",
    Status.INFO_REQUESTED: "No word from the referrer yet: it lapses then",
    Status.ASSESSING: "Assess him, and have the assessment signed off",
    Status.PANEL: "The panel decides",
    Status.DEFERRED: "The panel looks at it again",
}

DUE = Case(
    When(status=Status.SUBMITTED, then=F("acknowledge_by")),
    When(status=Status.SCREENING, then=F("answer_by")),
    When(
        status__in=[Status.DRAFT, Status.INFO_REQUESTED],
        then=ExpressionWrapper(F("waits_since") + LAPSES_AFTER, output_field=DateTimeField()),
    ),
    When(status=Status.DEFERRED, then=Cast(F("deferred_until"), DateTimeField())),
    default=Value(None),
    output_field=DateTimeField(),
)
"""Until when the next step of a referral is due, in each state where a clock runs."""


def _referral_rows(reader: WorkReader) -> Rows:
    """Open referrals of whoever has them, and of those they stand in for. None on a circle’s page: he has no circle."""
    rows = Referral.objects.visible_to(reader.user).exclude(status__in=Referral.OVER)
    if reader.circle is not None:
        rows = rows.none()
    elif not reader.wall:
        rows = rows.filter(Q(coordinator=reader.user) | Q(coordinator__in=COVERED_AS_COORDINATOR(reader.user.pk)))
    return as_lines(
        rows, due=DUE, circle="", owner="coordinator", ref="reference", status="status", agency="referrer_agency"
    )


def _say_referral(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=TITLES[Status(line.facts["status"])],
        url=reverse("offenders:referral", args=[line.facts["ref"]]),
        due_at=line.due,
        detail=f"{line.facts['agency']} · {line.facts['ref']}",
    )


def _view_rows(reader: WorkReader) -> Rows:
    """Seats of this person on a panel that waits for their view."""
    waiting = Seat.objects.visible_to(reader.user).filter(
        person=reader.user, ended_at=None, view="", referral__status__in=[Status.PANEL, Status.DEFERRED]
    )
    return as_lines(
        waiting if reader.circle is None else waiting.none(),
        circle="",
        owner="person",
        ref="reference",
        referral="referral__reference",
    )


def _say_view(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title="Read a referral and give your view",
        url=reverse("offenders:panel_seat", args=[line.facts["ref"]]),
        detail=f"On the panel · {line.facts['referral']}",
    )


REFERRAL_KINDS = (
    WorkKind("agency_referral", "Referrals", _referral_rows, _say_referral),
    WorkKind("panel_view", "Views of a panel", _view_rows, _say_view, on_wall=False),
)
