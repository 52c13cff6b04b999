"""A record's story: lines for its moves from state to state, and for whatever else was written."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q

from core.constraints import one_of
from core.records import Moving


class StoryLine(models.Model):
    """One line of a story. A move is stored as its two states, and its sentence is made when somebody reads it.

    Any other line holds the sentence that was written. Sentences are for people: code reads `kind` and the states.
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
    """The sentence of a line that is no move. Each story sets its greatest length."""

    class Meta:
        abstract = True

    @property
    def record(self) -> Moving:
        """What the story is about."""
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """What a person reads: the label of the new state, or the sentence that was written."""
        if self.kind == self.Kind.MOVED:
            return str(self.record.LIFECYCLE.states(self.to_status).label)
        return self.what


def kind_constraints_for(name: str, kinds: Sequence[str] = ("moved", "written")) -> list[BaseConstraint]:
    """Constraints: the kind is known; a move has two states and no sentence; any other line has only a sentence."""
    moved = Q(kind="moved", what="") & ~Q(from_status="") & ~Q(to_status="")
    written = ~Q(kind="moved") & Q(from_status="", to_status="") & ~Q(what="")
    return [
        one_of("kind", kinds, name=f"{name}_kind_known"),
        CheckConstraint(condition=moved | written, name=f"{name}_moved_or_written"),
    ]
