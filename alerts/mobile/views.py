"""The pages of a person's own mobile number: give it, verify it, remove it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from alerts.message.notify import is_set_up
from alerts.mobile.forms import CodeForm, NumberForm
from alerts.mobile.models import Mobile
from alerts.mobile.operations import give_number, remove_number, verify_number
from core.forms import refusals_on


@fresh_proof
def mobile(request: SignedInRequest) -> HttpResponse:
    """The number that texts go to, and a form for another one."""
    form = NumberForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            give_number(form.cleaned_data["number"], by=request.user, at=timezone.now())
            return redirect("alerts:mobile_code")
    own_mobile = Mobile.objects.visible_to(request.user).first()
    context = {"form": form, "mobile": own_mobile, "texts_are_sent": is_set_up()}
    return TemplateResponse(request, "alerts/mobile/mobile.html", context)


@transaction.non_atomic_requests
def mobile_code(request: SignedInRequest) -> HttpResponse:
    """Type the code. This is not one transaction, so that a wrong code is counted although it is refused."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            verify_number(form.cleaned_data["code"], by=request.user, at=timezone.now())
            messages.success(request, "That is your number. Texts come there when something cannot wait.")
            return redirect("alerts:mobile")
    own_mobile = Mobile.objects.visible_to(request.user).first()
    return TemplateResponse(request, "alerts/mobile/mobile_code.html", {"form": form, "mobile": own_mobile})


@require_POST
@fresh_proof
def mobile_remove(request: SignedInRequest) -> HttpResponse:
    """Remove the number: no more texts are sent."""
    remove_number(by=request.user, at=timezone.now())
    messages.success(request, "Your number is forgotten. E-mail and the inbox remain.")
    return redirect("alerts:mobile")
