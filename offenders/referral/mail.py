"""The neutral mails to a referrer. They say who, where and what for to nobody (domain.md 4.5)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from offenders.referral.link_models import ReferrerLink

SUBJECTS = {
    ReferrerLink.Purpose.WRITE: "You have a task to complete",
    ReferrerLink.Purpose.READ: "You have something to read",
}

BODY = """Hello,

{subject}. This link works for fourteen days:

{link}

If you did not expect this, do nothing.
"""


def mail_with_link(link: ReferrerLink, token: str) -> EmailMessage:
    """The mail to the referrer’s secure address. It holds a link and nothing else."""
    address = f"{settings.SITE_ADDRESS}{reverse('offenders:referrer_link', args=[token])}"
    subject = SUBJECTS[ReferrerLink.Purpose(link.purpose)]
    return EmailMessage(subject, BODY.format(subject=subject, link=address), settings.DEFAULT_FROM_EMAIL, [link.mail])
