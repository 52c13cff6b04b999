"""The copy that the core member takes home: what he agreed to, and his goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from circles.circle.models import Circle
from circles.goal.models import Goal
from circles.redaction.names import redaction_for
from core.redaction import RedactedLine, Redaction
from offenders.consent.models import Consent


@dataclass(frozen=True)
class Agreed:
    """One consent that stands: the easy words of the version that he agreed to, and the day."""

    on: date
    version: int
    sentences: list[str]


@dataclass(frozen=True)
class CoreMembersCopy:
    """All that stands on the paper, and the names that were left out of his goals."""

    agreed: list[Agreed]
    goals: list[RedactedLine]
    names: Redaction


def core_members_copy_of(circle: Circle, *, reader: User) -> CoreMembersCopy:
    """His consents that stand and his goals that are held now. A volunteer stands in it by first name alone."""
    consents = Consent.objects.visible_to(reader).standing().filter(core_member=circle.core_member_id)
    goals = Goal.objects.visible_to(reader).filter(circle=circle, status=Goal.Status.OPEN)
    names = redaction_for(circle, first_names=False)
    return CoreMembersCopy(
        agreed=[_agreed_in(each) for each in consents.select_related("text").order_by("given_on", "pk")],
        goals=[names.read(goal.words) for goal in goals.order_by("opened_at", "pk")],
        names=names,
    )


def _agreed_in(consent: Consent) -> Agreed:
    sentences = [line.strip() for line in consent.text.easy_words.splitlines() if line.strip()]
    return Agreed(consent.given_on, consent.text.version, sentences)
