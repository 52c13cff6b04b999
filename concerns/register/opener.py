"""Opens the concern that a new record comes from."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from concerns.concern.models import Concern
from concerns.handling.opener import open_concern
from core.references import reference_of

PAGE_LENGTH = 25


def named_concern_of(request: SignedInRequest) -> Concern | None:
    """The concern from which a new record comes, which the address names; None without one. Raises NotSeen."""
    reference = reference_of(request.GET.get("concern", ""))
    return open_concern(request, reference) if reference else None
