"""The minutes of a meeting in the words that agencies get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from circles.contact.models import Contact
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.readers import may_go_outside
from circles.minutes.sections import HEADINGS, Answer, Section, answers_of
from circles.redaction.names import redaction_for
from circles.review.copy import day_and_time_of, paragraphs_of
from circles.taxonomy.models import MinutesTag, Tag
from circles.version.correction import corrected_minutes_of
from core.redaction import ByHand, RedactedLine, Redaction
from core.templatetags.ui import local

TAGS = {Tag.Kind.TOPIC: "Topics", Tag.Kind.RISK: "Risk factors seen", Tag.Kind.PROTECTIVE: "Protective factors seen"}


Block = list[RedactedLine]
"""Lines under one heading, which is the first of them."""


@dataclass(frozen=True)
class OuterMinutes:
    """Exactly what an agency is sent, and the names found in it."""

    blocks: list[Block]
    names: Redaction

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(map(str, block)) for block in self.blocks)


def minutes_for_agencies(meeting: Meeting, *, by_hand: ByHand | None = None) -> OuterMinutes:
    """The minutes for an agency. `by_hand` holds what the sender decided about single names."""
    names = redaction_for(meeting.circle, by_hand=by_hand)
    corrected_minutes_of(meeting)
    blocks = [
        [RedactedLine.of(words) for words in _about_lines_of(meeting)],
        [RedactedLine.of(words) for words in ("Who was there", *_attendance_lines_of(meeting))],
        *[
            [RedactedLine.of(section.heading), *lines]
            for section in sections_for_agencies(meeting)
            if (lines := [line for answer in section.answers for line in _answer_lines_of(answer, names)])
        ],
        *_tag_and_contact_blocks_of(meeting, names),
        *_addendum_blocks_of(meeting, names),
    ]
    return OuterMinutes(blocks, names)


def _initial_of(first_name: str) -> str:
    return f"{first_name[:1].upper()}."


def _about_lines_of(meeting: Meeting) -> list[str]:
    circle, day = meeting.circle, local(meeting.planned_at)
    lines = [
        f"Minutes of meeting {meeting.number} of circle {circle.reference}",
        f"Core member {circle.core_member.reference}, called {circle.known_as} in the circle",
        f"{day:%A} {day_and_time_of(meeting.planned_at)}, place {meeting.place_code}",
    ]
    if meeting.correction is not None:
        lines.append(f"Corrected on {day_and_time_of(meeting.correction.written_at)}")
    return lines


def _attendance_lines_of(meeting: Meeting) -> list[str]:
    """Who was there: the core member as the circle calls him, volunteers by their initial."""
    rows = list(meeting.attendance.select_related("volunteer__user").order_by("pk"))
    his = [f"{meeting.circle.known_as}: {row.get_came_display().lower()}" for row in rows if row.volunteer is None]
    theirs = [
        f"{_initial_of(row.volunteer.user.first_name)} (volunteer): {row.get_came_display().lower()}"
        for row in rows
        if row.volunteer
    ]
    return his + sorted(theirs)


def _answer_lines_of(answer: Answer, names: Redaction) -> Iterator[RedactedLine]:
    """The lines of a question and its answer. None if it is not answered."""
    mark = "" if answer.question.endswith("?") else ":"
    for number, words in enumerate(paragraphs_of(answer.words)):
        line = names.read(words)
        yield line if number else RedactedLine.of(f"{answer.question}{mark} ") + line


def _tag_and_contact_blocks_of(meeting: Meeting, names: Redaction) -> list[Block]:
    """The tags with what was seen, and the contacts between meetings."""
    tags = list(MinutesTag.objects.order_by("pk").picked_in(meeting.minutes))
    blocks: list[Block] = []
    for kind, heading in TAGS.items():
        lines = [line for tag in tags if tag.tag.kind == kind for line in _tag_lines_of(tag, names)]
        if lines:
            blocks.append([RedactedLine.of(heading), *lines])
    if meeting.minutes.contact == Minutes.YesNo.YES:
        contacts = Contact.objects.order_by("pk").listed_in(meeting.minutes)
        blocks.append(
            [RedactedLine.of("Contact between meetings"), *[_contact_line_of(contact, names) for contact in contacts]]
        )
    return blocks


def _tag_lines_of(minutes_tag: MinutesTag, names: Redaction) -> Iterator[RedactedLine]:
    yield RedactedLine.of(minutes_tag.tag.name)
    yield from _quoted_lines_of("Seen or heard: ", minutes_tag.seen, names)
    if minutes_tag.basis:
        yield RedactedLine.of(minutes_tag.get_basis_display())
    yield from _quoted_lines_of("What we make of it: ", minutes_tag.opinion, names)


def _quoted_lines_of(heading: str, words: str, names: Redaction) -> Iterator[RedactedLine]:
    """The lines of somebody's own words after a heading. None without words."""
    for number, paragraph in enumerate(paragraphs_of(words)):
        line = names.read(paragraph)
        yield line if number else RedactedLine.of(heading) + line


def _contact_line_of(contact: Contact, names: Redaction) -> RedactedLine:
    day = contact.happened_on
    return RedactedLine.of(
        f"{day.day} {day:%B %Y}, {_initial_of(contact.volunteer.user.first_name)}, {contact.get_channel_display().lower()}, "
        f"{contact.minutes_long} minutes, begun by {contact.get_begun_by_whom_display().lower()}: "
    ) + names.read(" ".join(paragraphs_of(contact.summary)))


def _addendum_blocks_of(meeting: Meeting, names: Redaction) -> Iterator[Block]:
    """Each addendum, with when and by whom: staff by name, a volunteer by initial."""
    for addendum in meeting.addenda.select_related("added_by").order_by("added_at", "pk"):
        writer = addendum.added_by
        who = writer.full_name if writer.is_charity_staff_or_agency else _initial_of(writer.first_name)
        heading = RedactedLine.of(f"Added later by {who}, {day_and_time_of(addendum.added_at)}")
        yield [heading, *[names.read(words) for words in paragraphs_of(addendum.words)]]


def sections_for_agencies(meeting: Meeting) -> list[Section]:
    """The sections and answers that agencies may get."""
    minutes = corrected_minutes_of(meeting)
    return [
        Section(heading.page, heading.title, answers_of(minutes, fields, {}))
        for heading in HEADINGS
        if (fields := [name for name in heading.fields if may_go_outside(name)])
    ]
