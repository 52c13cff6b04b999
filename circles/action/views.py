"""Pages: a circle's actions, agree an action, give it to somebody else, say what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.action import operations
from circles.action.access import ActionAccess
from circles.action.forms import AgreeActionForm, GiveActionForm, SettleActionForm, owner_of
from circles.action.models import Action
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.meeting.models import Meeting
from core.errors import NotSeen
from core.forms import refusals_on
from core.references import reference_of
from core.rows import only_row_of
from core.sight import note_story
from core.worktime import LONDON

PAGE_LENGTH = 25


def actions(request: SignedInRequest, reference: str) -> HttpResponse:
    """List what is to do, the soonest due first, then what was settled, the latest first."""
    circle = open_circle(request, reference)
    seen = Action.objects.visible_to(request.user).filter(circle=circle).select_related("volunteer__user", "meeting")
    unfinished = list(seen.unfinished().order_by("due_on", "pk"))
    settled = seen.exclude(settled_at=None).order_by("-settled_at", "-pk")
    page = Paginator(settled, PAGE_LENGTH).get_page(request.GET.get("page"))
    for action in [*unfinished, *page]:
        action.circle = circle
    may = CircleAccess(request.user, circle)
    belongs = may.belongs
    shown = {
        "circle": circle,
        "may": may,
        "tab": "meetings",
        "part": "actions",
        "unfinished": [(action, owner_of(action), _may_settle(request.user, action, belongs)) for action in unfinished],
        "settled": [(action, owner_of(action), _may_settle(request.user, action, belongs)) for action in page],
        "page": page,
        "today": timezone.now().astimezone(LONDON).date(),
        "can_agree": bool(circle.moves) and may.agree_actions,
    }
    return TemplateResponse(request, "circles/action/actions.html", shown)


def _may_settle(user: User, action: Action, belongs: bool) -> bool:
    """Whether this person may say what came of it. `belongs` is already known, for the whole circle."""
    may = ActionAccess(user, action)
    may.belongs = belongs
    return may.settle


def agree_action(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down who does what by when. `?meeting=` names the meeting where it was agreed."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.agree_actions)
    meeting_reference = reference_of(request.GET.get("meeting", ""))
    meetings = Meeting.objects.visible_to(request.user).filter(circle=circle)
    meeting = meetings.filter(reference=meeting_reference).first() if meeting_reference else None
    form = AgreeActionForm(request.POST or None, circle=circle, by=request.user, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.agree_action(
                circle, meeting=meeting, by=request.user, at=timezone.now(), **form.values_with_owner()
            )
            messages.success(request, "The action is written down. The next log asks what came of it.")
            return redirect("circles:log", meeting.reference) if meeting else redirect("circles:actions", reference)
    return TemplateResponse(
        request, "circles/action/agree_action.html", {"circle": circle, "meeting": meeting, "form": form}
    )


def _open_action(request: SignedInRequest, circle: Circle, reference: str) -> Action:
    """The circle's action of this reference. Raises NotSeen."""
    seen = Action.objects.visible_to(request.user).filter(circle=circle).select_related("volunteer__user", "circle")
    record = only_row_of(seen.annotate(story_mark=story_mark(Action.audit_kind)).filter(reference=reference))
    if record is None:
        raise NotSeen(Action.audit_kind, reference)
    note_story(record)
    return record


def give_action(request: SignedInRequest, reference: str, action: str) -> HttpResponse:
    """Give an action to somebody else."""
    circle = open_circle(request, reference)
    record = _open_action(request, circle, action)
    ActionAccess(request.user, record).require(ActionAccess.give)
    form = GiveActionForm(request.POST or None, circle=circle, by=request.user)
    if form.is_valid():
        with refusals_on(form):
            given = operations.give_action(record, by=request.user, at=timezone.now(), **form.values_with_owner())
            messages.success(request, f"{owner_of(given)} does it from now on.")
            return redirect("circles:actions", reference)
    return TemplateResponse(
        request, "circles/action/give_action.html", {"circle": circle, "action": record, "form": form}
    )


def settle_action(request: SignedInRequest, reference: str, action: str) -> HttpResponse:
    """Say what came of an action."""
    circle = open_circle(request, reference)
    record = _open_action(request, circle, action)
    may = ActionAccess(request.user, record)
    may.require(ActionAccess.settle)
    form = SettleActionForm(request.POST or None, action=record)
    if form.is_valid():
        with refusals_on(form):
            operations.settle_action(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Noted.")
            return redirect("circles:actions", reference)
    can_give = may.give and record.settled_at is None and bool(circle.moves)
    shown = {"circle": circle, "action": record, "form": form, "can_give": can_give}
    return TemplateResponse(request, "circles/action/settle_action.html", shown)
