"""Who was told of a concern and when, for its receipt: every sentence comes from rows."""

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
    """One audience that was told, and when it first was."""

    at: datetime
    who: str

    @property
    def sentence(self) -> str:
        verb = "were" if " and " in self.who or self.who == THE_AGENCIES else "was"
        return f"{self.who[:1].upper()}{self.who[1:]} {verb} told."


def tellings_of(concern: Concern, plans: Plans) -> list[Telling]:
    """Each audience once, in the order it was first told; the agencies all as one.

    A rung that found nobody told nobody: only a rung with alerts counts.
    """
    steps = concern.steps.filter(fired_at__isnull=False).order_by("fired_at", "pk")
    filed = set(Alert.objects.filter(key__startswith=f"{concern.reference}:").values_list("key", flat=True))
    told: dict[str, datetime] = {}
    charity = plans.of(concern, Side.CHARITY)
    for step in steps:
        if step.fired_at is None or step.alert_key not in filed:
            continue
        if step.side == Side.AGENCY:
            who = THE_AGENCIES
        else:
            who = audience_name(charity.rungs[min(step.rung, charity.last)].audience, concern)
        told.setdefault(who.removesuffix(", again"), step.fired_at)
    return [Telling(at, who) for who, at in told.items()]


NO_NEWS = "There is no news yet. It is not forgotten, and you need do nothing."
