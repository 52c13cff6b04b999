"""Pages on which a person's name and e-mail address change, by whoever keeps accounts or by the person."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import operations
from accounts.access import AccountsAccess
from accounts.forms import ConfirmForm
from accounts.models import Invitation
from accounts.operations.address import NO_LONGER_CONFIRMS
from accounts.personal_forms import AddressForm, CalledForm, NamesForm
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from accounts.views.people import ON_ITS_WAY, WAITS, find_person
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of

LINK_SENT = "A link is on its way to the new address. The address you have counts until you press it, within 24 hours."


@fresh_proof
def change_name(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change somebody's full name and what they are called."""
    person = find_person(request, reference)
    may = AccountsAccess(request.user, person)
    may.require(AccountsAccess.change_name)
    if not may.changes_full_name:
        return redirect("accounts:change_called")
    now = {"full_name": person.full_name, "first_name": person.first_name}
    form = NamesForm(request.POST or None, initial=now)
    if form.is_valid():
        with refusals_on(form):
            changed = operations.change_name(person, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"The name is now {changed.full_name}.")
            return redirect(changed)
    return TemplateResponse(request, "accounts/change_name.html", {"person": person, "form": form})


@fresh_proof
def change_called(request: SignedInRequest) -> HttpResponse:
    """Change what people call oneself."""
    form = CalledForm(request.POST or None, initial={"first_name": request.user.first_name})
    if form.is_valid():
        with refusals_on(form):
            operations.change_name(request.user, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"People call you {form.cleaned_data['first_name']} from now on.")
            return redirect("accounts:me")
    return TemplateResponse(request, "accounts/change_called.html", {"form": form})


@fresh_proof
def change_address(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change somebody's e-mail address at once."""
    person = find_person(request, reference)
    AccountsAccess(request.user, person).require(AccountsAccess.change_address)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            changed = operations.change_address(person, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{changed.full_name} signs in with {changed.email} from now on.")
            return redirect(changed)
    return TemplateResponse(request, "accounts/change_address.html", {"person": person, "form": form})


@taken_from_any_page("it changes nothing until the link is pressed, and the last one counts")
@fresh_proof
def change_own_address(request: SignedInRequest) -> HttpResponse:
    """Send a link to a new address of one's own."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.ask_for_address(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, LINK_SENT)
            return redirect("accounts:me")
    return TemplateResponse(request, "accounts/change_own_address.html", {"form": form})


@login_not_required
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a new address with the link that went to it. It needs a press: mail scanners follow links."""
    too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if too_many:
        return too_many
    asked = operations.find_address_change(token, at=timezone.now())
    if asked is None:
        return TemplateResponse(request, "accounts/no_invitation.html", {"words": NO_LONGER_CONFIRMS}, status=404)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.confirm_address(asked, at=timezone.now())
            messages.success(request, f"You sign in with {asked.email} from now on.")
            return redirect("account_login")
    return TemplateResponse(request, "accounts/confirm_address.html", {"form": form, "email": asked.email})


@taken_from_any_page("an invitation is put right once, and is not changed before")
@fresh_proof
def correct_invitation(request: SignedInRequest, number: int) -> HttpResponse:
    """Send an invitation that went to a wrong address to the right one."""
    visible = Invitation.objects.visible_to(request.user).filter(pk=number, person=None)
    invitation = only_row_of(visible.open(timezone.now()))
    if invitation is None:
        raise NotSeen(Invitation.audit_kind, str(number))
    AccountsAccess(request.user, invitation).require(AccountsAccess.correct)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            sent = operations.correct_invitation(invitation, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, WAITS if sent is not None and sent.waits else ON_ITS_WAY)
            return redirect("accounts:people")
    return TemplateResponse(request, "accounts/correct_invitation.html", {"form": form, "invitation": invitation})
