"""Pages of circles and their meetings."""

from __future__ import annotations

from typing import Any

from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Attendance
from circles.minutes.beginning_operations import start_log
from embedded.answers import ordinary_answers
from tests.circles.log.writing import save_attendance, save_minutes
from tests.table import Page, acts, everybody, who
from tests.world import World
from volunteers.volunteer.models import Volunteer

SEE = ("volunteer", "coordinator", "manager", "safeguarding lead")
LEAD = ("coordinator", "manager", "safeguarding lead")
WRITE = ("volunteer", "coordinator")

ORDINARY: Answers = {**ordinary_answers(), "mood": "4", "his_week": "Worked three days.", "contact": "no"}


def ely(world: World) -> list[Any]:
    return [world.ely.reference]


def tonight(world: World) -> list[Any]:
    return [world.meeting.reference]


def meeting_begun(world: World) -> list[Any]:
    start_log(world.meeting, by=world.ben, at=world.now)
    return [world.meeting.reference]


def first_page(world: World) -> list[Any]:
    return [*meeting_begun(world), 1]


def minutes_sent(world: World) -> list[Any]:
    meeting_begun(world)
    world.meeting.refresh_from_db()
    save_minutes(world.meeting, answers=ORDINARY, by=world.ben, at=world.now)
    for volunteer in (None, Volunteer.objects.get(user=world.ben)):
        save_attendance(world.meeting, volunteer=volunteer, came=Attendance.Came.CAME, by=world.ben, at=world.now)
    submit_minutes(world.meeting, by=world.ben, at=world.now)
    return [world.meeting.reference]


def ely_and_tom(world: World) -> list[Any]:
    return [world.ely.reference, Volunteer.objects.get(user=world.tom).reference]


PAGES = [
    Page("circles:circles", opens=everybody(), queries=7),
    Page("circles:circles_of", of=lambda world: [world.core_member.reference], opens=who(*LEAD), queries=8),
    Page("circles:open", opens=who("manager", otherwise=403), queries=6),
    Page("circles:circle", of=ely, opens=who(*SEE), queries=12),
    Page("circles:circle", of=ely, opens=who(*SEE), queries=11, counts_as="coordinator"),
    Page("circles:meetings", of=ely, opens=who(*SEE), queries=10),
    Page("circles:people", of=ely, opens=who(*SEE), queries=8),
    Page("circles:add_volunteer", of=ely, opens=acts(*LEAD, see=SEE), queries=7),
    Page("circles:end_membership", of=ely_and_tom, opens=acts(*LEAD, see=SEE), queries=9),
    Page("circles:close", of=ely, opens=acts(*LEAD, see=SEE), queries=6),
    Page("circles:who_looked", of=ely, opens=acts(*LEAD, see=SEE), queries=8),
    Page("circles:meeting", of=minutes_sent, opens=who(*SEE), queries=13),
    Page("circles:approve", of=minutes_sent, opens=acts(*LEAD, see=SEE), queries=9),
    Page("circles:approve", of=minutes_sent, opens=acts(*LEAD, see=SEE), posts=lambda world: {}),
    Page("circles:return", of=minutes_sent, opens=acts(*LEAD, see=SEE), queries=6),
    Page(
        "circles:return", of=minutes_sent, opens=acts(*LEAD, see=SEE), posts=lambda world: {"reason": "Who was late?"}
    ),
    Page("circles:addendum", of=minutes_sent, opens=acts(*WRITE, see=SEE), queries=8),
    Page(
        "circles:addendum",
        of=minutes_sent,
        opens=acts(*WRITE, see=SEE),
        posts=lambda world: {"words": "He rang at nine."},
    ),
    Page("circles:take_minutes", of=tonight, opens=acts(*WRITE, see=SEE)),
    Page("circles:log", of=meeting_begun, opens=acts(see=SEE) | dict.fromkeys(WRITE, 302)),
    Page("circles:log", of=tonight, opens=acts(*WRITE, see=SEE), posts=lambda world: {}),
    Page("circles:log_page", of=first_page, opens=acts(*WRITE, see=SEE), queries=11),
    Page("circles:log_page", of=first_page, opens=acts(*WRITE, see=SEE), posts=lambda world: {"worry": "no"}),
    Page("circles:log_check", of=meeting_begun, opens=acts(*WRITE, see=SEE), queries=12),
    Page(
        "circles:autosave",
        of=meeting_begun,
        opens=acts(*WRITE, see=SEE),
        posts=lambda world: {"page": "3", "his_week": "Good."},
    ),
]
