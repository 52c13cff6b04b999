"""Print shared minutes: marked, watermarked with who made it, noted in the trail (domain.md 10, rule 19)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.minutes_share.access import MinutesShareAccess
from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import lock_share
from circles.review.copy import day_and_time_of
from core.paper import print_paper


@transaction.atomic
def paper_of_minutes(share: MinutesShare, *, by: User, at: datetime) -> bytes:
    """Print exactly what was sent, as a PDF."""
    share = lock_share(share)
    MinutesShareAccess(by, share).require(MinutesShareAccess.copy_minutes)
    agency = by.agency.name if by.agency else "no agency"
    write_entry(
        Act.EXPORTED,
        share,
        by=by,
        at=at,
        within=share.meeting.circle.reference,
        recipient=f"{by.full_name}, {agency}"[:120],
        note="disclosed as a PDF",
    )
    return print_paper("minutes", _words_of_paper(share, by=by, at=at))


def _words_of_paper(share: MinutesShare, *, by: User, at: datetime) -> dict[str, object]:
    """Everything that stands on the paper, as plain data."""
    first, *rest = share.parts
    to = f"{share.recipient_name}, {share.recipient_role}, {share.recipient_agency}"
    return {
        "title": first[0],
        "about": first[1:],
        "marking": share.MARKING,
        "reference": share.reference,
        "sent": f"Sent to {to}, on {day_and_time_of(share.sent_at)}, {share.get_method_display().lower()}.",
        "parts": [{"title": part[0], "lines": part[1:]} for part in rest],
        "handling": share.HANDLING,
        "hash": share.text_hash,
        "made": f"Made by {by.full_name} on {day_and_time_of(at)}",
        "watermark": f"{by.full_name}  ·  {day_and_time_of(at)}",
    }
