"""Keeping a way to look at a queue, and forgetting it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from concerns.lists.models import SavedView
from concerns.queue.models import Queue
from core.errors import Refused
from core.references import unused_reference

MOST = 12
"""More than a list of names can help with."""


@transaction.atomic
def save_view(queue: Queue, *, name: str, asked: str, by: User, at: datetime) -> SavedView:
    """Keep the filter under a name; the same name again replaces it."""
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    require_worker(queue, by)
    if not name.strip():
        raise Refused("Give the view a name.", field="name")
    if not asked:
        raise Refused("Choose something to show first; the whole queue needs no name.", field="name")
    mine = SavedView.objects.visible_to(by).filter(queue=queue)
    view = mine.filter(name=name.strip()).first()
    if view is None:
        if mine.count() >= MOST:
            raise Refused(f"You have {MOST} views of this queue. Forget one first.", field="name")
        view = SavedView(
            reference=unused_reference(SavedView, "V"), owner=by, queue=queue, name=name.strip(), saved_at=at
        )
    view.asked, view.saved_at = asked, at
    view.save()
    return view


@transaction.atomic
def forget_view(view: SavedView, *, by: User, at: datetime) -> None:
    """Take one's own view away. Nothing of a case goes with it."""
    if view.owner_id != by.pk:
        raise PermissionDenied("You may not forget somebody else’s view.")
    SavedView.objects.filter(pk=view.pk).delete()


def require_worker(queue: Queue, by: User) -> None:
    if not Queue.objects.worked_by(by).contains(queue):
        raise PermissionDenied("You may not look at this queue. Ask the charity’s manager for it.")
