"""What the registers have in common: who reads them, whom a record is kept from, a clock that is chased, a story.

A record about one of the charity's own people is nothing to them: not the record, nor a count of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.models.role import Role
from core.records import Moving
from core.story import StoryLine, kind_constraints_for

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

KEEPS_REGISTERS = (Role.MANAGER, Role.SAFEGUARDING_LEAD)

M = TypeVar("M", bound=models.Model)
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def kept_from_whom_it_is_about(rows: Rows, user: User, readers: tuple[Role, ...] = KEEPS_REGISTERS) -> Rows:
    """All for those who keep the register, save what is about them: barred beats granted."""
    if not user.is_active or not any(user.has_role(role) for role in readers):
        return rows.none()
    return rows.exclude(about=user)


class ClockedQuerySet(models.QuerySet[M]):
    def late(self, at: datetime) -> Self:
        """Those whose next thing should have been done by now."""
        return self.filter(due_at__lte=at)

    def late_and_untold(self, at: datetime) -> Self:
        """Those late of which nobody has been told."""
        return self.late(at).exclude(told_late_of=F("due_at"))


class Clocked(Moving):
    """A record on which something is to be done by a time, and whose lateness is told once for each such time."""

    due_at = models.DateTimeField(null=True, help_text="By when the next thing should be done.")
    told_late_of = models.DateTimeField(null=True, help_text="The due time whose passing was told.")

    class Meta:
        abstract = True

    def tell_story(self, *, before: str, by: AbstractBaseUser | None, at: datetime, note: str) -> None:
        moved = RecordEvent(kind=RecordEvent.Kind.MOVED, from_status=before, to_status=self.status, detail=note)
        self._add_line(moved, by=by, at=at)

    def note(self, what: str, *, by: AbstractBaseUser | None, at: datetime, detail: str = "") -> None:
        """Add a line to the record's story. `by` is None when the service itself acts."""
        self._add_line(RecordEvent(what=what, detail=detail), by=by, at=at)

    def _add_line(self, line: RecordEvent, *, by: AbstractBaseUser | None, at: datetime) -> None:
        setattr(line, self._meta.model_name or "", self)
        line.at, line.by_id = at, by.pk if by else None
        line.save(force_insert=True)


class RecordEvent(StoryLine):
    """One line of the story of a referral, an incident or a disclosure request."""

    safeguardingreferral = models.ForeignKey(
        "concerns.SafeguardingReferral", on_delete=models.PROTECT, related_name="events", null=True
    )
    seriousincident = models.ForeignKey(
        "concerns.SeriousIncident", on_delete=models.PROTECT, related_name="events", null=True
    )
    disclosurerequest = models.ForeignKey(
        "concerns.DisclosureRequest", on_delete=models.PROTECT, related_name="events", null=True
    )
    what = models.CharField(max_length=120, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        constraints = [
            *kind_constraints_for("record_event"),
            models.CheckConstraint(
                condition=Q(safeguardingreferral__isnull=False, seriousincident=None, disclosurerequest=None)
                | Q(safeguardingreferral=None, seriousincident__isnull=False, disclosurerequest=None)
                | Q(safeguardingreferral=None, seriousincident=None, disclosurerequest__isnull=False),
                name="record_event_of_one_record",
            ),
        ]

    def __str__(self) -> str:
        return f"record event {self.pk}"

    @property
    def record(self) -> Moving:
        records = (self.safeguardingreferral, self.seriousincident, self.disclosurerequest)
        return next(record for record in records if record is not None)
