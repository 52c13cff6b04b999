"""Pages of minutes that are taken over, agreed, compared or corrected."""

from __future__ import annotations

from typing import Any

from circles.contact.operations import add_contact
from circles.log.operations import submit_minutes
from circles.meeting.models import Attendance
from circles.minutes.operations import approve_minutes, return_minutes
from circles.taxonomy.models import Tag
from circles.version.correction_operations import open_answer
from tests.circles.log.writing import save_attendance, save_minutes, send, write
from tests.circles.overview.rows import SEE, WRITE, meeting_begun, tonight
from tests.table import Page, acts, who
from tests.world import World
from volunteers.volunteer.models import Volunteer


def minutes_of_tom(world: World) -> list[Any]:
    """Tom's minutes of a meeting that Ben was at."""
    write(world.meeting, by=world.tom, at=world.now)
    ben = Volunteer.objects.get(user=world.ben)
    save_attendance(world.meeting, volunteer=ben, came=Attendance.Came.LATE, by=world.tom, at=world.now)
    submit_minutes(world.meeting, by=world.tom, at=world.now)
    return [world.meeting.reference]


def minutes_asking_for_call(world: World) -> list[Any]:
    """Ben's minutes, which ask Ann for a call."""
    send(world.meeting, by=world.ben, at=world.now, support="yes")
    return [world.meeting.reference]


def with_contact(world: World) -> list[Any]:
    write(world.meeting, by=world.ben, at=world.now)
    add_contact(
        world.meeting,
        happened_on=world.now.date(),
        volunteer=Volunteer.objects.get(user=world.tom),
        channel="phone",
        begun_by_whom="him",
        minutes_long=5,
        by=world.ben,
        at=world.now,
    )
    return [world.meeting.reference, 1]


def third_page(world: World) -> list[Any]:
    return [*meeting_begun(world), 3]


def minutes_sent_twice(world: World) -> list[Any]:
    """Ben's minutes, returned and sent again."""
    send(world.meeting, by=world.ben, at=world.now)
    return_minutes(world.meeting, reason="Who was late?", by=world.ann, at=world.now)
    save_minutes(world.meeting, answers={"his_week": "He saw his brother."}, by=world.ben, at=world.now)
    submit_minutes(world.meeting, by=world.ben, at=world.now)
    return [world.meeting.reference]


def its_second(world: World) -> list[Any]:
    return [*minutes_sent_twice(world), 2]


def approved_minutes(world: World) -> list[Any]:
    send(world.meeting, by=world.ben, at=world.now)
    approve_minutes(world.meeting, by=world.ann, at=world.now)
    return [world.meeting.reference]


def minutes_opened_to_correct(world: World) -> list[Any]:
    """Jo has opened one answer to correct it."""
    approved_minutes(world)
    open_answer(world.meeting, field="his_week", reason="He asked for it.", by=world.jo, at=world.now)
    return [world.meeting.reference, "his_week"]


def a_word(world: World) -> list[Any]:
    return [Tag.objects.order_by("pk")[0].reference]


PAGES = [
    Page("circles:take_over", of=tonight, opens=acts("volunteer", see=SEE), queries=8),
    Page(
        "circles:take_over",
        of=tonight,
        opens=acts("volunteer", see=SEE),
        posts=lambda world: {},
        refused="too soon to take over",
    ),
    Page("circles:assent", of=minutes_of_tom, opens=acts("volunteer", see=SEE), queries=10),
    Page(
        "circles:assent", of=minutes_of_tom, opens=acts("volunteer", see=SEE), posts=lambda world: {"answer": "agreed"}
    ),
    Page("circles:tags", opens=who("manager", otherwise=403), queries=5),
    Page("circles:tag", of=a_word, opens=who("manager", otherwise=403), queries=5),
    Page("circles:tag", of=a_word, opens=who("manager", otherwise=403), posts=lambda world: {"name": "His hut"}),
    Page("circles:retire_tag", of=a_word, opens=who("manager", otherwise=403), posts=lambda world: {}),
    Page("circles:called", of=minutes_asking_for_call, opens=acts("coordinator", see=SEE), queries=6),
    Page("circles:called", of=minutes_asking_for_call, opens=acts("coordinator", see=SEE), posts=lambda world: {}),
    Page("circles:log_factors", of=meeting_begun, opens=acts(*WRITE, see=SEE), queries=8),
    Page("circles:log_page", of=third_page, opens=acts(*WRITE, see=SEE), queries=11),
    Page("circles:log_contacts", of=meeting_begun, opens=acts(*WRITE, see=SEE), queries=9),
    Page("circles:remove_contact", of=with_contact, opens=acts(*WRITE, see=SEE), posts=lambda world: {}),
    Page("circles:versions", of=minutes_sent_twice, opens=who(*SEE, "data-protection lead"), queries=7),
    Page("circles:version", of=its_second, opens=who(*SEE, "data-protection lead"), queries=7),
    Page("circles:correct", of=approved_minutes, opens=acts("data-protection lead", see=SEE), queries=6),
    Page(
        "circles:correct",
        of=approved_minutes,
        opens=acts("data-protection lead", see=SEE),
        posts=lambda world: {"field": "his_week", "reason": "He asked for it."},
    ),
    Page(
        "circles:correct_answer", of=minutes_opened_to_correct, opens=acts("data-protection lead", see=SEE), queries=7
    ),
    Page(
        "circles:correct_answer",
        of=minutes_opened_to_correct,
        opens=acts("data-protection lead", see=SEE),
        posts=lambda world: {"words": "He saw a friend."},
    ),
]
