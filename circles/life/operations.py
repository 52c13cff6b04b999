"""The life of a circle, from the first plan to the last evening (domain.md 1.4, 7.3)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from circles.circle.access import CircleAccess, OpeningAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.circle.operations import first_name, has_a_circle
from circles.life.guards import TO_MATCH, TO_PREPARE, require_closed
from circles.life.loose_ends import loose_ends
from circles.meeting.models import Meeting
from circles.membership.operations import end_membership
from circles.programme.models import Programme
from circles.risk.operations import ask_for_final_review
from circles.schedule.operations import plan_meetings
from core.access import Act as PermittedAct
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import enter_circle, leave_circle


@transaction.atomic
def propose_circle(
    core_member: CoreMember,
    *,
    programme: Programme,
    known_as: str,
    coordinator: User,
    weekday: int,
    meets_at: time,
    started_on: date,
    by: User,
    at: datetime,
    planned_end_on: date | None = None,
    reference: str = "",
) -> Circle:
    """Begin to plan a circle. Without an end, it is planned for as long as its programme says."""
    OpeningAccess(by, core_member).require(OpeningAccess.open_circle)
    planned_end_on = planned_end_on or programme.ends_on(started_on)
    if planned_end_on <= started_on:
        raise Refused("The planned end must come after the start.", field="planned_end_on")
    if has_a_circle(core_member):
        raise Refused("This core member has a circle already. Close that one first.", field="core_member")
    circle = Circle.objects.create(
        reference=reference or unused_reference(Circle, "C", 4),
        programme=programme,
        core_member=core_member,
        known_as=first_name(known_as),
        coordinator=coordinator,
        weekday=weekday,
        meets_at=meets_at,
        started_on=started_on,
        planned_end_on=planned_end_on,
        opened_at=at,
        opened_by=by,
    )
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="Circle proposed")
    recorded(Act.COLLECTED, circle, by=by, at=at, within=circle.reference)
    return circle


@transaction.atomic
def match_circle(circle: Circle, *, no_conflicts: bool, by: User, at: datetime) -> Circle:
    """Enough volunteers have said yes, and none knows him, his family or anybody he harmed."""
    circle = lock_to_lead(circle, by=by)
    if not no_conflicts:
        raise Refused("Ask every volunteer first. With a conflict of interest, find somebody else.", "no_conflicts")
    require_closed(circle, day_of(at), TO_MATCH)
    return go(circle, Circle.Status.MATCHED, by=by, at=at)


@transaction.atomic
def prepare_circle(circle: Circle, *, by: User, at: datetime) -> Circle:
    """There is a place, assessed for the first day; now come the briefing and the agreement."""
    circle = lock_to_lead(circle, by=by)
    require_closed(circle, day_of(at), TO_PREPARE)
    return go(circle, Circle.Status.PREPARING, by=by, at=at)


@transaction.atomic
def start_weekly(circle: Circle, *, by: User, at: datetime) -> Circle:
    """Let the circle meet: refused while anything is left to do. A first day that has passed becomes today."""
    circle = lock_to_lead(circle, by=by)
    require_closed(circle, day_of(at))
    circle.core_member = enter_circle(circle.core_member, by=by, at=at)
    late = max(day_of(at) - circle.started_on, timedelta())
    circle.started_on, circle.planned_end_on = circle.started_on + late, circle.planned_end_on + late
    circle.save(update_fields=["started_on", "planned_end_on"])
    go(circle, Circle.Status.WEEKLY, by=by, at=at)
    plan_meetings(circle, at=at)
    return tell_all(circle, at=at)


@transaction.atomic
def go_fortnightly(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """From now on every second week, as the circle's review decided."""
    circle = lock_to_lead(circle, by=by)
    if day_of(at) <= circle.started_on:
        raise Refused("This circle has hardly begun. Let it meet weekly first.")
    circle.fortnightly_from = day_of(at)
    go(circle, Circle.Status.FORTNIGHTLY, by=by, at=at, note=given(reason, "Say what the review decided."))
    return plan_anew(circle, at=at)


@transaction.atomic
def go_weekly(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Back to every week."""
    circle = lock_to_lead(circle, by=by)
    if circle.status != Circle.Status.FORTNIGHTLY:
        raise Refused("Only a circle that meets every second week can go back to every week.")
    circle.fortnightly_from = None
    go(circle, Circle.Status.WEEKLY, by=by, at=at, note=given(reason, "Say why it meets weekly again."))
    return plan_anew(circle, at=at)


@transaction.atomic
def pause_circle(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Stop meeting for now. What was planned is withdrawn; who belongs still belongs."""
    circle = lock_to_lead(circle, by=by)
    go(circle, Circle.Status.PAUSED, by=by, at=at, note=given(reason, "Say why the circle pauses."))
    withdraw_plans(circle, at=at)
    return tell_all(circle, at=at)


@transaction.atomic
def resume_circle(circle: Circle, *, by: User, at: datetime) -> Circle:
    """Meet again as before: refused while anything is left to do, as it is for a start."""
    circle = lock_to_lead(circle, by=by)
    if circle.status != Circle.Status.PAUSED:
        raise Refused("This circle is not paused. Open its page again to see what it is.")
    require_closed(circle, day_of(at))
    slower = circle.fortnightly_from is not None and circle.fortnightly_from <= day_of(at)
    as_before = Circle.Status.FORTNIGHTLY if slower else Circle.Status.WEEKLY
    go(circle, as_before, by=by, at=at, note="After a pause.")
    plan_meetings(circle, at=at)
    return tell_all(circle, at=at)


@transaction.atomic
def begin_ending(circle: Circle, *, end_reason: str, words: str = "", by: User, at: datetime) -> Circle:
    """The circle meets no more; its last minutes are still to be read, its final risk review to be scored.

    Its members stay until it is closed.
    """
    circle = lock_to_lead(circle, by=by, act=CircleAccess.close)
    if end_reason not in Circle.EndReason.values:
        raise Refused("Choose why it ends.", field="end_reason")
    circle.end_reason = end_reason
    note = f"{Circle.EndReason(end_reason).label}. {words.strip()}".strip()
    go(circle, Circle.Status.ENDING, by=by, at=at, note=note[:300])
    withdraw_plans(circle, at=at)
    ask_for_final_review(circle, at=at)
    return tell_all(circle, at=at)


@transaction.atomic
def close_circle(circle: Circle, *, by: User, at: datetime) -> Circle:
    """End it: everybody's membership ends at once, and with it their sight; the history stays.

    Refused while anything would be nobody's. Concerns are not asked: they have answerers of their own
    above the circle, and keep them.
    """
    circle = lock_to_lead(circle, by=by, act=CircleAccess.close)
    left = [one.words for one in loose_ends(circle, at=at)]
    if left:
        raise Refused(f"Something would be nobody’s: {'; '.join(left)}. Finish it first, then close the circle.")
    end_memberships(circle, by=by, at=at)
    circle.closed_at = at
    go(circle, Circle.Status.CLOSED, by=by, at=at)
    circle.core_member = leave_circle(circle.core_member, by=by, at=at)
    return circle


@transaction.atomic
def move_end(circle: Circle, *, planned_end_on: date, reason: str, by: User, at: datetime) -> Circle:
    """Plan another last day, sooner or later: circles are extended on need (domain.md 1.3)."""
    circle = lock_to_lead(circle, by=by, act=CircleAccess.close)
    if circle.is_over or circle.status == Circle.Status.ENDING:
        raise Refused("This circle has ended, or is about to. Its end is not moved now.")
    if planned_end_on <= max(day_of(at), circle.started_on):
        raise Refused("Choose a day that is still to come, after its first.", field="planned_end_on")
    note = given(reason, "Say why its end is moved.")
    circle.planned_end_on = planned_end_on
    circle.save(update_fields=["planned_end_on"])
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="Planned end moved", note=note)
    recorded(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="planned end moved")
    return plan_anew(circle, at=at)


@transaction.atomic
def abandon_circle(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Give up a circle that never met. The core member waits again; the volunteers are free."""
    circle = lock_to_lead(circle, by=by)
    end_memberships(circle, by=by, at=at)
    return go(circle, Circle.Status.NOT_STARTED, by=by, at=at, note=given(reason, "Say why it never started."))


def lock_to_lead(circle: Circle, *, by: User, act: PermittedAct[CircleAccess] = CircleAccess.lead) -> Circle:
    """The circle, locked, in the hands of somebody who may take it from stage to stage."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(act)
    return circle


def go(circle: Circle, to: Circle.Status, *, by: User, at: datetime, note: str = "") -> Circle:
    circle.move(to, by=by, at=at, note=note)
    recorded(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note=to.label.lower())
    return circle


def given(reason: str, words: str) -> str:
    if not reason.strip():
        raise Refused(words, field="reason")
    return reason.strip()


def day_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def end_memberships(circle: Circle, *, by: User, at: datetime) -> None:
    for membership in circle.memberships.filter(left_at=None):
        end_membership(membership, by=by, at=at)


def plan_anew(circle: Circle, *, at: datetime) -> Circle:
    """The coming meetings in the new rhythm."""
    withdraw_plans(circle, at=at)
    plan_meetings(circle, at=at)
    return tell_all(circle, at=at)


def withdraw_plans(circle: Circle, *, at: datetime) -> None:
    """Take back coming meetings, which are plans and no records; one that something speaks of stays."""
    for meeting in circle.meetings.filter(status=Meeting.Status.PLANNED, planned_at__gt=at):
        try:
            with transaction.atomic():
                meeting.delete()
        except ProtectedError:
            continue


def tell_all(circle: Circle, *, at: datetime) -> Circle:
    """Everybody in it hears that there is something to read, and no more."""
    members = Membership.objects.current().of(circle)
    queue_alert(
        key=f"{circle.reference}:{circle.status}:{at.timestamp():.0f}",
        to=[circle.coordinator, *(member.volunteer.user for member in members)],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=circle.get_absolute_url(),
        at=at,
    )
    nudge()
    return circle
