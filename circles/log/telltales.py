"""Points out in a draft what may give somebody away, before it is sent. Advice only."""

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
class PointedOut:
    """One find: the question it stands under, where to change it, the words and what they look like."""

    question: str
    address: str
    words: str
    tells: str


def pointed_out(meeting: Meeting, found: TagsAndContacts, names: set[str], may: MeetingAccess) -> list[PointedOut]:
    """Every find in the draft's words that this person reads. `names` are first names everybody in the circle uses."""
    circle = meeting.circle
    known = names | {circle.known_as, circle.coordinator.first_name}
    return [
        PointedOut(question, address, one.words, one.tells.value)
        for question, address, words in written(meeting, found, may)
        for one in telltales_in(words, known=known)
    ]


def written(meeting: Meeting, found: TagsAndContacts, may: MeetingAccess) -> Iterator[tuple[str, str, str]]:
    """Each thing somebody wrote: its question, where it is changed, and the words."""
    for page in PAGES:
        address = reverse("circles:log_page", args=[meeting.reference, page.number])
        for name, field in page.questions().items():
            question: Any = Minutes._meta.get_field(field)
            if isinstance(question, models.TextField) and may_read_answer(may, field):
                yield str(question.verbose_name), f"{address}?then=check#id_{name}", getattr(meeting.minutes, field)
    factors = reverse("circles:log_factors", args=[meeting.reference])
    for risk in found.risks:
        yield risk.tag.name, factors, risk.seen
        yield risk.tag.name, factors, risk.opinion
    for contact in found.contacts:
        yield "Contact between meetings", reverse("circles:log_contacts", args=[meeting.reference]), contact.summary
