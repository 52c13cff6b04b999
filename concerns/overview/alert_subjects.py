"""What an alert about a concern or a register says in the inbox. Called by alerts through settings.ALERT_SUBJECTS."""

from __future__ import annotations

from accounts.models import User
from concerns.concern.models import Concern
from concerns.disclosure.models import DisclosureRequest
from concerns.incident.models import SeriousIncident
from concerns.referral.models import SafeguardingReferral
from concerns.share.models import Share
from core.sight import note_words


def concerns_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each concern, with its level and its circle; one of a person's own too."""
    seen = list(Concern.objects.visible_to(user).filter(reference__in=references).select_related("circle"))
    note_words(seen)
    return {
        one.reference: f"Concern {one.reference} · {one.get_level_display()} · circle {one.circle.reference}"
        for one in seen
    }


def shares_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each share, with the circle it is about."""
    seen = list(Share.objects.visible_to(user).filter(reference__in=references).select_related("concern__circle"))
    note_words(seen)
    return {
        one.reference: f"Told to an agency · {one.reference} · circle {one.concern.circle.reference}" for one in seen
    }


def referrals_in_words(user: User, references: set[str]) -> dict[str, str]:
    seen = SafeguardingReferral.objects.visible_to(user).filter(reference__in=references)
    return {one.reference: f"Safeguarding referral {one.reference}" for one in seen}


def incidents_in_words(user: User, references: set[str]) -> dict[str, str]:
    seen = SeriousIncident.objects.visible_to(user).filter(reference__in=references)
    return {one.reference: f"Serious incident {one.reference}" for one in seen}


def disclosures_in_words(user: User, references: set[str]) -> dict[str, str]:
    seen = DisclosureRequest.objects.visible_to(user).filter(reference__in=references)
    return {one.reference: f"Request for a disclosure {one.reference}" for one in seen}
