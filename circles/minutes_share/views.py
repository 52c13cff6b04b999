"""Pages on which approved minutes are shared with agencies, and on which agencies read them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import open_meeting
from circles.minutes_share import operations
from circles.minutes_share.access import MinutesShareAccess
from circles.minutes_share.forms import SetAsideForm, ShareMinutesForm
from circles.minutes_share.models import MinutesShare
from circles.minutes_share.outer_minutes import minutes_for_agencies
from circles.minutes_share.paper_operations import paper_of_minutes
from circles.redaction.forms import by_hand_of
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_sight
from core.templatetags.ui import local
from core.worktime import LONDON
from offenders.contact.models import Contact

PAGE_LENGTH = 25


def share_minutes(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what would be sent, choose who gets it and how, and send it to all of them."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.share_minutes)
    if record.status != Meeting.Status.APPROVED:
        messages.error(request, operations.NOT_APPROVED)
        return redirect(record)
    now = timezone.now()
    shares = MinutesShare.objects.visible_to(request.user).filter(meeting=record)
    latest = {share.contact_id: share for share in shares.latest_per_contact().saying_whether_behind()}
    behind = {pk: share.method for pk, share in latest.items() if share.is_behind}
    contacts = Contact.objects.visible_to(request.user).current().filter(core_member=record.circle.core_member_id)
    typed = request.POST if request.method == "POST" else None
    outer = minutes_for_agencies(record, by_hand=by_hand_of(typed))
    form = ShareMinutesForm(
        typed,
        contacts=contacts.select_related("agency", "account").order_by("name", "pk"),
        today=now.astimezone(LONDON).date(),
        has={pk: _last_share_text_of(share) for pk, share in latest.items()},
        offered=behind,
        names=outer.names,
    )
    if form.is_valid():
        with refusals_on(form):
            sent = operations.share_minutes(
                record, to=form.chosen_contacts(), by_hand=form.by_hand(), by=request.user, at=now
            )
            messages.success(request, _shared_message_of(sent))
            return redirect(record)
    context = {
        "meeting": record,
        "circle": record.circle,
        "form": form,
        "behind": bool(behind),
        "outer": outer,
    }
    return TemplateResponse(request, "circles/minutes_share/share_minutes.html", context)


def sharing_context_of(request: SignedInRequest, record: Meeting, may: MeetingAccess) -> dict[str, object]:
    """Context for a meeting's page: how many agencies have its minutes; for whoever shares them, also which shares."""
    if record.status != Meeting.Status.APPROVED:
        return {}
    if not may.share_minutes:
        return {"shared_with": record.shares.values("contact").distinct().count()}
    visible = MinutesShare.objects.visible_to(request.user).filter(meeting=record).saying_whether_behind()
    shares = list(visible.select_related("sent_by").order_by("-sent_at", "-pk"))
    return {
        "shared_with": len({share.contact_id for share in shares}),
        "shares": shares,
        "behind": any(share.is_behind for share in shares),
        "asides": record.resends_set_aside.select_related("set_aside_by").order_by("pk"),
    }


def _last_share_text_of(share: MinutesShare) -> str:
    day = local(share.sent_at)
    return f"Was sent them on {day.day} {day:%B %Y}, {share.get_method_display().lower()}"


def _shared_message_of(sent: list[MinutesShare]) -> str:
    """The message after sharing: who got the minutes, and what the sender must still do."""
    names = ", ".join(share.recipient_name for share in sent)
    by_mail = any(share.method == MinutesShare.Method.SECURE_MAIL for share in sent)
    mail = " Take the PDF from the list below and send it by secure e-mail now." if by_mail else ""
    return f"Shared with {names}.{mail}"


def set_resend_aside(request: SignedInRequest, reference: str) -> HttpResponse:
    """Decide not to send on what was added since."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.share_minutes)
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.set_resend_aside(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Recorded. Agencies keep what they were sent.")
            return redirect(record)
    context = {"meeting": record, "circle": record.circle, "form": form}
    return TemplateResponse(request, "circles/minutes_share/set_resend_aside.html", context)


def _open_share(request: SignedInRequest, reference: str) -> MinutesShare:
    """The shared minutes of this reference. Raises NotSeen."""
    shares = MinutesShare.objects.visible_to(request.user).select_related(
        "meeting__circle__core_member", "meeting__circle__coordinator", "sent_by", "read_by", "agreement"
    )
    share = only_row_of(shares.filter(reference=reference))
    if share is None:
        raise NotSeen(MinutesShare.audit_kind, reference)
    why = MinutesShareAccess(request.user, share).reason_of_sight
    note_sight(share, within=share.meeting.circle.reference, why=why)
    return share


@require_safe
def minutes_share(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what one person was sent. They can say that they have read it; staff see how it was sent."""
    share = _open_share(request, reference)
    context = {"share": share, "may": MinutesShareAccess(request.user, share), "now": timezone.now()}
    return TemplateResponse(request, "circles/minutes_share/minutes_share.html", context)


@taken_from_any_page("it says that one has read them oneself")
@require_POST
def minutes_read(request: SignedInRequest, reference: str) -> HttpResponse:
    """Note that the recipient has read the minutes."""
    share = _open_share(request, reference)
    operations.acknowledge_minutes(share, by=request.user, at=timezone.now())
    messages.success(request, "Thank you. The coordinator sees that you have read it.")
    return redirect(share)


@require_safe
def minutes_paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """Answer with what was sent, as a PDF."""
    share = _open_share(request, reference)
    paper = paper_of_minutes(share, by=request.user, at=timezone.now())
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{share.reference}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def minutes_sent_to_me(request: SignedInRequest) -> HttpResponse:
    """List the minutes sent to this person to read here, the latest first."""
    shares = MinutesShare.objects.visible_to(request.user).sent_to(request.user)
    listed = shares.select_related("meeting__circle__core_member").order_by("-sent_at", "-pk")
    page = Paginator(listed, PAGE_LENGTH).get_page(request.GET.get("page"))
    return TemplateResponse(request, "circles/minutes_share/minutes_sent_to_me.html", {"page": page})
