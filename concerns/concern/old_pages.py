"""An act on a page that is old: whoever pressed is first told what somebody else has done since, and who."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.requests import SignedInRequest
from concerns.concern.models import Concern
from core.access import Access
from core.errors import Refused
from core.form_key import opened_in
from core.forms import Form
from core.locks import lock_key
from core.templatetags.ui import said

NEARLY = timedelta(seconds=0.3)
"""What was being written while the page was made may not stand on it: so long a transaction takes at most."""

AGAIN = "Read it first. Whatever you wrote is still here: if it still fits, send it again."


def refuse_if_changed(request: SignedInRequest, record: Any, may: Access) -> None:
    """Raise Refused where somebody else has written in the record's story since the page was opened.

    Two who act at once come one after the other. Who may not read the story is told nothing of it here: what they
    may do adds to the record and replaces nothing.
    """
    opened = opened_in(request.POST)
    if opened is None or not getattr(may, "read_story", True):
        return
    lock_key(f"story of {record._meta.label} {record.pk}")
    since = record.events.filter(at__gt=opened - NEARLY).exclude(by=None).exclude(by=request.user)
    if isinstance(record, Concern):
        since = since.filter(changes=True)
    lines = [f"{event.by.full_name}, {said(event.at)}: {event.sentence}." for event in since.select_related("by")]
    if lines:
        raise Refused(f"This was changed since you opened the page. {' '.join(sorted(set(lines)))} {AGAIN}")


def refusal_without_form(form: Form) -> str:
    """What is wrong, and every word that was typed, for a page that offers this form no more."""
    why = [str(message) for messages in form.errors.values() for message in messages]
    typed = [
        f"You wrote under “{form[name].label}”: “{value.strip()}”."
        for name in form.fields
        if isinstance(value := form[name].value(), str) and value.strip() and not form[name].is_hidden
    ]
    return " ".join([*why, *typed]).replace(AGAIN, "It cannot be done any more.")
