"""Who reads which answer of the minutes. A question that is not in the table stays with the coordinator."""

from __future__ import annotations

from enum import IntEnum

from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes


class Readers(IntEnum):
    """How far an answer goes."""

    COORDINATOR = 1
    """The coordinator; and, until the minutes are sent, whoever wrote it."""
    CIRCLE = 2
    """Everybody who sees the meeting."""
    OUTSIDE = 3
    """Whoever the minutes are shared with, besides."""


READERS = dict.fromkeys(
    [
        "worry",
        "worry_words",
        "worry_sent_as",
        "his_minutes_late",
        "his_coming_words",
        "mode",
        "prebrief_began_at",
        "began_at",
        "ended_at",
        "debrief_ended_at",
        "mood",
        "mood_words",
        "others_present",
        "his_week",
        "talked_about",
        "risk_seen",
        "risk_basis",
        "risk_opinion",
        "protective_seen",
        "challenge",
        "truth",
        "truth_words",
        "licence",
        "wellbeing",
        "children",
        "children_detail",
        "children_contact",
        "contact",
        "community",
        "community_words",
        "actions_agreed",
        "next_plan",
    ],
    Readers.OUTSIDE,
) | dict.fromkeys(["boundary", "boundary_words", "debrief", "support"], Readers.COORDINATOR)
"""Gifts and favours, the debrief and the wish to be rung are promised to the coordinator alone, since the colleague
they are about reads the rest (domain.md 1.7)."""


def is_for(name: str, readers: Readers) -> bool:
    """Whether an answer goes as far as these readers."""
    return READERS.get(name, Readers.COORDINATOR) >= readers


def reads_answer(may: MeetingAccess, name: str) -> bool:
    """Whether this person reads this answer of the minutes: the one place where that is decided."""
    if is_for(name, Readers.CIRCLE) or may.read_debrief:
        return True
    writes = may.meeting.status == Meeting.Status.DRAFT and may.write_minutes
    return writes and is_written_by(may.meeting.minutes, name, may.by.pk)


def is_written_by(minutes: Minutes, name: str, person: int) -> bool:
    """The person of this key changed this answer last, from whichever page; so too where nobody has answered."""
    versions: dict[str, int] = minutes.field_versions.get(name, {})
    if not versions:
        return True
    last = max(versions, key=lambda author: versions[author])
    return last.partition("/")[0] == str(person)
