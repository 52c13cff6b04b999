"""Health, the outside monitor's tick, the staff's status page, and error pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Role
from accounts.requests import SignedInRequest
from alerts.message.models import Heartbeat
from alerts.pause.operations import DATABASE
from concerns.drill.access import DrillAccess
from concerns.ladder.access import LadderAccess
from concerns.readiness.access import ReadinessAccess
from concerns.rota.access import RotaAccess
from concerns.watch.reconcile import reconcile
from concerns.watch.sweep import CHECKER, sweep
from concerns.worklist import concerns_at_the_end
from config.context import is_stale

TICK_EVERY = 10
TICK_STEPS, TICK_SECONDS = 3, 2.0


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer ok if the web server and the database work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def help_page(request: SignedInRequest) -> HttpResponse:
    """Whom to ring, what each role does, how a concern travels, and the keys."""
    own = [role for role in Role if request.user.has_role(role)]
    return TemplateResponse(request, "help.html", {"roles": list(Role), "own": own})


@require_safe
@login_not_required
@transaction.non_atomic_requests
def tick(request: HttpRequest) -> HttpResponse:
    """Let a monitor outside run a few due steps, within a small budget. The answer tells it nothing."""
    if cache.add("tick", "1", TICK_EVERY):
        sweep(at=timezone.now(), limit=TICK_STEPS, budget=TICK_SECONDS)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@transaction.non_atomic_requests
def status(request: SignedInRequest) -> HttpResponse:
    """Show when the checker last ran, and which promises do not hold. If it is late, run due steps now."""
    if not request.user.is_charity_staff_or_agency:
        raise PermissionDenied("You may not read how the service is running. Your coordinator can.")
    now = timezone.now()
    heartbeats = list(Heartbeat.objects.order_by("name"))
    last = next((now - beat.at for beat in heartbeats if beat.name == CHECKER), None)
    if is_stale(last):
        sweep(at=now, limit=TICK_STEPS, budget=TICK_SECONDS)
    shown = {
        "last_ran": last,
        "is_late": is_stale(last),
        "problems": reconcile(at=now, heartbeats=heartbeats),
        "unanswered": concerns_at_the_end(now).open_to(request.user).count(),
        "may_drills": DrillAccess(request.user).list_drills,
        "may_ladder": LadderAccess(request.user).read_ladder,
        "may_set_up": ReadinessAccess(request.user).read_needs,
        "may_rota": RotaAccess(request.user).read_rota,
        "heartbeats": [beat for beat in heartbeats if beat.name != DATABASE],
    }
    return TemplateResponse(request, "status.html", shown)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long or came from elsewhere, and how to keep the words."""
    return render(request, "403_csrf.html", status=403)
