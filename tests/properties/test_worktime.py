"""Working-time deadlines, for any start, any length and any holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as some

from core.worktime import CLOSES, LONDON, OPENS, WorkingTime

moments = some.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=some.just(UTC))  # noqa: DTZ001
lengths = some.timedeltas(timedelta(), timedelta(hours=120))
holidays = some.sets(some.dates(date(2026, 1, 1), date(2031, 6, 30)), max_size=40)
MARCH = datetime(2027, 3, 26, 23, 30, tzinfo=UTC)
OCTOBER = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)

often = settings(max_examples=200, deadline=None)


def is_working(moment: datetime, off: set[date]) -> bool:
    """The rule in plain words: London, Monday to Friday, nine to five, no holiday."""
    here = moment.astimezone(LONDON)
    in_hours = OPENS <= here.time() <= CLOSES
    return here.weekday() < 5 and here.date() not in off and in_hours


@often
@given(moments, lengths, holidays)
@example(MARCH, timedelta(hours=8), set())
@example(OCTOBER, timedelta(hours=8), set())
def test_a_deadline_never_falls_outside_working_time(start: datetime, length: timedelta, off: set[date]) -> None:
    assert is_working(WorkingTime(off).add(start, length), off)


@often
@given(moments, some.timedeltas(timedelta(), timedelta(days=10)), lengths, holidays)
@example(MARCH, timedelta(hours=60), timedelta(hours=3), set())
def test_a_later_start_is_never_due_earlier(
    start: datetime, later: timedelta, length: timedelta, off: set[date]
) -> None:
    calendar = WorkingTime(off)
    assert calendar.add(start, length) <= calendar.add(start + later, length)


@often
@given(moments, lengths, lengths, holidays)
def test_a_longer_time_is_never_due_earlier(start: datetime, one: timedelta, more: timedelta, off: set[date]) -> None:
    calendar = WorkingTime(off)
    assert calendar.add(start, one) <= calendar.add(start, one + more)


@often
@given(moments, lengths, holidays)
@example(MARCH, timedelta(hours=16), set())
@example(OCTOBER, timedelta(hours=16), set())
def test_what_was_added_is_what_lies_between(start: datetime, length: timedelta, off: set[date]) -> None:
    calendar = WorkingTime(off)
    assert calendar.between(start, calendar.add(start, length)) == length


@often
@given(moments, lengths, lengths, holidays)
def test_in_two_pieces_or_in_one_it_is_due_at_the_same_time(
    start: datetime, one: timedelta, more: timedelta, off: set[date]
) -> None:
    """Save where the first piece ends at closing time: the second then begins next morning, the same working moment."""
    calendar = WorkingTime(off)
    halfway = calendar.add(start, one)
    assert calendar.between(calendar.add(halfway, more), calendar.add(start, one + more)) == timedelta()
    assert calendar.between(calendar.add(start, one + more), calendar.add(halfway, more)) == timedelta()


@often
@given(moments, lengths, holidays)
def test_e15_leaving_out_weekends_and_holidays_never_shortens(
    start: datetime, length: timedelta, off: set[date]
) -> None:
    due = WorkingTime(off).add(start, length)
    assert due >= start.astimezone(UTC) + length
    assert due >= WorkingTime().add(start, length)


@often
@given(moments, some.integers(1, 15), holidays)
@example(MARCH.replace(hour=15), 1, set())
@example(OCTOBER.replace(hour=15), 1, set())
def test_e14_so_many_working_days_end_at_the_same_time_of_day(start: datetime, days: int, off: set[date]) -> None:
    """From within working time; counted on a calendar in plain days."""
    here = start.astimezone(LONDON)
    calendar = WorkingTime(off)
    if not (calendar.is_working_day(here.date()) and OPENS < here.time() <= CLOSES):
        return
    day, left = here.date(), days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    assert calendar.add(start, days * timedelta(hours=8)) == datetime.combine(day, here.time(), LONDON)


@often
@given(moments, lengths, holidays)
def test_the_written_sum_is_the_sum(start: datetime, length: timedelta, off: set[date]) -> None:
    calendar = WorkingTime(off)
    end = start + length
    lines = calendar.daily_lengths(start, end)
    assert sum((long for _, long in lines), timedelta()) == calendar.between(start, end)
    for day, long in lines:
        assert calendar.is_working_day(day)
        assert timedelta() < long <= timedelta(hours=8)


@often
@given(moments, holidays)
def test_a_day_has_eight_working_hours_or_none(moment: datetime, off: set[date]) -> None:
    """Also the days on which the clocks change, which are Sundays."""
    day = moment.astimezone(LONDON).date()
    calendar = WorkingTime(off)
    begins = datetime.combine(day, time(), LONDON)
    ends = datetime.combine(day + timedelta(days=1), time(), LONDON)
    whole = timedelta(hours=8) if calendar.is_working_day(day) else timedelta()
    assert calendar.between(begins, ends) == whole
