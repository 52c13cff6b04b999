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
    """Who belongs, and each one's latest turn, past or coming, by the key of the volunteer."""

    members: Sequence[Membership]
    latest: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Sequence[Membership]) -> Rota:
        """The rota of these members, which must have their `last_turn`."""
        return cls(members, {member.volunteer_id: member.last_turn for member in members if member.last_turn})

    def give_turn(self, planned_at: datetime) -> Volunteer | None:
        """Give the turn to whoever took the minutes longest ago; before them, to whoever never did, by when they joined.

        Remembers the turn for the next call.
        """
        if not self.members:
            return None
        longest_waiting = min(
            self.members, key=lambda member: (self.latest.get(member.volunteer_id, NEVER), member.joined_at, member.pk)
        )
        self.latest[longest_waiting.volunteer_id] = max(
            planned_at, self.latest.get(longest_waiting.volunteer_id, NEVER)
        )
        return longest_waiting.volunteer

    def has_somebody_without_turn(self, at: datetime) -> bool:
        """Whether somebody who belongs has no coming turn."""
        return any(self.latest.get(member.volunteer_id, NEVER) <= at for member in self.members)


def rota_of(circle: Circle) -> Rota:
    """The rota of a circle as it is now."""
    return Rota.of(list(Membership.objects.current().of(circle).with_last_turn(Meeting.counted_as_turns())))


def mend_rota(circle: Circle, *, at: datetime) -> None:
    """Give the coming meetings a minute-taker who still belongs, after somebody joined or left.

    Whoever has a turn keeps it, but nobody has two of the coming turns while somebody else has none.
    """
    rota = rota_of(circle)
    belonging = {member.volunteer_id for member in rota.members}
    turns: set[int | None] = set()
    coming = circle.meetings.filter(planned_at__gt=at, status=Meeting.Status.PLANNED).order_by("planned_at")
    for meeting in coming:
        has_two = meeting.minute_taker_id in turns and rota.has_somebody_without_turn(at)
        if has_two or meeting.minute_taker_id not in belonging:
            meeting.minute_taker = rota.give_turn(meeting.planned_at)
            meeting.save(update_fields=["minute_taker"])
        turns.add(meeting.minute_taker_id)
