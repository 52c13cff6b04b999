"""Who was told of a concern and when, as its receipt shows it. Every sentence comes from rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.message.models import Alert
from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.audience import audience_name
from concerns.engine.plan import Plans

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

    Only steps that queued an alert count: a step that found nobody told nobody.
    """
    steps = concern.steps.filter(fired_at__isnull=False).order_by("fired_at", "pk")
    filed = set(Alert.objects.filter(key__startswith=f"{concern.reference}:").values_list("key", flat=True))
    first_told: dict[str, datetime] = {}
    charity = plans.of(concern, Side.CHARITY)
    for step in steps:
        if step.fired_at is None or step.alert_key not in filed:
            continue
        if step.side == Side.AGENCY:
            who = THE_AGENCIES
        else:
            who = audience_name(charity.rungs[min(step.rung, charity.last)].audience, concern)
        first_told.setdefault(who.removesuffix(", again"), step.fired_at)
    return [Telling(at, who) for who, at in first_told.items()]


NO_NEWS = "There is no news yet. It is not forgotten, and you need to do nothing."
