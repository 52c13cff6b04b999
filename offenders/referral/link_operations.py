"""Send the referrer a link, and let her fill in the form and send it through one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.mail import post_mail
from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.referral.access import ReferralAccess
from offenders.referral.clock import answer_after_waiting
from offenders.referral.link_models import LASTS, ReferrerLink
from offenders.referral.mail import mail_with_link
from offenders.referral.models import Referral
from offenders.referral.operations import (
    delete_answers,
    lock_referral,
    move_to_submitted,
    tell_coordinator,
    write_answers,
)
from offenders.referral.sharing import require_sharing
from offenders.secure_domain.operations import require_secure

NO_LONGER = "This link was used, is more than fourteen days old, or was never sent. Ask whoever sent it for a new one."
THROUGH_LINK = "by the referrer, through the link"


def hash_of_token(token: str) -> str:
    """The hash that is stored of a token. A token has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str, *, at: datetime) -> ReferrerLink | None:
    """The open link with this token, and its referral."""
    return ReferrerLink.objects.open(at).select_related("referral").filter(token_hash=hash_of_token(token)).first()


@transaction.atomic
def send_referrer_link(referral: Referral, *, by: User, at: datetime) -> ReferrerLink:
    """Send the referrer a link to her secure address: to fill in the form while it is hers, later to read how it stands."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if referral.status == Referral.Status.DRAFT:
        require_sharing(referral, by=by, at=at)
    return write_link(referral, by=by, at=at)


def write_link(referral: Referral, *, by: User, at: datetime) -> ReferrerLink:
    """End the link that is open, and send a new one. The referral is locked."""
    require_secure(referral.referrer_mail, field="referrer_mail")
    end_links(referral, at=at)
    writes = referral.status in {Referral.Status.DRAFT, Referral.Status.INFO_REQUESTED}
    token = secrets.token_urlsafe(32)
    link = ReferrerLink.objects.create(
        referral=referral,
        purpose=ReferrerLink.Purpose.WRITE if writes else ReferrerLink.Purpose.READ,
        mail=referral.referrer_mail,
        token_hash=hash_of_token(token),
        sent_at=at,
        sent_by=by,
        expires_at=at + LASTS,
    )
    post_mail(mail_with_link(link, token))
    write_entry(Act.SHARED, referral, by=by, at=at, recipient="referrer", note=f"link to {link.purpose}")
    return link


def end_links(referral: Referral, *, at: datetime) -> None:
    ReferrerLink.objects.filter(referral=referral, ended_at=None).update(ended_at=at)


@transaction.atomic
def open_link(link: ReferrerLink, *, at: datetime) -> ReferrerLink:
    """Note that the referrer opened it for the first time."""
    locked = ReferrerLink.objects.select_for_update(of=("self",)).select_related("referral").get(pk=link.pk)
    if locked.opened_at is None:
        locked.opened_at = at
        locked.save(update_fields=["opened_at"])
        write_entry(Act.CONSULTED, locked.referral, by=None, at=at, note=THROUGH_LINK)
    return locked


def _lock_for_writing(link: ReferrerLink, *, at: datetime) -> Referral:
    """Lock the referral of a link that may still write."""
    referral = lock_referral(link.referral)
    if not ReferrerLink.objects.open(at).filter(pk=link.pk, purpose=ReferrerLink.Purpose.WRITE).exists():
        raise Refused(NO_LONGER)
    return referral


@transaction.atomic
def save_section_by_link(
    link: ReferrerLink,
    *,
    section: str,
    answers: Mapping[str, Any],
    at: datetime,
    number: int = 1,
    page: str = "",
) -> None:
    """Save the referrer’s answers to one section."""
    referral = _lock_for_writing(link, at=at)
    if write_answers(referral, section=section, answers=answers, number=number, page=page, by=None, at=at):
        write_entry(Act.ALTERED, referral, by=None, at=at, note=f"section {section}, {THROUGH_LINK}")


@transaction.atomic
def remove_answers_by_link(link: ReferrerLink, *, section: str, number: int, at: datetime) -> None:
    """Take one offence, assessment or professional off the form."""
    referral = _lock_for_writing(link, at=at)
    delete_answers(referral, section=section, number=number)
    write_entry(Act.ALTERED, referral, by=None, at=at, note=f"section {section}, {THROUGH_LINK}")


@transaction.atomic
def send_form_by_link(link: ReferrerLink, *, at: datetime) -> Referral:
    """The referrer sends the form, or what she was asked for. The link ends, and the coordinator is told."""
    referral = _lock_for_writing(link, at=at)
    if referral.status == Referral.Status.INFO_REQUESTED:
        move_back_to_screening(referral, by=None, at=at)
    else:
        move_to_submitted(referral, by=None, at=at)
    end_links(referral, at=at)
    write_entry(Act.ALTERED, referral, by=None, at=at, note=f"sent, {THROUGH_LINK}")
    tell_coordinator(referral, "sent", at=at)
    return referral


def move_back_to_screening(referral: Referral, *, by: User | None, at: datetime) -> None:
    """What was asked for has come: the answer’s clock runs again."""
    if referral.answer_by is not None:
        referral.answer_by = answer_after_waiting(referral.answer_by, asked_at=referral.waits_since, at=at)
    referral.waits_since = at
    referral.move(Referral.Status.SCREENING, by=by, at=at)
