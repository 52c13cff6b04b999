"""Shifts that wait for a person: to say that they are on call, or to agree to a number."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from concerns.rota.access import RotaAccess
from concerns.rota.models import OnCallShift
from core.templatetags.ui import moment
from core.worklist import WorkItem


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """The shifts this person can agree to. Until somebody agrees, the number shows nowhere."""
    waiting = OnCallShift.objects.visible_to(user).waiting(at).select_related("person", "planned_by")
    return [
        _shift_item_of(shift, user)
        for shift in waiting.order_by("starts_at", "pk")
        if RotaAccess(user, shift).agree_to_shift
    ]


def _shift_item_of(shift: OnCallShift, user: User) -> WorkItem:
    mine = shift.person_id == user.pk
    title = "Say whether you are on call" if mine else f"Agree to the number for {shift.person.full_name}, on call"
    return WorkItem(
        title=f"{title} from {moment(shift.starts_at)}",
        url=reverse("concerns:rota"),
        due_at=shift.starts_at,
        detail=f"{shift.planned_by.full_name} planned it, with the number {shift.telephone}.",
    )
