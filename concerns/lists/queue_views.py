"""A queue: why me, why now, what next; filtered, ordered, and kept as one's own views."""

from __future__ import annotations

from django.contrib import messages
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
from concerns.handling.facts import with_voice
from concerns.lists.forms import Order, QueueForm, SaveViewForm, Whose
from concerns.lists.models import SavedView
from concerns.lists.opener import open_queue
from concerns.lists.operations import forget_view, save_view
from concerns.lists.views import WITH_RULE, Row, rows
from concerns.watch.sweep import CHECKER
from core.errors import NotSeen, Refused
from core.rows import only_row_of

ANSWERED = Concern.Status.ANSWERED


@require_safe
def queue(request: SignedInRequest, reference: str) -> HttpResponse:
    """Why me, why now, what next."""
    found = open_queue(request, reference)
    now = timezone.now()
    in_it = Concern.objects.visible_to(request.user).in_queue(found).still_open()
    waiting = with_clocks(with_voice(in_it).select_related(*WITH_RULE))
    everything = rows(list(waiting), Side.AGENCY, now)
    form = QueueForm(request.GET, circles=sorted({row.concern.circle.reference for row in everything}))
    shown = {
        "queue": found,
        "form": form,
        "rows": ordered(chosen(everything, form.asked, request.user), form.asked.get("order", "")),
        "total": len(everything),
        "levels": [(level, sum(row.concern.level == level for row in everything)) for level in Level],
        "chosen": form.asked.get("level", ""),
        "views": SavedView.objects.visible_to(request.user).filter(queue=found).order_by("name"),
        "keep": SaveViewForm(),
        "people": found.workers().count(),
        "last_ran": age(CHECKER, at=now),
    }
    return TemplateResponse(request, "concerns/lists/queue.html", shown)


def chosen(everything: list[Row], asked: dict[str, str], reader: User) -> list[Row]:
    """The rows that were asked for."""
    return [
        row
        for row in everything
        if asked.get("level") in {None, row.concern.level}
        and asked.get("circle") in {None, row.concern.circle.reference}
        and asked.get("whose") in {None, *whose(row, reader)}
    ]


def whose(row: Row, reader: User) -> set[Whose]:
    """Under which of the answers to “who has it” a row stands: answered, waiting, mine, others', nobody's."""
    if row.concern.status == ANSWERED:
        return {Whose.ANSWERED}
    found = {Whose.WAITING} if row.clock is not None and row.clock.on_hold is not None else set()
    holder = row.clock.held_by.by_id if row.clock is not None and row.clock.held_by is not None else None
    if holder is None and row.claimed_now:
        holder = row.concern.claimed_by_id
    if holder is None:
        return found | {Whose.UNCLAIMED}
    return found | {Whose.MINE if holder == reader.pk else Whose.OTHERS}


def ordered(found: list[Row], order: str) -> list[Row]:
    """In the order asked for; they come in the most pressing first."""
    if order == Order.DUE:
        return sorted(found, key=lambda row: (row.clock is None, row.clock and row.clock.due_at))
    if order == Order.CIRCLE:
        return sorted(found, key=lambda row: row.concern.circle.reference)
    if order in {Order.OLDEST, Order.NEWEST}:
        return sorted(found, key=lambda row: row.concern.received_at, reverse=order == Order.NEWEST)
    return found


@require_POST
def keep_view(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep what the address shows under a name."""
    found = open_queue(request, reference)
    in_it = Concern.objects.visible_to(request.user).in_queue(found).still_open().select_related("circle")
    asked = QueueForm(request.POST, circles=sorted({concern.circle.reference for concern in in_it}))
    form = SaveViewForm(request.POST)
    try:
        name = form.cleaned_data["name"] if form.is_valid() else ""
        view = save_view(found, name=name, asked=asked.address, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect(f"{found.get_absolute_url()}?{asked.address}")
    return redirect(view)


@require_POST
def forget(request: SignedInRequest, reference: str) -> HttpResponse:
    """Forget one of one's own views."""
    view = only_row_of(SavedView.objects.visible_to(request.user).select_related("queue").filter(reference=reference))
    if view is None:
        raise NotSeen("view", reference)
    forget_view(view, by=request.user, at=timezone.now())
    return redirect(view.queue)
