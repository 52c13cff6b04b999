"""The list of people, one account, and the pages that change it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import operations
from accounts.access import AccountsAccess, ProposalAccess, Role
from accounts.forms import AgencyForm, ConfirmForm, InviteForm, PeopleListForm
from accounts.models import AccountEvent, Invitation, User
from accounts.models.standing import account_mark, changes_of
from accounts.open_work import open_work_of
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from core.access import Act as PermittedAct
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.sight import note_sight, note_story

LATELY = 20
ON_ITS_WAY = "The invitation is on its way. The link works once, for 72 hours."
MUST_AGREE = "A manager, safeguarding lead or director must agree first."
RETURN_WAITS = f"{MUST_AGREE} They are asked."
WAITS = (
    "A manager, safeguarding lead or director must agree first. They are asked, and the link is sent when one agrees."
)


def find_person(request: SignedInRequest, reference: str) -> User:
    """The account of this reference. Raises NotSeen if this person may not see it."""
    people = User.objects.visible_to(request.user).select_related("agency", "area", "left_by")
    record: User | None = only_row_of(people.annotate(story_mark=account_mark()).filter(reference=reference))
    if record is None:
        raise NotSeen(User.audit_kind, reference)
    note_sight(record)
    note_story(record, changes_of(record))
    return record


def people(request: SignedInRequest) -> HttpResponse:
    """Everybody this person may see, by name, and the invitations that are still open."""
    may = AccountsAccess(request.user)
    may.require(AccountsAccess.list_people)
    seen = User.objects.visible_to(request.user).select_related("agency")
    form = PeopleListForm(request.GET)
    shown = {
        "page": form.page_of(seen, request.GET.get("page")),
        "form": form,
        "invitations": _waiting_invitations_of(request.user),
        "may": may,
        "may_agree": ProposalAccess(request.user).list_proposals,
    }
    return TemplateResponse(request, "accounts/people.html", shown)


def _waiting_invitations_of(user: User) -> QuerySet[Invitation]:
    """Open invitations: sent and not used, or not sent because a second person must agree."""
    waiting = Invitation.objects.visible_to(user).open(timezone.now())
    return waiting.select_related("proposal", "invited_by").order_by("expires_at", "pk")


def person(request: SignedInRequest, reference: str) -> HttpResponse:
    """One account: who the person is, their roles, and what was changed lately."""
    record = find_person(request, reference)
    shown = {
        "person": record,
        "may": AccountsAccess(request.user, record),
        "events": AccountEvent.objects.visible_to(request.user)
        .filter(person=record)
        .select_related("by")
        .order_by("-at", "-pk")[:LATELY],
        "roles": [role for role in Role if record.has_role(role)],
    }
    return TemplateResponse(request, "accounts/person.html", shown)


@fresh_proof
def invite(request: SignedInRequest) -> HttpResponse:
    """Send somebody a link to join."""
    AccountsAccess(request.user).require(AccountsAccess.invite)
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        with refusals_on(form):
            sent = operations.invite_person(by=request.user, at=timezone.now(), **form.cleaned_data)
            waits = sent is not None and sent.waits
            messages.success(request, WAITS if waits else ON_ITS_WAY)
            return redirect("accounts:people")
    return TemplateResponse(request, "accounts/invite.html", {"form": form})


@fresh_proof
def add_agency(request: SignedInRequest) -> HttpResponse:
    """Add an agency."""
    AccountsAccess(request.user).require(AccountsAccess.add_agency)
    form = AgencyForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.add_agency(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The agency is added.")
            return redirect("accounts:agencies")
    return TemplateResponse(request, "accounts/add_agency.html", {"form": form})


@fresh_proof
def suspend(request: SignedInRequest, reference: str) -> HttpResponse:
    """Stop somebody from signing in, for now."""
    return _confirm_change(request, reference, AccountsAccess.suspend, operations.suspend_person)


@fresh_proof
def restore(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let somebody sign in again."""
    return _confirm_change(request, reference, AccountsAccess.restore, operations.return_person)


@fresh_proof
def end(request: SignedInRequest, reference: str) -> HttpResponse:
    """End somebody's account."""
    return _confirm_change(request, reference, AccountsAccess.end, operations.end_account)


def _confirm_change(
    request: SignedInRequest, reference: str, act: PermittedAct[AccountsAccess], operation: Callable[..., User]
) -> HttpResponse:
    """Show what will happen, and do it when it is confirmed."""
    record = find_person(request, reference)
    AccountsAccess(request.user, record).require(act)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            changed = operation(record, by=request.user, at=timezone.now())
            if act is AccountsAccess.restore and not changed.is_active:
                messages.success(request, RETURN_WAITS)
            return redirect(changed)
    waits = (
        MUST_AGREE
        if act is AccountsAccess.restore and operations.needs_second_person_to_return(record, by=request.user)
        else ""
    )
    context = {"form": form, "person": record, "waits": waits}
    if act is not AccountsAccess.restore:
        context["open_work"] = open_work_of(record, reader=request.user, at=timezone.now())
    return TemplateResponse(request, f"accounts/{act.name}.html", context)
