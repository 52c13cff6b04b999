"""Ways to send a message, and the two ways it can fail."""

from __future__ import annotations

import http.client
import smtplib
import urllib.error
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from accounts.models import User
from alerts.models import Alert, Channel, Mobile
from alerts.notify import Notify, is_set_up
from alerts.wording import Message

TIMEOUT = 10


class Temporary(Exception):
    """Not now: try again later."""


class Permanent(Exception):
    """Never by this way: try another, and another person."""


class Transport(Protocol):
    """A way to reach one person."""

    def reaches(self, person: User) -> bool:
        """Whether this way can reach this person at all."""
        ...

    def send(self, alert: Alert, message: Message) -> str:
        """Hand one message over; answer with the provider's id. Raises Temporary or Permanent."""
        ...

    def address(self, person: User) -> str:
        """Where it goes, for the delivery log."""
        ...


class EmailTransport:
    """One message to one person over SMTP, or whatever Django's e-mail backend is."""

    def reaches(self, person: User) -> bool:
        return bool(person.email)

    def address(self, person: User) -> str:
        return person.email

    def send(self, alert: Alert, message: Message) -> str:
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[self.address(alert.recipient)],
            headers={"Message-ID": alert.message_id, "Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=TIMEOUT),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _ in refusal.recipients.values()]
            raise judged(max(codes, default=0)) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise judged(refusal.smtp_code) from refusal
        except (smtplib.SMTPException, OSError) as failure:
            raise Temporary(type(failure).__name__) from failure
        return alert.message_id


def judged(code: int) -> Temporary | Permanent:
    """SMTP's own rule: 5xx is for good, everything else for now (RFC 5321 4.2.1)."""
    return Permanent(f"SMTP {code}") if 500 <= code < 600 else Temporary(f"SMTP {code}")


class TextTransport:
    """One text to one person through GOV.UK Notify; only to a number whose code came back."""

    def reaches(self, person: User) -> bool:
        return is_set_up() and Mobile.objects.verified().filter(person=person).exists()

    def address(self, person: User) -> str:
        mobile = Mobile.objects.verified().filter(person=person).first()
        if mobile is None:
            raise Permanent("no verified telephone")
        return mobile.number

    def send(self, alert: Alert, message: Message) -> str:
        """The reference is the same for every try, and Notify is asked for it before a try is repeated."""
        number, reference = self.address(alert.recipient), alert.message_id.strip("<>")
        return texted(number, message.text, reference=reference, repeated=alert.attempts > 1)


def texted(number: str, words: str, *, reference: str, repeated: bool = False) -> str:
    """Hand one text to Notify; answer with its id. Raises Temporary or Permanent."""
    notify = Notify()
    try:
        already = notify.sent_as(reference) if repeated else None
        return already or notify.send_text(number, words, reference=reference)
    except urllib.error.HTTPError as refusal:
        raise judged_by_notify(refusal.code) from refusal
    except (OSError, http.client.HTTPException, ValueError, KeyError) as failure:
        raise Temporary(f"Notify {type(failure).__name__}") from failure


def judged_by_notify(code: int) -> Temporary | Permanent:
    """Notify's own rule: too many requests and its own faults pass; what it refuses, it always refuses."""
    return Permanent(f"Notify {code}") if 400 <= code < 500 and code not in {408, 429} else Temporary(f"Notify {code}")


TRANSPORTS: dict[str, Transport] = {Channel.EMAIL: EmailTransport(), Channel.TEXT: TextTransport()}
"""What each channel is sent by; the inbox needs nothing, being a row."""
