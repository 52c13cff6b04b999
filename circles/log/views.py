"""The log: tonight's minutes in five short pages, checked, then sent."""

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
from accounts.views.submitted import allow_repeats
from circles.circle.forms import ConfirmForm
from circles.circle.models import Membership
from circles.log import operations
from circles.log.forms import PAGES, FirstPage, LateForm, WeekPage, anchor_of, page_of
from circles.log.models import Presence
from circles.log.opener import access_to_draft
from circles.log.operations import missing_answers_of
from circles.log.page_forms import PageForm
from circles.log.page_operations import save_page, write_presence
from circles.log.tap_operations import write_page_and_taps
from circles.log.telltales import giveaways_in
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting, open_meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.drafting import require_draft
from circles.version.reading import attendance_of, sections_of
from circles.version.tags_and_contacts import tags_and_contacts_of
from core.errors import NotSeen, Refused
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.sight import note_sight
from core.templatetags.ui import clock

UNSENT = "This has not been sent yet. Press “Send this now, then carry on”, or choose to send it later."
EXTRA_PAGES = {"risks": "circles:log_factors", "contacts": "circles:log_contacts"}
"""The extra pages, by what is missing."""

NO_PAGE = "Not saved: part of this page is missing. Copy what you wrote, and open the page again."
NUMBERS = {str(page.number): page.number for page in PAGES}
"""Page numbers by the text that a browser sends."""

NO_WORDS = "Write what was seen or heard in a sentence, then press “Send this now, then carry on”."


@taken_from_any_page("it begins the log, which is there once")
def log(request: SignedInRequest, reference: str) -> HttpResponse:
    """Go to the first page that lacks an answer. A POST begins the log."""
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
        return _redirect_to_next(meeting)
    return TemplateResponse(
        request, "circles/log/log_start.html", {"meeting": meeting, "circle": meeting.circle, "form": form}
    )


@allow_repeats("it only saves, and compares what the page loaded")
def log_page(request: SignedInRequest, reference: str, page: int) -> HttpResponse:
    """One page of the log. “Continue” saves it and goes on; what is missing is asked for at the end."""
    if request.method == "POST":
        may = access_to_draft(request, reference, at=timezone.now())
    else:
        may = MeetingAccess(request.user, find_meeting(request, reference))
    meeting = may.meeting
    note_sight(meeting, within=meeting.circle.reference, why=may.reason_of_sight)
    may.require(MeetingAccess.write_minutes)
    if not 1 <= page <= len(PAGES):
        raise NotSeen("page of the log", f"{reference}/{page}")
    if not is_begun(meeting):
        return redirect("circles:log", reference)
    if meeting.is_settled and request.method != "POST":
        return redirect(meeting)
    form = _page_form_of(page, request.POST if request.method == "POST" else None, may)
    if form.is_bound:
        unsent = _fields_to_pass_on(meeting)
        with refusals_on(form):
            well_formed = form.is_valid()
            _write_page(form, may)
            if well_formed and not form.clashes and not _hold_back_worry(form):
                return _redirect_after(request, meeting, form, unsent)
    return TemplateResponse(
        request, f"circles/log/log_page_{page}.html", log_context_of(meeting, form) | _note_and_list_presence(may, page)
    )


@allow_repeats("minutes are sent once: then they are no draft")
def log_check(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show everything once more with what is missing, and send it to the coordinator."""
    meeting = open_meeting(request, reference)
    may = MeetingAccess(request.user, meeting)
    may.require(MeetingAccess.write_minutes)
    if not is_begun(meeting):
        return redirect("circles:log", reference)
    if meeting.is_settled:
        return redirect(meeting)
    missing = missing_answers_of(meeting)
    forced = [answer for answer in meeting.minutes.waiting_answers if answer.field != "worry"]
    if request.method == "POST" and forced:
        return redirect(_concern_address_of(meeting, forced[0].field))
    form = _sending_form_of(meeting)(request.POST if request.method == "POST" else None)
    if form.is_valid() and not missing:
        with refusals_on(form):
            operations.submit_minutes(meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Sent. {meeting.circle.coordinator.first_name} has the minutes. Thank you.")
            return redirect(meeting)
    listed, attendance = tags_and_contacts_of(meeting), attendance_of(meeting)
    shown = log_context_of(meeting, form) | {
        "missing": [(answer.words, _address_of(meeting, answer.field)) for answer in missing],
        "tags_and_contacts": listed,
        "giveaways": giveaways_in(meeting, listed, {person.name for person in attendance}, may),
        "forced": [(answer, _concern_address_of(meeting, answer.field)) for answer in forced],
        "sections": sections_of(meeting, may, missing=missing),
        "attendance": attendance,
        "page": len(PAGES),
    }
    return TemplateResponse(request, "circles/log/log_check.html", shown)


@allow_repeats("it only saves, and compares what the page loaded")
@require_POST
def autosave(request: SignedInRequest, reference: str) -> JsonResponse:
    """Save what was sent from one page, and answer with the time. The POST names the page.

    Answers 409 with words when it cannot be saved, so that the page can say NOT SAVED and why.
    """
    may = access_to_draft(request, reference, at=timezone.now())
    meeting = may.meeting
    may.require(MeetingAccess.write_minutes)
    if not is_begun(meeting):
        return JsonResponse({"problem": "Begin the log first: open the meeting and press Start."}, status=409)
    page = NUMBERS.get(request.POST.get("page", ""))
    if page is None:
        return JsonResponse({"problem": NO_PAGE}, status=409)
    try:
        clash_words = _save_sent_part(_page_form_of(page, request.POST, may), may)
    except Refused as refused:
        return JsonResponse({"problem": refused.message}, status=409)
    others = _note_and_list_presence(may, page)["others"]
    if clash_words:
        return JsonResponse({"problem": clash_words, "others": others}, status=409)
    return JsonResponse({"saved": clock(timezone.now()), "others": others})


def _save_sent_part(form: PageForm, may: MeetingAccess) -> str:
    """Save what was sent. Returns what to say if somebody else changed the same field, else "". Raises Refused."""
    if not any(name in form.data for name in form.fields if name != "loaded"):
        return ""
    form.is_valid()
    _write_page(form, may)
    sentences = [f"{clash.by} has changed “{form.label_of(clash.name)}” too." for clash in form.clashes]
    return f"{sentences[-1]} Press Continue to see both." if sentences else ""


def _note_and_list_presence(may: MeetingAccess, page: int) -> dict[str, str]:
    """Note that this person is on a page. Returns who else is in the log, for the template."""
    now = timezone.now()
    known = getattr(may.meeting, "presences", None)
    own = next((here for here in known or [] if here["person"] == may.by.pk), None)
    if own is None or own["page"] != page or not own["is_fresh"]:
        write_presence(may, page=page, at=now)
    if known is not None:
        others = [(here["name"], here["page"]) for here in known if here["person"] != may.by.pk]
    else:
        present = Presence.objects.visible_to(may.by).of_others(may.by, may.meeting.minutes, now)
        others = [(presence.person.first_name, presence.page) for presence in present]
    return {"others": ". ".join(f"{name} is on page {where}" for name, where in others)}


def _sending_form_of(meeting: Meeting) -> type[ConfirmForm] | type[LateForm]:
    """The form before sending: it asks for a reason only when the 48 hours are over."""
    return LateForm if meeting.is_overdue_at(timezone.now()) else ConfirmForm


def is_begun(meeting: Meeting) -> bool:
    return getattr(meeting, "minutes", None) is not None


def _page_form_of(page: int, data: Any, may: MeetingAccess) -> PageForm:
    """The form of one page. Page 1 lists who could attend."""
    form_class = PAGES[page - 1]
    if not issubclass(form_class, FirstPage):
        return form_class(data, may=may)
    could_attend = Membership.objects.could_attend(may.meeting.planned_at).of(may.meeting.circle)
    return form_class(data, may=may, roster=[member.volunteer for member in could_attend])


def _write_page(form: PageForm, may: MeetingAccess) -> None:
    """Save what is well formed on a page of a locked draft, even if other fields are not. Raises Refused.

    Puts the clashes on the form.
    """
    at, page = timezone.now(), form.sent_page()
    require_draft(may.meeting, may)
    form.clashes = write_page_and_taps(may.meeting, page=page, by=may.by, at=at)


def keep_first_page(meeting: Meeting, data: Any, *, by: User) -> None:
    """Save the rest of page 1 when its worry is sent: both are in the same form.

    Never stops the worry: if the log cannot be written now, nothing is saved and nothing is raised.
    """
    may = MeetingAccess(by, meeting)
    if not is_begun(meeting) or not may.write_minutes:
        return
    form = _page_form_of(1, data, may)
    form.is_valid()
    with suppress(Refused):
        save_page(meeting, page=form.sent_page(), by=by, at=timezone.now())


def _hold_back_worry(form: PageForm) -> bool:
    """Stop “Continue” once for a worry that was not sent, so that nobody believes it was. Returns whether it did."""
    if not isinstance(form, FirstPage) or "later" in form.data or form.meeting.minutes.worry_sent_as:
        return False
    if form.cleaned_data["worry"] not in {"small", "now"}:
        return False
    form.add_error("words", UNSENT if form.cleaned_data["words"].strip() else NO_WORDS)
    return True


def _redirect_to_next(meeting: Meeting) -> HttpResponse:
    """Go to the first page that lacks an answer, or to the check if none does."""
    missing = [page_of(answer.field) for answer in missing_answers_of(meeting)]
    if missing:
        return redirect("circles:log_page", meeting.reference, min(missing))
    return redirect("circles:log_check", meeting.reference)


def _fields_to_pass_on(meeting: Meeting) -> set[str]:
    """Fields whose answers now ask for a concern. The worry is left out: page 1 sends it itself."""
    waiting = meeting.minutes.forcing_answers.still_open().exclude(field="worry")
    return set(waiting.values_list("field", flat=True))


def _redirect_after(request: SignedInRequest, meeting: Meeting, form: PageForm, unsent: set[str]) -> HttpResponse:
    """Go to the next page, to an extra page that the answers need, or back to the check if it led here.

    A new answer that must be passed on leads to its concern first; so does the button “pass it on now”.
    """
    for field in sorted(_fields_to_pass_on(meeting)):
        if field not in unsent or request.POST.get("pass_on") == field:
            return redirect(_concern_address_of(meeting, field))
    if isinstance(form, WeekPage) and form.has_risks:
        return redirect("circles:log_factors", meeting.reference)
    if form.cleaned_data.get("contact") == "yes":
        return redirect("circles:log_contacts", meeting.reference)
    if form.number == len(PAGES) or request.GET.get("then") == "check":
        return redirect("circles:log_check", meeting.reference)
    return redirect("circles:log_page", meeting.reference, form.number + 1)


def _address_of(meeting: Meeting, field: str) -> str:
    """The address where a missing answer is given."""
    if field in EXTRA_PAGES:
        return reverse(EXTRA_PAGES[field], args=[meeting.reference])
    if field != "worry" and any(answer.field == field for answer in meeting.minutes.waiting_answers):
        return _concern_address_of(meeting, field)
    page = reverse("circles:log_page", args=[meeting.reference, page_of(field)])
    return f"{page}?then=check#{anchor_of(field)}"


def _concern_address_of(meeting: Meeting, field: str) -> str:
    """The address where a concern about one answer is raised. It asks first whether anyone is in danger."""
    query = {"circle": meeting.circle.reference, "meeting": meeting.reference, "answer": field}
    return f"{reverse('concerns:raise')}?{urlencode(query)}"


def log_context_of(meeting: Meeting, form: Any) -> dict[str, Any]:
    """The template context of every page of the log."""
    return {
        "meeting": meeting,
        "circle": meeting.circle,
        "minutes": meeting.minutes,
        "form": form,
        "page": getattr(form, "number", 0),
        "pages": [page.number for page in PAGES],
    }
