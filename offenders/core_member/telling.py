"""Tell those who look after a core member that something on his record has changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.operations.standing import call_listeners
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.models import CoreMember


def tell_of_change(core_member: CoreMember, what: str, *, by: User, at: datetime, members_too: bool = False) -> None:
    """Tell whoever coordinates him, and whoever coordinates his circle, but not whoever changed it.

    `members_too` is for what every volunteer of his circle must know. The circle is told by the app above, which
    settings.ON_CORE_MEMBER_CHANGE names. `what` makes the alert's key.
    """
    key = f"{core_member.reference}:{what}:{at.timestamp():.0f}"
    coordinator = core_member.coordinator
    queue_alert(
        key=key,
        to=[coordinator] if coordinator != by and coordinator.is_active else [],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=core_member.pk,
        link=core_member.get_absolute_url(),
        at=at,
    )
    told = {coordinator.pk, by.pk}
    call_listeners("ON_CORE_MEMBER_CHANGE", core_member, key=key, told=told, members_too=members_too, at=at)
    nudge()


def tell_practitioners(core_member: CoreMember, before: User | None, *, by: User, at: datetime) -> None:
    """Tell the practitioner that they are named, and the one before that they no longer are. Whoever did it knows.

    Neither opens his record, so the alert leads home.
    """
    if core_member.practitioner == before:
        return
    key = f"{core_member.reference}:practitioner:{at.timestamp():.0f}"
    news = (
        (f"{key}:named", core_member.practitioner, Wording.NAMED),
        (f"{key}:before", before, Wording.NAMED_NO_LONGER),
    )
    for named, person, wording in news:
        told = [person] if person is not None and person != by and person.is_active else []
        queue_alert(
            key=named,
            to=told,
            urgency=Urgency.ROUTINE,
            wording=wording,
            about=core_member.pk,
            link=reverse("home"),
            at=at,
        )
    nudge()


def write_change(
    core_member: CoreMember,
    kind: ManagementChange.Kind,
    *,
    was: str,
    became: str,
    changed_on: date,
    by: User,
    at: datetime,
    why: str = "",
    **areas: Any,
) -> ManagementChange:
    """Write that he is managed otherwise from that day, have what is open about him follow, and tell who must know.

    It stays on the coordinator's list until somebody has said what follows for the circle.
    """
    change = ManagementChange.objects.create(
        core_member=core_member,
        kind=kind,
        was=was[:300],
        became=became[:300],
        changed_on=changed_on,
        why=why,
        noted_at=at,
        noted_by=by,
        **areas,
    )
    call_listeners("ON_MANAGEMENT_CHANGE", change, by=by, at=at)
    tell_of_change(core_member, kind.value, by=by, at=at)
    return change
