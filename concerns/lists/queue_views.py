"""The page of a queue, with its filters, order and saved views."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from alerts.watch.heartbeat import age
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.outlook import with_clocks
from concerns.handling.facts import with_calls
from concerns.lists.forms import Order, QueueForm, SaveViewForm, Whose
from concerns.lists.models import SavedView
from concerns.lists.opener import open_queue
from concerns.lists.operations import forget_view, save_view
from concerns.lists.views import WITH_RULE, ListedConcern, listed_concerns
from concerns.watch.sweep import CHECKER
from core.errors import NotSeen
from core.forms import refusals_as_messages
from core.rows import only_row_of

ANSWERED = Concern.Status.ANSWERED


@require_safe
def queue(request: SignedInRequest, reference: str) -> HttpResponse:
    """The queue: why each concern is in it, how its clock stands, and what happens next."""
    queue = open_queue(request, reference)
    now = timezone.now()
    concerns = Concern.objects.visible_to(request.user).in_queue(queue).still_open()
    waiting = with_clocks(with_calls(concerns).select_related(*WITH_RULE))
    rows = listed_concerns(list(waiting), Side.AGENCY, now)
    form = QueueForm(request.GET, circles=sorted({row.concern.circle.reference for row in rows}))
    context = {
        "queue": queue,
        "form": form,
        "rows": _rows_in_order(_chosen_rows(rows, form.asked, request.user), form.asked.get("order", "")),
        "total": len(rows),
        "levels": [(level, sum(row.concern.level == level for row in rows)) for level in Level],
        "chosen": form.asked.get("level", ""),
        "views": SavedView.objects.visible_to(request.user).filter(queue=queue).order_by("name"),
        "keep": SaveViewForm(),
        "people": queue.workers().count(),
        "last_ran": age(CHECKER, at=now),
    }
    return TemplateResponse(request, "concerns/lists/queue.html", context)


def _chosen_rows(rows: list[ListedConcern], asked: dict[str, str], reader: User) -> list[ListedConcern]:
    """The rows that fit the filters."""
    return [
        row
        for row in rows
        if asked.get("level") in {None, row.concern.level}
        and asked.get("circle") in {None, row.concern.circle.reference}
        and asked.get("whose") in {None, *_holders_of_row(row, reader)}
    ]


def _holders_of_row(row: ListedConcern, reader: User) -> set[Whose]:
    """The answers to “who has it” that fit a row, as this reader sees it."""
    if row.concern.status == ANSWERED:
        return {Whose.ANSWERED}
    answers = {Whose.WAITING} if row.clock is not None and row.clock.on_hold is not None else set()
    holder = row.clock.held_by.by_id if row.clock is not None and row.clock.held_by is not None else None
    if holder is None and row.is_claimed:
        holder = row.concern.claimed_by_id
    if holder is None:
        return answers | {Whose.UNCLAIMED}
    return answers | {Whose.MINE if holder == reader.pk else Whose.OTHERS}


def _rows_in_order(rows: list[ListedConcern], order: str) -> list[ListedConcern]:
    """The rows in this order. They come with the most urgent first."""
    if order == Order.DUE:
        return sorted(rows, key=lambda row: (row.clock is None, row.clock and row.clock.due_at))
    if order == Order.CIRCLE:
        return sorted(rows, key=lambda row: row.concern.circle.reference)
    if order in {Order.OLDEST, Order.NEWEST}:
        return sorted(rows, key=lambda row: row.concern.received_at, reverse=order == Order.NEWEST)
    return rows


@require_POST
def keep_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """Save the filters and the order under a name."""
    queue = open_queue(request, reference)
    concerns = Concern.objects.visible_to(request.user).in_queue(queue).still_open().select_related("circle")
    asked = QueueForm(request.POST, circles=sorted({concern.circle.reference for concern in concerns}))
    form = SaveViewForm(request.POST)
    with refusals_as_messages(request):
        name = form.cleaned_data["name"] if form.is_valid() else ""
        view = save_view(queue, name=name, asked=asked.address, by=request.user, at=timezone.now())
        return redirect(view)
    return redirect(f"{queue.get_absolute_url()}?{asked.address}")


@require_POST
def forget(request: SignedInRequest, reference: str) -> HttpResponse:
    """Delete one of the person's own views."""
    view = only_row_of(SavedView.objects.visible_to(request.user).select_related("queue").filter(reference=reference))
    if view is None:
        raise NotSeen("view", reference)
    forget_view(view, by=request.user, at=timezone.now())
    return redirect(view.queue)
