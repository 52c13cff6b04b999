"""The circles a person has to do with, found once for everything that may wait in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.models import User
from circles.circle.models import JOINED, Circle
from circles.forcing_answer.models import ForcingAnswer


@dataclass
class Kept:
    """Those they coordinate, and those they belong to now as a volunteer, by their keys. Whoever has neither is
    asked nothing about circles of their own."""

    coordinated: dict[int, Circle] = field(default_factory=dict)
    joined: dict[int, Circle] = field(default_factory=dict)
    with_answers: set[int] = field(default_factory=set)
    """The keys of those with an answer in a log that must still be passed on."""

    @property
    def all(self) -> dict[int, Circle]:
        return self.coordinated | self.joined

    def live(self) -> list[Circle]:
        """Those they coordinate which are not over."""
        return [circle for circle in self.coordinated.values() if not circle.is_over]

    def met_by(self) -> set[int]:
        """The keys of the core members of those."""
        return {circle.core_member_id for circle in self.live()}


def circles_of(user: User) -> Kept:
    """Both, at one query."""
    found = Kept()
    if not user.is_active:
        return found
    belongs = ExpressionWrapper(Q(pk__in=JOINED(user.pk)), output_field=BooleanField())
    answers = ForcingAnswer.objects.still_open().filter(minutes__meeting__circle=OuterRef("pk"))
    circles = Circle.objects.kept_by(user).annotate(belongs=belongs, has_answers=Exists(answers))
    for circle in circles.order_by("pk"):
        if circle.has_answers:  # type: ignore[attr-defined]
            found.with_answers.add(circle.pk)
        if circle.coordinator_id == user.pk:
            found.coordinated[circle.pk] = circle
        if circle.belongs:  # type: ignore[attr-defined]
            found.joined[circle.pk] = circle
    return found
