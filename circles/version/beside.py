"""What stands beside the answers of the minutes: tags, what was seen of each risk factor, contacts."""

from __future__ import annotations

from dataclasses import dataclass

from circles.contact.models import Contact
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag


@dataclass(frozen=True)
class Beside:
    topics: list[str]
    risks: list[MinutesTag]
    protective: list[str]
    contacts: list[Contact]


def beside(meeting: Meeting) -> Beside:
    """Everything of one meeting's minutes that is listed rather than answered."""
    picked = list(MinutesTag.objects.order_by("pk").picked_in(meeting.minutes))
    had_contact = meeting.minutes.contact == Minutes.YesNo.YES
    return Beside(
        topics=[one.tag.name for one in picked if one.tag.kind == Tag.Kind.TOPIC],
        risks=[one for one in picked if one.tag.kind == Tag.Kind.RISK],
        protective=[one.tag.name for one in picked if one.tag.kind == Tag.Kind.PROTECTIVE],
        contacts=list(Contact.objects.order_by("pk").listed_in(meeting.minutes)) if had_contact else [],
    )
