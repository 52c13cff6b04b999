"""The minutes of a meeting as an agency is given them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from circles.contact.models import Contact
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.readers import goes_outside
from circles.minutes.sections import HEADINGS, Answer, Section, answers_of
from circles.redaction.names import redaction_for
from circles.review.copy import day_and_time_of, paragraphs_of
from circles.taxonomy.models import MinutesTag, Tag
from circles.version.corrected import as_corrected
from core.redaction import ByHand, Line, Redaction
from core.templatetags.ui import local

TAGS = {Tag.Kind.TOPIC: "Topics", Tag.Kind.RISK: "Risk factors seen", Tag.Kind.PROTECTIVE: "Protective factors seen"}


Block = list[Line]
"""Lines that stand together; the first is their heading."""


@dataclass(frozen=True)
class OuterMinutes:
    """Exactly what an agency is sent, and what was found of names in it."""

    blocks: list[Block]
    names: Redaction

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(map(str, block)) for block in self.blocks)


def minutes_for_outer_circle(meeting: Meeting, *, by_hand: ByHand | None = None) -> OuterMinutes:
    """Laid out for an agency; `by_hand` is what whoever shares them decided about names."""
    names = redaction_for(meeting.circle, by_hand=by_hand)
    as_corrected(meeting)
    blocks = [
        [Line.of(words) for words in about(meeting)],
        [Line.of(words) for words in ("Who was there", *there(meeting))],
        *[
            [Line.of(section.heading), *lines]
            for section in sections_for_outer_circle(meeting)
            if (lines := [line for answer in section.answers for line in answered(answer, names)])
        ],
        *beside(meeting, names),
        *added(meeting, names),
    ]
    return OuterMinutes(blocks, names)


def initial(first_name: str) -> str:
    return f"{first_name[:1].upper()}."


def about(meeting: Meeting) -> list[str]:
    circle, day = meeting.circle, local(meeting.planned_at)
    lines = [
        f"Minutes of meeting {meeting.number} of circle {circle.reference}",
        f"Core member {circle.core_member.reference}, called {circle.known_as} in the circle",
        f"{day:%A} {day_and_time_of(meeting.planned_at)}, place {meeting.place_code}",
    ]
    if meeting.correction is not None:
        lines.append(f"Corrected on {day_and_time_of(meeting.correction.written_at)}")
    return lines


def there(meeting: Meeting) -> list[str]:
    """The core member as the circle calls him; volunteers by initial alone."""
    rows = list(meeting.attendance.select_related("volunteer__user").order_by("pk"))
    his = [f"{meeting.circle.known_as}: {row.get_came_display().lower()}" for row in rows if row.volunteer is None]
    theirs = [
        f"{initial(row.volunteer.user.first_name)} (volunteer): {row.get_came_display().lower()}"
        for row in rows
        if row.volunteer
    ]
    return his + sorted(theirs)


def answered(answer: Answer, names: Redaction) -> Iterator[Line]:
    """A question and its answer; nothing for a question that has none."""
    mark = "" if answer.question.endswith("?") else ":"
    for number, words in enumerate(paragraphs_of(answer.words)):
        line = names.read(words)
        yield line if number else Line.of(f"{answer.question}{mark} ") + line


def beside(meeting: Meeting, names: Redaction) -> list[Block]:
    """Tags, what was seen of each, and contacts between meetings."""
    picked = list(MinutesTag.objects.order_by("pk").picked_in(meeting.minutes))
    blocks: list[Block] = []
    for kind, heading in TAGS.items():
        lines = [line for one in picked if one.tag.kind == kind for line in ticked(one, names)]
        if lines:
            blocks.append([Line.of(heading), *lines])
    if meeting.minutes.contact == Minutes.YesNo.YES:
        told = Contact.objects.order_by("pk").listed_in(meeting.minutes)
        blocks.append([Line.of("Contact between meetings"), *[contact_line(one, names) for one in told]])
    return blocks


def ticked(one: MinutesTag, names: Redaction) -> Iterator[Line]:
    yield Line.of(one.tag.name)
    yield from told_of("Seen or heard: ", one.seen, names)
    if one.basis:
        yield Line.of(one.get_basis_display())
    yield from told_of("What we make of it: ", one.opinion, names)


def told_of(heading: str, words: str, names: Redaction) -> Iterator[Line]:
    """Somebody's own words after a heading of ours; nothing where there are none."""
    for number, paragraph in enumerate(paragraphs_of(words)):
        line = names.read(paragraph)
        yield line if number else Line.of(heading) + line


def contact_line(one: Contact, names: Redaction) -> Line:
    day = one.happened_on
    return Line.of(
        f"{day.day} {day:%B %Y}, {initial(one.volunteer.user.first_name)}, {one.get_channel_display().lower()}, "
        f"{one.minutes_long} minutes, begun by {one.get_begun_by_whom_display().lower()}: "
    ) + names.read(" ".join(paragraphs_of(one.summary)))


def added(meeting: Meeting, names: Redaction) -> Iterator[Block]:
    """Each addendum, by whom and when: staff by name, a volunteer by initial."""
    for one in meeting.addenda.select_related("added_by").order_by("added_at", "pk"):
        writer = one.added_by
        who = writer.full_name if writer.is_charity_staff_or_agency else initial(writer.first_name)
        heading = Line.of(f"Added later by {who}, {day_and_time_of(one.added_at)}")
        yield [heading, *[names.read(words) for words in paragraphs_of(one.words)]]


def sections_for_outer_circle(meeting: Meeting) -> list[Section]:
    """The minutes as an agency may be given them."""
    minutes = as_corrected(meeting)
    return [
        Section(heading.page, heading.title, answers_of(minutes, fields, {}))
        for heading in HEADINGS
        if (fields := [name for name in heading.fields if goes_outside(name)])
    ]
