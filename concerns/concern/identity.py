"""The leave to see who a core member is that an open concern about him gives."""

from __future__ import annotations

from accounts.models import User
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from core.sight import Recordable
from offenders.core_member.models import CoreMember


def may_reveal_through_concern(user: User, record: Recordable) -> bool:
    """Whether this person handles an open concern about this core member. Named in settings.IDENTITY_LEAVES."""
    if not isinstance(record, CoreMember):
        return False
    about_him = Concern.objects.visible_to(user).still_open().filter(circle__core_member=record)
    concerns = about_him.select_related("circle")
    return any(ConcernAccess(user, concern).reveal_identity for concern in concerns)
