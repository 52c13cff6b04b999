"""docs/lifecycles.md and docs/access.md say what the code says.

`make docs` runs these with WRITE_DOCS=1, which writes the pages instead of comparing them.
"""

from __future__ import annotations

import ast
import inspect
import os
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import cast
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from accounts.access import Role
from accounts.models import User
from alerts.leave.access import LeaveAccess
from circles.action.access import ActionAccess
from circles.calendar.access import FeedAccess
from circles.circle.access import CircleAccess, OpeningAccess, RegisterAccess
from circles.hours.access import HoursAccess
from circles.meeting.access import MeetingAccess
from circles.minutes_share.access import MinutesShareAccess
from circles.review.access import ReviewAccess
from circles.risk.access import CompletionAccess, RiskReviewAccess
from circles.rota.access import SwapAccess
from circles.rota.models import Swap
from circles.venue.access import VenueAccess
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.disclosure.access import AskingAccess, DisclosureAccess
from concerns.drill.access import DrillAccess
from concerns.incident.access import IncidentAccess
from concerns.ladder.access import LadderAccess
from concerns.low_level.access import LowLevelAccess
from concerns.pattern.access import PatternAccess
from concerns.raising.access import RaisingAccess
from concerns.raising.operations import raise_concern
from concerns.referral.access import ReferralAccess
from concerns.rota.access import RotaAccess
from concerns.routing.access import RoutingAccess, SimulatingAccess
from concerns.share.access import ShareAccess
from core.access import Access
from core.records import Moving
from offenders.core_member.access import AcceptingAccess, CoreMemberAccess
from offenders.secure_domain.access import SecureDomainAccess
from tests.circles.goal.rows import action
from tests.circles.life.preparing import hall
from tests.circles.minutes_share.shares import shared_minutes
from tests.circles.review import reviews
from tests.circles.risk.risk_reviews import planned_risk_review
from tests.concerns.register import keeping
from tests.concerns.share.rows import sent_share
from tests.table import PEOPLE
from tests.world import World
from volunteers.volunteer.access import VolunteerAccess
from volunteers.volunteer.models import Volunteer

DOCS = Path(__file__).resolve().parents[1] / "docs"
COLUMNS = [column for column in PEOPLE if column != "nobody"]


def fresh(name: str, told: str) -> None:
    path = DOCS / name
    if os.environ.get("WRITE_DOCS"):
        path.write_text(told)
    assert path.read_text() == told, f"docs/{name} is stale: run `make docs`"


def moving() -> list[type[Moving]]:
    found: list[type[models.Model]] = sorted(apps.get_models(), key=lambda model: model._meta.label)
    return [model for model in found if issubclass(model, Moving)]


def test_the_lifecycles_are_drawn_from_the_tables() -> None:
    told = ["# Lifecycles", "", "Drawn by `make docs` from the tables beside the models."]
    for model in moving():
        states = model.LIFECYCLE
        told += [
            "",
            f"## {str(model._meta.verbose_name).capitalize()}",
            "",
            "```mermaid",
            states.mermaid_diagram(),
            "```",
        ]
        told += ["", "| state | a person reads | it means |", "| --- | --- | --- |"]
        meanings = meanings_of(states.states)
        told += [f"| {state.value} | {state.label} | {meanings.get(state.name, '')} |" for state in states.states]
    fresh("lifecycles.md", "\n".join(told) + "\n")


def meanings_of(states: type[models.TextChoices]) -> dict[str, str]:
    """The sentence that stands below each state in the code, by the state's name."""
    body = cast("ast.ClassDef", ast.parse(dedent(inspect.getsource(states))).body[0]).body
    meanings = {}
    for state, below in pairwise(body):
        if isinstance(state, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            meanings[cast("ast.Name", state.targets[0]).id] = str(below.value.value)
    return meanings


@pytest.mark.parametrize("model", moving(), ids=lambda model: model._meta.label)
def test_every_state_says_what_it_means(model: type[Moving]) -> None:
    meanings = meanings_of(model.LIFECYCLE.states)
    assert set(meanings) == set(model.LIFECYCLE.states.names)
    assert all(sentence.endswith(".") for sentence in meanings.values())
    assert len(set(meanings.values())) == len(meanings)


def an_urgent_concern(world: World) -> Concern:
    return raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He mends bikes for two boys.",
        by=world.ben,
        at=world.now,
    )


def subjects(world: World) -> list[tuple[str, type[Access], object]]:
    """Each kind of Access, with the record it is asked about."""
    return [
        ("An urgent concern Ben raised in the Ely circle", ConcernAccess, an_urgent_concern(world)),
        ("What Esi was told of Ben's worry", ShareAccess, sent_share(world)),
        ("The list of secure e-mail domains", SecureDomainAccess, None),
        ("Asking for a third-party disclosure in the Ely circle", AskingAccess, world.ely),
        ("A disclosure request Ann wrote", DisclosureAccess, keeping.asked(world)),
        ("A safeguarding referral", ReferralAccess, keeping.referral(world)),
        ("A low-level concern about Hana", LowLevelAccess, keeping.low_level(world, about=world.hana)),
        ("A serious incident", IncidentAccess, keeping.incident(world)),
        ("Raising a concern about the Ely circle", RaisingAccess, world.ely),
        ("Trying out who would be told", SimulatingAccess, None),
        ("The routing rules", RoutingAccess, None),
        ("The Ely circle", CircleAccess, world.ely),
        ("Tonight's meeting of the Ely circle", MeetingAccess, world.meeting),
        ("Tonight's minutes, sent to Esi to read here", MinutesShareAccess, shared_minutes(world)),
        ("A risk review of the Ely circle", RiskReviewAccess, planned_risk_review(world)),
        ("Which risk reviews are done", CompletionAccess, None),
        (
            "Ben's asking Tom to take tonight's minutes",
            SwapAccess,
            Swap(meeting=world.meeting, giver=world.ben.volunteer, taker=world.tom.volunteer),
        ),
        ("A private calendar", FeedAccess, None),
        ("Hours of one's own", HoursAccess, None),
        ("An action Ben agreed to do in the Ely circle", ActionAccess, action(world)),
        ("A review of the Ely circle, to which Esi is invited", ReviewAccess, reviews.invited_review(world)),
        ("Opening a circle", OpeningAccess, None),
        ("A meeting place Ann keeps", VenueAccess, hall(world)),
        ("What the charity keeps for all its circles", RegisterAccess, None),
        ("The Ely circle's core member", CoreMemberAccess, world.core_member),
        ("Accepting a core member", AcceptingAccess, None),
        ("Ben's file as a volunteer", VolunteerAccess, Volunteer.objects.get(user=world.ben)),
        ("The on-call rota", RotaAccess, None),
        ("The rehearsals", DrillAccess, None),
        ("The clocks and holidays", LadderAccess, None),
        ("What several concerns name alike", PatternAccess, None),
        ("Ann's leave", LeaveAccess, world.ann),
    ]


def may(kind: type[Access], person: User, record: object, name: str) -> str:
    return "yes" if person.is_active and getattr(kind(person, record), name) else "·"


def test_the_access_page_is_what_every_act_answers_for_every_person(world: World) -> None:
    told = ["# Access", "", "Drawn by `make docs`: every act, asked for every person of the tests' world.", ""]
    told += [f"- **{role.label}**: {role.sentence}" for role in Role]
    for title, kind, record in subjects(world):
        told += ["", f"## {title}", "", f"| may | {' | '.join(COLUMNS)} |", f"| --- |{' --- |' * len(COLUMNS)}"]
        for act in kind.acts():
            answers = [may(kind, world.people[str(PEOPLE[column])], record, act.name) for column in COLUMNS]
            told.append(f"| {act.words} | {' | '.join(answers)} |")
    fresh("access.md", "\n".join(told) + "\n")
