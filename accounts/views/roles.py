"""Pages on which a person's roles are given and taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import operations
from accounts.access import AccountsAccess, Role
from accounts.forms import ConfirmForm
from accounts.open_work import open_work_in
from accounts.personal_forms import RoleForm
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from accounts.views.people import RETURN_WAITS, find_person
from core.errors import NotSeen
from core.forms import refusals_on


@fresh_proof
def roles(request: SignedInRequest, reference: str) -> HttpResponse:
    """The roles that somebody has, each to be taken away, and those that they could be given."""
    person = find_person(request, reference)
    may = AccountsAccess(request.user, person)
    may.require(AccountsAccess.change_roles)
    form = RoleForm(request.POST or None, person=person, gives=may.gives)
    if form.is_valid():
        role: Role = form.cleaned_data["role"]
        with refusals_on(form):
            changed = operations.give_role(person, role=role, by=request.user, at=timezone.now())
            given = f"{person.full_name} is {role.label.lower()} from now on."
            messages.success(request, given if changed.has_role(role) else RETURN_WAITS)
            return redirect("accounts:roles", person.reference)
    held = [role for role in Role if person.has_role(role)]
    context = {"person": person, "form": form, "held": held, "gives": may.gives}
    return TemplateResponse(request, "accounts/roles.html", context)


@fresh_proof
def take_role(request: SignedInRequest, reference: str, role: str) -> HttpResponse:
    """Say what is open in a role, and take it away when that is confirmed."""
    person = find_person(request, reference)
    AccountsAccess(request.user, person).require(AccountsAccess.change_roles)
    if role not in Role.values or not person.has_role(Role(role)):
        raise NotSeen("role", role)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.take_role(person, role=Role(role), by=request.user, at=timezone.now())
            messages.success(request, f"{person.full_name} is no longer {Role(role).label.lower()}.")
            return redirect("accounts:roles", person.reference)
    context = {
        "person": person,
        "form": form,
        "role": Role(role),
        "open_work": open_work_in(person, Role(role), reader=request.user, at=timezone.now()),
    }
    return TemplateResponse(request, "accounts/take_role.html", context)
