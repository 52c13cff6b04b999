"""Stories told to their end: bikes, a Friday night, a second telephone, a complaint, one forgotten (domain.md 11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from circles.circle.models import Circle
from circles.life.operations import pause_circle
from circles.outcome.models import AdverseOutcome
from circles.outcome.operations import KnownOutcome, record_outcome
from concerns.choices import Feedback, Kind, Level, Outcome
from concerns.concern.models import Concern
from concerns.engine.operations import fire_concern
from concerns.engine.plan import Plans
from concerns.handling.operations import answer_concern, close_concern, give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.seen_operations import note_seen
from concerns.handling.triage_operations import triage_concern
from concerns.share.choices import Gateway
from core.worktime import LONDON
from embedded.joining import settle_past
from embedded.players import DAY, HOUR, MINUTE, Players
from embedded.told_concerns import bikes, friday_night


def second_telephone(cast: Players) -> Concern:
    """A telephone nobody knew of: police the same day, nothing said to him, an arrest, and the circle pauses."""
    at = cast.at
    concern = cast.raised(
        Level.URGENT, Kind.DEVICE, "A second telephone fell from his coat. He put it away and said nothing."
    )
    note_seen(concern, by=cast.coordinator, at=at + 3 * MINUTE)
    acknowledge_concern(
        concern, until=at + 2 * HOUR, plan="Ring his officer now.", by=cast.coordinator, at=at + 5 * MINUTE
    )
    cast.told(
        concern,
        (cast.officer.full_name, "Case officer", "Police"),
        Gateway.CRIME_AND_DISORDER,
        "He has a second telephone. It may be a breach of his order.",
        at=at + 10 * MINUTE,
    )
    record_action(
        concern,
        what="Rang the four volunteers: say nothing to him of it, and nothing to one another by text.",
        until=at + 3 * DAY,
        by=cast.coordinator,
        at=at + 30 * MINUTE,
    )
    give_feedback(concern, feedback=Feedback.DO_NOT_RAISE, by=cast.coordinator, at=at + 35 * MINUTE)
    acknowledge_concern(concern, until=at + 3 * HOUR, plan="Visit at seven.", by=cast.officer, at=at + 40 * MINUTE)
    answer_concern(
        concern,
        outcome=Outcome.ARRESTED,
        answer="Visited at seven. The telephone was seized; arrested.",
        by=cast.officer,
        at=at + DAY,
    )
    pause_circle(
        cast.circle, reason="He is in custody. We wait for what comes of it.", by=cast.coordinator, at=at + DAY + HOUR
    )
    day = (at + DAY).astimezone(LONDON).date()
    for step in (AdverseOutcome.Step.SHPO, AdverseOutcome.Step.ARRESTED):
        record_outcome(
            cast.circle,
            known=KnownOutcome(step, day, day, AdverseOutcome.Source.POLICE, circle_raised_it=True),
            by=cast.coordinator,
            at=at + DAY + 2 * HOUR,
        )
    give_feedback(concern, feedback=Feedback.COORDINATOR_CALLS, by=cast.coordinator, at=at + DAY + 2 * HOUR)
    return close_concern(concern, by=cast.coordinator, at=at + DAY + 3 * HOUR)


def complaint(cast: Players) -> Concern:
    """That the coordinator did nothing with a concern: it goes round the coordinator, who never learns of it here."""
    at = cast.at
    concern = cast.raised(
        Level.PRIORITY,
        Kind.ABOUT_US,
        "I told our coordinator three weeks ago that he waits outside the school. I was told to leave it.",
        about=cast.coordinator,
    )
    acknowledge_concern(
        concern, until=at + 4 * HOUR, plan="Speak with the volunteer today.", by=cast.lead, at=at + HOUR
    )
    triage_concern(concern, level=Level.PRIORITY, by=cast.lead, at=at + 2 * HOUR)
    record_action(
        concern,
        what="Spoke with the volunteer. What he saw is now with the police, apart from this.",
        until=at + 2 * DAY,
        by=cast.lead,
        at=at + 3 * HOUR,
    )
    return concern


def forgotten(cast: Players, *, until: datetime) -> Concern:
    """Nobody ever took it: both ladders ran to their end, and tell everybody again and again."""
    concern = cast.raised(
        Level.PRIORITY, Kind.LOST_CONTACT, "He did not come, for the second week, and does not answer his telephone."
    )
    moment, plans = cast.at, Plans()
    while moment < until:
        moment += 6 * HOUR
        fire_concern(concern.pk, plans, at=min(moment, until))
    settle_past(f"{concern.reference}:", at=until)
    return concern


STORIES: list[tuple[Callable[[Players], Concern], str, str, str, timedelta]] = [
    (bikes, "C-0133", "Iris Fenn", "Ralph Toomey", 9 * DAY),
    (second_telephone, "C-0136", "Lewis Thorne", "Ralph Toomey", 4 * DAY),
    (complaint, "C-0098", "Alun Price", "Lou Garner", 5 * HOUR),
]
"""Which story, of which circle, told by which volunteer, worked by which officer, so long ago."""


def load_scenarios(
    circles: Mapping[str, Circle], people: Mapping[str, User], key: Callable[[], UUID], *, at: datetime
) -> None:
    """Play them, those that are over with nothing left to send."""

    def players(reference: str, volunteer: str, officer: str, then: datetime) -> Players:
        circle = circles[reference]
        return Players(
            circle,
            people[volunteer],
            circle.coordinator,
            people[officer],
            people["Fay Osborne"],
            people["Hana Reid"],
            key(),
            then,
        )

    for story, reference, volunteer, officer, ago in STORIES:
        told = story(players(reference, volunteer, officer, at - ago))
        if not told.is_open:
            settle_past(f"{told.reference}:", at=at - ago + 2 * DAY)
    forgotten(players("C-0133", "Jonah Clegg", "Ralph Toomey", at - 12 * DAY), until=at)
    friday = last_friday_night(at)
    nine = (friday + 3 * DAY).replace(hour=9, minute=10)
    friday_night(players("C-0117", "Wanda Bell", "Leah Marsh", friday), monday=nine if nine + 4 * HOUR < at else None)


def last_friday_night(at: datetime) -> datetime:
    """The latest Friday, 21:40 in London, at least two hours ago."""
    night = (at - 2 * HOUR).astimezone(LONDON)
    night -= ((night.weekday() - 4) % 7) * DAY
    friday = night.replace(hour=21, minute=40, second=0, microsecond=0)
    return friday if friday <= at - 2 * HOUR else friday - 7 * DAY
