"""The minutes as an agency gets them: one plain text, volunteers by their initials, nothing that stays inside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from circles.models import Contact, Meeting, Membership, Minutes, MinutesTag, Tag
from circles.papers.review import LEFT_OUT, paragraphs, surnames_in, when
from circles.papers.sections import Answer, as_corrected, sections_for_outer_circle
from core.templatetags.ui import local

TAGS = {Tag.Kind.TOPIC: "Topics", Tag.Kind.RISK: "Risk factors seen", Tag.Kind.PROTECTIVE: "Protective factors seen"}


class Outside:
    """What leaves the circle: no volunteer's surname, and first names shortened to their initials."""

    def __init__(self, meeting: Meeting) -> None:
        of_circle = Membership.objects.of(meeting.circle).select_related("volunteer__user")
        people = [one.volunteer.user for one in of_circle]
        self.surnames = surnames_in(person.full_name for person in people)
        self.first_names = first_names_in({person.first_name for person in people} - {meeting.circle.known_as})

    def name(self, first_name: str) -> str:
        return f"{first_name[:1].upper()}."

    def clean(self, words: str) -> str:
        """Somebody's own words, without the volunteers' names that slipped into them."""
        if self.first_names is not None:
            words = self.first_names.sub(lambda found: self.name(found[0]), words)
        return self.surnames.sub(LEFT_OUT, words) if self.surnames else words


def first_names_in(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for these names as they are written, so that the verb in “he will” is left alone."""
    found = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)\.?") if found else None


def words_for_outer_circle(meeting: Meeting) -> str:
    """Exactly what an agency is sent: blocks of lines, the first of each its heading."""
    outside = Outside(meeting)
    as_corrected(meeting)
    blocks = [
        about(meeting),
        ["Who was there", *there(meeting, outside)],
        *[
            [section.heading, *lines]
            for section in sections_for_outer_circle(meeting)
            if (lines := [line for answer in section.answers for line in answered(answer, outside)])
        ],
        *beside(meeting, outside),
        *added(meeting, outside),
    ]
    return "\n\n".join("\n".join(block) for block in blocks)


def about(meeting: Meeting) -> list[str]:
    circle, day = meeting.circle, local(meeting.planned_at)
    lines = [
        f"Minutes of meeting {meeting.number} of circle {circle.reference}",
        f"Core member {circle.core_member.reference}, called {circle.known_as} in the circle",
        f"{day:%A} {when(meeting.planned_at)}, place {meeting.place_code}",
    ]
    if meeting.correction is not None:
        lines.append(f"Corrected on {when(meeting.correction.written_at)}")
    return lines


def there(meeting: Meeting, outside: Outside) -> list[str]:
    """The core member as the circle calls him; volunteers by initial alone."""
    rows = list(meeting.attendance.select_related("volunteer__user").order_by("pk"))
    his = [f"{meeting.circle.known_as}: {row.get_came_display().lower()}" for row in rows if row.volunteer is None]
    theirs = [
        f"{outside.name(row.volunteer.user.first_name)} (volunteer): {row.get_came_display().lower()}"
        for row in rows
        if row.volunteer
    ]
    return his + sorted(theirs)


def answered(answer: Answer, outside: Outside) -> list[str]:
    """A question and its answer; nothing for a question that has none."""
    said = paragraphs(outside.clean(answer.words))
    if not said:
        return []
    mark = "" if answer.question.endswith("?") else ":"
    return [f"{answer.question}{mark} {said[0]}", *said[1:]]


def beside(meeting: Meeting, outside: Outside) -> list[list[str]]:
    """Tags, what was seen of each, and contacts between meetings."""
    picked = list(MinutesTag.objects.order_by("pk").picked_in(meeting.minutes))
    blocks = []
    for kind, heading in TAGS.items():
        lines = [line for one in picked if one.tag.kind == kind for line in ticked(one, outside)]
        if lines:
            blocks.append([heading, *lines])
    if meeting.minutes.contact == Minutes.YesNo.YES:
        told = Contact.objects.order_by("pk").listed_in(meeting.minutes)
        blocks.append(["Contact between meetings", *[contact_line(one, outside) for one in told]])
    return blocks


def ticked(one: MinutesTag, outside: Outside) -> list[str]:
    basis = one.get_basis_display() if one.basis else ""
    lines = [one.tag.name, f"Seen or heard: {outside.clean(one.seen)}" if one.seen else "", basis]
    lines.append(f"What we make of it: {outside.clean(one.opinion)}" if one.opinion else "")
    return [part for line in lines for part in paragraphs(line)]


def contact_line(one: Contact, outside: Outside) -> str:
    day = one.happened_on
    return (
        f"{day.day} {day:%B %Y}, {outside.name(one.volunteer.user.first_name)}, {one.get_channel_display().lower()}, "
        f"{one.minutes_long} minutes, begun by {one.get_begun_by_whom_display().lower()}: "
        + " ".join(paragraphs(outside.clean(one.summary)))
    )


def added(meeting: Meeting, outside: Outside) -> list[list[str]]:
    """Each addendum, by whom and when: staff by name, a volunteer by initial."""
    blocks = []
    for one in meeting.addenda.select_related("added_by").order_by("added_at", "pk"):
        writer = one.added_by
        who = writer.full_name if writer.is_charity_staff_or_agency else outside.name(writer.first_name)
        blocks.append([f"Added later by {who}, {when(one.added_at)}", *paragraphs(outside.clean(one.words))])
    return blocks
