"""Opens the concern that a new record comes from."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from concerns.concern.models import Concern
from concerns.handling.opener import open_concern
from core.references import reference_of

A_PAGE = 25


def concern_behind(request: SignedInRequest) -> Concern | None:
    """The concern a new record comes from, named in the address. Raises NotSeen."""
    reference = reference_of(request.GET.get("concern", ""))
    return open_concern(request, reference) if reference else None
