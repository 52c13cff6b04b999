"""The page that takes over a circle that meets already."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import OpeningAccess
from circles.life.forms import OpenForm
from circles.life.opening_operations import open_circle
from core.forms import refusals_on


def take_over_circle(request: SignedInRequest) -> HttpResponse:
    """Take over a circle that meets already, from paper or another provider."""
    OpeningAccess(request.user).require(OpeningAccess.take_over)
    form = OpenForm(request.POST or None, by=request.user, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            return redirect(open_circle(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "circles/life/open.html", {"form": form})
