"""What an alert about a referral says in the inbox. Called by alerts through settings.ALERT_SUBJECTS."""

from __future__ import annotations

from accounts.models import User
from core.sight import note_words
from offenders.panel.models import Seat
from offenders.referral.models import Referral


def referrals_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each referral, by its reference."""
    seen = Referral.objects.visible_to(user).filter(reference__in=references)
    return {referral.reference: f"Referral {referral.reference}" for referral in seen}


def seats_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each panel on which somebody sits."""
    seen = list(Seat.objects.visible_to(user).filter(reference__in=references).select_related("referral"))
    note_words(seen)
    return {seat.reference: f"The panel of referral {seat.referral.reference}" for seat in seen}
