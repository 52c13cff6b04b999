"""The few neutral sentences an alert may contain. They never depend on the record.

A subject line is read over a shoulder and lands in a shared inbox: no name, no reference, no place,
no word of what the service is for (domain.md 4.5).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from alerts.models import Urgency, Wording


@dataclass(frozen=True)
class Message:
    subject: str
    body: str


SENTENCES = {
    Wording.SOMETHING_NEEDS_YOU: "Something needs you.",
    Wording.THERE_IS_NEWS: "There is something new to read.",
    Wording.CALENDAR_CHANGED: "Something in your calendar has changed.",
}

HOW_SOON = {
    Urgency.ROUTINE: "Sign in when you next can.",
    Urgency.URGENT: "Sign in now, please.",
    Urgency.IMMEDIATE: "Sign in now. If you cannot, telephone the on-call number.",
}

SUBJECTS = {
    Urgency.ROUTINE: "You have something to read",
    Urgency.URGENT: "Something needs you today",
    Urgency.IMMEDIATE: "Something needs you now",
}


def message(wording: Wording, urgency: Urgency) -> Message:
    """The whole of what leaves the building: a sentence, how soon, and where to sign in."""
    body = f"{SENTENCES[wording]} {HOW_SOON[urgency]}\n\n{settings.SITE_ADDRESS}/\n"
    return Message(SUBJECTS[urgency], body)


def sentence(wording: Wording) -> str:
    """What the inbox says."""
    return SENTENCES[wording]
