"""Rehearsals of the queues: start one, answer one, read how it went."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from alerts.receipt.operations import deliveries_of
from concerns.drill.access import DrillAccess, queues_to_rehearse
from concerns.drill.models import Drill
from concerns.drill.operations import answer_drill, start_drill
from concerns.queue.models import Queue
from core.errors import NotSeen
from core.forms import refusals_as_messages
from core.old_pages import taken_from_any_page
from core.rows import only_row_of

LATEST_SHOWN = 30


def find_drill(request: SignedInRequest, reference: str) -> Drill:
    """The drill of this reference. Raises NotSeen."""
    drills = Drill.objects.visible_to(request.user).select_related("queue__area", "started_by")
    drill = only_row_of(drills.filter(reference=reference))
    if drill is None:
        raise NotSeen(Drill.audit_kind, reference)
    return drill


@require_safe
def drills(request: SignedInRequest) -> HttpResponse:
    """Each queue with when it was last rehearsed, and the latest rehearsals."""
    may = DrillAccess(request.user)
    may.require(DrillAccess.list_drills)
    queues = queues_to_rehearse(request.user).select_related("area").annotate(last=Max("drills__started_at"))
    latest = Drill.objects.visible_to(request.user).select_related("queue__area").order_by("-started_at", "-pk")
    context = {"queues": queues.order_by("area__name"), "drills": latest[:LATEST_SHOWN], "may": may}
    return TemplateResponse(request, "concerns/drill/drills.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show who would be told, and start the rehearsal of one queue."""
    DrillAccess(request.user).require(DrillAccess.start_drill)
    queue = only_row_of(queues_to_rehearse(request.user).filter(reference=reference))
    if queue is None:
        raise NotSeen(Queue.audit_kind, reference)
    if request.method != "POST":
        context = {"queue": queue, "workers": queue.workers().order_by("full_name", "pk")}
        return TemplateResponse(request, "concerns/drill/start_drill.html", context)
    with refusals_as_messages(request):
        return redirect(start_drill(queue, by=request.user, at=timezone.now()))
    return redirect("concerns:drills")


@require_safe
def drill(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who has received it and how soon, who has not, and how each was told."""
    drill = find_drill(request, reference)
    answers = list(drill.answers.select_related("person").order_by("answered_at", "person__full_name"))
    mine = next((answer for answer in answers if answer.person_id == request.user.pk), None)
    context = {
        "drill": drill,
        "answers": [(answer, answer.answered_at and answer.answered_at - drill.started_at) for answer in answers],
        "missing": sum(answer.answered_at is None for answer in answers),
        "mine": mine,
        "messages_sent": deliveries_of(f"{drill.reference}:"),
        "may": DrillAccess(request.user, drill),
        "running": drill.is_running(timezone.now()),
    }
    return TemplateResponse(request, "concerns/drill/drill.html", context)


@taken_from_any_page("each person answers for themselves")
@require_POST
def answer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that this person has received it."""
    drill = find_drill(request, reference)
    answer_drill(drill, by=request.user, at=timezone.now())
    messages.success(request, "Thank you. That is all: nothing has happened.")
    return redirect(drill)
