"""Two extra pages of the log: what was seen of each risk factor, and each contact between meetings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from circles.contact import operations as contact_operations
from circles.contact.forms import ContactForm
from circles.contact.models import Contact
from circles.log.views import is_begun, log_context_of
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import open_meeting
from circles.taxonomy.forms import RiskForm
from circles.taxonomy.models import MinutesTag, Tag
from circles.taxonomy.tag_operations import describe_risk
from core.errors import NotSeen
from core.forms import refusals_on


def log_factors(request: SignedInRequest, reference: str) -> HttpResponse:
    """For each ticked risk factor ask for the fact, how it is known, and separately the opinion."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.write_minutes)
    if not is_begun(meeting) or meeting.submitted_at is not None:
        return redirect("circles:log", reference)
    forms = _risk_forms_of(request, meeting)
    if request.method == "POST" and _save_risks(request, meeting, forms):
        return redirect("circles:log_page", reference, 4)
    shown = log_context_of(meeting, None) | {"factors": forms, "page": 3}
    return TemplateResponse(request, "circles/log/log_factors.html", shown)


def _risk_forms_of(request: SignedInRequest, meeting: Meeting) -> list[tuple[MinutesTag, RiskForm]]:
    picked = MinutesTag.objects.visible_to(request.user).picked_in(meeting.minutes).filter(tag__kind=Tag.Kind.RISK)
    data = request.POST if request.method == "POST" else None
    return [
        (
            factor,
            RiskForm(
                data,
                prefix=factor.tag.reference,
                initial={"seen": factor.seen, "basis": factor.basis, "opinion": factor.opinion},
            ),
        )
        for factor in picked
    ]


def _save_risks(request: SignedInRequest, meeting: Meeting, forms: list[tuple[MinutesTag, RiskForm]]) -> bool:
    """Save every well-formed answer. Returns whether all were saved."""
    saved = 0
    for factor, form in forms:
        if form.is_valid():
            with refusals_on(form):
                describe_risk(meeting, tag=factor.tag, by=request.user, at=timezone.now(), **form.cleaned_data)
                saved += 1
    return saved == len(forms)


def log_contacts(request: SignedInRequest, reference: str) -> HttpResponse:
    """List each contact since the last meeting, with a form to add one."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.write_minutes)
    if not is_begun(meeting) or meeting.submitted_at is not None:
        return redirect("circles:log", reference)
    form = ContactForm(request.POST if request.method == "POST" else None, meeting=meeting, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            contact_operations.add_contact(meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Added. Add another, or carry on.")
            return redirect("circles:log_contacts", reference)
    listed = Contact.objects.visible_to(request.user).listed_in(meeting.minutes)
    shown = log_context_of(meeting, form) | {"contacts": listed, "page": 4}
    return TemplateResponse(request, "circles/log/log_contacts.html", shown)


@require_POST
def remove_contact(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Remove a contact from the list. `number` is its place in the list, from 1."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.write_minutes)
    listed = list(
        Contact.objects.visible_to(request.user).filter(minutes__meeting=meeting).order_by("happened_on", "pk")
    )
    if not 1 <= number <= len(listed):
        raise NotSeen("contact", f"{reference}/{number}")
    contact_operations.remove_contact(listed[number - 1], by=request.user, at=timezone.now())
    return redirect("circles:log_contacts", reference)
