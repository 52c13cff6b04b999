"""What of a circle's past a volunteer reads: nothing that was over before the day they joined (domain.md 4.3).

Whatever is still open, or came to its end since that day, they read like everybody in the circle. Whoever
coordinates the circle or leads reads everything. Each queryset of a circle's records asks `not_over_before_joining`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDay

from accounts.models import User
from accounts.models.role import Role
from circles.circle.models import COORDINATED_CIRCLES, SEES_EVERY_CIRCLE, Circle, Membership
from core.worktime import LONDON


def not_over_before_joining(user: User, over_at: str) -> Q:
    """A condition on rows with a `circle`. `over_at` names the moment a row was over, None while it goes on."""
    if not user.has_role(Role.VOLUNTEER) or any(user.has_role(role) for role in SEES_EVERY_CIRCLE):
        return Q()
    joined = _memberships_of(user).filter(circle=OuterRef("circle"), reads_from__lte=OuterRef(over_at))
    return Q(**{over_at: None}) | Q(circle__in=COORDINATED_CIRCLES(user.pk)) | Q(Exists(joined))


def reads_from(user: User, circle: Circle) -> datetime | None:
    """The start of the day this person joined the circle. None if they do not belong to it."""
    found = _memberships_of(user).filter(circle=circle).order_by("reads_from")
    return found.values_list("reads_from", flat=True).first()


def _memberships_of(user: User) -> QuerySet[Any, Any]:
    """This person's memberships of now, with `reads_from`: the start of the day they joined, in London."""
    return (
        Membership.objects.current()
        .filter(volunteer__user=user.pk)
        .annotate(reads_from=TruncDay("joined_at", tzinfo=LONDON))
    )
