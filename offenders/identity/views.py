"""The pages that show whom a core member's reference means, write it down, look for a person, and erase a name."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.proof import fresh_second_factor
from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from core.errors import Refused
from core.forms import refusals_on
from offenders.core_member.forms import ConfirmForm
from offenders.core_member.models import CoreMember
from offenders.core_member.opener import open_core_member
from offenders.identity import operations
from offenders.identity.access import FindingAccess, IdentityAccess
from offenders.identity.erasure_operations import ask_for_erasure, erase_identity, keep_identity
from offenders.identity.forms import FindForm, IdentityForm, RevealForm, typed_from
from offenders.identity.matching import references_known_beside
from offenders.identity.particulars import Particulars

SHOWN_FOR = 120
"""Seconds until the page with a name leads back by itself."""

TOO_OFTEN = "You have looked for twenty people within an hour. Wait a little, or ask a manager to look."
MANAGERS_LOOK = "It is sealed. If he may be known under another reference too, the managers are told and look."


@allow_repeats("to show a name again changes nothing, and leaves a line of its own")
@fresh_second_factor
def identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask why, and for a second factor; then show whom this reference means, or the form to change it."""
    record = open_core_member(request, reference)
    may = IdentityAccess(request.user, record)
    may.require(IdentityAccess.reveal)
    form = RevealForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            particulars = operations.reveal_identity(
                record, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
            if "change" in request.POST:
                return _page_to_write(request, record, IdentityForm(initial=typed_from(particulars)))
            return page_with_name(request, record, particulars, back=reverse("offenders:identity", args=[reference]))
    context = {"core_member": record, "may": may, "form": form}
    return TemplateResponse(request, "offenders/identity/identity.html", context)


def page_with_name(
    request: SignedInRequest, record: CoreMember, particulars: Particulars, *, back: str
) -> HttpResponse:
    """The page that shows the name. After two minutes the browser leads back by itself."""
    context = {"core_member": record, "revealed": particulars, "back": back, "minutes": SHOWN_FOR // 60}
    page = TemplateResponse(request, "offenders/identity/revealed.html", context)
    page.headers["Refresh"] = f"{SHOWN_FOR}; url={back}"
    return page


def write_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down who this is. What is written already is changed from its own page, after it was revealed."""
    record = open_core_member(request, reference)
    IdentityAccess(request.user, record).require(IdentityAccess.write)
    if request.method != "POST" and record.identity_id is not None:
        return redirect("offenders:identity", record.reference)
    form = IdentityForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            written = operations.write_identity(record, form.particulars(), by=request.user, at=timezone.now())
            known = references_known_beside(written, request.user)
            messages.success(
                request, f"He may be known already as {' and '.join(known)}. Compare them." if known else MANAGERS_LOOK
            )
            return redirect(record)
    return _page_to_write(request, record, form)


def _page_to_write(request: SignedInRequest, record: CoreMember, form: IdentityForm) -> HttpResponse:
    context: dict[str, Any] = {"core_member": record, "form": form}
    return TemplateResponse(request, "offenders/identity/write_identity.html", context)


@allow_repeats("to look for somebody again changes nothing, and leaves a line of its own")
def find_person(request: SignedInRequest) -> HttpResponse:
    """Look for a person by name and date of birth, or by a number. The words are neither kept nor in the address."""
    FindingAccess(request.user).require(FindingAccess.find_person)
    form = FindForm(request.POST or None, at=timezone.now())
    found = None
    if form.is_valid():
        with refusals_on(form):
            if not ratelimit.consume(request, action="person_sought"):
                raise Refused(TOO_OFTEN)
            found = operations.find_person(by=request.user, at=timezone.now(), **form.cleaned_data)
    context = {"form": form, "found": found, "by_number": found is not None and form.cleaned_data["number"]}
    return TemplateResponse(request, "offenders/identity/find_person.html", context)


ERASING = {"ask": ask_for_erasure, "agree": erase_identity, "keep": keep_identity}


def erase(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask that a name be erased for ever, agree to it, or keep the name."""
    record = open_core_member(request, reference)
    may = IdentityAccess(request.user, record)
    may.require(IdentityAccess.ask_for_erasure)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            act = ERASING.get(request.POST.get("act", ""))
            if act is None:
                raise Refused("Press one of the buttons below.")
            act(record, by=request.user, at=timezone.now())
            return redirect("offenders:identity", record.reference)
    context = {"core_member": record, "may": may, "form": form}
    return TemplateResponse(request, "offenders/identity/erase.html", context)
