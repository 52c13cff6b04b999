"""Who reads the timeline of a core member's record. Its strands are in offenders/overview/strands.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from offenders.core_member.models import CoreMember

Lines = Sequence[QuerySet[Any, Any]]


@dataclass(frozen=True)
class RecordReader:
    """Who reads the timeline of which core member, and when. Whoever may see his record reads it from its beginning."""

    user: User
    core_member: CoreMember
    at: datetime

    @property
    def since(self) -> None:
        return None

    def page(self, name: str) -> str:
        """The address of one of his pages."""
        return reverse(name, args=[self.core_member.reference])

    def his(self, rows: Any) -> Any:
        """Those of the rows of a table that are about him and that this person may see."""
        return rows.visible_to(self.user).filter(core_member=self.core_member)
