"""What is empty, wrong or not there: core answers in words, or with nothing, and never with an error page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from accounts.models import Agency
from config.logs import _filled
from config.views import csrf_failure
from core.cache import JSONCache
from core.constraints import refusal_of
from core.forms import Form, refusals_on
from core.forms.changing import _mutable_copy_of, answer_in_words
from core.forms.days import DateField
from core.forms.moments import MomentField, combine_day_and_time, naive_time_of
from core.forms.text import TelephoneField
from core.migrating import CreateModels
from core.old_pages import marks_of
from core.redaction import Person, Redaction
from core.telltale import Tells, telltales_in
from core.templatetags import ui
from tests.world import World

AT = datetime(2026, 6, 17, 20, 30, tzinfo=UTC)


class Meeting(Form):
    day = DateField(label="Day", latest=date(2100, 1, 1))
    time = forms.TimeField()


@pytest.mark.parametrize("say", [ui.clock, ui.day, ui.moment, ui.due_in_words, ui.length_in_words])
def test_a_time_that_is_not_known_is_an_empty_text_on_the_page(say: Callable[[None], str]) -> None:
    assert say(None) == ""


@pytest.mark.parametrize("text", ["2026-13-45T10:00", "2026-02-30 10:00", "soon at 10:00", "10:00" * 30])
def test_what_is_no_day_and_time_is_none(text: str) -> None:
    assert naive_time_of(text) is None


def test_a_meeting_in_the_hour_that_the_clocks_leave_out_is_said_to_be_none_at_its_time() -> None:
    form = Meeting({"day_day": "29", "day_month": "3", "day_year": "2026", "time": "01:30"}, at=AT)
    assert form.is_valid()
    assert combine_day_and_time(form, date(2026, 3, 29), time(1, 30)) is None
    assert "time" in form.errors
    assert combine_day_and_time(form, date(2026, 3, 30), time(1, 30)) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


def test_a_telephone_number_that_need_not_be_given_may_be_left_out() -> None:
    assert TelephoneField(required=False).clean("") == ""


def test_a_page_that_left_a_moment_out_did_not_empty_it() -> None:
    widget = MomentField(label="From", latest=date(2100, 1, 1)).widget
    assert widget.value_omitted_from_data({}, {}, "starts")
    assert not widget.value_omitted_from_data({"starts": ""}, {}, "starts")


def test_what_was_sent_is_copied_to_be_changed_whatever_it_came_as() -> None:
    copied = _mutable_copy_of({"how": ["foot", "bus"], "place": "The hall"})
    assert (copied.getlist("how"), copied.getlist("place")) == (["foot", "bus"], ["The hall"])


def test_a_tick_is_said_as_one() -> None:
    sure = forms.BooleanField(required=False)
    assert answer_in_words(sure, {"sure": ["on"]}) == "ticked"
    assert answer_in_words(sure, {"sure": []}) == "not ticked"


def test_where_nobodys_name_may_be_left_out_every_word_stays() -> None:
    for nobody in ([], [Person("", "")], [Person("Paul", "Paul")]):
        assert str(Redaction(nobody, kept=["Paul"]).read("Paul rang Ann.")) == "Paul rang Ann."


def test_a_date_written_with_points_is_a_date_and_no_telephone_number() -> None:
    found = telltales_in("He was born on 01.02.1960, 12 years ago. Then 020 7946 0123.", known=frozenset())
    assert [telltale.tells for telltale in found] == [Tells.BORN, Tells.TELEPHONE]
    assert [telltale.tells for telltale in telltales_in("He was born 01.02.1960 12")] == [Tells.BORN]


def test_a_page_drawn_outside_a_request_carries_no_mark() -> None:
    assert marks_of(RequestFactory().get("/")) == []


def test_a_line_of_the_log_whose_arguments_do_not_fit_is_written_without_them() -> None:
    assert _filled("%s and %s", ("one",)) == "%s and %s"
    assert _filled("%(name)s", {}) == "%(name)s"


def test_a_page_that_was_open_too_long_says_how_to_keep_the_words(db: None) -> None:
    answer = csrf_failure(RequestFactory().post("/"))
    assert answer.status_code == 403
    assert "copy" in answer.content.decode().lower()


def test_only_a_repeated_value_is_a_refusal_and_any_other_failure_stays_one(world: World) -> None:
    form = Form({}, at=AT)
    form.is_valid()
    with refusals_on(form), transaction.atomic():
        _add_agency(reference=Agency.objects.latest("pk").reference)
    assert "made a moment ago" in str(form.errors)
    with pytest.raises(IntegrityError) as failure, refusals_on(form), transaction.atomic():
        _add_agency(reference="A-NEW", kind="unheard of")
    assert refusal_of(failure.value) is None


def _add_agency(**changes: Any) -> None:
    Agency.objects.create(**{"name": "Norfolk police", "kind": "police", **changes})


def test_a_cache_that_is_full_forgets_some_of_what_it_holds(world: World) -> None:
    small = JSONCache("cache", {"OPTIONS": {"MAX_ENTRIES": 3, "CULL_FREQUENCY": 2}})
    for number in range(9):
        small.set(f"row-{number}", number)
    kept = [number for number in range(9) if small.get(f"row-{number}") is not None]
    assert 8 in kept
    assert len(kept) < 9


def test_the_first_migration_says_what_it_does() -> None:
    assert CreateModels([]).describe() == "Create the tables of 0 models"
