"""Pages of a circle's meetings: the list, one meeting, and approving, returning and adding to its minutes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.forms import ConfirmForm
from circles.circle.opener import open_circle
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import open_meeting
from circles.minutes import beginning_operations as minutes_beginning_operations
from circles.minutes.beginning_operations import OPENS_BEFORE
from circles.minutes.forms import AddendumForm, ReturnForm
from circles.minutes.operations import add_addendum, approve_minutes, return_minutes
from circles.minutes_share.views import sharing_context_of
from circles.schedule.calling_off_views import possible_changes_of
from circles.version.assent_views import assents_of, may_assent_now
from circles.version.goals_and_actions import goals_and_actions_of
from circles.version.reading import attendance_of, may_read_minutes, sections_of
from circles.version.tags_and_contacts import tags_and_contacts_of
from core.errors import Refused
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from volunteers.volunteer.models import Volunteer

PAGE_LENGTH = 25
NO_LONGER_WRITTEN = {Meeting.Status.SUBMITTED, Meeting.Status.APPROVED, *Meeting.CALLED_OFF}
SENT = {Meeting.Status.SUBMITTED, Meeting.Status.APPROVED}


def meetings(request: SignedInRequest, reference: str) -> HttpResponse:
    """List a circle's meetings, newest first."""
    circle = open_circle(request, reference)
    listed = Meeting.objects.visible_to(request.user).filter(circle=circle).with_was_short()
    page = Paginator(listed.select_related("minute_taker__user").order_by("-planned_at"), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    for meeting in page:
        meeting.circle = circle
    context = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "tab": "meetings",
        "part": "meetings",
        "page": page,
        "now": timezone.now(),
    }
    return TemplateResponse(request, "circles/overview/meetings.html", context)


def meeting(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show one meeting: who was there, the minutes this person may read, and what was added later."""
    record = open_meeting(request, reference)
    may = MeetingAccess(request.user, record)
    readable = may_read_minutes(record, may)
    sections = sections_of(record, may) if readable else []
    now = timezone.now()
    context = {
        "meeting": record,
        "circle": record.circle,
        "may": may,
        "tab": "meetings",
        "part": "meetings",
        "sections": sections,
        "attendance": attendance_of(record) if readable else [],
        "tags_and_contacts": tags_and_contacts_of(record) if readable else None,
        "goals_and_actions": goals_and_actions_of(record) if readable else None,
        "assents": assents_of(request, record) if readable else [],
        "can_assent": may_assent_now(record, may, now),
        "addenda": record.addenda.select_related("added_by").order_by("added_at", "pk"),
        "sent": record.status in SENT,
        "can_approve": may.approve and Meeting.Status.APPROVED in record.moves,
        "can_write": may.write_minutes
        and record.status not in NO_LONGER_WRITTEN
        and record.planned_at <= now + OPENS_BEFORE,
        "can_take": record.status not in NO_LONGER_WRITTEN and may.belongs,
        "overdue": record.is_overdue_at(now),
        **sharing_context_of(request, record, may),
        **possible_changes_of(record, may, now),
    }
    return TemplateResponse(request, "circles/overview/meeting.html", context)


def approve(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more, then approve the minutes, which locks them."""
    record = open_meeting(request, reference)
    may = MeetingAccess(request.user, record)
    may.require(MeetingAccess.approve)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            approve_minutes(record, by=request.user, at=timezone.now())
            messages.success(request, "The minutes are approved and locked.")
            return redirect(record)
    readable = may_read_minutes(record, may)
    context = {
        "meeting": record,
        "circle": record.circle,
        "form": form,
        "sections": sections_of(record, may) if readable else [],
        "attendance": attendance_of(record) if readable else [],
        "tags_and_contacts": tags_and_contacts_of(record) if readable else None,
        "goals_and_actions": goals_and_actions_of(record) if readable else None,
    }
    return TemplateResponse(request, "circles/overview/approve.html", context)


def give_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Return the minutes to their writer, with the reason."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.approve)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            return_minutes(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The minutes have gone back to their writer.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/overview/return.html", {"meeting": record, "circle": record.circle, "form": form}
    )


@taken_from_any_page("a note is added below the minutes")
def addendum(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a note to minutes that were sent."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.add_addendum)
    form = AddendumForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            add_addendum(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Your note is added to the minutes.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/overview/addendum.html", {"meeting": record, "circle": record.circle, "form": form}
    )


def take_minutes(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let this volunteer take the minutes."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.write_minutes)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            minutes_beginning_operations.take_minutes(
                record, volunteer=_own_volunteer_of(request), by=request.user, at=timezone.now()
            )
            messages.success(request, "You take the minutes.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/overview/take_minutes.html", {"meeting": record, "circle": record.circle, "form": form}
    )


def _own_volunteer_of(request: SignedInRequest) -> Volunteer:
    """This person's volunteer record. Raises Refused if they have none."""
    volunteer = Volunteer.objects.visible_to(request.user).filter(user=request.user).first()
    if volunteer is None:
        raise Refused("Only a volunteer of this circle takes its minutes.")
    return volunteer
