"""What must hold before the panel has a referral, and before he is accepted. Each guard is a sentence and a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import User
from core.errors import Refused
from offenders.eligibility.operations import lacks_of_screening
from offenders.panel.models import Seat, SignOff
from offenders.panel.risk_models import VolunteerRisk
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral

TWO = 2


@dataclass(frozen=True)
class PanelFacts:
    """What the guards look at, each read once. A page that may show the referral may show them."""

    referral: Referral

    @cached_property
    def sign_offs(self) -> list[SignOff]:
        rows = SignOff.objects.filter(referral=self.referral).select_related("signed_by")
        return list(rows.order_by("signed_at", "pk"))

    @cached_property
    def risks(self) -> list[VolunteerRisk]:
        rows = VolunteerRisk.objects.filter(referral=self.referral).select_related("assessed_by")
        return list(rows.order_by("assessed_at", "pk"))

    def risks_shown_to(self, person: User) -> list[VolunteerRisk]:
        """What others think of the risk is shown to somebody once they have said it themselves, or two others have."""
        own = any(risk.assessed_by_id == person.pk for risk in self.risks)
        return self.risks if own or len(self.risks) >= TWO else []

    @cached_property
    def seats(self) -> list[Seat]:
        rows = Seat.objects.filter(referral=self.referral).select_related("person", "person__agency")
        return list(rows.order_by("pk"))

    @cached_property
    def attitude(self) -> dict[str, Any]:
        rows = SectionAnswers.objects.filter(referral=self.referral, section="attitude")
        return next(iter(rows.values_list("answers", flat=True)), {})


@dataclass(frozen=True)
class ReferralGuard:
    """Something that must hold. `lacks` says what is still missing."""

    sentence: str
    lacks: Callable[[PanelFacts], list[str]]


def _lacks_of_criteria(facts: PanelFacts) -> list[str]:
    return [lack.rstrip(".") for lack in lacks_of_screening(facts.referral)]


def _lacks_of_sign_offs(facts: PanelFacts) -> list[str]:
    signed = len(facts.sign_offs)
    return [] if signed >= TWO else [f"{signed} of two people signed the assessment off"]


def _lacks_of_risk(facts: PanelFacts) -> list[str]:
    assessed = len(facts.risks)
    return [] if assessed >= TWO else [f"{assessed} of two people assessed the risk to volunteers"]


def _lacks_of_low_risk(facts: PanelFacts) -> list[str]:
    is_high = any(risk.rating == VolunteerRisk.Rating.HIGH for risk in facts.risks)
    return ["the risk to volunteers is assessed as high"] if is_high else []


def _lacks_of_views(facts: PanelFacts) -> list[str]:
    seats = [seat for seat in facts.seats if seat.ended_at is None]
    if not seats:
        return ["nobody sits on the panel"]
    silent = sum(seat.view == "" for seat in seats)
    return [f"{silent} of {len(seats)} on the panel gave no view yet"] if silent else []


def _lacks_of_agreement(facts: PanelFacts) -> list[str]:
    if facts.attitude.get("agrees") == "yes":
        return []
    return ["the form does not say that he knows of the referral and agrees to it"]


TO_PANEL = (
    ReferralGuard("Two people have signed the assessment off", _lacks_of_sign_offs),
    ReferralGuard("Two people have assessed the risk to volunteers", _lacks_of_risk),
)
"""Before the panel has it."""

TO_ACCEPT = (
    ReferralGuard("It meets the criteria", _lacks_of_criteria),
    *TO_PANEL,
    ReferralGuard("Nobody calls the risk to volunteers high", _lacks_of_low_risk),
    ReferralGuard("Everybody on the panel has given a view", _lacks_of_views),
    ReferralGuard("He agrees to the referral", _lacks_of_agreement),
)
"""Before he is a core member. A circle does not meet until his consent is recorded as well (circles/life/guards.py)."""


def lacks_of(facts: PanelFacts, guards: Iterable[ReferralGuard]) -> list[str]:
    return [lack for guard in guards for lack in guard.lacks(facts)]


def require_guards(referral: Referral, guards: Iterable[ReferralGuard]) -> None:
    """Raise Refused with everything that is still missing."""
    if lacks := lacks_of(PanelFacts(referral), guards):
        raise Refused(f"Not yet: {'; '.join(lacks)}.")
