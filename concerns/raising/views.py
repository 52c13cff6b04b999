"""Raising a concern: danger first, then two taps and a sentence, then the receipt."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from accounts.views.submitted import answered_anew
from circles.circle.models import Circle
from circles.log.operations import note_worry_sent
from circles.log.views import is_begun, keep_first_page
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting
from concerns.choices import Level
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.outlook import held_or_coming
from concerns.engine.plan import Plans
from concerns.handling.call_forms import CallForm
from concerns.handling.call_views import number_to_ring, told_of
from concerns.handling.opener import open_concern
from concerns.raising.access import raisable_by
from concerns.raising.forms import DraftForm, FromLogForm, SentenceForm, WorryForm, one_of_us
from concerns.raising.from_log_views import answer_in_log, asked_from_log, kinds_asked, note_in_log
from concerns.raising.operations import Arrived, discard_draft, is_unseen, raise_concern, same_sent_lately, save_draft
from concerns.raising.tellings import NO_NEWS, tellings_of
from concerns.routing.operations import route_concern
from core.errors import NotSeen, Refused
from core.forms import refusals_on
from core.references import reference_of
from core.rows import only_row_of
from core.templatetags.ui import clock

KEPT = (
    "submit_key",
    "level",
    "words",
    "kinds",
    "basis",
    "opinion",
    "happened_when",
    "happened_where",
    "present",
    "going_on",
    "at_risk",
    "at_risk_who",
)
HAPPENED_AGAIN = "This is their receipt. If it has happened again, say so in your words."
BOTH = "Put what is needed of it into your words here, then send."
MOST = 12
"""Circles shown at once to somebody who has many; the rest are found by their reference."""


def find_circle(request: SignedInRequest, reference: str) -> Circle:
    """A circle this person may raise a concern about, though they may no longer see it."""
    circles = raisable_by(request.user).select_related("coordinator", "core_member")
    circle = only_row_of(circles.filter(reference=reference))
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    return circle


def its_meeting(request: SignedInRequest, circle: Circle) -> Meeting | None:
    """The meeting the form was opened from, if it is one of this circle's."""
    reference = reference_of(request.GET.get("meeting", ""))
    meeting = find_meeting(request, reference) if reference else None
    return meeting if meeting is not None and meeting.circle_id == circle.pk else None


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """The first question, before anything is typed: is anyone in danger now?"""
    asked = reference_of(request.GET.get("circle", ""))
    found = raisable_by(request.user).filter(reference__contains=asked).alias(own=Q(coordinator=request.user))
    circles = list(found.order_by("-own", "-status", "reference")[: MOST + 1])
    drafts = ConcernDraft.objects.visible_to(request.user).select_related("circle").order_by("-saved_at")
    shown = {
        "circles": circles[:MOST],
        "asked": asked,
        "narrow": asked or len(circles) > MOST,
        "drafts": drafts,
        "meeting": request.GET.get("meeting", ""),
        **asked_from_log(request),
    }
    return TemplateResponse(request, "concerns/raising/start.html", shown)


@answered_anew("a concern has a key of its own, and other words are added to it")
@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: SignedInRequest, circle: str) -> HttpResponse:
    """999 and the on-call number fill the screen; a line to keep comes after the call."""
    found = find_circle(request, circle)
    meeting = its_meeting(request, found)
    form = SentenceForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            now = timezone.now()
            concern = raise_concern(
                found, level=Level.IMMEDIATE, meeting=meeting, by=request.user, at=now, **form.cleaned_data
            )
            if meeting is not None:
                note_in_log(meeting, concern, asked=answer_in_log(request, meeting), by=request.user, at=now)
            return redirect("concerns:receipt", concern.reference)
    queue = route_concern(found, Level.IMMEDIATE, [], at=timezone.now()).queue
    return TemplateResponse(request, "concerns/raising/danger.html", {"circle": found, "form": form, "queue": queue})


@answered_anew("a concern has a key of its own, and other words are added to it")
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: SignedInRequest, circle: str) -> HttpResponse:
    """The form. It never clears before the receipt."""
    found = find_circle(request, circle)
    meeting = its_meeting(request, found)
    answer = answer_in_log(request, meeting) if meeting is not None else None
    draft = draft_of(request, found)
    form = WorryForm(request.POST or None, circle=found, user=request.user, initial=kinds_asked(answer) | kept(draft))
    if form.is_valid() and not says_otherwise(request, found, form):
        with refusals_on(form):
            now = timezone.now()
            before = None if answer else same_sent_lately(found, by=request.user, at=now, **form.cleaned_data)
            if before is not None:
                messages.info(request, f"You sent these very words at {clock(before.received_at)}. {HAPPENED_AGAIN}")
                return redirect("concerns:receipt", before.reference)
            concern = raise_concern(found, meeting=meeting, by=request.user, at=now, **form.cleaned_data)
            if meeting is not None and concern.about_id is None:
                note_in_log(meeting, concern, asked=answer, by=request.user, at=now)
            return redirect("concerns:receipt", concern.reference)
    shown = {"circle": found, "form": form, "meeting": meeting, "answer": answer}
    shown |= {"loaded": loaded_now(request, found, form, draft)}
    return TemplateResponse(request, "concerns/raising/worry.html", shown)


def draft_of(request: SignedInRequest, circle: Circle, key: str = "") -> ConcernDraft | None:
    """The draft of this key, or that a link names."""
    key = key or request.GET.get("draft", "")
    if not key:
        return None
    drafts = ConcernDraft.objects.visible_to(request.user).filter(circle=circle).select_related("about")
    return next((one for one in drafts if str(one.submit_key) == key), None)


class Loaded(NamedTuple):
    """Which page this is, and how the draft stood when it was opened; it keeps its name while it comes back."""

    hand: UUID | None
    mark: str

    def __str__(self) -> str:
        return f"{self.hand or ''}|{self.mark}"


def loaded_in(request: SignedInRequest) -> Loaded:
    """What the page that is sent says of itself."""
    hand, _, mark = request.POST.get("loaded", "").partition("|")
    with suppress(ValueError):
        return Loaded(UUID(hand), mark)
    return Loaded(None, "")


def loaded_now(request: SignedInRequest, circle: Circle, form: WorryForm, draft: ConcernDraft | None) -> Loaded:
    """What the page that is shown will say; once both texts stand on it, it has seen the other."""
    if not form.is_bound:
        return Loaded(uuid4(), draft.mark if draft is not None else "")
    if form.shows_both:
        draft = draft_of(request, circle, request.POST.get("submit_key", ""))
        return Loaded(loaded_in(request).hand, draft.mark if draft is not None else "")
    return loaded_in(request)


def says_otherwise(request: SignedInRequest, circle: Circle, form: WorryForm) -> bool:
    """Show what this person wrote under the same key on another page or device, once, before it is sent over."""
    draft = draft_of(request, circle, str(form.cleaned_data["submit_key"]))
    if draft is None or not is_unseen(draft, **loaded_in(request)._asdict()):
        return False
    if draft.words.strip() in form.cleaned_data["words"]:
        return False
    form.shows_both = True
    form.add_error("words", f"On another page or device you wrote at {clock(draft.saved_at)}: “{draft.words}” {BOTH}")
    return True


def kept(draft: ConcernDraft | None) -> dict[str, Any]:
    """What is in a draft, so that nothing typed is lost; otherwise an empty form."""
    if draft is None:
        return {}
    kept = {name: getattr(draft, name) for name in KEPT}
    return {**kept, "about": draft.about.reference if draft.about else ""}


@answered_anew("it only saves, under the key of the concern")
@require_POST
def draft(request: SignedInRequest, circle: str) -> HttpResponse:
    """Keep what is being typed, and say when; 409 in words when it cannot be."""
    found = find_circle(request, circle)
    form = DraftForm(request.POST)
    if "words" in form.errors or "opinion" in form.errors:
        return JsonResponse(
            {"problem": "This is too long to keep. Make it shorter, or send it as it is now."}, status=409
        )
    given = {name: value for name, value in form.cleaned_data.items() if name in request.POST}
    if given.get("about"):
        team, staff = one_of_us(request.user, found)
        given["about"] = {**staff, **team}.get(given["about"])
    given["about"] = given.get("about") or None
    if "submit_key" not in given:
        return JsonResponse({"problem": "This form has no key. Open a new one."}, status=409)
    now = timezone.now()
    try:
        save_draft(found, by=request.user, at=now, **loaded_in(request)._asdict(), **given)
    except Refused as refusal:
        status = 200 if isinstance(refusal, Arrived) else 409
        return JsonResponse({"problem": refusal.message}, status=status)
    return JsonResponse({"saved": clock(now)})


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Throw away what was not sent, after reading it once more."""
    found = only_row_of(ConcernDraft.objects.visible_to(request.user).select_related("circle").filter(submit_key=key))
    if found is None:
        raise NotSeen("draft", str(key))
    if request.method == "POST":
        discard_draft(found, by=request.user, at=timezone.now())
        messages.success(request, "Thrown away. Nothing was sent.")
        return redirect("concerns:raise")
    return TemplateResponse(request, "concerns/raising/discard.html", {"draft": found})


@answered_anew("a concern has a key of its own, and other words are added to it")
@require_POST
def raise_from_log(request: SignedInRequest, meeting: str) -> HttpResponse:
    """The log's first answer, sent at once; the log stays a draft and carries on."""
    found = find_meeting(request, meeting)
    form = FromLogForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            now = timezone.now()
            concern = raise_concern(
                found.circle,
                submit_key=form.cleaned_data["submit_key"],
                level=form.level,
                words=form.cleaned_data["words"],
                meeting=found,
                by=request.user,
                at=now,
            )
            found = find_meeting(request, meeting)
            if not is_begun(found) or found.minutes.worry_sent_as != concern.reference:
                keep_first_page(found, request.POST, by=request.user)
                worry = form.cleaned_data["worry"]
                note_worry_sent(found, worry=worry, reference=concern.reference, by=request.user, at=now)
            return redirect("concerns:receipt", concern.reference)
    shown = {"meeting": found, "circle": found.circle, "form": form}
    return TemplateResponse(request, "concerns/raising/from_log.html", shown, status=422)


@require_safe
def receipt(request: SignedInRequest, reference: str) -> HttpResponse:
    """Stored, when, what happens next; later who saw it, that somebody has it, and what came of it."""
    concern = open_concern(request, reference)
    if concern.raised_by_id != request.user.pk:
        return redirect(concern)
    plans = Plans([concern])
    held, steps = held_or_coming(concern, plans)
    tellings = tellings_of(concern, plans)
    now, told = timezone.now(), told_of(concern)
    shown = {
        "tellings": tellings,
        "waits": steps[0] if steps and not tellings and not held else None,
        "urgent": Level(concern.level).tells_agency_at_once,
        "concern": concern,
        "steps": steps,
        "held": held,
        "no_news": NO_NEWS,
        "number": number_to_ring(concern),
        "call": CallForm(at=now),
        "told": told,
        "must_ring": concern.status == Concern.Status.RAISED and not held and not told.calls,
        "before": concern.sent_after if concern.sent_after_id else None,
    }
    return TemplateResponse(request, "concerns/raising/receipt.html", shown)
