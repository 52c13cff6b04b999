"""Makes minutes of Ely that are approved and shared with Esi, for tests that need some."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import Agency
from circles.meeting.models import Meeting
from circles.minutes.operations import approve_minutes
from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import share_minutes
from core.references import unused_reference
from offenders.contact.models import Contact
from offenders.contact.operations import add_contact, verify_contact
from tests.circles.life.preparing import share as sign_sharing_agreement
from tests.circles.log.writing import send
from tests.world import World

MAIL = "esi@cambs.pnn.police.uk"
HERE, MAILED = MinutesShare.Method.HERE, MinutesShare.Method.SECURE_MAIL
SPOKEN = MinutesShare.Method.TELEPHONE


def approved_meeting(world: World, **changes: str) -> Meeting:
    """Ben's minutes, approved by Ann."""
    sent = send(world.meeting, by=world.ben, at=world.now, **changes)
    return approve_minutes(sent, by=world.ann, at=world.now)


def contact_of(world: World, name: str = "esi", *, verified: bool = True, account: bool = True) -> Contact:
    """Somebody at the police to ring about Paul, rung today."""
    person = world.people[name]
    contact = add_contact(
        world.core_member,
        name=person.full_name,
        role="Case officer",
        agency=Agency.objects.get(kind="police"),
        telephone="01632 960 400",
        secure_mail=MAIL,
        account=person if account else None,
        by=world.ann,
        at=world.now,
    )
    return verify_contact(contact, by=world.ann, at=world.now) if verified else contact


def meeting_ready_to_share(world: World, **changes: str) -> tuple[Meeting, Contact]:
    """Everything that sharing needs: a signed agreement, approved minutes, a verified contact."""
    sign_sharing_agreement(world)
    return approved_meeting(world, **changes), contact_of(world)


def shared_minutes(world: World, how: str = HERE, **changes: str) -> MinutesShare:
    """Ann has shared tonight's minutes with Esi."""
    meeting, contact = meeting_ready_to_share(world, **changes)
    return share_minutes(meeting, to={contact: how}, by=world.ann, at=world.now)[0]


def share_two_more_with_esi(world: World) -> None:
    """Two more sets for Esi to read."""
    for share in list(MinutesShare.objects.filter(recipient=world.esi)[:1]):
        for days in (1, 2):
            MinutesShare.objects.create(
                **{
                    field.attname: getattr(share, field.attname)
                    for field in MinutesShare._meta.local_fields
                    if field.name not in {"id", "reference", "sent_at"}
                },
                reference=unused_reference(MinutesShare, "MS"),
                sent_at=share.sent_at - timedelta(days=days),
            )
