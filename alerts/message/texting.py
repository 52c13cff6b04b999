"""Hands one text to the provider."""

from __future__ import annotations

import http.client

from alerts.message.failures import failure_of_text
from alerts.message.notify import Notify


def texted(number: str, words: str, *, reference: str, repeated: bool = False) -> str:
    """Hand one text to Notify; answer with its id. Raises Temporary or Permanent."""
    notify = Notify()
    try:
        already = notify.sent_as(reference) if repeated else None
        return already or notify.send_text(number, words, reference=reference)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as failure:
        raise failure_of_text(failure) from failure
