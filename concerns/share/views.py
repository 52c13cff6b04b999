"""The pages of a share: write it, send it, read it as its recipient, answer it."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.models import Act as Kind
from audit.trail import write_entry
from concerns.concern.access import ConcernAccess
from concerns.concern.old_pages import guard_old_page, with_story_mark
from concerns.disclosure.access import AskingAccess
from concerns.handling.opener import open_concern
from concerns.register.act_views import (
    NO_TROUBLE,
    OWN_PAGE_TELLS,
    RecordAct,
    Trouble,
    acts_by_name,
    do_act,
    offered_acts,
)
from concerns.share import operations
from concerns.share.access import ShareAccess
from concerns.share.forms import ChaseForm, ReplyForm, ShareForm, ShareReasonForm, WriteForm, initial_of
from concerns.share.models import Share
from concerns.share.paper_operations import print_share, source_of
from concerns.share.reply_models import ShareReply
from concerns.share.reply_operations import (
    acknowledge_share,
    mark_replies_read,
    note_opened,
    receive_share,
    write_reply,
)
from core.errors import NotSeen, Refused
from core.forms import refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page
from core.references import reference_of
from core.rows import only_row_of
from core.sight import note_sight

Status, before = Share.Status, Share.LIFECYCLE.states_before
SEND, HEAR = ShareAccess.send, ShareAccess.acknowledge

ACTS = acts_by_name(
    RecordAct("approve", "Approve it", ShareAccess.approve, operations.approve_share, before(Status.APPROVED)),
    RecordAct("send", "I have told them", SEND, operations.send_share, before(Status.SENT)),
    RecordAct("receive", "It arrived", HEAR, receive_share, before(Status.RECEIVED)),
    RecordAct("reply", "They have it", HEAR, acknowledge_share, before(Status.ACKNOWLEDGED), ReplyForm),
    RecordAct("write", "Write to the charity", ShareAccess.write, write_reply, Share.GONE, WriteForm),
    RecordAct("chase", "Chase an answer", SEND, operations.chase_share, Share.CHASED, ChaseForm),
    RecordAct("failed", "It did not arrive", SEND, operations.record_failure, before(Status.FAILED), ShareReasonForm),
    RecordAct("recall", "Call it back", SEND, operations.recall_share, before(Status.RECALLED), ShareReasonForm),
    RecordAct(
        "not_shared",
        "Decide not to tell them",
        SEND,
        operations.decide_not_to_share,
        before(Status.NOT_SHARED),
        ShareReasonForm,
    ),
)
"""Every act, in its order on the page. Each is offered where its operation takes it."""


def open_share(request: SignedInRequest, reference: str) -> Share:
    """The share of this reference. Raises NotSeen. When the page reaches its recipient, the share counts as opened."""
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
    share = only_row_of(with_story_mark(shares).filter(reference=reference))
    if share is None:
        raise NotSeen(Share.audit_kind, reference)
    note_sight(share, within=share.concern.filed_within, then=partial(note_opened, share))
    return share


@require_safe
def shares(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every share of one concern, and every decision not to share."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.share)
    shares = concern.shares.order_by("proposed_at", "pk")
    return TemplateResponse(request, "concerns/share/shares.html", {"concern": concern, "shares": shares})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write what an agency is to be told; `corrects` in the address names the share that it replaces."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.share)
    wrong = open_share(request, reference_of(request.GET["corrects"])) if request.GET.get("corrects") else None
    now, initial = timezone.now(), initial_of(wrong) if wrong else {}
    form = ShareForm(request.POST or None, concern=concern, at=now, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            share = operations.propose_share(concern, corrects=wrong, by=request.user, at=now, **form.cleaned_data)
            return redirect(share)
    asking = AskingAccess(request.user, concern.circle)
    context = {"concern": concern, "form": form, "wrong": wrong, "asking": asking}
    return TemplateResponse(request, "concerns/share/share_form.html", context)


@require_safe
def share(request: SignedInRequest, reference: str) -> HttpResponse:
    return _show_share(request, open_share(request, reference))


def _show_share(request: SignedInRequest, share: Share, trouble: Trouble = NO_TROUBLE) -> HttpResponse:
    """Show the charity its page, with story and acts; show a recipient the words, a receipt and a box to reply."""
    may = ShareAccess(request.user, share)
    own_replies = ShareReply.objects.visible_to(request.user).filter(share=share)
    replies = list(own_replies.select_related("written_by", "read_by").order_by("pk"))
    context = {
        "share": share,
        "may": may,
        "acts": offered_acts(ACTS, share.status, may, trouble),
        "trouble": trouble,
        "replies": replies,
        "unread": may.read_story and any(reply.read_at is None for reply in replies),
        "events": share.events.select_related("by").order_by("at", "pk") if may.read_story else [],
        "now": timezone.now(),
    }
    page = "concerns/share/share.html" if may.read_story else "concerns/share/share_received.html"
    return TemplateResponse(request, page, context, status=trouble.status)


@taken_from_any_page(OWN_PAGE_TELLS)
@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Do one act, or show the page again with what was typed and what is wrong."""
    share = open_share(request, reference)
    next_page = share.get_absolute_url() if act != "recall" else share.concern
    may = ShareAccess(request.user, share)
    return do_act(request, ACTS[act], share, may, lambda trouble: _show_share(request, share, trouble), next_page)


@taken_from_any_page(OWN_PAGE_TELLS)
@require_POST
def read(request: SignedInRequest, reference: str) -> HttpResponse:
    """“I have read it”: the replies of this share that the page showed are read."""
    share = open_share(request, reference)
    try:
        with guard_old_page(request, share, ShareAccess(request.user, share)):
            mark_replies_read(share, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _show_share(request, share, Trouble(refusal=refusal.message))
    return redirect(share)


@require_safe
def clean_text(request: SignedInRequest, reference: str) -> HttpResponse:
    """The share as plain text, for an officer who types it into another system. The trail keeps it as an export."""
    share = open_share(request, reference)
    write_entry(Kind.EXPORTED, share, by=request.user, at=timezone.now(), within=share.concern.filed_within)
    context = {"share": share, "source": source_of(share), "by": request.user, "at": timezone.now()}
    return TemplateResponse(request, "concerns/share/share.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """The share as a PDF. A refusal is shown on the share's page."""
    share = open_share(request, reference)
    with refusals_as_messages(request):
        pdf = print_share(share, by=request.user, at=timezone.now())
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{share.reference}.pdf"'
        response["Cache-Control"] = "no-store"
        return response
    return redirect(share)


@require_safe
def sent_to_me(request: SignedInRequest) -> HttpResponse:
    """The shares sent to this person to read here, the latest first."""
    shares = (
        Share.objects.visible_to(request.user)
        .sent_to(request.user)
        .select_related("concern__circle__core_member")
        .order_by("-sent_at")
    )
    return TemplateResponse(request, "concerns/share/shares_sent_to_me.html", {"shares": shares})
