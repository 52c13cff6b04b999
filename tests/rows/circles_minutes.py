"""What happens to minutes: taken over, agreed, compared, corrected."""

from __future__ import annotations

from typing import Any

from circles.models import Attendance
from circles.operations import save_attendance, submit_minutes
from tests.circles.writing import write
from tests.rows.circles import SEE, tonight
from tests.table import Page, acts
from tests.world import World
from volunteers.models import Volunteer


def sent_by_tom(world: World) -> list[Any]:
    """Tom's minutes of a meeting that Ben was at."""
    write(world.meeting, by=world.tom, at=world.now)
    ben = Volunteer.objects.get(user=world.ben)
    save_attendance(world.meeting, volunteer=ben, came=Attendance.Came.LATE, by=world.tom, at=world.now)
    submit_minutes(world.meeting, by=world.tom, at=world.now)
    return [world.meeting.reference]


PAGES = [
    Page("circles:take_over", of=tonight, opens=acts("volunteer", see=SEE), queries=8),
    Page("circles:take_over", of=tonight, opens=acts("volunteer", see=SEE), posts=lambda world: {}),
    Page("circles:assent", of=sent_by_tom, opens=acts("volunteer", see=SEE), queries=10),
    Page("circles:assent", of=sent_by_tom, opens=acts("volunteer", see=SEE), posts=lambda world: {"answer": "agreed"}),
]
