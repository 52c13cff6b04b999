"""The pages that raise a concern: the question about danger, the form, and the receipt."""

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
from accounts.views.submitted import allow_repeats
from circles.circle.models import Circle
from circles.log.operations import note_worry_sent
from circles.log.views import is_begun, keep_first_page
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting
from concerns.choices import Level
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.outlook import receipt_outlook
from concerns.engine.plan import Plans
from concerns.handling.call_forms import CallForm
from concerns.handling.call_views import calls_and_reports_of, on_call_number_for
from concerns.handling.opener import open_concern
from concerns.queue.reach import reaches_somebody
from concerns.raising.access import raisable_circles_of
from concerns.raising.forms import DraftForm, FromLogForm, SentenceForm, WorryForm, possible_subjects_of
from concerns.raising.from_log_views import answer_in_log, initial_kinds_of, log_context_of, note_in_log
from concerns.raising.operations import AlreadySent, discard_draft, duplicate_of, is_unseen, raise_concern, save_draft
from concerns.raising.tellings import NO_NEWS, is_unheard_by_agencies, tellings_of
from concerns.routing.operations import route_concern
from core.errors import NotSeen, Refused
from core.forms import refusals_on
from core.references import reference_of
from core.rows import only_row_of
from core.templatetags.ui import clock

DRAFT_FIELDS = (
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
PUT_TOGETHER = "Put what is needed of it into your words here, then send."
CIRCLES_SHOWN = 12
"""How many circles the first page lists. The others are found by their reference."""


def find_circle(request: SignedInRequest, reference: str) -> Circle:
    """A circle this person may raise a concern about, even one they may no longer see. Raises NotSeen."""
    circles = raisable_circles_of(request.user).select_related("coordinator", "core_member__area")
    circle = only_row_of(circles.filter(reference=reference))
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    return circle


def _meeting_of(request: SignedInRequest, circle: Circle) -> Meeting | None:
    """The meeting the form was opened from, if this circle held it."""
    reference = reference_of(request.GET.get("meeting", ""))
    meeting = find_meeting(request, reference) if reference else None
    return meeting if meeting is not None and meeting.circle_id == circle.pk else None


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """The first question, before anything is typed: is anyone in danger now?"""
    asked = reference_of(request.GET.get("circle", ""))
    matching = raisable_circles_of(request.user).filter(reference__contains=asked)
    ordered = matching.alias(own=Q(coordinator=request.user)).order_by("-own", "-status", "reference")
    circles = list(ordered[: CIRCLES_SHOWN + 1])
    drafts = ConcernDraft.objects.visible_to(request.user).select_related("circle").order_by("-saved_at")
    context = {
        "circles": circles[:CIRCLES_SHOWN],
        "asked": asked,
        "narrow": asked or len(circles) > CIRCLES_SHOWN,
        "drafts": drafts,
        "meeting": request.GET.get("meeting", ""),
        **log_context_of(request),
    }
    return TemplateResponse(request, "concerns/raising/start.html", context)


@allow_repeats("a concern has a key of its own, and other words are added to it")
@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: SignedInRequest, circle: str) -> HttpResponse:
    """Show 999 and the on-call number in large figures, with one line to write after the call."""
    found = find_circle(request, circle)
    meeting = _meeting_of(request, found)
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
    heard = queue if reaches_somebody(queue) else None
    return TemplateResponse(request, "concerns/raising/danger.html", {"circle": found, "form": form, "queue": heard})


@allow_repeats("a concern has a key of its own, and other words are added to it")
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: SignedInRequest, circle: str) -> HttpResponse:
    """The form. Its words stay on the page until the receipt."""
    found = find_circle(request, circle)
    meeting = _meeting_of(request, found)
    answer = answer_in_log(request, meeting) if meeting is not None else None
    draft = _draft_of(request, found)
    form = WorryForm(
        request.POST or None, circle=found, user=request.user, initial=initial_kinds_of(answer) | _initial_of(draft)
    )
    if form.is_valid() and not _shows_other_words(request, found, form):
        with refusals_on(form):
            now = timezone.now()
            before = None if answer else duplicate_of(found, by=request.user, at=now, **form.cleaned_data)
            if before is not None:
                messages.info(request, f"You sent these very words at {clock(before.received_at)}. {HAPPENED_AGAIN}")
                return redirect("concerns:receipt", before.reference)
            concern = raise_concern(found, meeting=meeting, by=request.user, at=now, **form.cleaned_data)
            if meeting is not None and concern.about_id is None:
                note_in_log(meeting, concern, asked=answer, by=request.user, at=now)
            return redirect("concerns:receipt", concern.reference)
    context = {"circle": found, "form": form, "meeting": meeting, "answer": answer}
    context |= {"loaded": _page_state_of(request, found, form, draft)}
    return TemplateResponse(request, "concerns/raising/worry.html", context)


def _draft_of(request: SignedInRequest, circle: Circle, key: str = "") -> ConcernDraft | None:
    """This person's draft with this key, or with the key in the address."""
    key = key or request.GET.get("draft", "")
    if not key:
        return None
    drafts = ConcernDraft.objects.visible_to(request.user).filter(circle=circle).select_related("about")
    return next((draft for draft in drafts if str(draft.submit_key) == key), None)


class PageState(NamedTuple):
    """The page's own key, which it keeps when it comes back, and the state of the draft when it was opened."""

    hand: UUID | None
    mark: str

    def __str__(self) -> str:
        return f"{self.hand or ''}|{self.mark}"


def _page_state_sent(request: SignedInRequest) -> PageState:
    """The state that the sent page has in its hidden field."""
    hand, _, mark = request.POST.get("loaded", "").partition("|")
    with suppress(ValueError):
        return PageState(UUID(hand), mark)
    return PageState(None, "")


def _page_state_of(request: SignedInRequest, circle: Circle, form: WorryForm, draft: ConcernDraft | None) -> PageState:
    """The state to put into the page. Once it shows both texts, it counts as having seen the other."""
    if not form.is_bound:
        return PageState(uuid4(), draft.mark if draft is not None else "")
    if form.shows_both:
        draft = _draft_of(request, circle, request.POST.get("submit_key", ""))
        return PageState(_page_state_sent(request).hand, draft.mark if draft is not None else "")
    return _page_state_sent(request)


def _shows_other_words(request: SignedInRequest, circle: Circle, form: WorryForm) -> bool:
    """Show once what this person wrote in the same form on another page or device. Returns whether it was shown."""
    draft = _draft_of(request, circle, str(form.cleaned_data["submit_key"]))
    if draft is None or not is_unseen(draft, **_page_state_sent(request)._asdict()):
        return False
    if draft.words.strip() in form.cleaned_data["words"]:
        return False
    form.shows_both = True
    form.add_error(
        "words", f"On another page or device you wrote at {clock(draft.saved_at)}: “{draft.words}” {PUT_TOGETHER}"
    )
    return True


def _initial_of(draft: ConcernDraft | None) -> dict[str, Any]:
    """The form's values from a draft; none where there is no draft."""
    if draft is None:
        return {}
    values = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    return {**values, "about": draft.about.reference if draft.about else ""}


@allow_repeats("it only saves, under the key of the concern")
@require_POST
def draft(request: SignedInRequest, circle: str) -> HttpResponse:
    """Save what is being typed and answer with the time; 409 with a sentence where it cannot be saved."""
    found = find_circle(request, circle)
    form = DraftForm(request.POST)
    if "words" in form.errors or "opinion" in form.errors:
        return JsonResponse(
            {"problem": "This is too long to keep. Make it shorter, or send it as it is now."}, status=409
        )
    typed = {name: value for name, value in form.cleaned_data.items() if name in request.POST}
    if typed.get("about"):
        team, staff = possible_subjects_of(request.user, found)
        typed["about"] = {**staff, **team}.get(typed["about"])
    typed["about"] = typed.get("about") or None
    if "submit_key" not in typed:
        return JsonResponse({"problem": "This form has no key. Open a new one."}, status=409)
    now = timezone.now()
    try:
        save_draft(found, by=request.user, at=now, **_page_state_sent(request)._asdict(), **typed)
    except Refused as refusal:
        status = 200 if isinstance(refusal, AlreadySent) else 409
        return JsonResponse({"problem": refusal.message}, status=status)
    return JsonResponse({"saved": clock(now)})


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Throw away an unsent concern, after the author has read it once more."""
    draft = only_row_of(ConcernDraft.objects.visible_to(request.user).select_related("circle").filter(submit_key=key))
    if draft is None:
        raise NotSeen("draft", str(key))
    if request.method == "POST":
        discard_draft(draft, by=request.user, at=timezone.now())
        messages.success(request, "Thrown away. Nothing was sent.")
        return redirect("concerns:raise")
    return TemplateResponse(request, "concerns/raising/discard.html", {"draft": draft})


@allow_repeats("a concern has a key of its own, and other words are added to it")
@require_POST
def raise_from_log(request: SignedInRequest, meeting: str) -> HttpResponse:
    """Send the worry from the log's first page at once. The log stays a draft."""
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
    context = {"meeting": found, "circle": found.circle, "form": form}
    return TemplateResponse(request, "concerns/raising/from_log.html", context, status=422)


@require_safe
def receipt(request: SignedInRequest, reference: str) -> HttpResponse:
    """The receipt: when it was stored and what happens next; later who saw it, who has it, and what came of it."""
    concern = open_concern(request, reference)
    if concern.raised_by_id != request.user.pk:
        return redirect(concern)
    plans = Plans([concern])
    held, steps = receipt_outlook(concern, plans)
    tellings = tellings_of(concern, plans)
    now, told = timezone.now(), calls_and_reports_of(concern)
    context = {
        "tellings": tellings,
        "waits": steps[0] if steps and not tellings and not held else None,
        "no_agency_hears": is_unheard_by_agencies(concern, tellings),
        "concern": concern,
        "steps": steps,
        "held": held,
        "no_news": NO_NEWS,
        "number": on_call_number_for(concern),
        "call": CallForm(at=now),
        "told": told,
        "must_ring": concern.status == Concern.Status.RAISED and not held and not told.calls,
        "before": concern.sent_after if concern.sent_after_id else None,
    }
    return TemplateResponse(request, "concerns/raising/receipt.html", context)
