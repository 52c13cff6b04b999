"""The people the engine tells: those of a rung, those who stand in for them, and who is on call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import Cover
from concerns.choices import Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.audience import COORDINATOR_AUDIENCES, people_for, people_with_leaders
from concerns.engine.models import EscalationStep
from concerns.engine.plan import SidePlan, clock_start_of
from concerns.engine.responders import charity_responders, draft_responders, responders_for, unbarred_people
from concerns.rota.access import on_call_people
from concerns.rota.models import OnCallShift
from offenders.core_member.wall_models import let_through


@dataclass
class Recipients:
    """Who is told; who of them is present (not on leave); and for the story a sentence on each who is away."""

    people: list[User] = field(default_factory=list)
    present: list[User] = field(default_factory=list)
    away: list[str] = field(default_factory=list)

    def add(self, other: Recipients) -> None:
        self.people += [person for person in other.people if person not in self.people]
        self.present += [person for person in other.present if person not in self.present]
        self.away += [sentence for sentence in other.away if sentence not in self.away]


def recipients_of_step(
    concern: Concern, step: EscalationStep, plan: SidePlan, *, repeats: bool, at: datetime
) -> Recipients:
    """The people of the step's rung, those who stand in for them, and who is on call if the coordinator is among them.

    Before the last rung, somebody who is away and has nobody standing in is left out. At the last rung nobody is left
    out; and if it repeats, or nobody of it is present, the people of all rungs before it are told too. If a promise
    passed, the person who gave it is told as well, but does not count as present: the rung is for others.
    """
    side, rung, cover = Side(step.side), min(step.rung, plan.last), Cover(at)
    audience = plan.rungs[rung].audience
    recipients = _recipients_beside_on_call(
        people_for(audience, concern), concern, side, [audience], skip_uncovered=rung < plan.last, cover=cover
    )
    if rung == plan.last and (repeats or not recipients.present):
        before = [earlier.audience for earlier in plan.rungs]
        recipients = _recipients_beside_on_call(
            people_with_leaders(concern, before), concern, side, before, skip_uncovered=False, cover=cover
        )
    if step.promise is not None:
        promised = responders_for(concern, at=at).filter(pk=step.promise.by_id)
        too = _recipients_with_stand_ins(
            promised, lambda: _possible_stand_ins(concern, side, at=at), skip_uncovered=False, cover=cover
        )
        recipients.add(Recipients(people=too.people, away=too.away))
    return recipients


def _recipients_beside_on_call(
    people: QuerySet[User], concern: Concern, side: Side, audiences: list[str], *, skip_uncovered: bool, cover: Cover
) -> Recipients:
    recipients = _recipients_with_stand_ins(
        people, lambda: _possible_stand_ins(concern, side, at=cover.at), skip_uncovered=skip_uncovered, cover=cover
    )
    if any(audience in COORDINATOR_AUDIENCES for audience in audiences):
        on_call = _recipients_on_call(concern, cover=cover)
        if not set(on_call.people) <= set(recipients.people):
            recipients.add(on_call)
    return recipients


def _recipients_on_call(concern: Concern, *, cover: Cover) -> Recipients:
    """Who is on call, or stands in for them. Of several shifts, the one that began last and whose person is present.

    The concern's author, the person it is about and whom the wall keeps out are never told.
    """
    if not concern.goes_to_on_call:
        return Recipients()
    barred, through = {concern.raised_by_id, concern.about_id}, let_through(concern.circle.core_member_id)
    for shift in OnCallShift.objects.during(cover.at).select_related("person"):
        if shift.person_id not in barred and on_call_people().filter(through, pk=shift.person_id).exists():
            candidates = lambda: _possible_stand_ins(concern, Side.CHARITY, at=cover.at)  # noqa: E731
            recipients = _recipients_with_stand_ins([shift.person], candidates, skip_uncovered=True, cover=cover)
            recipients.away.insert(0, f"{shift.person.full_name} is on call.")
            if recipients.present:
                return recipients
    return Recipients()


def _recipients_with_stand_ins(
    people: Iterable[User], candidates: Callable[[], QuerySet[User]], *, skip_uncovered: bool, cover: Cover
) -> Recipients:
    """These people, and for each who is away those of the `candidates` who stand in. `candidates` is called only then.

    With `skip_uncovered`, somebody who is away and has nobody standing in is left out.
    """
    recipients, named = Recipients(), list(people)
    recipients.present = [person for person in named if person.pk not in cover.away]
    recipients.people = list(recipients.present)
    away = [person for person in named if person.pk in cover.away]
    if not away:
        return recipients
    chains = {person: cover.of(person.pk) for person in away}
    keys = {pk for links in chains.values() for chain in links for pk in (*chain.via, chain.stand_in) if pk}
    known, can = User.objects.in_bulk(keys), set(candidates().values_list("pk", flat=True))
    for person in away:
        stand_ins = [known[chain.stand_in] for chain in chains[person] if chain.stand_in in can]
        through = [known[pk].full_name for pk in chains[person][0].via[1:]]
        sentences = [f"{name}, who covers, is on leave too" for name in through]
        by = f"{stand_ins[0].full_name} covers." if stand_ins else "and nobody covers."
        line = "; ".join([f"{person.full_name} is on leave", *sentences])
        recipients.add(
            Recipients(
                people=[*([] if skip_uncovered and not stand_ins else [person]), *stand_ins],
                present=stand_ins,
                away=[f"{line}; {by}" if stand_ins else f"{line}, {by}"],
            )
        )
    return recipients


def people_with_stand_ins(people: Iterable[User], concern: Concern, *, at: datetime) -> list[User]:
    """These people of the charity and those who stand in for them, for news that the ladder does not bring."""
    return _recipients_with_stand_ins(
        people, lambda: _possible_stand_ins(concern, Side.CHARITY, at=at), skip_uncovered=False, cover=Cover(at)
    ).people


def _possible_stand_ins(concern: Concern, side: Side, *, at: datetime) -> QuerySet[User]:
    """Who could stand in for somebody who is told of a concern: only people who may open it."""
    condition = Q(pk__in=charity_responders(concern, at=at).values("pk"))
    if side == Side.AGENCY and concern.queue is not None:
        condition |= Q(pk__in=concern.queue.workers().values("pk"))
    return unbarred_people(condition, concern)


def has_fired_last_rung(concern: Concern, side: Side, plan: SidePlan) -> bool:
    """Whether this side's last rung has fired since its clock started. From then on it repeats."""
    fired = EscalationStep.objects.filter(concern=concern, side=side, rung__gte=plan.last)
    return fired.filter(fired_at__gte=clock_start_of(concern, side)).exists()


def people_to_tell_of_draft(draft: ConcernDraft, *, at: datetime) -> list[User]:
    """Who is told that a worry was written in a circle and not sent: its coordinator, or who covers for them.

    If they are away, the managers and safeguarding leads are told; if those are away too, the directors. The author
    and the person it is about are never told.
    """
    candidates = draft_responders(draft, at=at)
    leads = people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD)
    audiences = [User.objects.filter(pk=draft.circle.coordinator_id), leads, people_with_role(Role.DIRECTOR)]
    everybody, cover = Recipients(), Cover(at)
    for audience in audiences:
        recipients = _recipients_with_stand_ins(
            candidates.filter(pk__in=audience.values("pk")), lambda: candidates, skip_uncovered=False, cover=cover
        )
        if recipients.present:
            return recipients.people
        everybody.add(recipients)
    return everybody.people
