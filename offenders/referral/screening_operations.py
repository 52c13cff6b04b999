"""Acknowledge a referral, ask the referrer for more, decline it, withdraw it, and let it lapse."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.referral.access import ReferralAccess
from offenders.referral.document_models import ReferralDocument
from offenders.referral.link_operations import end_links, move_back_to_screening, write_link
from offenders.referral.models import LAPSES_AFTER, DeclineReason, Referral, WithdrawnBy
from offenders.referral.operations import lock_referral, tell_coordinator


@transaction.atomic
def acknowledge_referral(referral: Referral, *, by: User, at: datetime) -> Referral:
    """Say that it was received. The screening begins; the referrer is sent a link to follow it."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    referral.acknowledged_at = at
    referral.move(Referral.Status.SCREENING, by=by, at=at)
    write_link(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="acknowledged")
    return referral


@transaction.atomic
def ask_for_information(
    referral: Referral, *, asked_for: str, by: User, at: datetime, asked_until: date | None = None
) -> Referral:
    """Ask the referrer, through a new link. The clock of the answer stands still until it comes.

    Once the day is over by which it is needed, it is on the coordinator’s list as late.
    """
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if asked_until is not None and asked_until < at.astimezone(LONDON).date():
        raise Refused("That day is over. Give one to come, or leave it empty.", field="asked_until")
    referral.asked_until = asked_until
    referral.asked_for, referral.waits_since = _require_words(asked_for, "asked_for"), at
    referral.move(Referral.Status.INFO_REQUESTED, by=by, at=at, note=referral.asked_for)
    write_link(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="asked for information")
    return referral


@transaction.atomic
def receive_information(referral: Referral, *, by: User, at: datetime) -> Referral:
    """The referrer told it by telephone or by secure mail, and it is written down in the form."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    move_back_to_screening(referral, by=by, at=at)
    end_links(referral, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="information came")
    return referral


@transaction.atomic
def note_document(
    referral: Referral,
    *,
    kind: str,
    by: User,
    at: datetime,
    has_none: bool = False,
    had_on: date | None = None,
    dated: date | None = None,
    supplied_by: str = "",
    owner_agency: str = "",
    marking: str = "",
    not_onward: bool = False,
    return_on: date | None = None,
    returned_on: date | None = None,
) -> ReferralDocument:
    """Write down that a paper came, or that there is none. A later note on the same paper replaces it."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if has_none == (had_on is not None):
        raise Refused("Write the day on which it came, or tick that there is none.", field="had_on")
    if had_on is not None and had_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once it has.", field="had_on")
    if returned_on is not None and (had_on is None or not had_on <= returned_on <= at.astimezone(LONDON).date()):
        raise Refused("It goes back after it came, and not later than today.", field="returned_on")
    facts = {
        "has_none": has_none,
        "had_on": had_on,
        "dated": dated,
        "supplied_by": supplied_by.strip(),
        "owner_agency": owner_agency.strip(),
        "marking": marking,
        "not_onward": not_onward,
        "return_on": return_on,
        "returned_on": returned_on,
        "noted_at": at,
        "noted_by": by,
    }
    document, _ = ReferralDocument.objects.update_or_create(referral=referral, kind=kind, defaults=facts)
    write_entry(Act.ALTERED, referral, by=by, at=at, note=f"document {kind}")
    return document


@transaction.atomic
def decline_referral(referral: Referral, *, reason: str, advice: str, why: str, by: User, at: datetime) -> Referral:
    """Decline it, and send the referrer a link to the reason in neutral words. `why` stays in the file."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if not why.strip():
        raise Refused("Say why, for the file.", field="why")
    referral.decline_reason = DeclineReason(reason)
    referral.decline_advice = _require_words(advice, "advice")
    referral.ended_at = at
    referral.move(Referral.Status.DECLINED, by=by, at=at, note=why.strip())
    write_link(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="declined")
    return referral


@transaction.atomic
def withdraw_referral(referral: Referral, *, withdrawn_by: str, why: str, by: User, at: datetime) -> Referral:
    """The referrer or he himself does not wish it any more."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if not why.strip():
        raise Refused("Write what they said.", field="why")
    referral.withdrawn_by, referral.ended_at, referral.deferred_until = WithdrawnBy(withdrawn_by), at, None
    referral.move(Referral.Status.WITHDRAWN, by=by, at=at, note=why.strip())
    end_links(referral, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="withdrawn")
    return referral


def lapse_referrals(*, at: datetime) -> int:
    """Let those lapse for which nobody answered for sixty days, and tell their coordinators. How many."""
    waiting = Referral.objects.unanswered_since(at - LAPSES_AFTER).order_by("pk")
    return sum(_lapse_referral(referral, at=at) for referral in waiting)


@transaction.atomic
def _lapse_referral(referral: Referral, *, at: datetime) -> bool:
    referral = lock_referral(referral)
    if not Referral.objects.unanswered_since(at - LAPSES_AFTER).filter(pk=referral.pk).exists():
        return False
    referral.ended_at = at
    referral.move(Referral.Status.LAPSED, by=None, at=at)
    end_links(referral, at=at)
    write_entry(Act.ALTERED, referral, by=None, at=at, note="lapsed")
    tell_coordinator(referral, "lapsed", at=at)
    return True


def _require_words(words: str, field: str) -> str:
    """The words that the referrer will read. Whether they are neutral is for whoever wrote them to say (the form asks)."""
    if not words.strip():
        raise Refused("Write what the referrer is told.", field=field)
    return words.strip()
