"""Loads a pattern: concerns of three circles name the same car. Nobody has looked at the pattern yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from circles.circle.models import Circle
from concerns.choices import Feedback, Level, Outcome
from concerns.concern.models import Concern
from concerns.handling.operations import answer_concern, close_concern, give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.seen_operations import note_seen
from concerns.pattern.models import Named
from concerns.pattern.operations import name_subject
from concerns.raising.operations import raise_concern
from embedded.alerts import settle_past_alerts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

VEHICLE_CONCERNS = [
    ("C-0133", "Harun Aziz", 34, "Somebody dropped Graham off and sat in the car until we went in.", "AB24 CDO"),
    ("C-0098", "Zoe Harte", 12, "A car waited outside the hall and drove off when Neil came out.", "ab24cdo"),
    ("C-0136", "Maud Ellery", 1, "Keith got out of a car we had not seen before and did not say whose.", "AB24 CD0"),
]
"""Circle, writer, days ago, words, and the number plate as this writer typed it."""


def load_patterns(
    circles: Mapping[str, Circle], people: Mapping[str, User], new_key: Callable[[], UUID], *, at: datetime
) -> None:
    """Load the three concerns. The first two are closed already; nobody saw that they belong together."""
    for reference, name, days, words, plate in VEHICLE_CONCERNS:
        written_at = at - days * DAY
        concern = raise_concern(
            circles[reference],
            submit_key=new_key(),
            level=Level.LOG,
            words=words,
            basis="observed",
            by=people[name],
            at=written_at,
        )
        name_subject(concern, kind=Named.VEHICLE, text=plate, by=people[name], at=written_at + HOUR / 12)
        if days > 1:
            _close_concern(concern, at=written_at)
        settle_past_alerts(f"{concern.reference}:", at=written_at + HOUR)


def _close_concern(concern: Concern, *, at: datetime) -> None:
    """Take a concern to its end: the coordinator spoke with the volunteers, and nothing more was needed."""
    by = concern.circle.coordinator
    note_seen(concern, by=by, at=at + HOUR)
    acknowledge_concern(concern, until=at + 20 * HOUR, plan="Ask the volunteers.", by=by, at=at + HOUR)
    record_action(
        concern, what="Asked at the next meeting. He said it was a lift.", until=at + 2 * DAY, by=by, at=at + 18 * HOUR
    )
    answer_concern(concern, outcome=Outcome.DISCUSSED, answer="Nothing more was seen.", by=by, at=at + DAY)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=by, at=at + DAY + HOUR)
    close_concern(concern, by=by, at=at + DAY + 2 * HOUR)
