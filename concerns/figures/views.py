"""The page with the figure of what volunteers hear back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from concerns.figures.feedback import feedback_figure
from concerns.leads import LEADS_CONCERNS


@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """What volunteers hear back. For managers, safeguarding leads and directors."""
    if not any(request.user.has_role(role) for role in LEADS_CONCERNS):
        raise PermissionDenied("You may not read these figures. A manager can.")
    figure = feedback_figure(request.user, at=timezone.now())
    return TemplateResponse(request, "concerns/figures/figures.html", {"figure": figure})
