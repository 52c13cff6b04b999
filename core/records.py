"""Moving: a record whose state changes only as its lifecycle allows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from core.lifecycle import Lifecycle

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Moving(models.Model):
    """A record with a `status` that only `move` may write."""

    LIFECYCLE: ClassVar[Lifecycle]
    status: Any

    class Meta:
        abstract = True

    @property
    def moves(self) -> list[models.TextChoices]:
        """The states this record could move to now."""
        return self.LIFECYCLE.states_after(self.status)

    def move(
        self,
        to: models.TextChoices,
        *,
        by: AbstractBaseUser | None,
        at: datetime,
        note: str = "",
    ) -> None:
        """Check the table, set the state, save it, and add to the record's story.

        Called by operations only, with the row locked. `by` is None when the service itself acts.
        Raises MoveNotAllowed. Fields a state depends on are set on the instance before the call
        and named in `facts_of_a_move`, so that state and facts reach the database together.
        """
        before = self.status
        self.LIFECYCLE.check(before, to)
        self.status = to
        changed = ["status", *self.facts_of_a_move()]
        self.save(update_fields=changed)
        self.tell_story(before=before, by=by, at=at, note=note)

    def facts_of_a_move(self) -> list[str]:
        """Fields that a constraint ties to the state. They are saved with it."""
        return []

    def tell_story(self, *, before: str, by: AbstractBaseUser | None, at: datetime, note: str) -> None:
        """Add the move to the record's story. A record without a story does nothing here."""
