"""The pages that show whom a core member's reference means, write it down, erase it, and look for a person."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.proof import fresh_second_factor
from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from core.errors import Refused
from core.forms import refusals_on
from offenders.core_member.opener import open_core_member
from offenders.identity import holder_views, operations
from offenders.identity.access import FindingAccess
from offenders.identity.forms import FindForm

ADDRESSES = holder_views.Addresses("offenders:identity", "offenders:write_identity", "offenders:erase_identity")
TOO_OFTEN = "You have looked for twenty people within an hour. Wait a little, or ask a manager to look."


@allow_repeats("to show a name again changes nothing, and leaves a line of its own")
@fresh_second_factor
def identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show whom this reference means."""
    return holder_views.show_identity(request, open_core_member(request, reference), ADDRESSES)


def write_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down who this is."""
    return holder_views.write_identity(request, open_core_member(request, reference), ADDRESSES)


def erase(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask that his name be erased for ever, agree to it, or keep it."""
    return holder_views.erase(request, open_core_member(request, reference), ADDRESSES)


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
