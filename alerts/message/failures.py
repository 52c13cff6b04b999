"""What a failure to send means: try later, the provider refuses us, or this recipient cannot be reached."""

from __future__ import annotations

import json
import re
import smtplib
import urllib.error


class Temporary(Exception):
    """It failed for now; it can be tried again later."""


class ServiceRefused(Temporary):
    """The provider refuses us: it would refuse every message, and no recipient's address is wrong."""


class Permanent(Exception):
    """This recipient cannot be reached in this way: another way or another person must be tried."""


ENHANCED = re.compile(r"\s*5\.([0-9]{1,3})\.([0-9]{1,3})\b")
"""An enhanced status code at the start of an answer (RFC 3463)."""

ABOUT_THE_MAILBOX = {550, 551, 552, 553, 556}
"""Answers without an enhanced code that speak of the recipient (RFC 5321 4.2.3; 556 is RFC 7504)."""


def failure_of_mail(failure: smtplib.SMTPException | OSError) -> Temporary | Permanent:
    """What a failure to hand over one e-mail means.

    Only an answer about the recipient counts against the recipient. Signing in, our own address, the connection and
    every rule of the provider are ours to put right.
    """
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        code, words = max(failure.recipients.values(), default=(0, b""))
        return failure_of_answer(code, words)
    if isinstance(failure, smtplib.SMTPDataError):
        return failure_of_answer(failure.smtp_code, failure.smtp_error)
    if isinstance(failure, smtplib.SMTPResponseException):
        return ServiceRefused(f"SMTP {failure.smtp_code}")
    return ServiceRefused(type(failure).__name__)


def failure_of_answer(code: int, words: bytes | str) -> Temporary | Permanent:
    """What an answer to one recipient's message means: 4xx is for now, 5xx for good (RFC 5321 4.2.1)."""
    reason = f"SMTP {code}"
    if not 500 <= code < 600:
        return Temporary(reason)
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    enhanced = ENHANCED.match(text)
    about_recipient = code in ABOUT_THE_MAILBOX
    if enhanced is not None:
        subject, detail = int(enhanced[1]), int(enhanced[2])
        about_sender = subject == 1 and detail in {7, 8}
        about_recipient = subject in {1, 2} and not about_sender
    return Permanent(reason) if about_recipient else ServiceRefused(reason)


def failure_of_text(failure: Exception) -> Temporary | Permanent:
    """What a failure to hand one text to GOV.UK Notify means: only a wrong number is permanent."""
    if not isinstance(failure, urllib.error.HTTPError):
        return ServiceRefused(f"Notify {type(failure).__name__}")
    reason = f"Notify {failure.code}"
    if failure.code in {408, 429}:
        return Temporary(reason)
    if failure.code == 400 and _is_about_number(failure):
        return Permanent(reason)
    return ServiceRefused(reason)


def _is_about_number(refusal: urllib.error.HTTPError) -> bool:
    """Whether Notify says that the number itself is wrong."""
    try:
        errors = json.loads(refusal.read())["errors"]
        return any(error["error"] == "ValidationError" and "phone_number" in error["message"] for error in errors)
    except (OSError, ValueError, KeyError, TypeError):
        return False
