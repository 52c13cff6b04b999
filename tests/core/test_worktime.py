"""Working time, told with real weeks, holidays and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from concerns.defaults import load_defaults
from concerns.ladder.models import working_time
from core.worktime import LONDON, WORKING_DAY, WorkingTime

HOUR = timedelta(hours=1)
PLAIN = WorkingTime()


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type]


@pytest.fixture
def with_bank_holidays(db: None) -> WorkingTime:
    load_defaults()
    return working_time()


def test_e14_one_working_day_from_friday_afternoon_is_monday_afternoon() -> None:
    assert PLAIN.add(london(2027, 3, 5, 16, 30), WORKING_DAY) == london(2027, 3, 8, 16, 30)


def test_e14_over_a_bank_holiday_monday_it_is_tuesday_afternoon(with_bank_holidays: WorkingTime) -> None:
    """Early May bank holiday: 3 May 2027."""
    assert with_bank_holidays.add(london(2027, 4, 30, 16, 30), WORKING_DAY) == london(2027, 5, 4, 16, 30)


def test_christmas_on_a_saturday_takes_monday_and_tuesday_in_its_place(with_bank_holidays: WorkingTime) -> None:
    assert not with_bank_holidays.is_working_day(date(2027, 12, 27))
    assert not with_bank_holidays.is_working_day(date(2027, 12, 28))
    assert with_bank_holidays.add(london(2027, 12, 24, 16), 2 * HOUR) == london(2027, 12, 29, 10)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (london(2027, 3, 26, 16), london(2027, 3, 29, 10)),
        (london(2027, 10, 29, 16), london(2027, 11, 1, 10)),
    ],
    ids=["the clocks go forward", "the clocks go back"],
)
def test_e13_two_working_hours_over_a_clock_change_are_two(start: datetime, due: datetime) -> None:
    assert PLAIN.add(start, 2 * HOUR) == due
    assert PLAIN.between(start, due) == 2 * HOUR


def test_e12_in_summer_the_day_opens_at_nine_in_london_and_not_in_utc() -> None:
    assert PLAIN.add(london(2027, 7, 1, 3), HOUR) == datetime(2027, 7, 1, 9, tzinfo=UTC)


def test_a_length_that_ends_at_closing_time_is_due_then_and_not_next_morning() -> None:
    assert PLAIN.add(london(2027, 3, 1, 9), WORKING_DAY) == london(2027, 3, 1, 17)


def test_nothing_added_out_of_hours_is_the_next_opening() -> None:
    assert PLAIN.add(london(2027, 3, 6, 12), timedelta()) == london(2027, 3, 8, 9)


def test_between_is_nothing_when_the_end_is_not_after_the_start() -> None:
    assert PLAIN.between(london(2027, 3, 1, 12), london(2027, 3, 1, 10)) == timedelta()
    assert PLAIN.between(london(2027, 3, 1, 12), london(2027, 3, 1, 12)) == timedelta()


def test_the_sum_is_written_out_a_line_a_working_day() -> None:
    assert PLAIN.daily_lengths(london(2027, 3, 5, 15), london(2027, 3, 8, 13)) == [
        (date(2027, 3, 5), 2 * HOUR),
        (date(2027, 3, 8), 4 * HOUR),
    ]


def test_answers_are_in_utc() -> None:
    assert PLAIN.add(london(2027, 7, 1, 10), HOUR).tzinfo is UTC
