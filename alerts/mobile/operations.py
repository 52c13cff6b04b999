"""Giving a mobile telephone, and proving it with a code that was sent there."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Change, User
from accounts.operations import note_change
from alerts.message.failures import Permanent, Temporary
from alerts.message.texting import texted
from alerts.message.wording import NUMBER_CHANGED, code_text
from alerts.mobile.models import Mobile
from core.errors import Refused
from core.telephones import mobile_of, stored_number_of
from core.typed import code_of

logger = logging.getLogger(__name__)

CODE_LASTS = timedelta(minutes=15)
BETWEEN_CODES = timedelta(minutes=1)
MOST_CODES_A_DAY = 5
"""Each costs the charity money, and could trouble whoever has that number."""

MOST_WRONG = 5
FIGURES = 6


def international(number: str) -> str:
    """A number as it is dialled from anywhere (E.164), however it was written."""
    dialled = mobile_of(number)
    if dialled is not None:
        return dialled
    if stored_number_of(number) is None:
        raise Refused("Write the number as you dial it, such as 07700 900123 or +44 7700 900123.", "number")
    raise Refused("Write a mobile number, such as 07700 900123: texts do not reach others.", "number")


@transaction.atomic
def give_number(number: str, *, by: User, at: datetime) -> Mobile:
    """Keep one's own number, not yet verified, and text a code to it.

    An earlier number is no longer used, and is told so: it may be somebody else who gives the new one.
    """
    if not by.is_active:
        raise Refused("This account can no longer sign in. Ask a manager.")
    dialled = international(number)
    mobile = Mobile.objects.select_for_update().filter(person=by).first() or Mobile(person=by, given_at=at)
    if mobile.code_sent_at is not None and at < mobile.code_sent_at + BETWEEN_CODES:
        raise Refused("A code was sent less than a minute ago. Wait for it, or try again in a minute.", "number")
    count_code(by, at=at)
    code = f"{secrets.randbelow(10**FIGURES):0{FIGURES}}"
    before = mobile.number if mobile.verified_at is not None else ""
    mobile.number, mobile.given_at, mobile.verified_at = dialled, at, None
    mobile.code_hash, mobile.code_sent_at, mobile.wrong_codes = hashed(code, by), at, 0
    mobile.save()
    note_change(by, Change.NUMBER_GIVEN, by=by, at=at)
    if before and before != dialled:
        transaction.on_commit(partial(send_words, before, NUMBER_CHANGED), robust=True)
    transaction.on_commit(partial(send_words, dialled, code_text(code)), robust=True)
    return mobile


def count_code(person: User, *, at: datetime) -> None:
    """Refuse more than a day's codes. Counted apart from the number, so that forgetting it resets nothing."""
    key = f"codes:{person.pk}:{at:%Y-%m-%d}"
    cache.add(key, 0, int(timedelta(days=2).total_seconds()))
    if cache.incr(key) > MOST_CODES_A_DAY:
        raise Refused("Five codes were sent today, which is all. Try again tomorrow, or ask a technician.", "number")


def verify_number(code: str, *, by: User, at: datetime) -> Mobile:
    """Prove that the number is one's own. A wrong code is counted even though it is refused; what is no code is not."""
    figures = code_of(code)
    if not (figures.isdecimal() and len(figures) == FIGURES):
        raise Refused("The code is six figures, such as 123456. Look again at the text.", "code")
    mobile = try_code(figures, by=by, at=at)
    if mobile.verified_at is None:
        left = MOST_WRONG - mobile.wrong_codes
        raise Refused(
            "That is not the code that was sent. Look again." if left else "Too many wrong codes. Ask for a new one.",
            "code",
        )
    return mobile


@transaction.atomic
def try_code(code: str, *, by: User, at: datetime) -> Mobile:
    """The number, verified if the code is right; otherwise one more wrong code counted."""
    mobile = Mobile.objects.select_for_update().filter(person=by, verified_at=None).first()
    if mobile is None or not lives(mobile, at):
        raise Refused("There is no code that may still be used. Give the number again for a new one.", "code")
    if constant_time_compare(hashed(code, by), mobile.code_hash):
        mobile.verified_at, mobile.code_hash = at, ""
        note_change(by, Change.NUMBER_PROVED, by=by, at=at)
    else:
        mobile.wrong_codes += 1
        note_change(by, Change.NUMBER_TRIED, by=by, at=at)
    mobile.save(update_fields=["verified_at", "code_hash", "wrong_codes"])
    return mobile


def lives(mobile: Mobile, at: datetime) -> bool:
    """Whether the code last sent may still be typed."""
    sent = mobile.code_sent_at
    return bool(mobile.code_hash) and mobile.wrong_codes < MOST_WRONG and sent is not None and at < sent + CODE_LASTS


@transaction.atomic
def remove_number(*, by: User, at: datetime) -> None:
    """Forget one's number: texts stop, e-mail and inbox remain."""
    mobile = Mobile.objects.select_for_update().filter(person=by).first()
    if mobile is None:
        return
    before = mobile.number if mobile.verified_at is not None else ""
    mobile.delete()
    note_change(by, Change.NUMBER_REMOVED, by=by, at=at)
    if before:
        transaction.on_commit(partial(send_words, before, NUMBER_CHANGED), robust=True)


def hashed(code: str, person: User) -> str:
    """What is kept of a code: keyed by the service's secret, so that a million guesses at a copy find nothing."""
    return salted_hmac("alerts.mobile", f"{person.pk}:{code}", algorithm="sha256").hexdigest()


def send_words(number: str, words: str) -> None:
    """Text a code, or that a number is no longer used. A failure is logged without the number."""
    try:
        texted(number, words, reference=secrets.token_hex(16))
    except (Temporary, Permanent) as failure:
        logger.error("a text about a number was not sent", extra={"why": str(failure)})
