"""The minutes laid out for a reader: sections, questions and answers, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from circles.access import MeetingAccess
from circles.forms.log import PAGES, FirstPage
from circles.forms.page import PageForm
from circles.models import Meeting, Minutes, MinutesVersion
from circles.operations.correction import correctable_fields
from circles.operations.minutes import Missing
from core.templatetags.ui import clock

DEBRIEF = "debrief"
ONLY_WHEN_WRITTEN = {
    "worry_words", "worry_sent_as", "his_minutes_late", "his_coming_words", "children_detail", "children_contact", "mood_words", "others_present", "challenge",
    "truth", "truth_words", "community_words", "boundary_words", "risk_basis", "risk_opinion",
}  # fmt: skip

INSIDE_ONLY = frozenset({"debrief", "support", "boundary", "boundary_words"})
"""What never leaves the provider, whoever the minutes are shared with (domain.md 1.7)."""


@dataclass(frozen=True)
class Answer:
    field: str
    question: str
    words: str
    missing: str = ""


@dataclass(frozen=True)
class Section:
    page: int
    heading: str
    answers: list[Answer]


@dataclass(frozen=True)
class There:
    """One person and whether they came."""

    name: str
    came: str
    how: str


def may_read_minutes(meeting: Meeting, may: MeetingAccess) -> bool:
    """Everybody who sees the meeting, once they are sent; until then those who may write them."""
    begun = getattr(meeting, "minutes", None) is not None
    return begun and (meeting.submitted_at is not None or may.write_minutes)


def may_read_debrief(meeting: Meeting, may: MeetingAccess) -> bool:
    """The coordinator; and the writers for as long as they write (domain.md 1.7)."""
    return may.read_debrief or (meeting.status == Meeting.Status.DRAFT and may.write_minutes)


def sections_of(meeting: Meeting, *, debrief: bool, missing: Iterable[Missing] = ()) -> list[Section]:
    """The minutes, page by page. `missing` puts its words beside the answers that lack."""
    wanting = {one.field: one.words for one in missing}
    minutes = as_corrected(meeting)
    return [Section(page.number, page.short, answers_of(minutes, shown_on(page), debrief, wanting)) for page in PAGES]


def sections_for_outer_circle(meeting: Meeting) -> list[Section]:
    """The minutes as an agency may be given them: nothing that never leaves the provider."""
    minutes = as_corrected(meeting)
    return [
        Section(page.number, page.short, answers_of(minutes, fields, False, {}))
        for page in PAGES
        if (fields := [name for name in shown_on(page) if name not in INSIDE_ONLY])
    ]


def as_corrected(meeting: Meeting) -> Minutes:
    """The minutes as one reads them: with the words of a correction in place of the approved ones. Never saved."""
    minutes = meeting.minutes
    if meeting.status != Meeting.Status.APPROVED:
        return minutes
    correction = MinutesVersion.objects.order_by("number").correction_of(meeting)
    if correction is not None:
        for name in correctable_fields():
            setattr(minutes, name, correction.answers.get(name, ""))
    meeting.correction = correction
    return minutes


def shown_on(page: type[PageForm]) -> list[str]:
    """The fields a reader finds under a page; what became of the worry is no question of the log."""
    return [*page.questions.values(), *(["worry_sent_as"] if page is FirstPage else [])]


def answers_of(minutes: Minutes, fields: Iterable[str], debrief: bool, wanting: dict[str, str]) -> list[Answer]:
    shown = []
    for name in fields:
        words = said(minutes, name)
        if (name == DEBRIEF and not debrief) or (name in ONLY_WHEN_WRITTEN and not words):
            continue
        question: Any = Minutes._meta.get_field(name)
        shown.append(Answer(name, str(question.verbose_name), words, wanting.get(name, "")))
    return shown


def said(minutes: Minutes, name: str) -> str:
    """An answer as one reads it."""
    value: Any = getattr(minutes, name)
    if isinstance(value, list):
        return ", ".join(Minutes.MoodWord(word).label for word in value)
    if isinstance(value, time):
        return clock(value)
    chosen = getattr(minutes, f"get_{name}_display", None)
    return str(chosen() if chosen is not None and value else value or "")


def attendance_of(meeting: Meeting) -> list[There]:
    """Who was there: the core member first, the volunteers by first name."""
    rows = list(meeting.attendance.select_related("volunteer__user"))
    him = [There(meeting.circle.known_as, row.came, row.get_came_display()) for row in rows if row.volunteer is None]
    others = [There(row.volunteer.user.first_name, row.came, row.get_came_display()) for row in rows if row.volunteer]
    return him + sorted(others, key=lambda there: there.name)
