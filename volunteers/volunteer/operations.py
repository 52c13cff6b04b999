"""Approve and pause a volunteer, write down their checks, and note when they join or leave circles."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.access import Role
from accounts.models import User
from accounts.operations.standing import leaders_of
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from volunteers.volunteer.access import VolunteerAccess
from volunteers.volunteer.models import Volunteer


def lock_volunteer(volunteer: Volunteer) -> Volunteer:
    return Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)


@transaction.atomic
def approve_volunteer(
    user: User,
    *,
    by: User,
    at: datetime,
    checked_until: date,
    trained_on: date,
    agreed_on: date,
) -> Volunteer:
    """Open the file of somebody who has passed every check and may be placed. Whoever approves gives each day."""
    VolunteerAccess(by).require(VolunteerAccess.approve_volunteer)
    if not user.has_role(Role.VOLUNTEER):
        raise Refused(f"{user.full_name} is not invited as a volunteer. Invite them as one first.", field="user")
    if Volunteer.objects.filter(user=user).exists():
        raise Refused(f"{user.full_name} is a volunteer already.", field="user")
    _require_past_days(at, trained_on=trained_on, agreed_on=agreed_on)
    if checked_until < at.astimezone(LONDON).date():
        raise Refused("That check no longer holds. Approve them once it is made again.", field="checked_until")
    volunteer = Volunteer.objects.create(
        reference=unused_reference(Volunteer, "V"),
        user=user,
        approved_at=at,
        approved_by=by,
        checked_until=checked_until,
        trained_on=trained_on,
        agreed_on=agreed_on,
    )
    write_entry(Act.COLLECTED, volunteer, by=by, at=at)
    return volunteer


def _require_past_days(at: datetime, **days: date | None) -> None:
    """Raise Refused, on its field, for a day that has not come yet."""
    today = at.astimezone(LONDON).date()
    for field, day in days.items():
        if day is not None and day > today:
            raise Refused("That day has not come yet. Write it down once it has happened.", field=field)


@transaction.atomic
def record_checks(
    volunteer: Volunteer,
    *,
    checked_until: date | None,
    trained_on: date | None,
    agreed_on: date | None,
    by: User,
    at: datetime,
) -> Volunteer:
    """Write down the check's last day and the days of the training and the agreement. None removes a day."""
    volunteer = lock_volunteer(volunteer)
    VolunteerAccess(by, volunteer).require(VolunteerAccess.record_checks)
    _require_past_days(at, trained_on=trained_on, agreed_on=agreed_on)
    volunteer.checked_until, volunteer.trained_on, volunteer.agreed_on = checked_until, trained_on, agreed_on
    volunteer.save(update_fields=["checked_until", "trained_on", "agreed_on"])
    write_entry(Act.ALTERED, volunteer, by=by, at=at, note="checks")
    return volunteer


@transaction.atomic
def place_volunteer(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """Note that they have joined a circle. A second circle changes nothing."""
    volunteer = lock_volunteer(volunteer)
    VolunteerAccess(by, volunteer).require(VolunteerAccess.place)
    if volunteer.status != Volunteer.Status.ACTIVE:
        volunteer.move(Volunteer.Status.ACTIVE, by=by, at=at)
        write_entry(Act.ALTERED, volunteer, by=by, at=at, note="in a circle")
    return volunteer


@transaction.atomic
def mark_as_waiting(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """Mark them as waiting, without asking for leave: it follows from an act that was allowed, a membership's end."""
    volunteer = lock_volunteer(volunteer)
    if volunteer.status == Volunteer.Status.ACTIVE:
        volunteer.move(Volunteer.Status.WAITING, by=by, at=at)
        write_entry(Act.ALTERED, volunteer, by=by, at=at, note="waiting for a circle")
    return volunteer


@transaction.atomic
def pause_volunteer(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """Pause a volunteer: they join no other circle for now, and stay in the one they are in. Their leaders are told."""
    volunteer = lock_volunteer(volunteer)
    VolunteerAccess(by, volunteer).require(VolunteerAccess.pause)
    volunteer.move(Volunteer.Status.PAUSED, by=by, at=at)
    write_entry(Act.ALTERED, volunteer, by=by, at=at, note="paused")
    tell_of_standing(volunteer, by=by, at=at)
    return volunteer


@transaction.atomic
def bring_back_volunteer(volunteer: Volunteer, *, belongs: bool, by: User, at: datetime) -> Volunteer:
    """Bring back somebody who paused or left. `belongs` says whether they are in a circle now."""
    volunteer = lock_volunteer(volunteer)
    VolunteerAccess(by, volunteer).require(VolunteerAccess.bring_back)
    if not volunteer.user.is_active:
        raise Refused(
            f"{volunteer.user.full_name} cannot sign in. Let them return on their account’s page first; then come back."
        )
    volunteer.move(Volunteer.Status.ACTIVE if belongs else Volunteer.Status.WAITING, by=by, at=at)
    write_entry(Act.ALTERED, volunteer, by=by, at=at, note="back")
    tell_of_standing(volunteer, by=by, at=at)
    return volunteer


def write_leaving(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """Mark them as having left, without asking for leave: the caller has asked, and ends their memberships."""
    volunteer = lock_volunteer(volunteer)
    volunteer.move(Volunteer.Status.LEFT, by=by, at=at)
    write_entry(Act.ALTERED, volunteer, by=by, at=at, note="left")
    return volunteer


def tell_of_standing(volunteer: Volunteer, *, by: User, at: datetime) -> None:
    """Tell them and whoever leads them, but not whoever did it, that their file says something else now."""
    people = {volunteer.user, *leaders_of(volunteer.user)} - {by}
    queue_alert(
        key=f"{volunteer.reference}:{volunteer.status}:{at.timestamp():.0f}",
        to=sorted((person for person in people if person.is_active), key=lambda person: person.pk),
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=volunteer.get_absolute_url(),
        at=at,
    )
    nudge()
