"""Find words in a draft that may give somebody away, to show before it is sent. Advice only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from circles.log.forms import PAGES
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.readers import may_read_answer
from circles.version.tags_and_contacts import TagsAndContacts
from core.telltale import telltales_in


@dataclass(frozen=True)
class Giveaway:
    """Words that may give somebody away: their question, where to change them, and what they look like."""

    question: str
    address: str
    words: str
    tells: str


def giveaways_in(meeting: Meeting, listed: TagsAndContacts, names: set[str], may: MeetingAccess) -> list[Giveaway]:
    """The giveaways in what this person may read of the draft. `names` are first names that the circle uses."""
    circle = meeting.circle
    known = names | {circle.known_as, circle.coordinator.first_name}
    return [
        Giveaway(question, address, telltale.words, telltale.tells.value)
        for question, address, words in _written_texts_of(meeting, listed, may)
        for telltale in telltales_in(words, known=known)
    ]


def _written_texts_of(meeting: Meeting, listed: TagsAndContacts, may: MeetingAccess) -> Iterator[tuple[str, str, str]]:
    """Each text that this person may read: its question, the address where it is changed, and the words."""
    for page in PAGES:
        address = reverse("circles:log_page", args=[meeting.reference, page.number])
        for name, field in page.questions().items():
            question: Any = Minutes._meta.get_field(field)
            if isinstance(question, models.TextField) and may_read_answer(may, field):
                yield str(question.verbose_name), f"{address}?then=check#id_{name}", getattr(meeting.minutes, field)
    factors = reverse("circles:log_factors", args=[meeting.reference])
    for risk in listed.risks:
        yield risk.tag.name, factors, risk.seen
        yield risk.tag.name, factors, risk.opinion
    for contact in listed.contacts:
        yield "Contact between meetings", reverse("circles:log_contacts", args=[meeting.reference]), contact.summary
