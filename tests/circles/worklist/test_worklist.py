"""Which work items wait for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.operations import return_minutes
from circles.worklist import work_of
from circles.worklist.tonight import tonight_of
from concerns.ladder.models import Holiday
from core.worktime import LONDON
from tests.circles.log.writing import send
from tests.world import World


def item_titles_of(user: object, world: World, hours: int = 0) -> list[str]:
    found = work_of(user, world.now + timedelta(hours=hours))  # type: ignore[arg-type]
    return [item.title.split(" of ")[0] for item in found]


def test_ben_takes_tonights_minutes_so_they_wait_for_him_and_not_for_tom(world: World) -> None:
    assert item_titles_of(world.ben, world) == ["Write the minutes"]
    assert item_titles_of(world.tom, world) == []


def test_the_forty_eight_hours_end_in_the_warm_colour(world: World) -> None:
    assert not work_of(world.ben, world.now)[0].must_act
    assert work_of(world.ben, world.now + timedelta(hours=40))[0].must_act


def test_sent_minutes_wait_for_ann_and_no_longer_for_ben(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    assert item_titles_of(world.ben, world) == []
    assert item_titles_of(world.ann, world) == ["Read the minutes"]
    assert item_titles_of(world.pat, world) == []


def time_to_read_by(world: World, at: datetime) -> datetime:
    """By when Ann is to read the minutes, in London."""
    due = next(item.due_at for item in work_of(world.ann, at) if item.title.startswith("Read"))
    assert due is not None
    return due.astimezone(LONDON)


def test_the_three_working_days_to_read_them_pass_over_weekends_and_the_tables_holidays(world: World) -> None:
    wednesday = datetime(2030, 4, 17, 10, tzinfo=LONDON)
    Holiday.objects.filter(day__year=2030, removed_at=None).update(removed_at=wednesday)
    Meeting.objects.filter(pk=world.meeting.pk).update(planned_at=wednesday - timedelta(hours=3))
    world.meeting.refresh_from_db()
    send(world.meeting, by=world.ben, at=wednesday)
    assert time_to_read_by(world, wednesday) == datetime(2030, 4, 22, 10, tzinfo=LONDON)
    Holiday.objects.create(day=date(2030, 4, 19), name="Good Friday")
    assert time_to_read_by(world, wednesday) == datetime(2030, 4, 23, 10, tzinfo=LONDON)
    Holiday.objects.create(day=date(2030, 4, 22), name="Easter Monday")
    assert time_to_read_by(world, wednesday) == datetime(2030, 4, 24, 10, tzinfo=LONDON)


def test_returned_minutes_wait_for_ben_with_the_reason(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    return_minutes(meeting, reason="Who came late?", by=world.ann, at=world.now)
    item = work_of(world.ben, world.now)[0]
    assert item.title.startswith("Correct and send again")
    assert "Who came late?" in item.detail


def test_late_minutes_wait_for_ann_to_chase(world: World) -> None:
    assert item_titles_of(world.ann, world) == []
    late = work_of(world.ann, world.now + timedelta(hours=60))[0]
    assert late.title.startswith("Ask Ben for the minutes")
    assert late.must_act


def test_cas_who_left_has_nothing_waiting_and_no_meeting_tonight(world: World) -> None:
    Meeting.objects.filter(pk=world.meeting.pk).update(minute_taker=None)
    assert item_titles_of(world.cas, world, hours=60) == []
    assert tonight_of(world.cas, world.now) is None


def test_tonights_card_names_the_others_and_says_who_takes_the_minutes(world: World) -> None:
    card = tonight_of(world.ben, world.now)
    assert card is not None
    assert card.meeting == world.meeting
    assert card.others == ["Tom", "Uma", "Vic"]
    assert (card.takes_minutes, card.log_open, card.begun) == (True, True, False)
    other = tonight_of(world.tom, world.now)
    assert other is not None
    assert not other.takes_minutes


def test_a_log_that_was_begun_is_carried_on_the_next_day(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    card = tonight_of(world.ben, world.now + timedelta(days=1))
    assert card is not None
    assert (card.meeting, card.heading, card.begun) == (world.meeting, "Last meeting", True)


def test_when_all_is_sent_the_card_shows_the_next_meeting(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    card = tonight_of(world.ben, world.now)
    assert card is not None
    assert card.heading == "Next meeting"
    assert not card.log_open
