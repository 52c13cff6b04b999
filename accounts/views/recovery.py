"""The page on which somebody asks that a person who lost every way to sign in may sign in anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import operations
from accounts.access import AccountsAccess
from accounts.models import AccountEvent, Change
from accounts.personal_forms import RecoveryForm
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from accounts.views.people import RETURN_WAITS, find_person
from core.forms import refusals_on


@fresh_proof
def recover(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what will happen, and ask a second person, with how one made sure who it is."""
    person = find_person(request, reference)
    AccountsAccess(request.user, person).require(AccountsAccess.recover)
    form = RecoveryForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.ask_for_recovery(person, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, RETURN_WAITS)
            return redirect(person)
    events = AccountEvent.objects.visible_to(request.user).filter(person=person, change=Change.ADDRESS_CHANGED)
    context = {"person": person, "form": form, "address_changed": events.order_by("-at").first()}
    return TemplateResponse(request, "accounts/recover.html", context)
