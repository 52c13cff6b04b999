"""The pages of teams: who is in which, and putting people in and taking them out."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import operations
from accounts.access import SettingUpAccess
from accounts.forms import ConfirmForm, JoinTeamForm, RenameTeamForm, TeamForm
from accounts.models import Team, User
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from accounts.views.people import find_person
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of


def find_team(request: SignedInRequest, number: int) -> Team:
    """The team of this number. Raises NotSeen if this person may not see it."""
    team: Team | None = only_row_of(Team.objects.visible_to(request.user).filter(pk=number))
    if team is None:
        raise NotSeen(Team.audit_kind, str(number))
    return team


@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    """List the teams by name, each with how many people can sign in."""
    may = SettingUpAccess(request.user)
    may.require(SettingUpAccess.see_set_up)
    active = Count("user", filter=Q(user__is_active=True))
    listed = Team.objects.visible_to(request.user).annotate(people=active).order_by("name")
    return TemplateResponse(request, "accounts/teams.html", {"teams": listed, "may": may})


@require_safe
def team(request: SignedInRequest, number: int) -> HttpResponse:
    """One team and its people."""
    record = find_team(request, number)
    people = User.objects.visible_to(request.user).filter(groups=record.pk).select_related("agency")
    shown = {
        "team": record,
        "people": people.order_by("full_name", "pk"),
        "may": SettingUpAccess(request.user),
    }
    return TemplateResponse(request, "accounts/team.html", shown)


def add_team(request: SignedInRequest) -> HttpResponse:
    """Make a team."""
    SettingUpAccess(request.user).require(SettingUpAccess.keep_teams)
    form = TeamForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = operations.make_team(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The team is made. Put its people in.")
            return redirect(made)
    return TemplateResponse(request, "accounts/add_team.html", {"form": form})


def rename_team(request: SignedInRequest, number: int) -> HttpResponse:
    """Give a team another name."""
    record = find_team(request, number)
    SettingUpAccess(request.user).require(SettingUpAccess.keep_teams)
    form = RenameTeamForm(request.POST or None, initial={"name": record.name})
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.rename_team(record, by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "accounts/rename_team.html", {"form": form, "team": record})


@taken_from_any_page("a person is added to the others of the team")
@fresh_proof
def join_team(request: SignedInRequest, number: int) -> HttpResponse:
    """Put somebody into a team."""
    record = find_team(request, number)
    SettingUpAccess(request.user).require(SettingUpAccess.keep_teams)
    form = JoinTeamForm(request.POST or None, team=record)
    if form.is_valid():
        with refusals_on(form):
            joined = operations.join_team(team=record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{joined.full_name} is in the team, and is told.")
            return redirect(record)
    return TemplateResponse(request, "accounts/join_team.html", {"form": form, "team": record})


def leave_team(request: SignedInRequest, number: int, reference: str) -> HttpResponse:
    """Take somebody out of a team."""
    record = find_team(request, number)
    SettingUpAccess(request.user).require(SettingUpAccess.keep_teams)
    person = find_person(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.leave_team(person, team=record, by=request.user, at=timezone.now())
            messages.success(request, f"{person.full_name} is out of the team, and is told.")
            return redirect(record)
    return TemplateResponse(request, "accounts/leave_team.html", {"form": form, "team": record, "person": person})
