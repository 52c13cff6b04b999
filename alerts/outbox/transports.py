"""How an e-mail and a text are sent."""

from __future__ import annotations

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from accounts.models import User
from alerts.message.failures import Permanent, failure_of_mail
from alerts.message.models import Alert, Channel
from alerts.message.notify import is_set_up
from alerts.message.texting import send_text_through_notify
from alerts.message.wording import Message
from alerts.mobile.models import Mobile

TIMEOUT = 10


class Transport(Protocol):
    """A way to reach one person."""

    def reaches(self, person: User) -> bool:
        """Whether this way can reach this person at all."""
        ...

    def send(self, alert: Alert, message: Message) -> str:
        """Hand one message over. Returns the provider's id of it. Raises Temporary or Permanent."""
        ...

    def address(self, person: User) -> str:
        """The address it goes to, for the delivery log."""
        ...


class EmailTransport:
    """Sends by SMTP, or by whatever Django's e-mail backend is."""

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
        except (smtplib.SMTPException, OSError) as failure:
            raise failure_of_mail(failure) from failure
        return alert.message_id


class TextTransport:
    """Sends texts through GOV.UK Notify, only to verified numbers."""

    def reaches(self, person: User) -> bool:
        return is_set_up() and Mobile.objects.verified().filter(person=person).exists()

    def address(self, person: User) -> str:
        mobile = Mobile.objects.verified().filter(person=person).first()
        if mobile is None:
            raise Permanent("no verified telephone")
        return mobile.number

    def send(self, alert: Alert, message: Message) -> str:
        """Hand one text over. The reference is the same for every try, so that Notify knows a repeated text."""
        number, reference = self.address(alert.recipient), alert.message_id.strip("<>")
        return send_text_through_notify(number, message.text, reference=reference, repeated=alert.attempts > 1)


TRANSPORTS: dict[str, Transport] = {Channel.EMAIL: EmailTransport(), Channel.TEXT: TextTransport()}
"""The transport of each channel. The inbox has none: an inbox alert is only a row."""
