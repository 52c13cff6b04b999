"""Sends one text."""

from __future__ import annotations

import http.client

from alerts.message.failures import failure_of_text
from alerts.message.notify import Notify


def send_text_through_notify(number: str, words: str, *, reference: str, repeated: bool = False) -> str:
    """Hand one text to Notify, and return Notify's id of it. Raises Temporary or Permanent.

    If it is `repeated`, Notify is first asked whether it already has the text.
    """
    notify = Notify()
    try:
        sent_before = notify.id_sent_under(reference) if repeated else None
        return sent_before or notify.send_text(number, words, reference=reference)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as failure:
        raise failure_of_text(failure) from failure
