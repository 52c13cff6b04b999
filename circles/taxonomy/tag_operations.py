"""Sorting one meeting's minutes by tags, and saying of each risk factor what was seen and how it is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.drafting import lock_draft, note_saving
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag
from core.errors import Refused


@transaction.atomic
def save_tags(meeting: Meeting, *, kind: str, tags: Iterable[Tag], by: User, at: datetime, hand: str = "") -> None:
    """Exactly these tags of one kind stand in the draft. What was typed under one taken back stays in its row."""
    meeting = lock_draft(meeting, by=by)
    changed = write_tags(meeting.minutes, kind=kind, tags=tags)
    note_saving(meeting.minutes, by=by, at=at, changed=[kind] if changed else [], hand=hand)


def write_tags(minutes: Minutes, *, kind: str, tags: Iterable[Tag]) -> bool:
    """Write these tags of one kind into a draft whose meeting is locked; whether it changed anything."""
    wanted = {tag.pk: tag for tag in tags if tag.kind == kind}
    held = {one.tag_id: one for one in MinutesTag.objects.filter(minutes=minutes, tag__kind=kind)}
    was = {pk for pk, one in held.items() if one.picked}
    for pk, tag in wanted.items():
        if pk not in held:
            if tag.retired_at is not None:
                raise Refused(f"“{tag.name}” is not used any more. Choose another word.", field=kind)
            MinutesTag.objects.create(minutes=minutes, tag=tag)
    for pk, one in held.items():
        if one.picked != (pk in wanted):
            one.picked = pk in wanted
            one.save(update_fields=["picked"])
    return was != set(wanted)


@transaction.atomic
def describe_risk(
    meeting: Meeting, *, tag: Tag, seen: str, basis: str, opinion: str, by: User, at: datetime
) -> MinutesTag:
    """Say of a picked risk factor what was seen or heard, how it is known and, apart from it, what one makes of it."""
    meeting = lock_draft(meeting, by=by)
    one = MinutesTag.objects.filter(minutes=meeting.minutes, tag=tag, tag__kind=Tag.Kind.RISK, picked=True).first()
    if one is None:
        raise Refused("Pick the risk factor first.")
    if basis and basis not in Minutes.Basis.values:
        raise Refused("Say how you know.", field="basis")
    one.seen, one.basis, one.opinion = seen, basis, opinion
    one.save(update_fields=["seen", "basis", "opinion"])
    note_saving(meeting.minutes, by=by, at=at)
    return one
