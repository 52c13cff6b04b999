"""Pages: a circle's goals, open a goal, end a goal, and the copy for the core member to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.access import CircleAccess
from circles.circle.opener import open_circle
from circles.goal import operations
from circles.goal.copy import core_members_copy_of
from circles.goal.forms import EndGoalForm, OpenGoalForm
from circles.goal.models import MOST_OPEN_GOALS, Goal, GoalTap
from circles.goal.progress import progress_of
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.sight import note_story
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.opener import open_core_member


def goals(request: SignedInRequest, reference: str) -> HttpResponse:
    """List the open goals with their taps, then those that ended, and why."""
    circle = open_circle(request, reference)
    all_goals = list(Goal.objects.visible_to(request.user).filter(circle=circle).order_by("opened_at", "pk"))
    taps = GoalTap.objects.visible_to(request.user).filter(goal__circle=circle, meeting__submitted_at__isnull=False)
    progress = progress_of(all_goals, taps.select_related("meeting").order_by("meeting__planned_at"))
    held = [each for each in progress if each.goal.status == Goal.Status.OPEN]
    shown = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "tab": "reviews",
        "part": "goals",
        "held": held,
        "ended": [each for each in progress if each.goal.status == Goal.Status.ENDED],
        "room": len(held) < MOST_OPEN_GOALS and bool(circle.moves),
        "most": MOST_OPEN_GOALS,
    }
    return TemplateResponse(request, "circles/goal/goals.html", shown)


def open_goal(request: SignedInRequest, reference: str) -> HttpResponse:
    """Open a goal, in the core member's own words."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_goals)
    form = OpenGoalForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            goal = operations.open_goal(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The goal is open. Each meeting’s log asks about it from now on.")
            return redirect(goal)
    return TemplateResponse(request, "circles/goal/open_goal.html", {"circle": circle, "form": form})


def end_goal(request: SignedInRequest, reference: str, goal: str) -> HttpResponse:
    """End a goal, with the reason."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_goals)
    seen = Goal.objects.visible_to(request.user).annotate(story_mark=story_mark(Goal.audit_kind))
    record = only_row_of(seen.filter(circle=circle, reference=goal))
    if record is None:
        raise NotSeen(Goal.audit_kind, goal)
    note_story(record)
    form = EndGoalForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.end_goal(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The goal has ended. Its taps stay.")
            return redirect("circles:goals", circle.reference)
    return TemplateResponse(request, "circles/goal/end_goal.html", {"circle": circle, "goal": record, "form": form})


def core_members_copy(request: SignedInRequest, reference: str) -> HttpResponse:
    """What he agreed to and his goals, in easy words, to print, go through with him and sign. He keeps it."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_goals)
    core_member = open_core_member(request, circle.core_member.reference)
    CoreMemberAccess(request.user, core_member).require(CoreMemberAccess.change)
    shown = {"circle": circle, "copy": core_members_copy_of(circle, reader=request.user)}
    return TemplateResponse(request, "circles/goal/core_members_copy.html", shown)
