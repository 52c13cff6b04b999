"""Loads five concerns: one is finished, one is being dealt with, three are new."""

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
from concerns.raising.operations import raise_concern
from embedded.alerts import settle_past_alerts


def load_concerns(
    circles: Mapping[str, Circle], people: Mapping[str, User], key: Callable[[], UUID], *, at: datetime
) -> None:
    """Raise five concerns in the past, and answer some of them."""

    def raise_worry(
        circle: str, by: str, level: Level, words: str, *, ago: timedelta, kind: str, opinion: str = ""
    ) -> Concern:
        return raise_concern(
            circles[circle],
            submit_key=key(),
            level=level,
            words=words,
            kind=kind,
            basis="cm_said",
            by=people[by],
            at=at - ago,
            opinion=opinion,
        )

    _finish_concern(
        raise_worry(
            "C-0142",
            "Ben Ashby",
            Level.PRIORITY,
            "Paul said his neighbour has asked him to look after her dog and "
            "come in while her grandchildren visit. He asked us what to do.",
            ago=timedelta(days=12),
            kind="child_contact",
            opinion="He was open about it. I think he wanted us to say no.",
        ),
        people,
        coordinator="Alma Farrowby",
        at=at - timedelta(days=12),
    )
    held = raise_worry(
        "C-0117",
        "Dev Pillai",
        Level.URGENT,
        "Alan has a second telephone. It rang in his coat; he said it was his brother's, then that it was for work.",
        ago=timedelta(hours=2, minutes=10),
        kind="device",
        opinion="He was flustered. I did not press him.",
    )
    acknowledge_concern(
        held,
        until=at + timedelta(hours=1),
        plan="Visit with a colleague at his address.",
        by=people["Leah Marsh"],
        at=at - timedelta(hours=1, minutes=40),
    )
    note_seen(held, by=people["Alma Farrowby"], at=at - timedelta(hours=1, minutes=55))
    acknowledge_concern(
        held,
        until=at + timedelta(hours=2),
        plan="Ring the volunteer tonight.",
        by=people["Alma Farrowby"],
        at=at - timedelta(hours=1, minutes=50),
    )
    _raise_recent_concerns(raise_worry)


def _raise_recent_concerns(raise_worry: Callable[..., Concern]) -> None:
    """Raise three concerns that nobody has answered yet."""
    raise_worry(
        "C-0142",
        "Esther Cole",
        Level.URGENT,
        "Paul has been mending bikes for a neighbour's two boys, about 8 and "
        "10, on Saturdays. He said their mum is glad of it.",
        ago=timedelta(minutes=25),
        kind="child_contact",
        opinion="He seemed pleased and did not hide it. I do not think their mum knows.",
    )
    raise_worry(
        "C-0121",
        "Dilys Vaughan",
        Level.PRIORITY,
        "Roy lost his job on Monday and has not been out since. He says there is no point.",
        ago=timedelta(hours=3),
        kind="loss",
    )
    raise_worry(
        "C-0133",
        "Harun Aziz",
        Level.LOG,
        "Graham gave me a tin of biscuits at the end and would not take it back.",
        ago=timedelta(days=1),
        kind="boundary",
    )


def _finish_concern(concern: Concern, people: Mapping[str, User], *, coordinator: str, at: datetime) -> None:
    """Take this concern through every step, from seen to closed."""
    by = people[coordinator]
    note_seen(concern, by=by, at=at + timedelta(minutes=16))
    acknowledge_concern(
        concern,
        until=at + timedelta(hours=8),
        plan="Ring his police officer in the morning.",
        by=by,
        at=at + timedelta(minutes=18),
    )
    record_action(
        concern,
        what="Spoke to Sgt Okafor by telephone. She visits him tomorrow.",
        until=at + timedelta(days=2),
        by=by,
        at=at + timedelta(hours=6),
    )
    answer_concern(
        concern,
        outcome=Outcome.DISCUSSED,
        answer="Visited. He has told the neighbour no. No breach.",
        by=by,
        at=at + timedelta(days=1),
    )
    give_feedback(concern, feedback=Feedback.SPOKEN, by=by, at=at + timedelta(days=1, hours=1))
    close_concern(concern, by=by, at=at + timedelta(days=1, hours=2))
    settle_past_alerts(f"{concern.reference}:", at=at + timedelta(days=1, hours=3))
