"""The tags of one meeting's minutes, and the contacts between meetings that they report."""

from __future__ import annotations

from dataclasses import dataclass

from circles.contact.models import Contact
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag


@dataclass(frozen=True)
class TagsAndContacts:
    """Topics and protective factors by name, risk factors with what was seen, and contacts."""

    topics: list[str]
    risks: list[MinutesTag]
    protective: list[str]
    contacts: list[Contact]


def tags_and_contacts_of(meeting: Meeting) -> TagsAndContacts:
    """The tags and contacts of one meeting's minutes."""
    tags = list(MinutesTag.objects.order_by("pk").picked_in(meeting.minutes))
    had_contact = meeting.minutes.contact == Minutes.YesNo.YES
    return TagsAndContacts(
        topics=[tag.tag.name for tag in tags if tag.tag.kind == Tag.Kind.TOPIC],
        risks=[tag for tag in tags if tag.tag.kind == Tag.Kind.RISK],
        protective=[tag.tag.name for tag in tags if tag.tag.kind == Tag.Kind.PROTECTIVE],
        contacts=list(Contact.objects.order_by("pk").listed_in(meeting.minutes)) if had_contact else [],
    )
