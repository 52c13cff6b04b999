"""The few neutral sentences an alert may contain. They never depend on the record.

Somebody else may see a subject line on a screen or in a shared inbox: so it has no name, no reference, no place
and no word of what the service is for (domain.md 4.5).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from alerts.message.models import Urgency, Wording


@dataclass(frozen=True)
class Message:
    """An e-mail's subject and body, and a text's words. A text has no link: people should not learn to press one."""

    subject: str
    body: str
    text: str


SENTENCES = {
    Wording.SOMETHING_NEEDS_YOU: "Something needs you.",
    Wording.THERE_IS_NEWS: "There is something new to read.",
    Wording.CALENDAR_CHANGED: "Something in your calendar has changed.",
    Wording.REHEARSAL: "This is a rehearsal: nothing has happened. Sign in and press “I have received it”.",
    Wording.ACCOUNT_CHANGED: "Something happened with how you sign in or are reached. "
    "If you do not know of it, telephone the on-call number.",
    Wording.NAMED: "You have been named as the person who is told first.",
    Wording.NAMED_NO_LONGER: "You are no longer named as the person who is told first.",
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


def message_of(wording: Wording, urgency: Urgency) -> Message:
    """Everything that leaves the building: a sentence, how soon, and in an e-mail where to sign in."""
    if wording == Wording.REHEARSAL:
        words = SENTENCES[wording]
        return Message(f"Rehearsal: {SUBJECTS[urgency]}", f"{words}\n\n{settings.SITE_ADDRESS}/\n", words)
    words = f"{SENTENCES[wording]} {HOW_SOON[urgency]}"
    return Message(SUBJECTS[urgency], f"{words}\n\n{settings.SITE_ADDRESS}/\n", words)


NUMBER_CHANGED = (
    "This number is no longer used for messages. If you did not ask for that, telephone the on-call number."
)
"""The text to the earlier number, whose owner may not know of the change."""


def code_text_of(code: str) -> str:
    """The text with a code, and what to do if nobody asked for it."""
    return f"{code} is your code. If you did not ask for it, do nothing."


def sentence(wording: Wording) -> str:
    """What the inbox says."""
    return SENTENCES[wording]
