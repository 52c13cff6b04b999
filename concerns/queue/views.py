"""The pages that set up queues: make one, grant it to a team, take it back, and name who manages it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Role
from accounts.factors import people_with_strong_factor
from accounts.models import Area, Team
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from alerts.message.models import Urgency
from alerts.receipt.operations import reachable_people
from audit.old_pages import story_mark
from concerns.queue.access import QueueAccess, queues_to_set_up
from concerns.queue.forms import ConfirmForm, GrantForm, MakeQueueForm, TeamManagerForm
from concerns.queue.models import Queue
from concerns.queue.operations import grant_queue, make_queue, name_team_manager, revoke_queue
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.sight import note_sight, note_story


def open_queue_to_set_up(request: SignedInRequest, reference: str) -> Queue:
    """The queue with this reference, for those who set queues up. Raises NotSeen; for others there is no such queue."""
    queues = queues_to_set_up(request.user).select_related("area", "team_manager__agency")
    queue = only_row_of(queues.annotate(story_mark=story_mark(Queue.audit_kind)).filter(reference=reference))
    if queue is None:
        raise NotSeen(Queue.audit_kind, reference)
    QueueAccess(request.user).require(QueueAccess.set_up_queues)
    note_sight(queue)
    note_story(queue)
    return queue


@require_safe
def set_up_queues(request: SignedInRequest) -> HttpResponse:
    """List the areas worked in, with their queues; and any other queue."""
    QueueAccess(request.user).require(QueueAccess.set_up_queues)
    people = Count("grants__group__user", filter=Q(grants__group__user__is_active=True), distinct=True)
    queues = queues_to_set_up(request.user).select_related("area", "team_manager").annotate(people=people)
    without = Area.objects.order_by("name").filter(is_worked_in=True, queue=None)
    shown = {"queues": queues.order_by("area__name"), "without": without}
    return TemplateResponse(request, "concerns/queue/set_up_queues.html", shown)


@require_safe
def set_up_queue(request: SignedInRequest, reference: str) -> HttpResponse:
    """One queue: its teams, its people, and who each rung of the agencies' ladder tells."""
    queue = open_queue_to_set_up(request, reference)
    with_factor = set(people_with_strong_factor(queue.workers()).values_list("pk", flat=True))
    workers = list(queue.workers().select_related("agency").prefetch_related("groups").order_by("full_name", "pk"))
    reached = {person.pk for person in reachable_people(workers, Urgency.URGENT)}
    coordinators = [
        person for person in workers if Role.MAPPA_COORDINATOR in {group.name for group in person.groups.all()}
    ]
    shown = {
        "queue": queue,
        "teams": Team.objects.visible_to(request.user).filter(pk__in=queue.teams().values("pk")).order_by("name"),
        "workers": [(person, person.pk in reached, person.pk in with_factor) for person in workers],
        "team_manager": queue.team_manager if queue.team_manager in workers else None,
        "coordinators": coordinators,
    }
    return TemplateResponse(request, "concerns/queue/set_up_queue.html", shown)


def add_queue(request: SignedInRequest) -> HttpResponse:
    """Make the queue of an area."""
    QueueAccess(request.user).require(QueueAccess.set_up_queues)
    form = MakeQueueForm(request.POST or None, initial={"area": request.GET.get("area")})
    if form.is_valid():
        with refusals_on(form):
            queue = make_queue(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The queue is made. Nobody works it until you give it to a team.")
            return redirect("concerns:set_up_queue", queue.reference)
    return TemplateResponse(request, "concerns/queue/add_queue.html", {"form": form})


@fresh_proof
def grant(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let a team work the queue."""
    queue = open_queue_to_set_up(request, reference)
    form = GrantForm(request.POST or None, by=request.user, queue=queue)
    if form.is_valid():
        with refusals_on(form):
            grant_queue(queue, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The team works the queue from now on. Its people are told.")
            return redirect("concerns:set_up_queue", queue.reference)
    return TemplateResponse(request, "concerns/queue/grant_queue.html", {"form": form, "queue": queue})


def revoke(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Take the queue from a team."""
    queue = open_queue_to_set_up(request, reference)
    team = only_row_of(Team.objects.visible_to(request.user).filter(pk=number))
    if team is None:
        raise NotSeen(Team.audit_kind, str(number))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            revoke_queue(queue, team=team, by=request.user, at=timezone.now())
            messages.success(request, "The team sees nothing of the queue any more. Its people are told.")
            return redirect("concerns:set_up_queue", queue.reference)
    left = queue.workers().exclude(groups=team.pk) | queue.workers().filter(
        groups__in=queue.teams().exclude(pk=team.pk).values("pk")
    )
    shown = {"form": form, "queue": queue, "team": team, "left": left.distinct().count()}
    return TemplateResponse(request, "concerns/queue/revoke_queue.html", shown)


def change_team_manager(request: SignedInRequest, reference: str) -> HttpResponse:
    """Name the team manager, whom the agencies' ladder tells after the duty desk."""
    queue = open_queue_to_set_up(request, reference)
    present = {"team_manager": queue.team_manager_id}
    form = TeamManagerForm(request.POST or None, by=request.user, queue=queue, initial=present)
    if form.is_valid():
        with refusals_on(form):
            name_team_manager(queue, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Saved. They are told.")
            return redirect("concerns:set_up_queue", queue.reference)
    return TemplateResponse(request, "concerns/queue/change_team_manager.html", {"form": form, "queue": queue})
