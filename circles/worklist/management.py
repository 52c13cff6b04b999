"""Work about how MAPPA manages core members: what follows from a change, its meetings, our actions, and risk."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, end_of_day
from core.worklist import WorkItem
from offenders.core_member.change_models import ManagementChange
from offenders.mappa.action_models import MappaAction
from offenders.risk.models import REVIEW_AHEAD, RiskAssessment

ANSWER_WITHIN = timedelta(days=7)
"""What follows from a change for the circle is said before it meets twice."""

MEETING_AHEAD = timedelta(days=14)
"""What the charity brings to a MAPPA meeting is written in the fortnight before it."""

CHANGED = {
    ManagementChange.Kind.MAPPA: "The MAPPA category or level",
    ManagementChange.Kind.LEAD: "The lead agency",
    ManagementChange.Kind.PRACTITIONER: "The practitioner or team",
    ManagementChange.Kind.AREA: "The MAPPA area",
}


def _change_rows(reader: WorkReader) -> Rows:
    """Changes of which nobody has said what follows for the circle."""
    changes = ManagementChange.objects.unanswered().filter(core_member__in=reader.core_members().values("pk"))
    return as_lines(
        changes,
        due=ExpressionWrapper(F("noted_at") + ANSWER_WITHIN, output_field=DateTimeField()),
        circle="",
        owner="core_member__coordinator",
        change="pk",
        kind="kind",
        changed_on="changed_on",
        his="core_member__reference",
    )


def _say_change(line: WorkLine, reader: WorkReader) -> WorkItem:
    his = line.facts["his"]
    return WorkItem(
        title=f"{CHANGED[ManagementChange.Kind(line.facts['kind'])]} of {his} changed on {line.day('changed_on'):%-d %B}",
        url=reverse("offenders:answer_change", args=[his, line.facts["change"]]),
        due_at=line.due,
        must_act=line.due is not None and line.due < reader.at,
        detail="Do the volunteers need to be told? Does the plan change? Say what follows.",
    )


def _action_rows(reader: WorkReader) -> Rows:
    """What MAPPA asked us to do and nobody has done."""
    actions = MappaAction.objects.open().filter(core_member__in=reader.core_members().values("pk"))
    return as_lines(
        actions,
        due=ExpressionWrapper(F("due_on") + timedelta(days=1), output_field=DateTimeField()),
        circle="",
        owner="core_member__coordinator",
        action="pk",
        due_on="due_on",
        his="core_member__reference",
    )


def _say_action(line: WorkLine, reader: WorkReader) -> WorkItem:
    due_on, his = line.day("due_on"), line.facts["his"]
    return WorkItem(
        title=f"Do by {due_on:%-d %B} what MAPPA asked of us about {his}",
        url=reverse("offenders:finish_mappa_action", args=[his, line.facts["action"]]),
        due_at=end_of_day(due_on),
        due_on=due_on,
        must_act=reader.today > due_on,
    )


def _meeting_rows(reader: WorkReader) -> Rows:
    """MAPPA meetings about him: from a fortnight before, until somebody has written down when it meets next."""
    return as_lines(
        reader.core_members().filter(next_mappa_meeting_on__lte=reader.today + MEETING_AHEAD),
        due=ExpressionWrapper(F("next_mappa_meeting_on") + timedelta(days=1), output_field=DateTimeField()),
        circle="",
        owner="coordinator",
        meets_on="next_mappa_meeting_on",
        his="reference",
    )


def _say_meeting(line: WorkLine, reader: WorkReader) -> WorkItem:
    """Before it, what we bring; after it, what is asked of us."""
    meets_on, his = line.day("meets_on"), line.facts["his"]
    is_over = meets_on < reader.today
    return WorkItem(
        title=f"Write down what MAPPA asks of us about {his}: it met on {meets_on:%-d %B}"
        if is_over
        else f"MAPPA meets about {his} on {meets_on:%-d %B}: our report and our actions are due",
        url=reverse("offenders:mappa", args=[his]),
        due_at=end_of_day(meets_on),
        due_on=meets_on,
        must_act=is_over,
        detail="Then write down when it meets next, or that no day is set." if is_over else "",
    )


def _review_rows(reader: WorkReader) -> Rows:
    """For each core member the assessment whose review is due first, from four weeks before."""
    due = RiskAssessment.objects.current().filter(
        review_on__lte=reader.today + REVIEW_AHEAD, core_member__in=reader.core_members().values("pk")
    )
    sooner = RiskAssessment.objects.current().filter(
        Q(review_on__lt=OuterRef("review_on")) | Q(review_on=OuterRef("review_on"), pk__lt=OuterRef("pk")),
        core_member=OuterRef("core_member"),
    )
    return as_lines(
        due.filter(~Exists(sooner)),
        due=ExpressionWrapper(F("review_on") + timedelta(days=1), output_field=DateTimeField()),
        circle="",
        owner="core_member__coordinator",
        review_on="review_on",
        his="core_member__reference",
    )


def _say_review(line: WorkLine, reader: WorkReader) -> WorkItem:
    review_on, his = line.day("review_on"), line.facts["his"]
    return WorkItem(
        title=f"Ask for a new risk assessment of {his}",
        url=reverse("offenders:risk", args=[his]),
        due_at=end_of_day(review_on),
        due_on=review_on,
        must_act=reader.today > review_on,
        detail="Whoever assessed him reviews it; then write down what they found.",
    )


MANAGEMENT_KINDS = (
    WorkKind("management_change", "Changes to answer", _change_rows, _say_change),
    WorkKind("risk_due", "Risk assessments to review", _review_rows, _say_review),
    WorkKind("mappa_meeting", "MAPPA meetings", _meeting_rows, _say_meeting),
    WorkKind("mappa_action", "Actions for MAPPA", _action_rows, _say_action),
)
