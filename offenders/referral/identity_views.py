"""The pages of who it is that a referral means: to reveal it, to write it down, to erase it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.proof import fresh_second_factor
from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from offenders.identity import holder_views
from offenders.referral.opener import open_referral

ADDRESSES = holder_views.Addresses(
    "offenders:referral_identity", "offenders:write_referral_identity", "offenders:erase_referral_identity"
)


@allow_repeats("to show a name again changes nothing, and leaves a line of its own")
@fresh_second_factor
def referral_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show whom this referral means."""
    return holder_views.show_identity(request, open_referral(request, reference), ADDRESSES)


def write_referral_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down who this is: of a referral that was accepted, on the core member's page, so that there is one name."""
    referral = open_referral(request, reference)
    if referral.core_member is not None:
        return redirect("offenders:write_identity", referral.core_member.reference)
    return holder_views.write_identity(request, referral, ADDRESSES)


def erase_referral_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask that his name be erased for ever, agree to it, or keep it."""
    return holder_views.erase(request, open_referral(request, reference), ADDRESSES)
