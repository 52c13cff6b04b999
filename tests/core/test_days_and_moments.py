"""A day and a moment: inside what the form takes, and on a clock that exists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms import FIRST_DAY, TODAY, DateField, Form, MomentField, years
from core.forms.moments import text_and_choice_of
from core.worktime import LONDON

AT = datetime(2026, 6, 17, 20, 30, tzinfo=UTC)


class Check(Form):
    until = DateField(label="Good until", latest=years(5))
    passed = DateField(label="Passed on", latest=TODAY, required=False)


class Shift(Form):
    starts = MomentField(label="From", earliest=years(-1), latest=years(2))


def day(day: str, month: str, year: str, name: str = "until") -> Check:
    return Check({f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}, at=AT)


def shift(typed: str, which: str = "") -> Shift:
    return Shift({"starts": typed, "starts_which": which}, at=AT)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("30", "6", "2206"), "30 June 2206 is too late: the last day that can be written here is 17 June 2031."),
        (("30", "6", "0206"), "30 June 206 is too early: the first day that can be written here is 1 January 1900."),
        (("30", "6", "1026"), "is too early"),
        (("1", "1", "0000"), "There is no such date as 1 1 0."),
        (("30", "6", "26"), "Write the year with all four figures, such as 2027."),
        (("6", "30", "2026"), "There is no month 30. Write the day first and then the month: 30 6 2026."),
        (("99999999999", "6", "2026"), "Write the day, the month and the year in numbers"),
        (("9" * 5000, "6", "2026"), "Write the day, the month and the year in numbers"),
        (("1", "6", "9" * 5000), "Write the year with all four figures"),
        (("-1", "6", "2026"), "Write the day, the month and the year in numbers"),
        (("²", "6", "2026"), "Write the day, the month and the year in numbers"),
    ],
)
def test_a_day_nobody_means_is_said_to_be_none(typed: tuple[str, str, str], said: str) -> None:
    assert said in day(*typed).errors["until"][0]


def test_the_first_and_the_last_day_are_taken() -> None:
    assert day("17", "6", "2031").is_valid()
    assert day("1", "1", "1900").is_valid()
    assert "passed" not in Check({"passed_day": "17", "passed_month": "6", "passed_year": "2026"}, at=AT).errors
    assert (
        "too late" in Check({"passed_day": "18", "passed_month": "6", "passed_year": "2026"}, at=AT).errors["passed"][0]
    )


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_whatever_stands_in_the_boxes_is_a_day_inside_or_a_sentence(typed: list[str]) -> None:
    form = day(*typed)
    if form.is_valid():
        assert FIRST_DAY <= form.cleaned_data["until"] <= date(2031, 6, 17)
    else:
        assert all(form.errors["until"])


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_the_hour_that_comes_twice_can_be_written(which: str, hour: int) -> None:
    form = shift("2026-10-25T01:30", which)
    assert form.is_valid()
    assert form.cleaned_data["starts"].astimezone(UTC) == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_which_of_the_two_is_asked_only_where_there_are_two_and_keeps_what_was_typed() -> None:
    form = shift("2026-10-25T01:30")
    assert "comes twice on 25 October 2026. Choose the first or the second." in form.errors["starts"][0]
    drawn = str(form["starts"])
    assert 'value="2026-10-25T01:30"' in drawn
    assert drawn.count('name="starts_which"') == 2
    assert "starts_which" not in str(shift("2026-10-25T02:30")["starts"])
    assert "checked" in str(shift("2026-10-25T01:30", "second")["starts"])


def test_a_moment_that_was_kept_is_drawn_as_the_one_it_is() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    drawn = str(Shift(initial={"starts": second}, at=AT)["starts"])
    assert 'value="2026-10-25T01:30"' in drawn
    assert 'value="second" id="id_starts_second" checked' in " ".join(drawn.split())


def test_the_hour_that_does_not_exist_gets_the_way_out() -> None:
    said = Shift({"starts": "2027-03-28T01:30"}, at=AT).errors["starts"][0]
    assert "there is no 1:30 am on 28 March 2027. Write 2:30 am" in said


@pytest.mark.parametrize("typed", ["27/03/2027 14:30", "2027-03-27 14:30", "2027-03-27T14:30", "2027-03-27T14:30:00"])
def test_a_moment_is_read_in_the_forms_that_the_page_names(typed: str) -> None:
    form = shift(typed)
    assert form.is_valid()
    assert form.cleaned_data["starts"] == datetime(2027, 3, 27, 14, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    "typed",
    [
        "0226-01-01T00:00",
        "2206-01-01T00:00",
        "2062-06-17T19:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00+23:59",
        "x",
        "9" * 5000,
        "2026-06-17",
    ],
)
def test_a_moment_nobody_means_is_refused_in_words(typed: str) -> None:
    assert shift(typed).errors["starts"][0]


@given(st.datetimes(min_value=datetime(2025, 7, 1), max_value=datetime(2028, 6, 1)))  # noqa: DTZ001 (on the wall)
def test_every_moment_of_two_years_can_be_written_or_does_not_exist(typed: datetime) -> None:
    typed = typed.replace(second=0, microsecond=0)
    form = shift(typed.isoformat(timespec="minutes"), "second")
    if form.is_valid():
        assert form.cleaned_data["starts"].astimezone(LONDON).replace(tzinfo=None, fold=0) == typed
    else:
        on = typed.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON)
        assert on.replace(tzinfo=None) != typed


def test_a_form_that_counts_from_now_is_told_now() -> None:
    with pytest.raises(TypeError, match="Give the form `at`"):
        _ = Check({"until_day": "1", "until_month": "1", "until_year": "2027"}).errors


def test_a_moment_given_back_is_the_moment_that_was_kept() -> None:
    for hours in range(0, 24 * 400, 7):
        kept = AT + timedelta(hours=hours)
        form = shift(*text_and_choice_of(Shift(initial={"starts": kept}, at=AT)["starts"].value()))
        assert form.is_valid()
        assert form.cleaned_data["starts"] == kept
