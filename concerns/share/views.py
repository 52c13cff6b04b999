"""What agencies were told: composing it, sending it, reading it as its recipient, answering it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.models import Act as Kind
from audit.old_pages import taken_from_any_page
from audit.trail import recorded
from concerns.concern.access import ConcernAccess
from concerns.concern.old_pages import with_mark
from concerns.disclosure.access import AskingAccess
from concerns.handling.opener import open_concern
from concerns.register.act_views import FINE, TELLS, RecordAct, Trouble, by_name, do, offered
from concerns.share import operations
from concerns.share.access import ShareAccess
from concerns.share.forms import ChaseForm, ReasonForm, ReplyForm, ShareForm, WriteForm, offered_again
from concerns.share.models import Share
from concerns.share.paper_operations import paper_of_share, source_of
from concerns.share.reply_models import ShareReply
from concerns.share.reply_operations import acknowledge_share, note_opened, read_replies, receive_share, write_reply
from core.errors import NotSeen, Refused
from core.forms import refusals_on
from core.references import reference_of
from core.rows import only_row_of
from core.sight import note_sight

OUT = ("sent", "received")
GONE = (*OUT, "acknowledged")

ACTS = by_name(
    RecordAct("approve", "Approve it", ShareAccess.approve, operations.approve_share, ("proposed",)),
    RecordAct("send", "I have told them", ShareAccess.send, operations.send_share, ("approved",)),
    RecordAct("receive", "It arrived", ShareAccess.acknowledge, receive_share, ("sent",)),
    RecordAct("reply", "They have it", ShareAccess.acknowledge, acknowledge_share, OUT, ReplyForm),
    RecordAct("write", "Write to the charity", ShareAccess.write, write_reply, GONE, WriteForm),
    RecordAct("chase", "Chase an answer", ShareAccess.send, operations.chase_share, OUT, ChaseForm),
    RecordAct("failed", "It did not arrive", ShareAccess.send, operations.record_failure, ("sent",), ReasonForm),
    RecordAct("recall", "Call it back", ShareAccess.send, operations.recall_share, GONE, ReasonForm),
    RecordAct(
        "not_shared",
        "Decide not to tell them",
        ShareAccess.send,
        operations.decide_not_to_share,
        ("proposed", "approved"),
        ReasonForm,
    ),
)
"""Every act the page offers, in its order."""


def open_share(request: SignedInRequest, reference: str) -> Share:
    """The share of this reference. Raises NotSeen. Whatever page shows it to its recipient, it was opened then."""
    shares = Share.objects.visible_to(request.user).select_related(
        "concern__circle__core_member",
        "recipient",
        "contact",
        "proposed_by",
        "approved_by",
        "sent_by",
        "received_by",
        "corrects",
    )
    found = only_row_of(with_mark(shares).filter(reference=reference))
    if found is None:
        raise NotSeen(Share.audit_kind, reference)
    note_sight(found, within=found.concern.filed_within, then=partial(note_opened, found))
    return found


@require_safe
def shares(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything told about one concern, and everything decided not to be."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.share)
    found = concern.shares.order_by("proposed_at", "pk")
    return TemplateResponse(request, "concerns/share/shares.html", {"concern": concern, "shares": found})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """Compose what an agency is to be told; `corrects` names the share it replaces."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.share)
    wrong = open_share(request, reference_of(request.GET["corrects"])) if request.GET.get("corrects") else None
    now, initial = timezone.now(), offered_again(wrong) if wrong else {}
    form = ShareForm(request.POST or None, concern=concern, at=now, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            made = operations.propose_share(concern, corrects=wrong, by=request.user, at=now, **form.cleaned_data)
            return redirect(made)
    asking = AskingAccess(request.user, concern.circle)
    shown = {"concern": concern, "form": form, "wrong": wrong, "asking": asking}
    return TemplateResponse(request, "concerns/share/share_form.html", shown)


@require_safe
def share(request: SignedInRequest, reference: str) -> HttpResponse:
    return show(request, open_share(request, reference))


def show(request: SignedInRequest, found: Share, trouble: Trouble = FINE) -> HttpResponse:
    """The charity's page with its story and acts; to a recipient, the words, a receipt and a box to reply."""
    may = ShareAccess(request.user, found)
    kept = ShareReply.objects.visible_to(request.user).filter(share=found)
    replies = list(kept.select_related("written_by", "read_by").order_by("pk"))
    shown = {
        "share": found,
        "may": may,
        "acts": offered(ACTS, found.status, may, trouble),
        "trouble": trouble,
        "replies": replies,
        "unread": may.read_story and any(reply.read_at is None for reply in replies),
        "events": found.events.select_related("by").order_by("at", "pk") if may.read_story else [],
        "now": timezone.now(),
    }
    page = "concerns/share/share.html" if may.read_story else "concerns/share/share_received.html"
    return TemplateResponse(request, page, shown, status=trouble.status)


@taken_from_any_page(TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Do one act, or show the page again with what was typed and what is wrong."""
    found = open_share(request, reference)
    then = found.get_absolute_url() if act != "recall" else found.concern
    may = ShareAccess(request.user, found)
    return do(request, ACTS[act], found, may, lambda trouble: show(request, found, trouble), then)


@require_POST
def read(request: SignedInRequest, reference: str) -> HttpResponse:
    """“I have read what they wrote.”"""
    found = open_share(request, reference)
    read_replies(found, by=request.user, at=timezone.now())
    return redirect(found)


@require_safe
def clean_text(request: SignedInRequest, reference: str) -> HttpResponse:
    """Plain text for the officer who types it into another system; taking it away is logged as an export."""
    found = open_share(request, reference)
    recorded(Kind.EXPORTED, found, by=request.user, at=timezone.now(), within=found.concern.filed_within)
    shown = {"share": found, "source": source_of(found), "by": request.user, "at": timezone.now()}
    return TemplateResponse(request, "concerns/share/share.txt", shown, content_type="text/plain; charset=utf-8")


@require_safe
def paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """The share as a PDF; the operation writes the trail. What is refused is said on the share's page."""
    found = open_share(request, reference)
    try:
        printed = paper_of_share(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(found)
    answer = HttpResponse(printed, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def sent_to_me(request: SignedInRequest) -> HttpResponse:
    """Everything sent to this person to read here, the latest first."""
    shares = (
        Share.objects.visible_to(request.user)
        .sent_to(request.user)
        .select_related("concern__circle__core_member")
        .order_by("-sent_at")
    )
    return TemplateResponse(request, "concerns/share/shares_sent_to_me.html", {"shares": shares})
