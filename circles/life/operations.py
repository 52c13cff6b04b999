"""Move a circle from state to state, from the first plan to its close (domain.md 1.4, 7.3)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess, OpeningAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.circle.operations import first_name_of, has_a_circle
from circles.circle.telling import coordinators_now
from circles.life.guards import TO_MATCH, TO_PREPARE, require_closed
from circles.life.loose_ends import loose_ends_of
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
from offenders.core_member.wall_models import refuse_walled_off


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
    """Begin to plan a circle. Without `planned_end_on`, it lasts as long as its programme says."""
    OpeningAccess(by, core_member).require(OpeningAccess.open_circle)
    planned_end_on = planned_end_on or programme.ends_on(started_on)
    if planned_end_on <= started_on:
        raise Refused("The planned end must come after the start.", field="planned_end_on")
    refuse_walled_off(coordinator, core_member.pk, "coordinator")
    if has_a_circle(core_member):
        raise Refused("This core member has a circle already. Close that one first.", field="core_member")
    circle = Circle.objects.create(
        reference=reference or unused_reference(Circle, "C", 4),
        programme=programme,
        core_member=core_member,
        known_as=first_name_of(known_as),
        coordinator=coordinator,
        weekday=weekday,
        meets_at=meets_at,
        started_on=started_on,
        planned_end_on=planned_end_on,
        opened_at=at,
        opened_by=by,
    )
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="Circle proposed")
    write_entry(Act.COLLECTED, circle, by=by, at=at, within=circle.reference)
    return circle


@transaction.atomic
def match_circle(circle: Circle, *, no_conflicts: bool, by: User, at: datetime) -> Circle:
    """Confirm that there are enough volunteers, and that none knows him, his family or anybody he harmed."""
    circle = _lock_to_change_stage(circle, by=by)
    if not no_conflicts:
        raise Refused("Ask every volunteer first. With a conflict of interest, find somebody else.", "no_conflicts")
    require_closed(circle, _day_of(at), TO_MATCH)
    return _move_circle(circle, Circle.Status.MATCHED, by=by, at=at)


@transaction.atomic
def prepare_circle(circle: Circle, *, by: User, at: datetime) -> Circle:
    """Begin to prepare: there is a place, assessed for the first day. The briefing and the agreement come next."""
    circle = _lock_to_change_stage(circle, by=by)
    require_closed(circle, _day_of(at), TO_PREPARE)
    return _move_circle(circle, Circle.Status.PREPARING, by=by, at=at)


@transaction.atomic
def start_weekly(circle: Circle, *, by: User, at: datetime) -> Circle:
    """Let the circle meet. Refused while anything is left to do. A first day that has passed becomes today."""
    circle = _lock_to_change_stage(circle, by=by)
    require_closed(circle, _day_of(at))
    circle.core_member = enter_circle(circle.core_member, by=by, at=at)
    late = max(_day_of(at) - circle.started_on, timedelta())
    circle.started_on, circle.planned_end_on = circle.started_on + late, circle.planned_end_on + late
    circle.save(update_fields=["started_on", "planned_end_on"])
    _move_circle(circle, Circle.Status.WEEKLY, by=by, at=at)
    plan_meetings(circle, at=at)
    return _tell_members(circle, at=at)


@transaction.atomic
def go_fortnightly(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Meet every second week from now on, as the circle's review decided."""
    circle = _lock_to_change_stage(circle, by=by)
    if _day_of(at) <= circle.started_on:
        raise Refused("This circle has hardly begun. Let it meet weekly first.")
    circle.fortnightly_from = _day_of(at)
    _move_circle(
        circle, Circle.Status.FORTNIGHTLY, by=by, at=at, note=_require_reason(reason, "Say what the review decided.")
    )
    return _replan_meetings(circle, at=at)


@transaction.atomic
def go_weekly(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Meet every week again."""
    circle = _lock_to_change_stage(circle, by=by)
    if circle.status != Circle.Status.FORTNIGHTLY:
        raise Refused("Only a circle that meets every second week can go back to every week.")
    circle.fortnightly_from = None
    _move_circle(
        circle, Circle.Status.WEEKLY, by=by, at=at, note=_require_reason(reason, "Say why it meets weekly again.")
    )
    return _replan_meetings(circle, at=at)


@transaction.atomic
def pause_circle(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Stop meeting for now. Planned meetings are withdrawn; the members stay."""
    circle = _lock_to_change_stage(circle, by=by)
    _move_circle(circle, Circle.Status.PAUSED, by=by, at=at, note=_require_reason(reason, "Say why the circle pauses."))
    _withdraw_meetings(circle, at=at)
    return _tell_members(circle, at=at)


@transaction.atomic
def resume_circle(circle: Circle, *, by: User, at: datetime) -> Circle:
    """Meet again in the rhythm of before. Refused while anything is left to do, as at the start."""
    circle = _lock_to_change_stage(circle, by=by)
    if circle.status != Circle.Status.PAUSED:
        raise Refused("This circle is not paused. Open its page again to see what it is.")
    require_closed(circle, _day_of(at))
    slower = circle.fortnightly_from is not None and circle.fortnightly_from <= _day_of(at)
    as_before = Circle.Status.FORTNIGHTLY if slower else Circle.Status.WEEKLY
    _move_circle(circle, as_before, by=by, at=at, note="After a pause.")
    plan_meetings(circle, at=at)
    return _tell_members(circle, at=at)


@transaction.atomic
def begin_ending(circle: Circle, *, end_reason: str, words: str = "", by: User, at: datetime) -> Circle:
    """Stop meeting for good. The last minutes are still to be read, and the final risk review to be scored.

    The members stay until the circle is closed.
    """
    circle = _lock_to_change_stage(circle, by=by, act=CircleAccess.close)
    if end_reason not in Circle.EndReason.values:
        raise Refused("Choose why it ends.", field="end_reason")
    circle.end_reason = end_reason
    note = f"{Circle.EndReason(end_reason).label}. {words.strip()}".strip()
    _move_circle(circle, Circle.Status.ENDING, by=by, at=at, note=note[:300])
    _withdraw_meetings(circle, at=at)
    ask_for_final_review(circle, at=at)
    return _tell_members(circle, at=at)


@transaction.atomic
def close_circle(circle: Circle, *, by: User, at: datetime) -> Circle:
    """Close the circle: every membership ends at once, and with it the sight of the circle. The history stays.

    Refused while there are loose ends. Open concerns do not count: people above the circle answer them, and go on.
    """
    circle = _lock_to_change_stage(circle, by=by, act=CircleAccess.close)
    unfinished = [end.words for end in loose_ends_of(circle, at=at)]
    if unfinished:
        raise Refused(f"Still to finish: {'; '.join(unfinished)}. Finish it first, then close the circle.")
    _end_memberships(circle, by=by, at=at)
    circle.closed_at = at
    _move_circle(circle, Circle.Status.CLOSED, by=by, at=at)
    circle.core_member = leave_circle(circle.core_member, by=by, at=at)
    return circle


@transaction.atomic
def move_end(circle: Circle, *, planned_end_on: date, reason: str, by: User, at: datetime) -> Circle:
    """Plan another last day, earlier or later. Circles are extended if needed (domain.md 1.3)."""
    circle = _lock_to_change_stage(circle, by=by, act=CircleAccess.close)
    if circle.is_over or circle.status == Circle.Status.ENDING:
        raise Refused("This circle has ended, or is about to. Its end is not moved now.")
    if planned_end_on <= max(_day_of(at), circle.started_on):
        raise Refused("Choose a day that is still to come, after its first.", field="planned_end_on")
    note = _require_reason(reason, "Say why its end is moved.")
    circle.planned_end_on = planned_end_on
    circle.save(update_fields=["planned_end_on"])
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="Planned end moved", note=note)
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="planned end moved")
    return _replan_meetings(circle, at=at)


@transaction.atomic
def abandon_circle(circle: Circle, *, reason: str, by: User, at: datetime) -> Circle:
    """Give up a circle that never met. The core member waits again; the volunteers are free."""
    circle = _lock_to_change_stage(circle, by=by)
    _end_memberships(circle, by=by, at=at)
    return _move_circle(
        circle, Circle.Status.NOT_STARTED, by=by, at=at, note=_require_reason(reason, "Say why it never started.")
    )


def _lock_to_change_stage(
    circle: Circle, *, by: User, act: PermittedAct[CircleAccess] = CircleAccess.change_stage
) -> Circle:
    """Lock the circle, and check that this person may do `act`."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(act)
    return circle


def _move_circle(circle: Circle, to: Circle.Status, *, by: User, at: datetime, note: str = "") -> Circle:
    circle.move(to, by=by, at=at, note=note)
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note=to.label.lower())
    return circle


def _require_reason(reason: str, words: str) -> str:
    if not reason.strip():
        raise Refused(words, field="reason")
    return reason.strip()


def _day_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _end_memberships(circle: Circle, *, by: User, at: datetime) -> None:
    for membership in circle.memberships.filter(left_at=None):
        end_membership(membership, by=by, at=at)


def _replan_meetings(circle: Circle, *, at: datetime) -> Circle:
    """Plan the coming meetings again, in the new rhythm."""
    _withdraw_meetings(circle, at=at)
    plan_meetings(circle, at=at)
    return _tell_members(circle, at=at)


def _withdraw_meetings(circle: Circle, *, at: datetime) -> None:
    """Delete the planned meetings to come. A meeting that another record refers to stays."""
    for meeting in circle.meetings.filter(status=Meeting.Status.PLANNED, planned_at__gt=at):
        try:
            with transaction.atomic():
                meeting.delete()
        except ProtectedError:
            continue


def _tell_members(circle: Circle, *, at: datetime) -> Circle:
    """Tell the members and the coordinator that there is something to read, and no more."""
    members = Membership.objects.current().of(circle)
    queue_alert(
        key=f"{circle.reference}:{circle.status}:{at.timestamp():.0f}",
        to=[*coordinators_now(circle, at=at), *(member.volunteer.user for member in members)],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=circle.core_member_id,
        link=circle.get_absolute_url(),
        at=at,
    )
    nudge()
    return circle
