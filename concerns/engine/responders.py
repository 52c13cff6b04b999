"""Who could take a concern on at a moment: the charity's people, those who stand in for them, and a queue's people."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import stand_ins_among, stand_ins_for
from concerns.choices import Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.rota.models import OnCallShift
from offenders.core_member.wall_models import let_through


def responders_for(concern: Concern, *, at: datetime | None = None) -> QuerySet[User]:
    """Everybody who could take this concern on, now or `at`; never its author, nor the person it is about."""
    condition = Q(pk__in=charity_responders(concern, at=at).values("pk"))
    if concern.queue is not None and concern.queued_at is not None:
        condition |= Q(pk__in=concern.queue.workers().values("pk"))
    return unbarred_people(condition, concern)


def charity_responders(concern: Concern, *, at: datetime | None = None) -> QuerySet[User]:
    """Everyone at the charity who could take this concern on."""
    leads = people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD) | people_with_role(Role.DIRECTOR)
    coordinator = concern.circle.coordinator_id
    condition = Q(pk=coordinator) | Q(pk__in=leads.values("pk"))
    condition |= Q(pk__in=deputies_of(coordinator, about=concern.about_id, at=at).values("pk"))
    if concern.goes_to_on_call:
        condition |= Q(pk__in=_on_call_people_for(concern, at=at).values("pk"))
    return unbarred_people(condition, concern)


def unbarred_people(condition: Q, concern: Concern) -> QuerySet[User]:
    """The active people of this condition, without its author, the person it is about, and whom the wall keeps out."""
    barred = [pk for pk in (concern.raised_by_id, concern.about_id) if pk is not None]
    through = let_through(concern.circle.core_member_id)
    people: QuerySet[User] = User.objects.filter(condition, through, is_active=True).exclude(pk__in=barred)
    return people


def draft_responders(draft: ConcernDraft, *, at: datetime) -> QuerySet[User]:
    """Who may be told that a worry was written and not sent: the coordinator, those who cover, and the leads."""
    coordinator = draft.circle.coordinator_id
    leads = people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD) | people_with_role(Role.DIRECTOR)
    deputies = deputies_of(coordinator, about=draft.about_id, at=at)
    barred = [pk for pk in (draft.author_id, draft.about_id) if pk is not None]
    condition = Q(pk=coordinator) | Q(pk__in=leads.values("pk")) | Q(pk__in=deputies.values("pk"))
    through = let_through(draft.circle.core_member_id)
    people: QuerySet[User] = User.objects.filter(condition, through, is_active=True).exclude(pk__in=barred)
    return people


def deputies_of(person: int | None, *, about: int | None, at: datetime | None = None) -> QuerySet[User]:
    """Coordinators who stand in for this coordinator; not those who stand in for the person a concern is about."""
    return people_with_role(Role.COORDINATOR).filter(pk__in=stand_ins_for(person, about=about, at=at))


def _on_call_people_for(concern: Concern, *, at: datetime | None = None) -> QuerySet[User]:
    """Coordinators on call who may open this concern. While somebody at the charity has promised to act, only they may."""
    on_call = _on_call_people_at(at)
    if concern.pk is None:
        return on_call
    promised = EscalationStep.objects.pending().filter(
        concern=concern, side=Side.CHARITY, promise__isnull=False, due_at__gt=at or Now()
    )
    theirs = promised.filter(promise__by=OuterRef("pk"))
    return on_call.filter(~Q(Exists(promised)) | Q(Exists(theirs)))


def _on_call_people_at(at: datetime | None = None) -> QuerySet[User]:
    """Coordinators who are on call, or stand in for somebody who is."""
    moment = at or Now()
    on = OnCallShift.objects.agreed().filter(starts_at__lte=moment, ends_at__gt=moment).values("person")
    return people_with_role(Role.COORDINATOR).filter(Q(pk__in=on) | Q(pk__in=stand_ins_among(on, at=at)))
