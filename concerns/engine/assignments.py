"""Ends the claims and promises of people who can no longer see the concern.

Access is derived, so nothing tells a concern that a team lost its queue, that somebody left the team or was
suspended, or that cover has ended. Every sweep looks. A claim then ends, and a promise is due at once, so that the
ladder goes on where it stood.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import Role, people_with_role
from alerts.leave.cover import Cover
from concerns.choices import Side
from concerns.concern.locking import lock_concern_if_free
from concerns.concern.models import Concern
from concerns.concern.rows import SEES_EVERY_CONCERN
from concerns.engine.models import EscalationStep
from concerns.queue.models import Queue
from concerns.rota.models import OnCallShift
from core.rows import only_row_of
from offenders.core_member.wall_models import Walls


class Holders:
    """Who may have which concern. The queries are made once, for any number of concerns."""

    def __init__(self, at: datetime) -> None:
        self.workers = Queue.objects.all().people()
        self.leads = {pk for role in SEES_EVERY_CONCERN for pk in people_with_role(role).values_list("pk", flat=True)}
        self.coordinators = set(people_with_role(Role.COORDINATOR).values_list("pk", flat=True))
        self.cover, self.walls = Cover(at), Walls()
        on_call = set(OnCallShift.objects.during(at).values_list("person", flat=True))
        stand_ins = {chain.stand_in for chain in self.cover.chains if chain.person in on_call}
        self.on_call = (on_call | stand_ins) & self.coordinators

    def may_hold(self, concern: Concern, person: int, side: str) -> bool:
        """Whether this person, who is active, could take the concern on for this side now."""
        if person == concern.about_id or self.walls.keep_out(person, concern.circle.core_member_id):
            return False
        if side == Side.AGENCY:
            return concern.queue is not None and person in self.workers.get(concern.queue.reference, set())
        coordinator = concern.circle.coordinator_id
        covered = self.cover.covered_by(person) if person in self.coordinators else set()
        covers = coordinator in covered and concern.about_id not in covered
        stands_in = covers or (person in self.on_call and concern.goes_to_on_call)
        return person in self.leads or person == coordinator or stands_in


def end_lost_assignments(*, at: datetime) -> int:
    """End the claims and make due the promises of people who can no longer see the concern. Answers with how many."""
    claimed = Concern.objects.still_open().filter(claimed_by__isnull=False, claimed_until__gt=at)
    promised = EscalationStep.objects.pending().filter(promise__isnull=False, promise__share=None, due_at__gt=at)
    claims = list(claimed.select_related("circle", "queue", "claimed_by"))
    steps = list(promised.select_related("concern__circle", "concern__queue", "promise__by"))
    if not claims and not steps:
        return 0
    holders = Holders(at)
    ended = 0
    for concern in claims:
        by = concern.claimed_by
        if by is not None and not (by.is_active and any(holders.may_hold(concern, by.pk, side) for side in Side)):
            ended += _drop_claim(concern, at=at)
    for step in steps:
        by = step.promise.by if step.promise else None
        if by is not None and not (by.is_active and holders.may_hold(step.concern, by.pk, step.side)):
            ended += _resume_step(step, at=at)
    return ended


@transaction.atomic
def _drop_claim(concern: Concern, *, at: datetime) -> bool:
    """End one claim, unless somebody else claimed it meanwhile."""
    locked, at = lock_concern_if_free(concern.pk, at=at)
    if locked is None or locked.claimed_by_id != concern.claimed_by_id:
        return False
    locked.claimed_by = locked.claimed_until = None
    locked.save(update_fields=["claimed_by", "claimed_until"])
    locked.note("Whoever was reading it can no longer see it", by=None, at=at, changes=False)
    return True


@transaction.atomic
def _resume_step(step: EscalationStep, *, at: datetime) -> bool:
    """Make one promise due now, unless it was answered meanwhile."""
    concern, moment = lock_concern_if_free(step.concern_id, at=at)
    held = only_row_of(EscalationStep.objects.pending().filter(pk=step.pk, due_at__gt=at))
    if concern is None or held is None:
        return False
    held.due_at = at
    held.save(update_fields=["due_at"])
    concern.note("Whoever had it can no longer see it. Going on at once.", by=None, at=moment, changes=False)
    return True
