"""What is open about a core member follows him when another area or another practitioner manages him.

Offenders calls `follow_change` through settings.ON_MANAGEMENT_CHANGE, in the transaction of the change. It asks nobody's
leave: whoever changes his record may not see every concern about him, and each of them goes all the same.
"""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from alerts.message.models import Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Level, Side
from concerns.concern.locking import lock_concerns
from concerns.concern.models import Concern
from concerns.engine.next_step import enter_queue, settle_steps
from concerns.engine.operations import URGENCIES, fire_due_steps
from concerns.handling.move_operations import write_move
from concerns.queue.models import Queue
from offenders.core_member.change_models import ManagementChange


def follow_change(change: ManagementChange, *, by: User, at: datetime) -> None:
    """Move what is open to the new area's queue, or tell a new practitioner of what waits in their queue."""
    if change.kind == ManagementChange.Kind.AREA:
        _move_to_new_area(change, by=by, at=at)
    elif change.kind in {ManagementChange.Kind.LEAD, ManagementChange.Kind.PRACTITIONER}:
        _tell_practitioners(change, by=by, at=at)


def _open_concerns(change: ManagementChange, *, at: datetime) -> tuple[list[Concern], datetime]:
    """Lock the open concerns about him for which the agencies still have to act."""
    his = Concern.objects.filter(circle__core_member=change.core_member, status__in=Concern.OPEN)
    locked, at = lock_concerns(his, at=at)
    waiting = [each for each in locked.values() if each.is_open and each.status != Concern.Status.ANSWERED]
    return waiting, at


def _move_to_new_area(change: ManagementChange, *, by: User, at: datetime) -> None:
    """Each goes to the new queue. One that somebody had moved to a third area's queue stays there.

    Where the new area has no queue, nothing moves: those who have it go on, and its clocks go on.
    """
    queue = Queue.objects.filter(area=change.became_area).first()
    if queue is None:
        return
    concerns, at = _open_concerns(change, at=at)
    for concern in concerns:
        if concern.queue is not None and concern.queue.area_id != change.was_area_id:
            continue
        if concern.queued_at is not None:
            write_move(concern, queue, f"{change.became} manages him now.", by=by, at=at)
        else:
            _write_queue(concern, queue, by=by, at=at)


def _write_queue(concern: Concern, queue: Queue, *, by: User, at: datetime) -> None:
    """A concern that is in no queue yet goes to the new one when its time comes; at once if it is Immediate or Urgent."""
    concern.queue = queue
    concern.save(update_fields=["queue"])
    concern.note(f"Goes to the {queue.name} from now on", by=by, at=at)
    if Level(concern.level).tells_agency_at_once:
        enter_queue(concern, at=at)
        fire_due_steps(concern, at=at)
    else:
        settle_steps(concern, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, recipient=queue.name, note="area")


def _tell_practitioners(change: ManagementChange, *, by: User, at: datetime) -> None:
    """Tell the new practitioner and deputy of every concern about him that waits in a queue they work."""
    core_member = change.core_member
    people = {core_member.practitioner, core_member.deputy_practitioner} - {None, by}
    concerns, at = _open_concerns(change, at=at) if people else ([], at)
    for concern in concerns:
        if concern.queue is None or concern.queued_at is None:
            continue
        barred = {concern.raised_by_id, concern.about_id}
        workers = [person for person in concern.queue.workers() if person in people and person.pk not in barred]
        queue_alert(
            key=f"{concern.reference}:{Side.AGENCY}:practitioner:{change.pk}",
            to=workers,
            urgency=URGENCIES[Level(concern.level)],
            wording=Wording.SOMETHING_NEEDS_YOU,
            about=core_member.pk,
            link=concern.get_absolute_url(),
            at=at,
        )
        names = " and ".join(person.full_name for person in workers)
        if names:
            concern.note(f"Told {names}, who manages him now", by=by, at=at, changes=False)
    nudge()
