"""Make queues, grant them to teams and take them back, and name who manages a queue's team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from accounts.access import Role, people_with_role
from accounts.models import Area, User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.queue.access import QueueAccess
from concerns.queue.models import Queue
from core.errors import Refused
from core.references import unused_reference


@transaction.atomic
def make_queue(area: Area, *, by: User, at: datetime) -> Queue:
    """Make the queue of a MAPPA area; each area has one. Nobody works it until it is granted to a team."""
    QueueAccess(by).require(QueueAccess.set_up_queues)
    Area.objects.select_for_update().get(pk=area.pk)
    if Queue.objects.filter(area=area).exists():
        raise Refused("This area has a queue already. Open that one.", field="area")
    queue = Queue.objects.create(reference=unused_reference(Queue, "Q"), area=area)
    write_entry(Act.COLLECTED, queue, by=by, at=at)
    _tell_managers(queue, by=by, at=at, what="made")
    return queue


@transaction.atomic
def grant_queue(queue: Queue, *, team: Group, by: User, at: datetime) -> Queue:
    """Let a team work this queue: the whole team, and nobody outside it. Its people and the managers are told."""
    queue = _lock_queue(queue, by=by)
    if queue.teams().filter(pk=team.pk).exists():
        raise Refused("This team works the queue already. Choose another.", field="team")
    queue.grant_to(team)
    write_entry(Act.GRANTED, queue, by=by, at=at, recipient=team.name)
    _tell_people(queue, _people_of(team), link=queue.get_absolute_url(), at=at, what=f"granted:{team.pk}")
    _tell_managers(queue, by=by, at=at, what=f"granted:{team.pk}")
    return queue


@transaction.atomic
def revoke_queue(queue: Queue, *, team: Group, by: User, at: datetime) -> Queue:
    """Take the queue from a team, from the next request on. Its people and the managers are told."""
    queue = _lock_queue(queue, by=by)
    if not queue.teams().filter(pk=team.pk).exists():
        raise Refused("This team does not work the queue any more.")
    queue.revoke_from(team)
    write_entry(Act.REVOKED, queue, by=by, at=at, recipient=team.name)
    _tell_people(queue, _people_of(team), link=reverse("concerns:queues"), at=at, what=f"revoked:{team.pk}")
    _tell_managers(queue, by=by, at=at, what=f"revoked:{team.pk}")
    return queue


@transaction.atomic
def name_team_manager(queue: Queue, *, team_manager: User | None, by: User, at: datetime) -> Queue:
    """Name who is told as the team manager, or nobody. It must be somebody who works the queue."""
    queue = _lock_queue(queue, by=by)
    if team_manager is not None and not queue.workers().filter(pk=team_manager.pk).exists():
        raise Refused("The team manager must be in a team that works this queue.", field="team_manager")
    before, queue.team_manager = queue.team_manager, team_manager
    queue.save(update_fields=["team_manager"])
    recipient = team_manager.reference if team_manager is not None else ""
    write_entry(Act.ALTERED, queue, by=by, at=at, recipient=recipient, note="team manager named")
    changed = [person for person in (before, team_manager) if person is not None and before != team_manager]
    _tell_people(queue, changed, link=reverse("concerns:queues"), at=at, what="team manager")
    _tell_managers(queue, by=by, at=at, what="team manager")
    return queue


def _lock_queue(queue: Queue, *, by: User) -> Queue:
    queue = Queue.objects.select_for_update(of=("self",)).select_related("area", "team_manager").get(pk=queue.pk)
    QueueAccess(by).require(QueueAccess.set_up_queues)
    return queue


def _people_of(team: Group) -> list[User]:
    return list(User.objects.filter(groups=team.pk, is_active=True).order_by("pk"))


def _tell_managers(queue: Queue, *, by: User, at: datetime, what: str) -> None:
    """Tell every manager but the one who did it, in neutral words."""
    managers = people_with_role(Role.MANAGER).exclude(pk=by.pk).order_by("pk")
    link = reverse("concerns:set_up_queue", args=[queue.reference])
    _tell_people(queue, managers, link=link, at=at, what=f"{what}:managers")


def _tell_people(queue: Queue, people: Iterable[User], *, link: str, at: datetime, what: str) -> None:
    queue_alert(
        key=f"{queue.reference}:{what}:{at.timestamp():.0f}",
        to=[person for person in people if person.is_active],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link=link,
        at=at,
    )
    nudge()
