"""The doorstep log: tonight's minutes in five short pages, checked, then sent."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.views.submitted import answered_anew
from audit.old_pages import taken_from_any_page
from circles.circle.forms import ConfirmForm
from circles.circle.models import Membership
from circles.log import operations
from circles.log.forms import PAGES, FirstPage, LateForm, WeekPage, anchor_of, page_of
from circles.log.models import Presence
from circles.log.opener import find_draft
from circles.log.operations import what_is_missing
from circles.log.page_forms import PageForm
from circles.log.page_operations import save_page, write_page, write_presence
from circles.log.tap_operations import write_taps
from circles.log.telltales import pointed_out
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting, open_meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.drafting import require_draft
from circles.version.reading import attendance_of, sections_of
from circles.version.tags_and_contacts import tags_and_contacts_of
from core.errors import NotSeen, Refused
from core.forms import refusals_on
from core.sight import note_sight
from core.templatetags.ui import clock

UNSENT = "This has not been sent yet. Press “Send this now, then carry on”, or choose to send it later."
MORE = {"risks": "circles:log_factors", "contacts": "circles:log_contacts"}
"""Pages beside the five, by what they ask for."""

NO_PAGE = "Not saved: this page is not whole. Copy what you wrote, and open the page again."
NUMBERS = {str(page.number): page.number for page in PAGES}
"""The pages by their numbers as a browser sends them."""

NO_WORDS = "Write what was seen or heard in a sentence, then press “Send this now, then carry on”."


@taken_from_any_page("it begins the log, which is there once")
def log(request: SignedInRequest, reference: str) -> HttpResponse:
    """The log's current page; a POST begins it."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.write_minutes)
    if meeting.is_settled:
        return redirect(meeting)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            start_log(meeting, by=request.user, at=timezone.now())
            return redirect("circles:log", meeting.reference)
    elif is_begun(meeting):
        return redirect_to_next(meeting)
    return TemplateResponse(
        request, "circles/log/log_start.html", {"meeting": meeting, "circle": meeting.circle, "form": form}
    )


@answered_anew("it only saves, and compares what the page loaded")
def log_page(request: SignedInRequest, reference: str, page: int) -> HttpResponse:
    """One page of the log. “Continue” keeps it and goes on; what is missing is asked for at the end."""
    meeting = find_draft(request, reference) if request.method == "POST" else find_meeting(request, reference)
    note_sight(meeting, within=meeting.circle.reference)
    may = MeetingAccess(request.user, meeting)
    may.require(MeetingAccess.write_minutes)
    if not 1 <= page <= len(PAGES):
        raise NotSeen("page of the log", f"{reference}/{page}")
    if not is_begun(meeting):
        return redirect("circles:log", reference)
    if meeting.is_settled and request.method != "POST":
        return redirect(meeting)
    form = page_form(page, request.POST if request.method == "POST" else None, may)
    if form.is_bound:
        unsent = fields_to_pass_on(meeting)
        with refusals_on(form):
            well_formed = form.is_valid()
            write(form, may)
            if well_formed and not form.clashes and not held_back(form):
                return redirect_after(request, meeting, form, unsent)
    return TemplateResponse(request, f"circles/log/log_page_{page}.html", log_shown(meeting, form) | company(may, page))


@answered_anew("minutes are sent once: then they are no draft")
def log_check(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything once more, what is missing, and “Send to the coordinator”."""
    meeting = open_meeting(request, reference)
    may = MeetingAccess(request.user, meeting)
    may.require(MeetingAccess.write_minutes)
    if not is_begun(meeting):
        return redirect("circles:log", reference)
    if meeting.is_settled:
        return redirect(meeting)
    missing = what_is_missing(meeting)
    forced = [answer for answer in meeting.minutes.waiting_answers if answer.field != "worry"]
    if request.method == "POST" and forced:
        return redirect(concern_address(meeting, forced[0].field))
    form = sending_form(meeting)(request.POST if request.method == "POST" else None)
    if form.is_valid() and not missing:
        with refusals_on(form):
            operations.submit_minutes(meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Sent. {meeting.circle.coordinator.first_name} has the minutes. Thank you.")
            return redirect(meeting)
    found, attendance = tags_and_contacts_of(meeting), attendance_of(meeting)
    shown = log_shown(meeting, form) | {
        "missing": [(one.words, address_of(meeting, one.field)) for one in missing],
        "tags_and_contacts": found,
        "pointed_out": pointed_out(meeting, found, {there.name for there in attendance}, may),
        "forced": [(answer, concern_address(meeting, answer.field)) for answer in forced],
        "sections": sections_of(meeting, may, missing=missing),
        "attendance": attendance,
        "page": len(PAGES),
    }
    return TemplateResponse(request, "circles/log/log_check.html", shown)


@answered_anew("it only saves, and compares what the page loaded")
@require_POST
def autosave(request: SignedInRequest, reference: str) -> JsonResponse:
    """Keep whatever was sent of the page that the POST names; answers with when.

    409 with words when they cannot be kept, so that the page can say NOT SAVED and why.
    """
    meeting = find_draft(request, reference)
    may = MeetingAccess(request.user, meeting)
    may.require(MeetingAccess.write_minutes)
    if not is_begun(meeting):
        return JsonResponse({"problem": "Begin the log first: open the meeting and press Start."}, status=409)
    page = NUMBERS.get(request.POST.get("page", ""))
    if page is None:
        return JsonResponse({"problem": NO_PAGE}, status=409)
    try:
        changed = write_what_came(page_form(page, request.POST, may), may)
    except Refused as refused:
        return JsonResponse({"problem": refused.message}, status=409)
    others = company(may, page)["others"]
    if changed:
        return JsonResponse({"problem": changed, "others": others}, status=409)
    return JsonResponse({"saved": clock(timezone.now()), "others": others})


def write_what_came(form: PageForm, may: MeetingAccess) -> str:
    """Keep what was sent of a page; what to say when somebody else has changed the same. Raises Refused."""
    if not any(name in form.data for name in form.fields if name != "loaded"):
        return ""
    form.is_valid()
    write(form, may)
    said = [f"{clash.by} has changed “{form.label_of(clash.name)}” too." for clash in form.clashes]
    return f"{said[-1]} Press Continue to see both." if said else ""


def company(may: MeetingAccess, page: int) -> dict[str, str]:
    """Notes that this person is on a page, and says who else is in the log."""
    now = timezone.now()
    write_presence(may, page=page, at=now)
    here = Presence.objects.visible_to(may.by).beside(may.by, may.meeting.minutes, now)
    return {"others": ". ".join(f"{one.person.first_name} is on page {one.page}" for one in here)}


def sending_form(meeting: Meeting) -> type[ConfirmForm] | type[LateForm]:
    """Nothing more is asked before sending; once the 48 hours are over, why."""
    return LateForm if meeting.overdue_at(timezone.now()) else ConfirmForm


def is_begun(meeting: Meeting) -> bool:
    return getattr(meeting, "minutes", None) is not None


def page_form(page: int, data: Any, may: MeetingAccess) -> PageForm:
    """The form of one page, with the circle's people on the first."""
    kind = PAGES[page - 1]
    if not issubclass(kind, FirstPage):
        return kind(data, may=may)
    could = Membership.objects.could_attend(may.meeting.planned_at).of(may.meeting.circle)
    return kind(data, may=may, roster=[member.volunteer for member in could])


def write(form: PageForm, may: MeetingAccess) -> None:
    """Save what is well formed on a page of a locked draft, even beside what is not. Raises Refused.

    What clashes stands on the form.
    """
    at, page = timezone.now(), form.sent()
    require_draft(may.meeting, may)
    form.clashes = write_page(may.meeting, page=page, by=may.by, at=at)
    form.clashes += write_taps(may.meeting, page=page, by=may.by, at=at)


def keep_first_page(meeting: Meeting, data: Any, *, by: User) -> None:
    """Keep what stood on the first page when its worry is sent on, which is the same form.

    Never stands in the worry's way: where the log cannot be written on, nothing is kept.
    """
    may = MeetingAccess(by, meeting)
    if not is_begun(meeting) or not may.write_minutes:
        return
    form = page_form(1, data, may)
    form.is_valid()
    with suppress(Refused):
        save_page(meeting, page=form.sent(), by=by, at=timezone.now())


def held_back(form: PageForm) -> bool:
    """A worry that has not been sent stops “Continue” once, so that nobody believes it was."""
    if not isinstance(form, FirstPage) or "later" in form.data or form.meeting.minutes.worry_sent_as:
        return False
    if form.cleaned_data["worry"] not in {"small", "now"}:
        return False
    form.add_error("words", UNSENT if form.cleaned_data["words"].strip() else NO_WORDS)
    return True


def redirect_to_next(meeting: Meeting) -> HttpResponse:
    """The first page that still lacks an answer, or the check when none does."""
    missing = [page_of(one.field) for one in what_is_missing(meeting)]
    if missing:
        return redirect("circles:log_page", meeting.reference, min(missing))
    return redirect("circles:log_check", meeting.reference)


def fields_to_pass_on(meeting: Meeting) -> set[str]:
    """The questions whose answers ask for a concern as they stand now; a worry has its own place on the first page."""
    waiting = meeting.minutes.forcing_answers.still_open().exclude(field="worry")
    return set(waiting.values_list("field", flat=True))


def redirect_after(request: SignedInRequest, meeting: Meeting, form: PageForm, unsent: set[str]) -> HttpResponse:
    """The next page; what this page's answers ask for besides; back to the check for somebody who came from there.

    An answer that must be passed on leads to its concern at once, when it is given and whenever that is asked for.
    """
    for field in sorted(fields_to_pass_on(meeting)):
        if field not in unsent or request.POST.get("pass_on") == field:
            return redirect(concern_address(meeting, field))
    if isinstance(form, WeekPage) and form.has_risks:
        return redirect("circles:log_factors", meeting.reference)
    if form.cleaned_data.get("contact") == "yes":
        return redirect("circles:log_contacts", meeting.reference)
    if form.number == len(PAGES) or request.GET.get("then") == "check":
        return redirect("circles:log_check", meeting.reference)
    return redirect("circles:log_page", meeting.reference, form.number + 1)


def address_of(meeting: Meeting, field: str) -> str:
    """Where an answer that lacks is given."""
    if field in MORE:
        return reverse(MORE[field], args=[meeting.reference])
    if field != "worry" and any(answer.field == field for answer in meeting.minutes.waiting_answers):
        return concern_address(meeting, field)
    page = reverse("circles:log_page", args=[meeting.reference, page_of(field)])
    return f"{page}?then=check#{anchor_of(field)}"


def concern_address(meeting: Meeting, field: str) -> str:
    """Where a concern about one answer is raised; it asks first whether anyone is in danger."""
    asked = {"circle": meeting.circle.reference, "meeting": meeting.reference, "answer": field}
    return f"{reverse('concerns:raise')}?{urlencode(asked)}"


def log_shown(meeting: Meeting, form: Any) -> dict[str, Any]:
    """What every page of the log shows."""
    return {
        "meeting": meeting,
        "circle": meeting.circle,
        "minutes": meeting.minutes,
        "form": form,
        "page": getattr(form, "number", 0),
        "pages": [page.number for page in PAGES],
    }
