"""The circles a person coordinates, covers or belongs to, found once for all work items."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.models import User
from circles.circle.models import COORDINATED_CIRCLES, JOINED_CIRCLES, Circle
from circles.forcing_answer.models import ForcingAnswer


@dataclass
class OwnCircles:
    """The circles a person coordinates or covers now, and those they belong to now as a volunteer, by key."""

    coordinated: dict[int, Circle] = field(default_factory=dict)
    joined: dict[int, Circle] = field(default_factory=dict)
    with_answers: set[int] = field(default_factory=set)
    """The keys of circles with an answer in a log that must still be passed on."""

    @property
    def all(self) -> dict[int, Circle]:
        return self.coordinated | self.joined

    def live(self) -> list[Circle]:
        """The circles they coordinate that are not over."""
        return [circle for circle in self.coordinated.values() if not circle.is_over]

    def core_member_keys(self) -> set[int]:
        """The keys of the core members of those circles."""
        return {circle.core_member_id for circle in self.live()}


def own_circles_of(user: User) -> OwnCircles:
    """This person's circles, by one query."""
    own_circles = OwnCircles()
    if not user.is_active:
        return own_circles
    belongs = ExpressionWrapper(Q(pk__in=JOINED_CIRCLES(user.pk)), output_field=BooleanField())
    coordinates = ExpressionWrapper(Q(pk__in=COORDINATED_CIRCLES(user.pk)), output_field=BooleanField())
    answers = ForcingAnswer.objects.still_open().filter(minutes__meeting__circle=OuterRef("pk"))
    circles = Circle.objects.tied_to(user).annotate(
        belongs=belongs, coordinates=coordinates, has_answers=Exists(answers)
    )
    for circle in circles.order_by("pk"):
        if circle.has_answers:  # type: ignore[attr-defined]
            own_circles.with_answers.add(circle.pk)
        if circle.coordinates:  # type: ignore[attr-defined]
            own_circles.coordinated[circle.pk] = circle
        if circle.belongs:  # type: ignore[attr-defined]
            own_circles.joined[circle.pk] = circle
    return own_circles
