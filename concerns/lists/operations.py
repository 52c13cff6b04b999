"""Saves a view of a queue, and deletes it."""

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
"""How many views of a queue one person may have. A longer list of names helps nobody."""


@transaction.atomic
def save_view(queue: Queue, *, name: str, asked: str, by: User, at: datetime) -> SavedView:
    """Save the filter under a name. The same name again replaces it."""
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    _require_worker(queue, by)
    if not name.strip():
        raise Refused("Give the view a name.", field="name")
    if not asked:
        raise Refused("Choose something to show first; the whole queue needs no name.", field="name")
    mine = SavedView.objects.visible_to(by).filter(queue=queue)
    view = mine.filter(name=name.strip()).first()
    if view is None:
        if mine.count() >= MOST:
            raise Refused(f"You have {MOST} views of this queue. Delete one first.", field="name")
        view = SavedView(
            reference=unused_reference(SavedView, "V"), owner=by, queue=queue, name=name.strip(), saved_at=at
        )
    view.asked, view.saved_at = asked, at
    view.save()
    return view


@transaction.atomic
def forget_view(view: SavedView, *, by: User, at: datetime) -> None:
    """Delete one's own view."""
    if view.owner_id != by.pk:
        raise PermissionDenied("You may not delete somebody else’s view.")
    SavedView.objects.filter(pk=view.pk).delete()


def _require_worker(queue: Queue, by: User) -> None:
    if not Queue.objects.worked_by(by).contains(queue):
        raise PermissionDenied("You may not look at this queue. Ask the charity’s manager for it.")
