"""What the pages of an identity show, for whatever record has one: to reveal it, to write it down, to erase it.

The view at an address opens the record, behind that record's own wall, and calls these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.errors import Refused
from core.forms import refusals_on
from offenders.core_member.forms import ConfirmForm
from offenders.identity import operations
from offenders.identity.access import IdentityAccess, IdentityHolder
from offenders.identity.erasure_operations import ask_for_erasure, erase_identity, keep_identity
from offenders.identity.forms import IdentityForm, RevealForm, typed_from
from offenders.identity.matching import references_known_beside
from offenders.identity.particulars import Particulars

SHOWN_FOR = 120
"""Seconds until the page with a name leads back by itself."""

MANAGERS_LOOK = "It is sealed. If he may be known under another reference too, the managers are told and look."
ERASING = {"ask": ask_for_erasure, "agree": erase_identity, "keep": keep_identity}


@dataclass(frozen=True)
class Addresses:
    """The names of the addresses of one kind of record."""

    show: str
    write: str
    erase: str

    def of(self, record: IdentityHolder) -> dict[str, str]:
        """The addresses of one record, for its pages."""
        names = {"show": self.show, "write": self.write, "erase": self.erase}
        return {name: reverse(address, args=[record.reference]) for name, address in names.items()}


def show_identity(request: SignedInRequest, record: IdentityHolder, addresses: Addresses) -> HttpResponse:
    """Ask why; then show whom this reference means, or the form to change it. The second factor was asked for before."""
    may = IdentityAccess(request.user, record)
    may.require(IdentityAccess.reveal)
    form = RevealForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            particulars = operations.reveal_identity(
                record, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
            if "change" in request.POST:
                return _page_to_write(request, record, IdentityForm(initial=typed_from(particulars)), addresses)
            return page_with_name(request, record, particulars, back=reverse(addresses.show, args=[record.reference]))
    context: dict[str, Any] = {"record": record, "may": may, "form": form, "addresses": addresses.of(record)}
    return TemplateResponse(request, "offenders/identity/identity.html", context)


def page_with_name(
    request: SignedInRequest, record: IdentityHolder, particulars: Particulars, *, back: str
) -> HttpResponse:
    """The page that shows the name. After two minutes the browser leads back by itself."""
    context = {"record": record, "revealed": particulars, "back": back, "minutes": SHOWN_FOR // 60}
    page = TemplateResponse(request, "offenders/identity/revealed.html", context)
    page.headers["Refresh"] = f"{SHOWN_FOR}; url={back}"
    return page


def write_identity(request: SignedInRequest, record: IdentityHolder, addresses: Addresses) -> HttpResponse:
    """Write down who this is. What is written already is changed from its own page, after it was revealed."""
    IdentityAccess(request.user, record).require(IdentityAccess.write)
    if request.method != "POST" and record.identity_id is not None:
        return redirect(addresses.show, record.reference)
    form = IdentityForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            written = operations.write_identity(record, form.particulars(), by=request.user, at=timezone.now())
            known = " and ".join(references_known_beside(written, request.user))
            messages.success(request, f"He may be known already as {known}. Compare them." if known else MANAGERS_LOOK)
            return redirect(record)
    return _page_to_write(request, record, form, addresses)


def _page_to_write(
    request: SignedInRequest, record: IdentityHolder, form: IdentityForm, addresses: Addresses
) -> HttpResponse:
    context: dict[str, Any] = {"record": record, "form": form, "addresses": addresses.of(record)}
    return TemplateResponse(request, "offenders/identity/write_identity.html", context)


def erase(request: SignedInRequest, record: IdentityHolder, addresses: Addresses) -> HttpResponse:
    """Ask that a name be erased for ever, agree to it, or keep the name."""
    may = IdentityAccess(request.user, record)
    may.require(IdentityAccess.ask_for_erasure)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            act = ERASING.get(request.POST.get("act", ""))
            if act is None:
                raise Refused("Press one of the buttons below.")
            act(record, by=request.user, at=timezone.now())
            return redirect(addresses.show, record.reference)
    context: dict[str, Any] = {"record": record, "may": may, "form": form}
    return TemplateResponse(request, "offenders/identity/erase.html", context)
