"""Save a page of the log when the same draft is open elsewhere: a change nobody saw is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.models import User
from circles.action.models import Action
from circles.goal.models import Goal
from circles.log.models import Presence
from circles.log.operations import Answers, tap_name_of, write_answers, write_attendance
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance, Meeting
from circles.minutes.drafting import author_key_of, latest_version_of_others, lock_draft, version_of
from circles.minutes.models import Minutes
from circles.taxonomy.models import Tag, picked_tags_of
from circles.taxonomy.tag_operations import write_tags
from volunteers.volunteer.models import Volunteer

OTHER_DEVICE = "Another page or device of yours"


@dataclass(frozen=True)
class LoadedField:
    """The version of one field when the page was loaded, and a digest of the value shown."""

    version: int
    digest: str


@dataclass(frozen=True)
class Choice:
    """Which of two texts somebody chose, and the version of the other's text that they saw."""

    mine: bool
    version: int


@dataclass(frozen=True)
class Clash:
    """A field that was changed elsewhere since the page was loaded: both texts, and who wrote the other."""

    name: str
    theirs: str
    mine: str
    by: str
    version: int


@dataclass(frozen=True)
class SentPage:
    """What was sent from a page of the log."""

    answers: Answers
    came: dict[str, tuple[Volunteer | None, Attendance.Came]]
    tags: dict[str, list[Tag]]
    loaded: dict[str, LoadedField]
    chosen: dict[str, Choice]
    tapped: dict[str, tuple[Action | Goal, str]] = field(default_factory=dict)
    hand: str = ""
    """The key of this open page on this device."""


def text_of(value: Any) -> str:
    """A value as text to compare. Line ends, outer spaces and the order of ticks make no difference."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(sorted(str(item) for item in value))
    if hasattr(value, "strftime"):
        return str(value.strftime("%H:%M"))
    return str(value).replace("\r\n", "\n").strip()


def digest_of(value: Any) -> str:
    return sha256(text_of(value).encode()).hexdigest()[:10]


@transaction.atomic
def save_page(meeting: Meeting, *, page: SentPage, by: User, at: datetime) -> list[Clash]:
    """Save what was sent. Returns the clashes: fields changed elsewhere since the page was loaded, which are not saved."""
    return write_page(lock_draft(meeting, by=by), page=page, by=by, at=at)


def write_page(meeting: Meeting, *, page: SentPage, by: User, at: datetime, also: Iterable[str] = ()) -> list[Clash]:
    """Like `save_page`, for a draft whose meeting is locked already. `also` names taps that changed with it."""
    sent: dict[str, Any] = {**page.answers}
    sent |= {name: str(came.value) for name, (_, came) in page.came.items()}
    sent |= {kind: [tag.name for tag in tags] for kind, tags in page.tags.items()}
    saved = _saved_values_of(meeting, page)
    clashes: dict[str, Clash] = {}
    left_alone: set[str] = set()
    for name, value in sent.items():
        if text_of(value) == text_of(saved[name]):
            left_alone.add(name)
        elif is_clash(meeting.minutes, name, value, page, by):
            clashes[name] = clash_of(meeting.minutes, name, saved[name], value, by, page)
        elif is_theirs_kept(meeting.minutes, name, value, page, by):
            left_alone.add(name)
    _write_changes(meeting, page, left_alone | set(clashes), also, by=by, at=at)
    return list(clashes.values())


def _saved_values_of(meeting: Meeting, page: SentPage) -> dict[str, Any]:
    """The saved value of everything that was sent."""
    saved: dict[str, Any] = {name: getattr(meeting.minutes, name) for name in page.answers}
    if page.came:
        there = {row.volunteer_id: row.came for row in meeting.attendance.all()}
        saved |= {name: there.get(who.pk if who else None, "") for name, (who, _) in page.came.items()}
    if page.tags:
        saved |= {kind: [] for kind in page.tags}
        for minutes_tag in picked_tags_of(meeting.minutes):
            saved.setdefault(minutes_tag.tag.kind, []).append(minutes_tag.tag.name)
    return saved


def is_clash(minutes: Minutes, name: str, value: Any, page: SentPage, by: User) -> bool:
    """Whether somebody else changed the field after this person saw it, and this person changed it too."""
    if name not in page.loaded:
        return False
    theirs = latest_version_of_others(minutes, name, by, page.hand)
    if name in page.chosen:
        return theirs > page.chosen[name].version
    return theirs > page.loaded[name].version and not _is_untouched(minutes, name, value, page, by)


def _is_untouched(minutes: Minutes, name: str, value: Any, page: SentPage, by: User) -> bool:
    """Whether this person left the field as the page showed it, and saved nothing in it from this page."""
    loaded = page.loaded[name]
    own = minutes.field_versions.get(name, {}).get(author_key_of(by, page.hand), 0)
    return digest_of(value) == loaded.digest and own <= loaded.version


def is_theirs_kept(minutes: Minutes, name: str, value: Any, page: SentPage, by: User) -> bool:
    """Whether the other's text stays: it was chosen, or this person did not touch the field."""
    if name not in page.loaded:
        return False
    if name in page.chosen:
        return not page.chosen[name].mine
    changed = latest_version_of_others(minutes, name, by, page.hand) > page.loaded[name].version
    return changed and _is_untouched(minutes, name, value, page, by)


def clash_of(minutes: Minutes, name: str, theirs: Any, mine: Any, by: User, page: SentPage) -> Clash:
    """The clash of a field with the last change that was made elsewhere."""
    own = author_key_of(by, page.hand)
    versions = {key: version for key, version in minutes.field_versions[name].items() if key != own}
    last = max(versions, key=lambda key: versions[key])
    other = User.objects.get(pk=last.split("/")[0])
    whose = OTHER_DEVICE if other == by else other.first_name
    return Clash(name, text_of(theirs), text_of(mine), whose, versions[last])


def _write_changes(
    meeting: Meeting, page: SentPage, left_alone: set[str], tapped: Iterable[str], *, by: User, at: datetime
) -> None:
    """Write everything that was sent except what is left alone. The row of the minutes is written once."""
    also = [*tapped]
    for name, (who, came) in page.came.items():
        if name not in left_alone and write_attendance(meeting, volunteer=who, came=came)[1]:
            also.append(tap_name_of(who))
    for kind, tags in page.tags.items():
        if kind not in left_alone and write_tags(meeting.minutes, kind=kind, tags=tags):
            also.append(kind)
    answers = {name: value for name, value in page.answers.items() if name not in left_alone}
    write_answers(meeting.minutes, answers=answers, also=also, by=by, at=at, hand=page.hand)


def write_presence(may: MeetingAccess, *, page: int, at: datetime) -> None:
    """Note that this person has a page of the log open."""
    may.require(MeetingAccess.write_minutes)
    here = Presence(minutes=may.meeting.minutes, person=may.by, page=page, seen_at=at)
    Presence.objects.bulk_create(
        [here], update_conflicts=True, unique_fields=["minutes", "person"], update_fields=["page", "seen_at"]
    )


def loaded_fields_of(minutes: Minutes, shown: dict[str, Any]) -> dict[str, LoadedField]:
    """The version and digest of each value that a page shows, to be sent back with it."""
    return {name: LoadedField(version_of(minutes, name), digest_of(value)) for name, value in shown.items()}
