"""The errors that people are told of: refused, not allowed from this state, not found."""

from __future__ import annotations

from django.http import Http404


class Refused(Exception):
    """The service will not do this. The message is for the person and says what to do next.

    `field` names the form field the message belongs to, or None for the form as a whole.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class MoveNotAllowed(Refused):
    """A record cannot go from its present state to the one asked for."""


class NotSeen(Http404):
    """No such record for this person: it does not exist, or it is not theirs to see.

    Both are answered with 404, so that nobody learns which. The kind and the reference are kept for the trail.
    """

    def __init__(self, kind: str, reference: str) -> None:
        super().__init__(f"No such {kind}.")
        self.kind = kind
        self.reference = reference
