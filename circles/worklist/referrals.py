"""Work about referrals: to acknowledge, answer and decide, and views that a panel waits for (domain.md 1.4)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.access import Role
from alerts.leave.cover import COVERED_AS_COORDINATOR
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, end_of_day
from core.worklist import WorkItem
from offenders.panel.models import Seat
from offenders.referral.document_models import DocumentKind, ReferralDocument
from offenders.referral.models import KEPT_FOR, LAPSES_AFTER, Referral

Status = Referral.Status

A_DAY, RETURN_AHEAD = timedelta(days=1), timedelta(days=7)
"""A paper is on the list from a week before it goes back."""

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
        status=Status.INFO_REQUESTED,
        asked_until__isnull=False,
        then=ExpressionWrapper(F("asked_until") + A_DAY, output_field=DateTimeField()),
    ),
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
        rows = rows.filter(_kept_by(reader, "coordinator"))
    return as_lines(
        rows,
        due=DUE,
        circle="",
        owner="coordinator",
        ref="reference",
        status="status",
        agency="referrer_agency",
        asked_until="asked_until",
    )


def _kept_by(reader: WorkReader, path: str) -> Q:
    """A condition: the coordinator at the end of `path` is the reader, or somebody for whom they stand in."""
    return Q(**{path: reader.user}) | Q(**{f"{path}__in": COVERED_AS_COORDINATOR(reader.user.pk)})


def _say_referral(line: WorkLine, reader: WorkReader) -> WorkItem:
    """In each state what comes next; once the day is over by which the referrer was to answer, to ask again."""
    status, asked_until = Status(line.facts["status"]), line.facts["asked_until"]
    day = line.day("asked_until") if status == Status.INFO_REQUESTED and asked_until else None
    is_late = day is not None and day < reader.today
    return WorkItem(
        title=f"Nothing came by {day:%-d %B}: ring the referrer" if is_late else TITLES[status],
        url=reverse("offenders:referral", args=[line.facts["ref"]]),
        due_at=end_of_day(day) if day else line.due,
        due_on=day,
        must_act=is_late,
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


def _paper_rows(reader: WorkReader) -> Rows:
    """Papers about a man that go back to their agency soon, or should have."""
    papers = ReferralDocument.objects.visible_to(reader.user).filter(
        returned_on=None, return_on__lte=reader.today + RETURN_AHEAD
    )
    if reader.circle is not None:
        papers = papers.none()
    elif not reader.wall:
        waiting = Q(referral__core_member=None) & _kept_by(reader, "referral__coordinator")
        papers = papers.filter(waiting | _kept_by(reader, "referral__core_member__coordinator"))
    return as_lines(
        papers,
        due=ExpressionWrapper(F("return_on") + A_DAY, output_field=DateTimeField()),
        circle="",
        owner="referral__coordinator",
        ref="referral__reference",
        paper=F("kind"),
        return_on="return_on",
    )


def _say_paper(line: WorkLine, reader: WorkReader) -> WorkItem:
    return_on, paper = line.day("return_on"), DocumentKind(line.facts["paper"])
    return WorkItem(
        title=f"Give back, destroy or review by {return_on:%-d %B}: {paper.label}",
        url=reverse("offenders:note_document", args=[line.facts["ref"]]) + f"?kind={paper.value}",
        due_at=end_of_day(return_on),
        due_on=return_on,
        must_act=return_on < reader.today,
        detail=f"A paper of the referral · {line.facts['ref']}",
    )


def _kept_rows(reader: WorkReader) -> Rows:
    """For managers and safeguarding leads: referrals that led to nothing a year ago, and still hold who he is."""
    kept = Referral.objects.visible_to(reader.user).kept_too_long(reader.at).filter(identity__erasure_asked_at=None)
    leads = reader.user.has_role(Role.MANAGER) or reader.user.has_role(Role.SAFEGUARDING_LEAD)
    return as_lines(
        kept if leads and reader.circle is None else kept.none(),
        due=ExpressionWrapper(F("ended_at") + KEPT_FOR, output_field=DateTimeField()),
        circle="",
        owner="coordinator",
        ref="reference",
    )


def _say_kept(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Ask that the name in {line.facts['ref']} be erased: it led to nothing a year ago",
        url=reverse("offenders:erase_referral_identity", args=[line.facts["ref"]]),
        due_at=line.due,
        detail="Another manager or safeguarding lead must agree. What the form said of him goes too.",
    )


REFERRAL_KINDS = (
    WorkKind("agency_referral", "Referrals", _referral_rows, _say_referral),
    WorkKind("referral_paper", "Papers to give back", _paper_rows, _say_paper),
    WorkKind("referral_kept", "Referrals kept too long", _kept_rows, _say_kept),
    WorkKind("panel_view", "Views of a panel", _view_rows, _say_view, on_wall=False),
)
