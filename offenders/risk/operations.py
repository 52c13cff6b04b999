"""Write down what an assessment found, withdraw one, write what is known of his risk, and tell of a review that is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import stand_ins_for
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.risk.models import RiskAssessment, RiskNote


@transaction.atomic
def add_risk_assessment(
    core_member: CoreMember,
    *,
    tool: str,
    band: int,
    assessed_on: date,
    assessor: str,
    review_on: date,
    by: User,
    at: datetime,
    told_by_referrer: bool = False,
) -> RiskAssessment:
    """Write down one result of one tool. Of each tool the newest holds; it changes nothing by itself."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    if assessed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once it is assessed.", field="assessed_on")
    if review_on <= assessed_on:
        raise Refused("The review must come after the assessment.", field="review_on")
    if not assessor.strip():
        raise Refused("Say who assessed it: their name and what they are.", field="assessor")
    assessment = RiskAssessment.objects.create(
        core_member=core_member,
        tool=tool,
        band=band,
        assessed_on=assessed_on,
        assessor=assessor.strip(),
        review_on=review_on,
        told_by_referrer=told_by_referrer,
        added_at=at,
        added_by=by,
    )
    write_entry(Act.COLLECTED, core_member, by=by, at=at, note="risk assessment")
    return assessment


@transaction.atomic
def withdraw_risk_assessment(assessment: RiskAssessment, *, reason: str, by: User, at: datetime) -> RiskAssessment:
    """Say that one was written down by mistake. It stays readable, and counts no more."""
    core_member = lock_core_member(assessment.core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    assessment = RiskAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if assessment.withdrawn_at is not None:
        raise Refused("Somebody has withdrawn this already. Open the page again.")
    if not reason.strip():
        raise Refused("Say what the mistake was.", field="reason")
    assessment.withdrawn_at, assessment.withdrawn_by, assessment.withdrawn_because = at, by, reason.strip()
    assessment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="risk assessment withdrawn")
    return assessment


@transaction.atomic
def write_risk_note(core_member: CoreMember, *, heading: str, words: str, by: User, at: datetime) -> RiskNote:
    """Write what is known under one heading now. What stood there before stays readable."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    if not words.strip():
        raise Refused("Say what is known, or that nothing is known.", field="words")
    note = RiskNote.objects.create(
        core_member=core_member, heading=heading, words=words.strip(), written_at=at, written_by=by
    )
    write_entry(Act.ALTERED, core_member, by=by, at=at, note=f"risk: {heading}")
    return note


LATE_STEPS = (
    (timedelta(0), "coordinator"),
    (timedelta(days=7), "managers"),
    (timedelta(days=28), "leads"),
)
"""How long a review is late before each step, and who is told then. Each step is told once, the earlier ones first."""


def tell_of_late_reviews(*, at: datetime) -> int:
    """Tell of each assessment whose review is late: his coordinator, then the managers, then safeguarding leads. How many."""
    today = at.astimezone(LONDON).date()
    late = RiskAssessment.objects.current().filter(review_on__lt=today).select_related("core_member__coordinator")
    for assessment in late.order_by("pk"):
        for after, step in LATE_STEPS:
            if assessment.review_on + after < today:
                _tell_of_late_review(assessment, step, at=at)
    return len(late)


def _tell_of_late_review(assessment: RiskAssessment, step: str, *, at: datetime) -> None:
    core_member = assessment.core_member
    queue_alert(
        key=f"{core_member.reference}:risk-late:{assessment.pk}:{step}",
        to=[person for person in _told_at(step, core_member, at=at) if person.is_active],
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=core_member.pk,
        link=core_member.get_absolute_url(),
        at=at,
    )
    nudge()


def _told_at(step: str, core_member: CoreMember, *, at: datetime) -> list[User]:
    """The people of one step. With the coordinator, whoever stands in for them while they are on leave."""
    if step != "coordinator":
        role = Role.MANAGER if step == "managers" else Role.SAFEGUARDING_LEAD
        return list(people_with_role(role).order_by("pk"))
    deputies = stand_ins_for(core_member.coordinator_id, about=None, at=at)
    return [core_member.coordinator, *people_with_role(Role.COORDINATOR).filter(pk__in=deputies).order_by("pk")]
