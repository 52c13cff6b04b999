"""People, invitations, one's own ways to sign in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils import timezone

from accounts.access import Role
from accounts.models import Proposal
from accounts.operations import invite_person, make_team
from accounts.submissions import keep_form
from core.form_key import FormKey
from tests.accounts.teams import CAMBRIDGESHIRE, SUFFOLK, team
from tests.table import Page, acts, everybody, who
from tests.world import World

KEEPERS = ("manager", "technician")
LISTERS = ("manager", "technician", "coordinator", "coordinator elsewhere", "safeguarding lead")
AGENCIES = ("liaison", "liaison elsewhere", "liaison of no queue", "MAPPA coordinator")
"""They hold a second factor in the world, so that its page sends them on."""

INVITERS = ("manager", "technician", "coordinator", "coordinator elsewhere")


def ben(world: World) -> list[Any]:
    return [world.ben.reference]


def bens_role(world: World) -> list[Any]:
    return [world.ben.reference, "volunteer"]


def jos_role(world: World) -> list[Any]:
    return [world.jo.reference, "data_protection_lead"]


def bens_words(world: World) -> list[Any]:
    """What Ben sent when his session was over."""
    key = FormKey(uuid4(), world.ben.pk)
    keep_form(key, page="/circles/", data=QueryDict("words=He+was+late."), at=timezone.now())
    return [key.key]


AGREES = ("manager", "safeguarding lead", "director")


def invited_technician(world: World) -> list[Any]:
    """Gil invites another technician, which waits for somebody who leads."""
    invited = invite_person(
        email="zed@example.org",
        full_name="Zed Quarry",
        role=Role.TECHNICIAN,
        agency=world.gil.agency,
        area=None,
        by=world.gil,
        at=timezone.now(),
    )
    return [Proposal.objects.get(invitation=invited).pk]


def anns_invitation(world: World) -> list[Any]:
    invited = invite_person(
        email="nell@example.org",
        full_name="Nell Harrow",
        role=Role.VOLUNTEER,
        agency=world.ann.agency,
        area=None,
        by=world.ann,
        at=timezone.now(),
    )
    return [invited.pk if invited else 0]


def the_police(world: World) -> list[Any]:
    return [world.esi.agency.reference]


def esis_team(world: World) -> list[Any]:
    return [team(CAMBRIDGESHIRE).pk]


def esi_in_her_team(world: World) -> list[Any]:
    return [team(CAMBRIDGESHIRE).pk, world.esi.reference]


def two_more_teams(world: World) -> None:
    for number in range(2):
        made = make_team(name=f"Team {number} of {world.now} {len(TEAMS_MADE)}", by=world.hana, at=world.now)
        TEAMS_MADE.append(made.pk)


TEAMS_MADE: list[int] = []

PAGES = [
    Page("accounts:agencies", opens=who(*KEEPERS, otherwise=403), queries=5),
    Page("accounts:change_agency", of=the_police, opens=who("manager", otherwise=403), queries=5),
    Page(
        "accounts:change_agency",
        of=the_police,
        opens=who("manager", otherwise=403),
        posts=lambda world: {"name": "Cambridgeshire Constabulary", "kind": "police"},
    ),
    Page("accounts:areas", opens=who("manager", otherwise=403), queries=5),
    Page("accounts:areas", opens=who("manager", otherwise=403), posts=lambda world: {"areas": [1]}),
    Page("accounts:teams", opens=who(*KEEPERS, otherwise=403), queries=5, grows=two_more_teams),
    Page("accounts:team", of=esis_team, opens=who(*KEEPERS), queries=6),
    Page("accounts:add_team", opens=who("manager", otherwise=403), queries=4),
    Page("accounts:add_team", opens=who("manager", otherwise=403), posts=lambda world: {"name": "Essex police"}),
    Page("accounts:rename_team", of=esis_team, opens=acts("manager", see=KEEPERS), queries=5),
    Page(
        "accounts:rename_team", of=esis_team, opens=acts("manager", see=KEEPERS), posts=lambda world: {"name": "Unit 4"}
    ),
    Page("accounts:join_team", of=esis_team, opens=acts("manager", see=KEEPERS), queries=6),
    Page(
        "accounts:join_team",
        of=lambda world: [team(SUFFOLK).pk],
        opens=acts("manager", see=KEEPERS),
        posts=lambda world: {"person": world.lou.pk},
    ),
    Page("accounts:leave_team", of=esi_in_her_team, opens=acts("manager", see=KEEPERS), queries=7),
    Page("accounts:leave_team", of=esi_in_her_team, opens=acts("manager", see=KEEPERS), posts=lambda world: {}),
    Page("accounts:proposals", opens=who(*AGREES, "technician", otherwise=403)),
    Page(
        "accounts:agree_to_proposal",
        of=invited_technician,
        opens=who(*AGREES) | {"technician": 403},
        posts=lambda world: {},
    ),
    Page(
        "accounts:decline_proposal",
        of=invited_technician,
        opens=who(*AGREES, "technician"),
        posts=lambda world: {},
    ),
    Page(
        "accounts:withdraw_invitation",
        of=anns_invitation,
        opens=who("coordinator", "manager"),
        posts=lambda world: {},
    ),
    Page(
        "accounts:correct_invitation",
        of=anns_invitation,
        opens=who("coordinator", "manager"),
        posts=lambda world: {"email": "nell.harrow@example.org"},
    ),
    Page("accounts:correct_invitation", of=anns_invitation, opens=who("coordinator", "manager"), queries=5),
    Page("accounts:people", opens=who(*LISTERS, otherwise=403)),
    Page("accounts:invite", opens=who(*INVITERS, otherwise=403)),
    Page("accounts:add_agency", opens=who("manager", otherwise=403)),
    Page("accounts:me", opens=everybody()),
    Page("accounts:change_called", opens=everybody(), queries=5),
    Page("accounts:change_own_address", opens=everybody(), queries=5),
    Page("accounts:change_called", opens=everybody(), posts=lambda world: {"first_name": "Lee"}),
    Page("accounts:change_own_address", opens=everybody(), posts=lambda world: {"email": "lee.moss@example.org"}),
    Page("accounts:confirm_address", of=lambda world: ["no-such-token"], opens=everybody(404, nobody=404)),
    Page("accounts:stay", opens=everybody(204), posts=lambda world: {}, axe=False),
    Page("accounts:end_session", of=lambda world: ["nosuch"], opens=who(), posts=lambda world: {}),
    Page("accounts:kept_form", of=bens_words, opens=who("volunteer"), queries=6),
    Page("accounts:second_factor", opens={**everybody(), **dict.fromkeys(AGENCIES, 302)}),
    Page("accounts:join", opens=everybody(404, nobody=404)),
    Page("accounts:invitation", of=lambda world: ["no-such-token"], opens=everybody(200, nobody=404)),
    Page("accounts:person", of=ben, opens=who("volunteer", *LISTERS)),
    Page("accounts:suspend", of=ben, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), posts=lambda world: {}),
    Page(
        "accounts:restore",
        of=ben,
        opens=acts(*KEEPERS, see=("volunteer", *LISTERS)),
        posts=lambda world: {},
        refused="already",
    ),
    Page("accounts:end", of=ben, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), posts=lambda world: {}),
    Page("accounts:suspend", of=ben, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), queries=10),
    Page("accounts:roles", of=ben, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), queries=7),
    Page("accounts:take_role", of=bens_role, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), queries=10),
    Page(
        "accounts:change_name",
        of=ben,
        opens=acts(*KEEPERS, see=("volunteer", *LISTERS)) | {"volunteer": 302},
        queries=6,
        counts_as="manager",
    ),
    Page("accounts:change_address", of=ben, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), queries=6),
    Page(
        "accounts:roles",
        of=ben,
        opens=acts(*KEEPERS, see=("volunteer", *LISTERS)),
        posts=lambda world: {"role": "technician"},
    ),
    Page(
        "accounts:take_role",
        of=jos_role,
        opens=acts(*KEEPERS, see=(*LISTERS, "data-protection lead")),
        posts=lambda world: {},
    ),
    Page(
        "accounts:change_name",
        of=ben,
        opens=acts(*KEEPERS, "volunteer", see=LISTERS),
        posts=lambda world: {"full_name": "Ben Ashby-Cole", "first_name": "Benny"},
    ),
    Page(
        "accounts:change_address",
        of=ben,
        opens=acts(*KEEPERS, see=("volunteer", *LISTERS)),
        posts=lambda world: {"email": "ben.ashby@example.org"},
    ),
    Page(
        "accounts:recover",
        of=ben,
        opens=acts(*KEEPERS, see=("volunteer", *LISTERS)),
        posts=lambda world: {"how_checked": "I rang him on the number I had."},
    ),
    Page("accounts:recover", of=ben, opens=acts(*KEEPERS, see=("volunteer", *LISTERS)), queries=7),
]
