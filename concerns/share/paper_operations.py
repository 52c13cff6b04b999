"""A share on paper, for the file it goes into: marked, watermarked with who made it, and in the trail as a disclosure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from concerns.share.access import ShareAccess
from concerns.share.models import Share
from concerns.share.operations import locked
from core.errors import Refused
from core.paper import print_paper
from core.templatetags.ui import clock, local
from volunteers.volunteer.models import Volunteer


@transaction.atomic
def paper_of_share(share: Share, *, by: User, at: datetime) -> bytes:
    """The share as a PDF. What has not been sent, or was called back, has none."""
    share, at = locked(share, at=at)
    ShareAccess(by, share).require(ShareAccess.take_copy)
    if share.sent_at is None or share.status == Share.Status.RECALLED:
        raise Refused("There is no copy: it was not sent, or it was called back.")
    agency = by.agency.name if by.agency else "no agency"
    recorded(
        Act.EXPORTED,
        share,
        by=by,
        at=at,
        within=share.concern.filed_within,
        recipient=f"{by.full_name}, {agency}"[:120],
        note="disclosed as a PDF",
    )
    return print_paper("share", words_of_paper(share, by=by, at=at))


def words_of_paper(share: Share, *, by: User, at: datetime) -> dict[str, object]:
    """Everything the paper says, as plain data: the words sent, and what an officer needs to type beside them."""
    concern = share.concern
    facts = [
        ("Reference", share.reference),
        ("About", f"Core member {concern.circle.core_member.reference}"),
        ("Told to", f"{share.recipient_name}, {share.recipient_role}, {share.recipient_agency}"),
        ("Told", f"{when(share.sent_at or at)}, {share.get_method_display().lower()}"),
        ("Received by the charity", when(concern.received_at)),
        ("Source", source_of(share)),
        ("How it is known", concern.get_basis_display() or "Not said"),
        ("Under", share.get_gateway_display()),
        ("UK GDPR", share.get_basis_display()),
        ("Data Protection Act 2018, Schedule 1", share.get_condition_display()),
    ]
    return {
        "title": f"Information share {share.reference}",
        "marking": share.get_marking_display(),
        "reference": share.reference,
        "facts": [{"name": name, "value": value} for name, value in facts],
        "text": [line for line in share.text.splitlines() if line.strip()],
        "handling": share.handling,
        "hash": share.text_hash,
        "made": f"Made by {by.full_name} on {when(at)}",
        "watermark": f"{by.full_name}  ·  {when(at)}",
    }


def source_of(share: Share) -> str:
    """Who told the charity, by what they are: agencies do not learn a volunteer's name (domain.md 4.4)."""
    told_by_volunteer = Volunteer.objects.filter(user=share.concern.raised_by_id).exists()
    return "A volunteer of the circle" if told_by_volunteer else "The charity's staff"


def when(moment: datetime) -> str:
    """A day and a time that still read rightly on paper in a year."""
    here = local(moment)
    return f"{here:%A} {here.day} {here:%B %Y} at {clock(moment)}"
