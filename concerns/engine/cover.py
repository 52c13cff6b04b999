"""Whom the engine tells: those a rung means, whoever stands in for them, and whoever is on call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.access import Role, people_in
from accounts.models import User
from alerts.leave.cover import Cover
from concerns.choices import Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.audience import COORDINATOR, everyone_up_to, people_for
from concerns.engine.models import EscalationStep
from concerns.engine.plan import SidePlan, started
from concerns.engine.responders import charity_responders, draft_responders, responders_for, takers
from concerns.rota.access import on_call_people
from concerns.rota.models import OnCallShift


@dataclass
class Told:
    """Who is told; who of them is there, and not on leave; and a sentence for the story on each who is away."""

    people: list[User] = field(default_factory=list)
    there: list[User] = field(default_factory=list)
    away: list[str] = field(default_factory=list)

    def add(self, other: Told) -> None:
        self.people += [person for person in other.people if person not in self.people]
        self.there += [person for person in other.there if person not in self.there]
        self.away += [sentence for sentence in other.away if sentence not in self.away]


def whom_to_tell(concern: Concern, step: EscalationStep, plan: SidePlan, *, repeats: bool, at: datetime) -> Told:
    """The rung's people with whoever stands in for them, and beside the coordinator whoever is on call.

    Before the end of the ladder whoever is away uncovered is left out. At its end leave spares nobody; and where it
    repeats, or nobody is there, everybody before is told too. Whoever's promise passed is told as well, but does not
    count as there: the rung is for others.
    """
    side, rung = Side(step.side), min(step.rung, plan.last)
    audience = plan.rungs[rung].audience
    told = told_with(people_for(audience, concern), concern, side, [audience], spares=rung < plan.last, at=at)
    if rung == plan.last and (repeats or not told.there):
        before = [each.audience for each in plan.rungs]
        told = told_with(everyone_up_to(concern, before), concern, side, before, spares=False, at=at)
    if step.promise is not None:
        promised = responders_for(concern, at=at).filter(pk=step.promise.by_id)
        too = with_stand_ins(promised, lambda: takers_of(concern, side, at=at), spares=False, at=at)
        told.add(Told(people=too.people, away=too.away))
    return told


def told_with(
    people: QuerySet[User], concern: Concern, side: Side, audiences: list[str], *, spares: bool, at: datetime
) -> Told:
    told = with_stand_ins(people, lambda: takers_of(concern, side, at=at), spares=spares, at=at)
    if any(audience in COORDINATOR for audience in audiences):
        on_call = told_on_call(concern, at=at)
        if not set(on_call.people) <= set(told.people):
            told.add(on_call)
    return told


def told_on_call(concern: Concern, *, at: datetime) -> Told:
    """Whoever is on call, or stands in for them; of several shifts the latest begun whose person is there.

    Never its author, never whom it is about.
    """
    if not concern.goes_to_on_call:
        return Told()
    barred = {concern.raised_by_id, concern.about_id}
    for shift in OnCallShift.objects.during(at).select_related("person"):
        if shift.person_id not in barred and on_call_people().filter(pk=shift.person_id).exists():
            able = lambda: takers_of(concern, Side.CHARITY, at=at)  # noqa: E731
            told = with_stand_ins([shift.person], able, spares=True, at=at)
            told.away.insert(0, f"{shift.person.full_name} is on call.")
            if told.there:
                return told
    return Told()


def with_stand_ins(people: Iterable[User], able: Callable[[], QuerySet[User]], *, spares: bool, at: datetime) -> Told:
    """These people, and those of the `able` who stand in for whoever of them is away; asked only if anybody is.

    Somebody away for whom nobody stands in is left out where leave `spares`.
    """
    cover, told = Cover(at), Told()
    named = list(people)
    told.there = [person for person in named if person.pk not in cover.away]
    told.people = list(told.there)
    away = [person for person in named if person.pk in cover.away]
    if not away:
        return told
    chains = {person: cover.of(person.pk) for person in away}
    keys = {pk for found in chains.values() for chain in found for pk in (*chain.via, chain.stand_in) if pk}
    known, can = User.objects.in_bulk(keys), set(able().values_list("pk", flat=True))
    for person in away:
        stand_ins = [known[chain.stand_in] for chain in chains[person] if chain.stand_in in can]
        through = [known[pk].full_name for pk in chains[person][0].via[1:]]
        sentences = [f"{name}, who covers, is on leave too" for name in through]
        by = f"{stand_ins[0].full_name} covers." if stand_ins else "and nobody covers."
        line = "; ".join([f"{person.full_name} is on leave", *sentences])
        told.add(
            Told(
                people=[*([] if spares and not stand_ins else [person]), *stand_ins],
                there=stand_ins,
                away=[f"{line}; {by}" if stand_ins else f"{line}, {by}"],
            )
        )
    return told


def reach_for(people: Iterable[User], concern: Concern, *, at: datetime) -> list[User]:
    """These people of the charity and whoever stands in for them, for what is told beside the ladder."""
    return with_stand_ins(people, lambda: takers_of(concern, Side.CHARITY, at=at), spares=False, at=at).people


def takers_of(concern: Concern, side: Side, *, at: datetime) -> QuerySet[User]:
    """Who could stand in for somebody told of a concern: nobody who could not open it."""
    found = Q(pk__in=charity_responders(concern, at=at).values("pk"))
    if side == Side.AGENCY and concern.queue is not None:
        found |= Q(pk__in=concern.queue.workers().values("pk"))
    return takers(found, concern)


def repeats_the_last(concern: Concern, side: Side, plan: SidePlan) -> bool:
    """Whether this side's last rung has fired already since its clock started: it repeats from then on."""
    fired = EscalationStep.objects.filter(concern=concern, side=side, rung__gte=plan.last)
    return fired.filter(fired_at__gte=started(concern, side)).exists()


def people_to_tell_of(draft: ConcernDraft, *, at: datetime) -> list[User]:
    """Who hears that a worry was written in a circle and not sent: its coordinator or who covers.

    Never its author, never whom it is about. Where nobody of them is there, the managers and safeguarding leads; and
    where nobody of those is, the directors.
    """
    able = draft_responders(draft, at=at)
    leads = people_in(Role.MANAGER) | people_in(Role.SAFEGUARDING_LEAD)
    ways = [User.objects.filter(pk=draft.circle.coordinator_id), leads, people_in(Role.DIRECTOR)]
    everybody = Told()
    for way in ways:
        told = with_stand_ins(able.filter(pk__in=way.values("pk")), lambda: able, spares=False, at=at)
        if told.there:
            return told.people
        everybody.add(told)
    return everybody.people
