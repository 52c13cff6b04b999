"""Pick the tags of one meeting's minutes, and describe each risk factor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.drafting import lock_draft, note_saving
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag, tags_of
from core.errors import Refused


def write_tags(minutes: Minutes, *, kind: str, tags: Iterable[Tag]) -> bool:
    """Make these the picked tags of one kind in a draft whose meeting is locked. True if anything changed.

    Text typed for an unpicked one is kept.
    """
    chosen = {tag.pk: tag for tag in tags if tag.kind == kind}
    rows = {row.tag_id: row for row in tags_of(minutes) if row.tag.kind == kind}
    picked_before = {pk for pk, row in rows.items() if row.picked}
    for pk, tag in chosen.items():
        if pk not in rows:
            if tag.retired_at is not None:
                raise Refused(f"“{tag.name}” is not used any more. Choose another word.", field=kind)
            MinutesTag.objects.create(minutes=minutes, tag=tag)
    for pk, row in rows.items():
        if row.picked != (pk in chosen):
            row.picked = pk in chosen
            row.save(update_fields=["picked"])
    if not chosen.keys() <= rows.keys():
        minutes._prefetched_objects_cache.pop("tags")  # type: ignore[attr-defined]
    return picked_before != set(chosen)


@transaction.atomic
def describe_risk(
    meeting: Meeting, *, tag: Tag, seen: str, basis: str, opinion: str, by: User, at: datetime
) -> MinutesTag:
    """Save what was seen of a picked risk factor, how it is known, and the writer's opinion."""
    meeting = lock_draft(meeting, by=by)
    minutes_tag = MinutesTag.objects.filter(
        minutes=meeting.minutes, tag=tag, tag__kind=Tag.Kind.RISK, picked=True
    ).first()
    if minutes_tag is None:
        raise Refused("Pick the risk factor first.")
    if basis and basis not in Minutes.Basis.values:
        raise Refused("Say how you know.", field="basis")
    minutes_tag.seen, minutes_tag.basis, minutes_tag.opinion = seen, basis, opinion
    minutes_tag.save(update_fields=["seen", "basis", "opinion"])
    note_saving(meeting.minutes, by=by, at=at)
    return minutes_tag
