"""Start a safeguarding referral, make it, chase it until it is decided; or decide not to refer (domain.md 3.10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.low_level.access import LowLevelAccess
from concerns.low_level.models import LowLevelConcern
from concerns.referral.access import ReferralAccess
from concerns.referral.clock import REFER_WITHIN, next_chase
from concerns.referral.models import ReferralDecision, ReferralKind, SafeguardingReferral
from concerns.register.clock import due_in
from core.errors import Refused
from core.references import unused_reference

Status = SafeguardingReferral.Status


@transaction.atomic
def start_referral(
    *,
    kind: ReferralKind,
    what: str,
    made_to: str,
    known_at: datetime,
    criterion: str = "",
    about: User | None = None,
    concern: Concern | None = None,
    low_level: LowLevelConcern | None = None,
    by: User,
    at: datetime,
) -> SafeguardingReferral:
    """Write down what is to be referred. Its clock runs from the time it was known, not from now."""
    ReferralAccess(by).require(ReferralAccess.start_referral)
    about = _subject_of(about, concern, low_level, by=by)
    if not what.strip():
        raise Refused("Say what is referred, and why.", field="what")
    if not made_to.strip():
        raise Refused("Say which team it goes to.", field="made_to")
    if known_at > at:
        raise Refused("This is still to come. Give the time at which it was known.", field="known_at")
    if kind == ReferralKind.LADO and not criterion:
        raise Refused("Choose which of the LADO’s criteria is met.", field="criterion")
    referral = SafeguardingReferral.objects.create(
        reference=unused_reference(SafeguardingReferral, "SR"),
        kind=kind,
        what=what.strip(),
        made_to=made_to.strip(),
        known_at=known_at,
        criterion=criterion if kind == ReferralKind.LADO else "",
        about=about,
        concern=concern,
        low_level=low_level,
        recorded_at=at,
        recorded_by=by,
        due_at=due_in(REFER_WITHIN, at=known_at),
    )
    referral.note("Written down", by=by, at=at)
    write_entry(Act.COLLECTED, referral, by=by, at=at)
    return referral


def facts_from_record(
    *, concern: Concern | None = None, low_level: LowLevelConcern | None = None, at: datetime
) -> dict[str, Any]:
    """What a referral begins with, from the record it comes from. What is known about staff goes to the LADO."""
    facts: dict[str, Any] = {"known_at": at}
    if concern is not None:
        facts |= {"known_at": concern.received_at, "what": concern.words, "about": concern.about}
    if low_level is not None:
        facts |= {"what": low_level.words, "about": low_level.about, "kind": ReferralKind.LADO}
    return facts


def _subject_of(
    about: User | None, concern: Concern | None, low_level: LowLevelConcern | None, *, by: User
) -> User | None:
    """The person it is about, taken from the record it comes from, so that this person is barred here too."""
    if concern is not None:
        ConcernAccess(by, concern).require(ConcernAccess.share)
        about = concern.about or about
    if low_level is not None:
        LowLevelAccess(by, low_level).require(LowLevelAccess.list_low_levels)
        about = low_level.about
    if about == by:
        raise Refused("It is about you, so somebody else must write it down.", field="about")
    return about


@transaction.atomic
def make_referral(
    referral: SafeguardingReferral, *, spoken_to: str, their_reference: str = "", by: User, at: datetime
) -> SafeguardingReferral:
    """Record that it was made, who took it and their reference. From now the decision is chased."""
    referral = _lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if not spoken_to.strip():
        raise Refused("Say who took it.", field="spoken_to")
    referral.spoken_to, referral.their_reference = spoken_to.strip(), their_reference.strip()
    referral.referred_at, referral.referred_by = at, by
    referral.due_at = next_chase(referral, at=at)
    referral.move(Status.REFERRED, by=by, at=at, note=referral.spoken_to)
    write_entry(Act.SHARED, referral, by=by, at=at, recipient=f"{referral.spoken_to}, {referral.made_to}"[:120])
    return referral


@transaction.atomic
def chase_referral(referral: SafeguardingReferral, *, spoken_to: str, by: User, at: datetime) -> SafeguardingReferral:
    """Record that somebody asked for the decision, and set the time of the next chase."""
    referral = _lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if referral.status not in SafeguardingReferral.CHASED:
        raise Refused("There is nothing to chase: it was not made, or it is decided.")
    if not spoken_to.strip():
        raise Refused("Say whom you spoke to, or that nobody answered.", field="spoken_to")
    referral.due_at = next_chase(referral, at=at)
    referral.save(update_fields=["due_at"])
    referral.note("Chased", by=by, at=at, detail=spoken_to.strip())
    write_entry(Act.ALTERED, referral, by=by, at=at, note="chased")
    return referral


@transaction.atomic
def decide_referral(
    referral: SafeguardingReferral,
    *,
    decision: ReferralDecision,
    decision_words: str = "",
    their_reference: str = "",
    by: User,
    at: datetime,
) -> SafeguardingReferral:
    """Record what the agency decided."""
    referral = _lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    referral.decision, referral.decision_words = decision, decision_words.strip()
    referral.their_reference = their_reference.strip() or referral.their_reference
    _end_referral(referral, Status.DECIDED, referral.get_decision_display(), by=by, at=at)
    return referral


@transaction.atomic
def decide_not_to_refer(referral: SafeguardingReferral, *, reason: str, by: User, at: datetime) -> SafeguardingReferral:
    """Record the decision not to refer, with its reason."""
    referral = _lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if not reason.strip():
        raise Refused("Say why it is not referred.", field="reason")
    referral.decision_words = reason.strip()
    _end_referral(referral, Status.NOT_REFERRED, referral.decision_words, by=by, at=at)
    return referral


def _end_referral(
    referral: SafeguardingReferral, to: SafeguardingReferral.Status, note: str, *, by: User, at: datetime
) -> None:
    referral.due_at, referral.ended_at, referral.ended_by = None, at, by
    referral.move(to, by=by, at=at, note=note)
    write_entry(Act.ALTERED, referral, by=by, at=at, note=to.value)


def _lock_referral(referral: SafeguardingReferral) -> SafeguardingReferral:
    return SafeguardingReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
