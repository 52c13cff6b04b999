"""Whose turn it is to take the minutes: whoever took them longest ago (domain.md 0, fact 2; 1.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from volunteers.volunteer.models import Volunteer

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Rota:
    """Who belongs, and when each takes, or last took, the minutes."""

    members: Sequence[Membership]
    latest: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Sequence[Membership]) -> Rota:
        """The rota as it stands, of members that know their last turns."""
        return cls(members, {one.volunteer_id: one.last_turn for one in members if one.last_turn})

    def turn(self, planned_at: datetime) -> Volunteer | None:
        """Whoever took them longest ago; somebody who never did first, by when they joined. It is now their turn."""
        if not self.members:
            return None
        waited = min(self.members, key=lambda one: (self.latest.get(one.volunteer_id, NEVER), one.joined_at, one.pk))
        self.latest[waited.volunteer_id] = max(planned_at, self.latest.get(waited.volunteer_id, NEVER))
        return waited.volunteer

    def somebody_has_none(self, at: datetime) -> bool:
        """Somebody who belongs has no turn to come."""
        return any(self.latest.get(member.volunteer_id, NEVER) <= at for member in self.members)


def rota_of(circle: Circle) -> Rota:
    """The rota of a circle as it stands."""
    return Rota.of(list(Membership.objects.current().of(circle).with_last_turn(Meeting.turns())))


def mend_rota(circle: Circle, *, at: datetime) -> None:
    """Give the coming meetings a minute-taker who still belongs, after somebody joined or left.

    Whoever has a turn keeps it, but nobody has two of the coming turns while somebody else has none.
    """
    rota = rota_of(circle)
    belonging = {member.volunteer_id for member in rota.members}
    turns: set[int | None] = set()
    coming = circle.meetings.filter(planned_at__gt=at, status=Meeting.Status.PLANNED).order_by("planned_at")
    for meeting in coming:
        has_two = meeting.minute_taker_id in turns and rota.somebody_has_none(at)
        if has_two or meeting.minute_taker_id not in belonging:
            meeting.minute_taker = rota.turn(meeting.planned_at)
            meeting.save(update_fields=["minute_taker"])
        turns.add(meeting.minute_taker_id)
