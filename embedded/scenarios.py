"""Loads the scenarios of domain.md 11: bikes, a Friday night, a second telephone, a complaint, one forgotten."""

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
from embedded.alerts import settle_past_alerts
from embedded.long_scenarios import play_bikes, play_friday_night
from embedded.scenario import DAY, HOUR, MINUTE, Scenario


def play_second_telephone(scenario: Scenario) -> Concern:
    """He has a second telephone. Police are told that day, he is told nothing, he is arrested, the circle pauses."""
    at = scenario.at
    concern = scenario.raise_concern(
        Level.URGENT, Kind.DEVICE, "A second telephone fell from his coat. He put it away and said nothing."
    )
    note_seen(concern, by=scenario.coordinator, at=at + 3 * MINUTE)
    acknowledge_concern(
        concern, until=at + 2 * HOUR, plan="Ring his officer now.", by=scenario.coordinator, at=at + 5 * MINUTE
    )
    scenario.tell_agency(
        concern,
        (scenario.officer.full_name, "Case officer", "Police"),
        Gateway.CRIME_AND_DISORDER,
        "He has a second telephone. It may be a breach of his order.",
        at=at + 10 * MINUTE,
    )
    record_action(
        concern,
        what="Rang the four volunteers: say nothing to him of it, and nothing to one another by text.",
        until=at + 3 * DAY,
        by=scenario.coordinator,
        at=at + 30 * MINUTE,
    )
    give_feedback(concern, feedback=Feedback.DO_NOT_RAISE, by=scenario.coordinator, at=at + 35 * MINUTE)
    acknowledge_concern(concern, until=at + 3 * HOUR, plan="Visit at seven.", by=scenario.officer, at=at + 40 * MINUTE)
    answer_concern(
        concern,
        outcome=Outcome.ARRESTED,
        answer="Visited at seven. The telephone was seized; arrested.",
        by=scenario.officer,
        at=at + DAY,
    )
    pause_circle(
        scenario.circle,
        reason="He is in custody. We wait for what comes of it.",
        by=scenario.coordinator,
        at=at + DAY + HOUR,
    )
    day = (at + DAY).astimezone(LONDON).date()
    for step in (AdverseOutcome.Step.SHPO, AdverseOutcome.Step.ARRESTED):
        record_outcome(
            scenario.circle,
            known=KnownOutcome(step, day, day, AdverseOutcome.Source.POLICE, circle_raised_it=True),
            by=scenario.coordinator,
            at=at + DAY + 2 * HOUR,
        )
    give_feedback(concern, feedback=Feedback.COORDINATOR_CALLS, by=scenario.coordinator, at=at + DAY + 2 * HOUR)
    return close_concern(concern, by=scenario.coordinator, at=at + DAY + 3 * HOUR)


def play_complaint(scenario: Scenario) -> Concern:
    """A volunteer says that the coordinator ignored a concern. The coordinator never sees this one."""
    at = scenario.at
    concern = scenario.raise_concern(
        Level.PRIORITY,
        Kind.ABOUT_US,
        "I told our coordinator three weeks ago that he waits outside the school. I was told to leave it.",
        about=scenario.coordinator,
    )
    acknowledge_concern(
        concern, until=at + 4 * HOUR, plan="Speak with the volunteer today.", by=scenario.lead, at=at + HOUR
    )
    triage_concern(concern, level=Level.PRIORITY, by=scenario.lead, at=at + 2 * HOUR)
    record_action(
        concern,
        what="Spoke with the volunteer. What he saw is now with the police, apart from this.",
        until=at + 2 * DAY,
        by=scenario.lead,
        at=at + 3 * HOUR,
    )
    return concern


def _play_forgotten(scenario: Scenario, *, until: datetime) -> Concern:
    """Nobody ever acknowledged it. Both ladders ran to their end and tell everybody again and again."""
    concern = scenario.raise_concern(
        Level.PRIORITY, Kind.LOST_CONTACT, "He did not come, for the second week, and does not answer his telephone."
    )
    moment, plans = scenario.at, Plans()
    while moment < until:
        moment += 6 * HOUR
        fire_concern(concern.pk, plans, at=min(moment, until))
    settle_past_alerts(f"{concern.reference}:", at=until)
    return concern


STORIES: list[tuple[Callable[[Scenario], Concern], str, str, str, timedelta]] = [
    (play_bikes, "C-0133", "Iris Fenn", "Ralph Toomey", 9 * DAY),
    (play_second_telephone, "C-0136", "Lewis Thorne", "Ralph Toomey", 4 * DAY),
    (play_complaint, "C-0098", "Alun Price", "Lou Garner", 5 * HOUR),
]
"""Each story: its function, circle, volunteer and officer, and how long ago it began."""


def load_scenarios(
    circles: Mapping[str, Circle], people: Mapping[str, User], key: Callable[[], UUID], *, at: datetime
) -> None:
    """Play every scenario. The concerns that are closed have no alerts left to send."""

    def scenario_of(reference: str, volunteer: str, officer: str, then: datetime) -> Scenario:
        circle = circles[reference]
        return Scenario(
            circle,
            people[volunteer],
            circle.coordinator,
            people[officer],
            people["Fay Osborne"],
            people["Hana Reid"],
            key(),
            then,
        )

    for play, reference, volunteer, officer, ago in STORIES:
        concern = play(scenario_of(reference, volunteer, officer, at - ago))
        if not concern.is_open:
            settle_past_alerts(f"{concern.reference}:", at=at - ago + 2 * DAY)
    _play_forgotten(scenario_of("C-0133", "Jonah Clegg", "Ralph Toomey", at - 12 * DAY), until=at)
    friday = last_friday_night(at)
    nine = (friday + 3 * DAY).replace(hour=9, minute=10)
    play_friday_night(
        scenario_of("C-0117", "Wanda Bell", "Leah Marsh", friday), monday=nine if nine + 4 * HOUR < at else None
    )


def last_friday_night(at: datetime) -> datetime:
    """The latest Friday at 21:40 in London that is at least two hours ago."""
    night = (at - 2 * HOUR).astimezone(LONDON)
    night -= ((night.weekday() - 4) % 7) * DAY
    friday = night.replace(hour=21, minute=40, second=0, microsecond=0)
    return friday if friday <= at - 2 * HOUR else friday - 7 * DAY
