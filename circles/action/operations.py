"""Agree an action, give it to somebody else, and say what came of it (domain.md 1.7)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.action.access import ActionAccess
from circles.action.models import Action, ActionTap
from circles.circle.access import CircleAccess
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from core.errors import Refused
from core.references import unused_reference
from core.rows import only_row_of
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer

FINISHED = {Action.Status.DONE, Action.Status.DROPPED}


@transaction.atomic
def agree_action(
    circle: Circle,
    *,
    words: str,
    owner: Action.Owner,
    due_on: date,
    by: User,
    at: datetime,
    volunteer: Volunteer | None = None,
    meeting: Meeting | None = None,
) -> Action:
    """Write down who does what by when. `meeting` is the one where it was agreed, if any."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.agree_actions)
    _check_owner(circle, owner, volunteer)
    if not words.strip():
        raise Refused("Write what will be done.", field="words")
    if due_on < at.astimezone(LONDON).date():
        raise Refused("Give a day that has not passed yet.", field="due_on")
    if meeting is not None and meeting.circle_id != circle.pk:
        raise Refused("That meeting is not one of this circle’s. Open the page again from its log.")
    action = Action.objects.create(
        reference=unused_reference(Action, "AC"),
        circle=circle,
        meeting=meeting,
        words=words.strip(),
        owner=owner,
        volunteer=volunteer,
        due_on=due_on,
        agreed_at=at,
        agreed_by=by,
    )
    write_entry(Act.COLLECTED, action, by=by, at=at, within=circle.reference)
    return action


def _check_owner(circle: Circle, owner: Action.Owner, volunteer: Volunteer | None) -> None:
    if circle.status in Circle.LIFECYCLE.ends:
        raise Refused("This circle has ended, so nothing new is agreed in it.")
    if (owner == Action.Owner.VOLUNTEER) != (volunteer is not None):
        raise Refused("Say which volunteer does it, or choose somebody else.", field="owner")
    if volunteer and not Membership.objects.current().filter(circle=circle, volunteer=volunteer).exists():
        raise Refused("Choose somebody who belongs to this circle.", field="owner")


@transaction.atomic
def give_action(
    action: Action, *, owner: Action.Owner, volunteer: Volunteer | None = None, by: User, at: datetime
) -> Action:
    """Give an unfinished action to somebody else. They are told, and so is whoever had it. Its day stays."""
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    ActionAccess(by, action).require(ActionAccess.give)
    if action.status in FINISHED:
        raise Refused("This action is settled, so nobody else does it. Write down a new one.")
    _check_owner(action.circle, owner, volunteer)
    if (action.owner, action.volunteer) == (owner, volunteer):
        raise Refused("They do it already. Choose somebody else.", field="owner")
    former = _person_of(action)
    action.owner, action.volunteer = owner, volunteer
    action.save(update_fields=["owner", "volunteer"])
    person = _person_of(action)
    write_entry(
        Act.ALTERED,
        action,
        by=by,
        at=at,
        within=action.circle.reference,
        recipient=person.reference if person else "",
        note="action given to another",
    )
    _tell_owner(action, person, "given", Wording.SOMETHING_NEEDS_YOU, by=by, at=at)
    _tell_owner(action, former, "taken", Wording.THERE_IS_NEWS, by=by, at=at)
    nudge()
    return action


def _person_of(action: Action) -> User | None:
    """Whoever does this action, if they sign in: the core member does not."""
    if action.owner == Action.Owner.COORDINATOR:
        return action.circle.coordinator
    return action.volunteer.user if action.volunteer else None


def _tell_owner(action: Action, person: User | None, what: str, wording: Wording, *, by: User, at: datetime) -> None:
    """Tell somebody that an action is theirs now, or no longer; not whoever did it, nor whoever left the circle."""
    told = person is not None and person != by and Action.objects.visible_to(person).contains(action)
    queue_alert(
        key=f"{action.reference}:{what}:{at.timestamp():.0f}",
        to=[person] if person and told else [],
        urgency=Urgency.ROUTINE,
        wording=wording,
        about=action.circle.core_member_id,
        link=action.get_absolute_url(),
        at=at,
    )


@transaction.atomic
def settle_action(action: Action, *, how: Action.Status, by: User, at: datetime, reason: str = "") -> Action:
    """Say that an action is done, partly done, still to do, or dropped. Dropping needs a reason."""
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    ActionAccess(by, action).require(ActionAccess.settle)
    if action.circle.status in Circle.LIFECYCLE.ends:
        raise Refused("This circle has ended, so what came of its actions stays as it is.")
    if how == Action.Status.DROPPED and not reason.strip():
        raise Refused("Say why it is dropped.", field="reason")
    _move_action(action, how, by=by, at=at, reason=reason.strip() if how == Action.Status.DROPPED else "")
    write_entry(Act.ALTERED, action, by=by, at=at, within=action.circle.reference, note=f"action {how.value}")
    return action


def action_to_tap(meeting: Meeting, action: Action) -> Action:
    """The action, locked, with its tap at this meeting. Raises Refused unless it was open there and still counts."""
    brought = Action.objects.brought_to(meeting).with_tap_at(meeting).select_for_update(of=("self",))
    locked = only_row_of(brought.filter(pk=action.pk))
    if locked is None:
        raise Refused("This action was not open at that meeting. Open the page again to see those that were.")
    if locked.status == Action.Status.DROPPED:
        raise Refused("This action was dropped meanwhile. Open the page again.")
    return locked


def write_action_tap(meeting: Meeting, *, action: Action, how: ActionTap.How, by: User, at: datetime) -> ActionTap:
    """Write one tap about a locked action into a draft whose meeting is locked. Tapping again changes it."""
    tap = ActionTap(pk=action.tap_key, meeting=meeting, action=action, how=how, set_at=at, set_by=by)
    tap.save()
    _move_action(action, Action.Status(how.value), by=by, at=at)
    return tap


def _move_action(action: Action, how: Action.Status, *, by: User, at: datetime, reason: str = "") -> None:
    if action.status == how:
        return
    finished = how in FINISHED
    action.settled_at, action.settled_by = (at, by) if finished else (None, None)
    action.dropped_because = reason
    action.move(how, by=by, at=at)
