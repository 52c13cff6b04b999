"""Two pages of one draft, two people's or one's own: each field has versions, and nothing unseen is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.models import User
from circles.action.models import Action
from circles.goal.models import Goal
from circles.log.models import Presence
from circles.log.operations import Answers, name_of_tap, write_answers, write_attendance
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance, Meeting
from circles.minutes.drafting import author_key_of, latest_version_of_others, lock_draft, version_of
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag
from circles.taxonomy.tag_operations import write_tags
from volunteers.volunteer.models import Volunteer

OTHER_DEVICE = "Another page or device of yours"


@dataclass(frozen=True)
class Loaded:
    """One field as a page was loaded: its version, and a digest of the value shown."""

    version: int
    digest: str


@dataclass(frozen=True)
class Chosen:
    """What somebody chose of two texts, and the other's version they chose from."""

    mine: bool
    version: int


@dataclass(frozen=True)
class Clash:
    """A field that somebody else, or oneself elsewhere, changed since the page was loaded: both texts, and whose the other is."""

    name: str
    theirs: str
    mine: str
    by: str
    version: int


@dataclass(frozen=True)
class Page:
    """What was sent of a page of the log, each part by its name."""

    answers: Answers
    came: dict[str, tuple[Volunteer | None, Attendance.Came]]
    tags: dict[str, list[Tag]]
    loaded: dict[str, Loaded]
    chosen: dict[str, Chosen]
    tapped: dict[str, tuple[Action | Goal, str]] = field(default_factory=dict)
    hand: str = ""
    """The name of this very page, on this very device."""


def text_of(value: Any) -> str:
    """A value as a page sends it back: line ends, spaces around and the order of ticks do not count."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(sorted(str(one) for one in value))
    if hasattr(value, "strftime"):
        return str(value.strftime("%H:%M"))
    return str(value).replace("\r\n", "\n").strip()


def digest(value: Any) -> str:
    return sha256(text_of(value).encode()).hexdigest()[:10]


@transaction.atomic
def save_page(meeting: Meeting, *, page: Page, by: User, at: datetime) -> list[Clash]:
    """Keep what was sent; what somebody else has changed since the page was loaded is not kept but answered with."""
    return write_page(lock_draft(meeting, by=by), page=page, by=by, at=at)


@transaction.atomic
def write_page(meeting: Meeting, *, page: Page, by: User, at: datetime) -> list[Clash]:
    """The same in a draft whose meeting is locked already."""
    sent: dict[str, Any] = {**page.answers}
    sent |= {name: str(came.value) for name, (_, came) in page.came.items()}
    sent |= {kind: [tag.name for tag in tags] for kind, tags in page.tags.items()}
    standing = what_stands(meeting, page)
    clashes: dict[str, Clash] = {}
    left: set[str] = set()
    for name, value in sent.items():
        if text_of(value) == text_of(standing[name]):
            left.add(name)
        elif clashing(meeting.minutes, name, value, page, by):
            clashes[name] = clash(meeting.minutes, name, standing[name], value, by, page)
        elif keeps_theirs(meeting.minutes, name, value, page, by):
            left.add(name)
    keep(meeting, page, left | set(clashes), by=by, at=at)
    return list(clashes.values())


def what_stands(meeting: Meeting, page: Page) -> dict[str, Any]:
    """The draft's present value of everything that was sent."""
    standing: dict[str, Any] = {name: getattr(meeting.minutes, name) for name in page.answers}
    if page.came:
        there = {row.volunteer_id: row.came for row in meeting.attendance.all()}
        standing |= {name: there.get(who.pk if who else None, "") for name, (who, _) in page.came.items()}
    if page.tags:
        standing |= {kind: [] for kind in page.tags}
        for one in MinutesTag.objects.picked_in(meeting.minutes):
            standing.setdefault(one.tag.kind, []).append(one.tag.name)
    return standing


def clashing(minutes: Minutes, name: str, value: Any, page: Page, by: User) -> bool:
    """Somebody else changed the field after this person saw it, and this person changed it too."""
    if name not in page.loaded:
        return False
    theirs = latest_version_of_others(minutes, name, by, page.hand)
    if name in page.chosen:
        return theirs > page.chosen[name].version
    return theirs > page.loaded[name].version and not untouched(minutes, name, value, page, by)


def untouched(minutes: Minutes, name: str, value: Any, page: Page, by: User) -> bool:
    """This person left the field as the page showed it, and has saved nothing in it from there."""
    loaded = page.loaded[name]
    own = minutes.field_versions.get(name, {}).get(author_key_of(by, page.hand), 0)
    return digest(value) == loaded.digest and own <= loaded.version


def keeps_theirs(minutes: Minutes, name: str, value: Any, page: Page, by: User) -> bool:
    """The other's text stays: it was chosen, or this person never touched the field."""
    if name not in page.loaded:
        return False
    if name in page.chosen:
        return not page.chosen[name].mine
    changed = latest_version_of_others(minutes, name, by, page.hand) > page.loaded[name].version
    return changed and untouched(minutes, name, value, page, by)


def clash(minutes: Minutes, name: str, theirs: Any, mine: Any, by: User, page: Page) -> Clash:
    own = author_key_of(by, page.hand)
    versions = {each: version for each, version in minutes.field_versions[name].items() if each != own}
    last = max(versions, key=lambda each: versions[each])
    other = User.objects.get(pk=last.split("/")[0])
    whose = OTHER_DEVICE if other == by else other.first_name
    return Clash(name, text_of(theirs), text_of(mine), whose, versions[last])


def keep(meeting: Meeting, page: Page, left: set[str], *, by: User, at: datetime) -> None:
    """Save everything that was sent but what is left alone; the row of the minutes is written once."""
    also = []
    for name, (who, came) in page.came.items():
        if name not in left and write_attendance(meeting, volunteer=who, came=came)[1]:
            also.append(name_of_tap(who))
    for kind, tags in page.tags.items():
        if kind not in left and write_tags(meeting.minutes, kind=kind, tags=tags):
            also.append(kind)
    answers = {name: value for name, value in page.answers.items() if name not in left}
    write_answers(meeting.minutes, answers=answers, also=also, by=by, at=at, hand=page.hand)


@transaction.atomic
def note_presence(meeting: Meeting, *, page: int, by: User, at: datetime) -> None:
    """This person has a page of the log open."""
    write_presence(MeetingAccess(by, meeting), page=page, at=at)


def write_presence(may: MeetingAccess, *, page: int, at: datetime) -> None:
    """The same for somebody of whom it is known already what they may do."""
    may.require(MeetingAccess.write_minutes)
    here = Presence(minutes=may.meeting.minutes, person=may.by, page=page, seen_at=at)
    Presence.objects.bulk_create(
        [here], update_conflicts=True, unique_fields=["minutes", "person"], update_fields=["page", "seen_at"]
    )


def loaded_of(minutes: Minutes, shown: dict[str, Any]) -> dict[str, Loaded]:
    """What a page is about to show, to be sent back with it."""
    return {name: Loaded(version_of(minutes, name), digest(value)) for name, value in shown.items()}
