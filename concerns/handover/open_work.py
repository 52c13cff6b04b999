"""The concerns and duties that are open with a person or in a circle, counted."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from accounts.models.role import Role
from accounts.open_work import OpenWork
from alerts.leave.models import Leave
from circles.circle.models import Circle
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.queue.models import Queue
from concerns.rota.models import OnCallShift
from core.counts import counted
from offenders.core_member.wall_models import not_walled_off

ON_CALL = frozenset({Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR})
AT_AGENCIES = frozenset({Role.LIAISON, Role.MAPPA_COORDINATOR})


def open_concerns_in(circle: Circle, reader: User, at: datetime) -> list[str]:
    """The open concerns of a circle that this reader may see. Called through settings.OPEN_IN_CIRCLES."""
    number = Concern.objects.visible_to(reader).still_open().filter(circle=circle).count()
    return [counted(number, "open concern", "open concerns")] if number else []


def open_work_with(person: User, reader: User, at: datetime) -> list[OpenWork]:
    """What a person has in hand, their shifts, the cover they give, and the queues that nobody else works.

    Called through settings.OPEN_WORK. It counts and names no concern: whoever keeps accounts may see none.
    """
    if not person.is_charity_staff_or_agency:
        return []
    queues = _queues_without(person) if person.works_for_an_agency else []
    return [*_promises_of(person, reader, at), *_shifts_of(person, at), *_cover_of(person, at), *queues]


def _promises_of(person: User, reader: User, at: datetime) -> list[OpenWork]:
    seen = not_walled_off(reader.pk, "concern__circle__core_member")
    held = EscalationStep.objects.pending().filter(seen, promise__by=person, due_at__gt=at)
    number = held.values("concern").distinct().count()
    words = f"Has {counted(number, 'concern', 'concerns')} in hand. The next people are told within a minute."
    return [OpenWork(words, ON_CALL | AT_AGENCIES)] if number else []


def _shifts_of(person: User, at: datetime) -> list[OpenWork]:
    number = OnCallShift.objects.filter(person=person, cancelled_at=None, ends_at__gt=at).count()
    words = f"Is on call in {counted(number, 'shift', 'shifts')} of now and later."
    return [OpenWork(words, ON_CALL, "Call each shift off first, and plan somebody else.")] if number else []


def _cover_of(person: User, at: datetime) -> list[OpenWork]:
    number = Leave.objects.not_cancelled().filter(deputy=person, ends_at__gt=at).count()
    words = f"Covers {counted(number, 'leave', 'leaves')} of a colleague, now or later. Plan each with another deputy."
    return [OpenWork(words, ON_CALL | AT_AGENCIES)] if number else []


def _queues_without(person: User) -> list[OpenWork]:
    """The queues in whose teams nobody else can sign in."""
    alone = [queue for queue in Queue.objects.worked_by(person) if not queue.workers().exclude(pk=person.pk).exists()]
    words = [f"Is the last person of the {queue.name}: without them nobody is told there." for queue in alone]
    return [OpenWork(line, AT_AGENCIES) for line in words]
