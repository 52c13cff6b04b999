"""Who was told of a concern and when, as its receipt shows it. Every sentence comes from rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts.access import Role
from accounts.models import User
from alerts.message.models import Alert
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.audience import audience_name
from concerns.engine.plan import Plans
from concerns.queue.reach import reaches_somebody

THE_AGENCIES = "the agencies"


@dataclass(frozen=True)
class Telling:
    """One audience, and when it was first told."""

    at: datetime
    who: str

    @property
    def sentence(self) -> str:
        verb = "were" if " and " in self.who or self.who == THE_AGENCIES else "was"
        return f"{self.who[:1].upper()}{self.who[1:]} {verb} told."


def tellings_of(concern: Concern, plans: Plans) -> list[Telling]:
    """Each audience once, in the order they were first told. All agencies count as one.

    Only steps that queued an alert count: a step that found nobody told nobody. Where nobody works the queue, the
    charity's leaders are told in the agencies' place; then no agency was told.
    """
    steps = concern.steps.filter(fired_at__isnull=False).order_by("fired_at", "pk")
    at_an_agency = [role.value for role in Role if role.is_at_an_agency]
    of_an_agency = User.objects.filter(pk=OuterRef("recipient"), groups__name__in=at_an_agency)
    alerts = Alert.objects.filter(key__startswith=f"{concern.reference}:").values_list("key", Exists(of_an_agency))
    to_agencies = {key for key, went_to_an_agency in alerts if went_to_an_agency}
    filed = {key for key, _ in alerts}
    first_told: dict[str, datetime] = {}
    charity = plans.of(concern, Side.CHARITY)
    for step in steps:
        if step.fired_at is None or step.alert_key not in (to_agencies if step.side == Side.AGENCY else filed):
            continue
        if step.side == Side.AGENCY:
            who = THE_AGENCIES
        else:
            who = audience_name(charity.rungs[min(step.rung, charity.last)].audience, concern)
        first_told.setdefault(who.removesuffix(", again"), step.fired_at)
    return [Telling(at, who) for who, at in first_told.items()]


def is_unheard_by_agencies(concern: Concern, tellings: list[Telling]) -> bool:
    """Whether the agencies should hear of it at once, and none was told nor can be reached."""
    at_once = Level(concern.level).tells_agency_at_once
    return at_once and all(telling.who != THE_AGENCIES for telling in tellings) and not reaches_somebody(concern.queue)


NO_NEWS = "There is no news yet. It is not forgotten, and you need to do nothing."
