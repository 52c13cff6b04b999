"""The few neutral mails about accounts, and the thread that sends them.

Other people may read the inbox, so a mail names the service and nothing else. The thread sends it after the
transaction, so that the time a page takes does not show whether an account exists.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections, transaction

log = logging.getLogger(__name__)
POSTMAN = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")

INVITATION = """Hello,

You are invited to {service}. This link works once, and for 72 hours:

{link}

If you did not expect this, do nothing.
"""

FORGOTTEN = """Hello,

Somebody, we think you, asked to choose a new password for {service}. This link works once:

{link}

If it was not you, do nothing.
"""

CHANGED = """Hello,

Something about how you sign in to {service} was changed.

If it was you, there is nothing to do. If it was not, telephone {telephone} now.
"""

INVITED_AGAIN = """Hello,

Somebody invited this address to {service}. It has an account there already: sign in with it, at {link}

If you did not expect this, do nothing.
"""

RECOVERY = """Hello,

Two people agreed that you sign in to {service} anew. This link works once, and for 72 hours. With it you choose a password
and a second factor:

{link}

If you did not ask for this, press nothing and telephone {telephone} now.
"""

ADDRESS_ASKED = """Hello,

Somebody, we think you, gave another address for signing in to {service}. Until its link is pressed, this one counts.

If it was not you, telephone {telephone} now.
"""

CONFIRM_ADDRESS = """Hello,

Somebody, we think you, gave this address for signing in to {service}. This link works once, and for 24 hours:

{link}

If it was not you, do nothing.
"""

STANDING = """Hello,

Whether you can sign in to {service} has changed.

If you did not expect this, telephone {telephone}.
"""


def mail_of(to: str, text: str, *, link: str = "") -> EmailMessage:
    """A mail with one of the texts above."""
    body = text.format(service=settings.SERVICE_NAME, telephone=settings.ON_CALL_TELEPHONE, link=link)
    return EmailMessage(f"{settings.SERVICE_NAME}: signing in", body, settings.DEFAULT_FROM_EMAIL, [to])


def post_mail(message: EmailMessage) -> None:
    """Send a mail after the transaction has ended. It never raises and never waits."""
    transaction.on_commit(partial(POSTMAN.submit, _deliver, message), robust=True)


def _deliver(message: EmailMessage) -> None:
    """Send a mail now. A failure is logged without the address; the person can ask for the mail again."""
    try:
        message.send()
    except (OSError, SMTPException) as failure:
        log.error("A mail about signing in was not sent: %s", type(failure).__name__)
    finally:
        connections.close_all()
