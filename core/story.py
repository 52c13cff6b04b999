"""The lines of a record's story: its moves from state to state, and whatever else was written."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q

from core.constraints import one_of
from core.records import Moving


class StoryLine(models.Model):
    """One line of a story. A move is stored as its two states, and its sentence is made when somebody reads it.

    Other lines are sentences as they were written. A sentence is for people: code asks for `kind` and the states.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", "Moved from state to state"
        WRITTEN = "written", "Written in words"

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.WRITTEN)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)

    what: str
    """The sentence of a line that is no move; each story says how long it may be."""

    class Meta:
        abstract = True

    @property
    def record(self) -> Moving:
        """What the story is about."""
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """What a person reads: the state that was reached, in the words of today, or the sentence as written."""
        if self.kind == self.Kind.MOVED:
            return str(self.record.LIFECYCLE.states(self.to_status).label)
        return self.what


def kinds_held(name: str, kinds: Sequence[str] = ("moved", "written")) -> list[BaseConstraint]:
    """The kind is known; a move has both its states and no sentence of its own; every other line has only that."""
    moved = Q(kind="moved", what="") & ~Q(from_status="") & ~Q(to_status="")
    written = ~Q(kind="moved") & Q(from_status="", to_status="") & ~Q(what="")
    return [
        one_of("kind", kinds, name=f"{name}_kind_known"),
        CheckConstraint(condition=moved | written, name=f"{name}_moved_or_written"),
    ]
