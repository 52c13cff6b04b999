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
    """Each concern that this person may see, with its level and its circle."""
    records = list(Concern.objects.visible_to(user).filter(reference__in=references).select_related("circle"))
    note_words(records)
    return {
        record.reference: f"Concern {record.reference} · {record.get_level_display()} · circle {record.circle.reference}"
        for record in records
    }


def shares_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each share, with the circle it is about."""
    records = list(Share.objects.visible_to(user).filter(reference__in=references).select_related("concern__circle"))
    note_words(records)
    return {
        record.reference: f"Told to an agency · {record.reference} · circle {record.concern.circle.reference}"
        for record in records
    }


def referrals_in_words(user: User, references: set[str]) -> dict[str, str]:
    records = SafeguardingReferral.objects.visible_to(user).filter(reference__in=references)
    return {record.reference: f"Safeguarding referral {record.reference}" for record in records}


def incidents_in_words(user: User, references: set[str]) -> dict[str, str]:
    records = SeriousIncident.objects.visible_to(user).filter(reference__in=references)
    return {record.reference: f"Serious incident {record.reference}" for record in records}


def disclosures_in_words(user: User, references: set[str]) -> dict[str, str]:
    records = DisclosureRequest.objects.visible_to(user).filter(reference__in=references)
    return {record.reference: f"Request for a disclosure {record.reference}" for record in records}
