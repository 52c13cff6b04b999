"""Give a mobile number, verify it with a code, and remove it."""

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
from alerts.message.texting import send_text_through_notify
from alerts.message.wording import NUMBER_CHANGED, code_text_of
from alerts.mobile.models import Mobile
from core.errors import Refused
from core.telephones import mobile_of, stored_number_of
from core.typed import code_of

logger = logging.getLogger(__name__)

CODE_LASTS = timedelta(minutes=15)
BETWEEN_CODES = timedelta(minutes=1)
MOST_CODES_A_DAY = 5
"""Each code costs the charity money, and could disturb a stranger who has that number."""

MOST_WRONG = 5
FIGURES = 6


def _international_number_of(number: str) -> str:
    """The number as it is dialled from abroad (E.164). Raises Refused where it is not a mobile number."""
    dialled = mobile_of(number)
    if dialled is not None:
        return dialled
    if stored_number_of(number) is None:
        raise Refused("Write the number as you dial it, such as 07700 900123 or +44 7700 900123.", "number")
    raise Refused("Write a mobile number, such as 07700 900123: texts do not reach others.", "number")


@transaction.atomic
def give_number(number: str, *, by: User, at: datetime) -> Mobile:
    """Store this person's number, not yet verified, and text a code to it.

    A text tells the earlier number that it is no longer used, because somebody else may have given the new one.
    """
    if not by.is_active:
        raise Refused("This account can no longer sign in. Ask a manager.")
    dialled = _international_number_of(number)
    mobile = Mobile.objects.select_for_update().filter(person=by).first() or Mobile(person=by, given_at=at)
    if mobile.code_sent_at is not None and at < mobile.code_sent_at + BETWEEN_CODES:
        raise Refused("A code was sent less than a minute ago. Wait for it, or try again in a minute.", "number")
    _count_code(by, at=at)
    code = f"{secrets.randbelow(10**FIGURES):0{FIGURES}}"
    before = mobile.number if mobile.verified_at is not None else ""
    mobile.number, mobile.given_at, mobile.verified_at = dialled, at, None
    mobile.code_hash, mobile.code_sent_at, mobile.wrong_codes = hash_of_code(code, by), at, 0
    mobile.save()
    note_change(by, Change.NUMBER_GIVEN, by=by, at=at)
    if before and before != dialled:
        transaction.on_commit(partial(_send_words, before, NUMBER_CHANGED), robust=True)
    transaction.on_commit(partial(_send_words, dialled, code_text_of(code)), robust=True)
    return mobile


def _count_code(person: User, *, at: datetime) -> None:
    """Count one code, and refuse more than a day's limit. Removing the number does not reset the count."""
    key = f"codes:{person.pk}:{at:%Y-%m-%d}"
    cache.add(key, 0, int(timedelta(days=2).total_seconds()))
    if cache.incr(key) > MOST_CODES_A_DAY:
        raise Refused("Five codes were sent today: no more can be. Try again tomorrow, or ask a technician.", "number")


def verify_number(code: str, *, by: User, at: datetime) -> Mobile:
    """Verify the number with its code. A wrong code is refused and counted; something that is no code is only refused."""
    figures = code_of(code)
    if not (figures.isdecimal() and len(figures) == FIGURES):
        raise Refused("The code is six figures, such as 123456. Look again at the text.", "code")
    mobile = _try_code(figures, by=by, at=at)
    if mobile.verified_at is None:
        left = MOST_WRONG - mobile.wrong_codes
        raise Refused(
            "That is not the code that was sent. Look again." if left else "Too many wrong codes. Ask for a new one.",
            "code",
        )
    return mobile


@transaction.atomic
def _try_code(code: str, *, by: User, at: datetime) -> Mobile:
    """Verify the number if the code is right, or count a wrong code. Returns the number."""
    mobile = Mobile.objects.select_for_update().filter(person=by, verified_at=None).first()
    if mobile is None or not _may_still_be_used(mobile, at):
        raise Refused("There is no code that may still be used. Give the number again for a new one.", "code")
    if constant_time_compare(hash_of_code(code, by), mobile.code_hash):
        mobile.verified_at, mobile.code_hash = at, ""
        note_change(by, Change.NUMBER_PROVED, by=by, at=at)
    else:
        mobile.wrong_codes += 1
        note_change(by, Change.NUMBER_TRIED, by=by, at=at)
    mobile.save(update_fields=["verified_at", "code_hash", "wrong_codes"])
    return mobile


def _may_still_be_used(mobile: Mobile, at: datetime) -> bool:
    """Whether the last code is young enough, and has not been tried too often."""
    sent = mobile.code_sent_at
    return bool(mobile.code_hash) and mobile.wrong_codes < MOST_WRONG and sent is not None and at < sent + CODE_LASTS


@transaction.atomic
def remove_number(*, by: User, at: datetime) -> None:
    """Remove this person's number: texts stop, e-mail and inbox go on."""
    mobile = Mobile.objects.select_for_update().filter(person=by).first()
    if mobile is None:
        return
    before = mobile.number if mobile.verified_at is not None else ""
    mobile.delete()
    note_change(by, Change.NUMBER_REMOVED, by=by, at=at)
    if before:
        transaction.on_commit(partial(_send_words, before, NUMBER_CHANGED), robust=True)


def hash_of_code(code: str, person: User) -> str:
    """The hash that is stored of a code. The service's secret is in it, so that a copy of the table cannot be guessed."""
    return salted_hmac("alerts.mobile", f"{person.pk}:{code}", algorithm="sha256").hexdigest()


def _send_words(number: str, words: str) -> None:
    """Text a code, or the news that a number is no longer used. A failure is logged without the number."""
    try:
        send_text_through_notify(number, words, reference=secrets.token_hex(16))
    except (Temporary, Permanent) as failure:
        logger.error("a text about a number was not sent", extra={"why": str(failure)})
