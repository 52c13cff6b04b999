"""Work about looks past a core member's wall: somebody else says whether it was right."""

from __future__ import annotations

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.urls import reverse

from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.core_member.wall_models import REVIEW_WITHIN, BreakGlass

DUE = ExpressionWrapper(F("opened_at") + REVIEW_WITHIN, output_field=DateTimeField())


def _look_rows(reader: WorkReader) -> Rows:
    """Looks that nobody has reviewed, at core members of the reader's; not the reader's own."""
    looks = BreakGlass.objects.visible_to(reader.user).unreviewed().exclude(person=reader.user)
    return as_lines(
        looks.filter(reader.within("core_member__circles")),
        due=DUE,
        circle="",
        owner="core_member__coordinator",
        look="pk",
        core_member="core_member__reference",
        who="person__full_name",
    )


def _say_look(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Review why {line.facts['core_member']} was opened past his wall",
        url=reverse("offenders:review_glass", args=[line.facts["core_member"], line.facts["look"]]),
        due_at=line.due,
        detail=f"{line.facts['who']} opened him.",
    )


LOOK_KINDS = (WorkKind("look", "Looks past a wall", _look_rows, _say_look),)
