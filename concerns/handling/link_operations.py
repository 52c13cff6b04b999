"""Links two concerns that belong together and stay two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concerns
from concerns.concern.models import Concern
from concerns.handling.link_models import ConcernLink
from core.errors import Refused


@transaction.atomic
def link_concerns(concern: Concern, *, other: Concern, why: str, by: User, at: datetime) -> ConcernLink:
    """Link two concerns. Somebody who sees only one of them learns nothing of the other."""
    locked, at = lock_concerns([concern, other], at=at)
    concern, other = locked[concern.pk], locked[other.pk]
    for each in (concern, other):
        ConcernAccess(by, each).require(ConcernAccess.link)
    if concern == other:
        raise Refused("That is this concern. Write the reference of the other one.", field="other")
    if not why.strip():
        raise Refused("Say what joins them.", field="why")
    first, second = sorted((concern, other), key=lambda each: each.pk)
    if ConcernLink.objects.filter(first=first, second=second).exists():
        raise Refused("These two are linked already.", field="other")
    link = ConcernLink.objects.create(first=first, second=second, why=why.strip(), linked_at=at, linked_by=by)
    for each in (concern, other):
        each.lapse_proposals(at=at)
        write_entry(Act.ALTERED, each, by=by, at=at, within=each.filed_within, note="linked")
    return link
