"""A share as a PDF. It carries its marking and the name of whoever made it; the trail keeps it as a disclosure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.share.access import ShareAccess
from concerns.share.models import Share
from concerns.share.operations import lock_share
from core.errors import Refused
from core.paper import print_paper
from core.templatetags.ui import clock, local
from volunteers.volunteer.models import Volunteer


@transaction.atomic
def print_share(share: Share, *, by: User, at: datetime) -> bytes:
    """Print the share as a PDF and write it in the trail. Raises Refused where it was not sent, or was called back."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.take_copy)
    if share.sent_at is None or share.status == Share.Status.RECALLED:
        raise Refused("There is no copy: it was not sent, or it was called back.")
    agency = by.agency.name if by.agency else "no agency"
    write_entry(
        Act.EXPORTED,
        share,
        by=by,
        at=at,
        within=share.concern.filed_within,
        recipient=f"{by.full_name}, {agency}"[:120],
        note="disclosed as a PDF",
    )
    return print_paper("share", _words_of_paper(share, by=by, at=at))


def _words_of_paper(share: Share, *, by: User, at: datetime) -> dict[str, object]:
    """Everything on the paper, as plain data: the words sent, and what an officer types with them elsewhere."""
    concern = share.concern
    facts = [
        ("Reference", share.reference),
        ("About", f"Core member {concern.circle.core_member.reference}"),
        ("Told to", f"{share.recipient_name}, {share.recipient_role}, {share.recipient_agency}"),
        ("Told", f"{_full_moment_of(share.sent_at or at)}, {share.get_method_display().lower()}"),
        ("Received by the charity", _full_moment_of(concern.received_at)),
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
        "made": f"Made by {by.full_name} on {_full_moment_of(at)}",
        "watermark": f"{by.full_name}  ·  {_full_moment_of(at)}",
    }


def source_of(share: Share) -> str:
    """The kind of person who told the charity. Agencies do not learn a volunteer's name (domain.md 4.4)."""
    told_by_volunteer = Volunteer.objects.filter(user=share.concern.raised_by_id).exists()
    return "A volunteer of the circle" if told_by_volunteer else "The charity's staff"


def _full_moment_of(moment: datetime) -> str:
    """The full date and time, which are still clear on paper in a year."""
    here = local(moment)
    return f"{here:%A} {here.day} {here:%B %Y} at {clock(moment)}"
