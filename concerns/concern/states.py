"""The states of a concern, and which state may follow which."""

from __future__ import annotations

from django.db import models

from core.lifecycle import Lifecycle


class ConcernStatus(models.TextChoices):
    RAISED = "raised", "Raised, nobody has it yet"
    """Stored and receipted. The ladder tells one after another."""
    ACKNOWLEDGED = "acknowledged", "Somebody has it"
    """Somebody has promised to act by a time."""
    TRIAGED = "triaged", "Triaged: how urgent, and whose"
    """Somebody decided how urgent it is and whose."""
    MONITORED = "monitored", "Watched in the circle"
    """It is watched in the circle, until a day on which it is looked at again."""
    ANSWERED = "answered", "Answered"
    """What came of it is written down; its author may still have to be told."""
    CLOSED = "closed", "Finished"
    """Its author was told, or why not is kept. It can be taken up again."""
    MERGED = "merged", "Joined to another"
    """Another concern goes on for both; the words of this one stay."""
    RAISED_IN_ERROR = "raised_in_error", "Raised in error"
    """Two people agreed that it was a mistake. It stays readable."""


LIFECYCLE = Lifecycle(
    states=ConcernStatus,
    start=ConcernStatus.RAISED,
    moves={
        ConcernStatus.RAISED: {ConcernStatus.ACKNOWLEDGED, ConcernStatus.MERGED, ConcernStatus.RAISED_IN_ERROR},
        ConcernStatus.ACKNOWLEDGED: {
            ConcernStatus.TRIAGED,
            ConcernStatus.ANSWERED,
            ConcernStatus.MERGED,
            ConcernStatus.RAISED_IN_ERROR,
        },
        ConcernStatus.TRIAGED: {ConcernStatus.MONITORED, ConcernStatus.ANSWERED},
        ConcernStatus.MONITORED: {ConcernStatus.TRIAGED, ConcernStatus.ANSWERED},
        ConcernStatus.ANSWERED: {ConcernStatus.CLOSED, ConcernStatus.TRIAGED},
        ConcernStatus.CLOSED: {ConcernStatus.TRIAGED},
    },
)
