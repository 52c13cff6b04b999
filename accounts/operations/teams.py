"""Make and rename teams, and put people into them and take them out."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.access import SettingUpAccess
from accounts.models import Change, Team, User
from accounts.models.role import Role
from accounts.operations.standing import note_change, record_act
from core.errors import Refused
from core.names import is_same_name


@transaction.atomic
def make_team(*, name: str, by: User, at: datetime) -> Team:
    """Make a team, with nobody in it yet."""
    SettingUpAccess(by).require(SettingUpAccess.keep_teams)
    team: Team = Team.objects.create(name=_free_name_of(name))
    record_act("collected", team, by=by, at=at)
    return team


@transaction.atomic
def rename_team(team: Team, *, name: str, by: User, at: datetime) -> Team:
    """Give a team another name. Its people and its queues stay."""
    locked: Team = Team.objects.select_for_update().get(pk=team.pk)
    SettingUpAccess(by).require(SettingUpAccess.keep_teams)
    locked.name = _free_name_of(name, besides=locked)
    locked.save(update_fields=["name"])
    record_act("altered", locked, by=by, at=at, note="renamed")
    return locked


def _free_name_of(name: str, besides: Team | None = None) -> str:
    """The name as it is stored. Raises Refused where another team or a role has it: a role is a group too."""
    own = besides.pk if besides is not None else None
    others = Group.objects.values_list("pk", "name")
    if any(pk != own and is_same_name(other, name) for pk, other in others):
        raise Refused("There is a team of this name already, or a role. Choose another name.", field="name")
    return name.strip()


@transaction.atomic
def join_team(person: User, *, team: Team, by: User, at: datetime) -> User:
    """Put somebody of an agency into a team. From their next request they see what the team sees."""
    person = User.objects.select_for_update().get(pk=person.pk)
    SettingUpAccess(by).require(SettingUpAccess.keep_teams)
    if not person.is_active or not any(role.is_at_an_agency and person.has_role(role) for role in Role):
        raise Refused("Only a liaison or a MAPPA coordinator who can sign in works in a team.", field="person")
    if person.groups.filter(pk=team.pk).exists():
        raise Refused("They are in this team already.", field="person")
    person.groups.add(team)
    note_change(person, Change.TEAM_JOINED, by=by, at=at, note=team.reference)
    return person


@transaction.atomic
def leave_team(person: User, *, team: Team, by: User, at: datetime) -> User:
    """Take somebody out of a team. From their next request they see nothing by it."""
    person = User.objects.select_for_update().get(pk=person.pk)
    SettingUpAccess(by).require(SettingUpAccess.keep_teams)
    if not person.groups.filter(pk=team.pk).exists():
        raise Refused("They are not in this team any more.")
    person.groups.remove(team)
    note_change(person, Change.TEAM_LEFT, by=by, at=at, note=team.reference)
    return person


def leave_every_team(person: User, *, by: User, at: datetime) -> None:
    """Take a person out of every team. Their roles stay, and open nothing without a circle or a team."""
    for team in Team.objects.filter(user=person):
        person.groups.remove(team)
        record_act("revoked", person, by=by, at=at, note=f"out of {team.reference}")
