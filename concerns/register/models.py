"""What the registers have in common: their readers, a time by which something is due, and a story.

The person whom a record is about never sees it, and it is not counted for them.
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


def hidden_from_its_subject(rows: Rows, user: User, readers: tuple[Role, ...] = KEEPS_REGISTERS) -> Rows:
    """The rows, for those who keep the register, without those about the reader: barred beats granted."""
    if not user.is_active or not any(user.has_role(role) for role in readers):
        return rows.none()
    return rows.exclude(about=user)


class ClockedQuerySet(models.QuerySet[M]):
    def late(self, at: datetime) -> Self:
        """Records whose due time has passed."""
        return self.filter(due_at__lte=at)

    def late_and_untold(self, at: datetime) -> Self:
        """Late records about whose lateness nobody has been told."""
        return self.late(at).exclude(told_late_of=F("due_at"))


class Clocked(Moving):
    """A record with a due time. When the time has passed, somebody is told once."""

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
