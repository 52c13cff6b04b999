"""The page of whom to ring about a core member, and those to add, change and end a contact, and to say it was rung."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.sight import note_story
from core.worktime import LONDON
from offenders.contact import operations
from offenders.contact.forms import ChangeContactForm, ContactForm
from offenders.contact.models import Contact
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.forms import ConfirmForm
from offenders.core_member.models import CoreMember
from offenders.core_member.opener import open_core_member


def contacts(request: SignedInRequest, reference: str) -> HttpResponse:
    """Whom to ring about him, and whether somebody has rung in the last ninety days."""
    record = open_core_member(request, reference)
    today = timezone.now().astimezone(LONDON).date()
    rows = Contact.objects.visible_to(request.user).current().filter(core_member=record).order_by("pk")
    context = {
        "core_member": record,
        "tab": "mappa",
        "part": "contacts",
        "may": CoreMemberAccess(request.user, record),
        "contacts": [(contact, contact.is_good_on(today)) for contact in rows.select_related("agency", "verified_by")],
    }
    return TemplateResponse(request, "offenders/contact/contacts.html", context)


def add_contact(request: SignedInRequest, reference: str) -> HttpResponse:
    """Name a practitioner to ring."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.add_contact(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:contacts", record.reference)
    return TemplateResponse(request, "offenders/contact/add_contact.html", {"core_member": record, "form": form})


def change_contact(request: SignedInRequest, reference: str, contact: str) -> HttpResponse:
    """Another number, mailbox or name. The number is rung again before they are told anything."""
    record, known = _contact_of(request, reference, contact)
    first = {name: getattr(known, name) for name in ContactForm.base_fields}
    first |= {"agency": known.agency_id, "account": known.account_id, "telephone": known.number}
    form = ChangeContactForm(request.POST or None, initial=first)
    if form.is_valid():
        with refusals_on(form):
            changed = operations.change_contact(known, by=request.user, at=timezone.now(), **form.cleaned_data)
            if changed.verified_on is None:
                messages.warning(request, f"Ring {changed.name} now. Until then they may not be told anything.")
            return redirect("offenders:contacts", record.reference)
    context = {"core_member": record, "contact": known, "form": form}
    return TemplateResponse(request, "offenders/contact/change_contact.html", context)


def verify_contact(request: SignedInRequest, reference: str, contact: str) -> HttpResponse:
    """“I rang, and they answered.”"""
    return _confirm_act(request, reference, contact, "verify_contact", operations.verify_contact)


def end_contact(request: SignedInRequest, reference: str, contact: str) -> HttpResponse:
    """Ask for a confirmation, then end the contact."""
    return _confirm_act(request, reference, contact, "end_contact", operations.end_contact)


def _confirm_act(
    request: SignedInRequest, reference: str, contact: str, page: str, operation: Callable[..., Contact]
) -> HttpResponse:
    """Show what will happen to the contact, and run the operation once the person confirms it."""
    record, to_change = _contact_of(request, reference, contact)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operation(to_change, by=request.user, at=timezone.now())
            return redirect("offenders:contacts", record.reference)
    context = {"core_member": record, "contact": to_change, "form": form}
    return TemplateResponse(request, f"offenders/contact/{page}.html", context)


def _contact_of(request: SignedInRequest, reference: str, contact: str) -> tuple[CoreMember, Contact]:
    """The core member, and one of his contacts, for somebody who may change them."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = Contact.objects.visible_to(request.user).filter(core_member=record).select_related("agency")
    marked = known.annotate(story_mark=story_mark(Contact.audit_kind))
    to_change = only_row_of(marked.filter(reference=contact))
    if to_change is None:
        raise NotSeen(Contact.audit_kind, contact)
    note_story(to_change)
    return record, to_change
