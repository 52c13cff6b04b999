"""How forms are drawn: what a person sees, and what a screen reader is told."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import override_settings

from core.errors import Refused
from core.forms import DateField, Form, refusals_on


class Visit(Form):
    """Ann plans a visit."""

    place = forms.CharField(label="Where", help_text="The venue's code, never its address.")
    on = DateField(label="Which day", latest=date(2100, 1, 1))
    how = forms.ChoiceField(label="How", choices=[("foot", "On foot"), ("bus", "By bus")], widget=forms.RadioSelect)
    bring = forms.MultipleChoiceField(
        label="Bring", choices=[("log", "The log"), ("keys", "The keys")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I have read the venue's rules")


GOOD = {
    "place": "ELM",
    "on_day": "27",
    "on_month": "3",
    "on_year": "2027",
    "how": "bus",
    "bring": ["keys"],
    "sure": "on",
}


def test_a_good_form_gives_a_date() -> None:
    form = Visit(GOOD)
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2027, 3, 27)


def test_a_date_is_written_back_into_its_three_boxes() -> None:
    drawn = str(Visit(initial={"on": date(2027, 3, 27)})["on"])
    assert [f'value="{part}"' in drawn for part in (27, 3, 2027)] == [True, True, True]


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("31", "2", "2027", "There is no such date as 31 2 2027. Check it."),
        ("x", "2", "2027", "Write the day, the month and the year in numbers, such as 27 3 2027."),
        ("27", "", "2027", "Write the day, the month and the year in numbers, such as 27 3 2027."),
        ("27", "3", "27", "Write the year with all four figures, such as 2027."),
    ],
)
def test_a_date_that_is_not_one_says_what_is_wrong(day: str, month: str, year: str, said: str) -> None:
    form = Visit(GOOD | {"on_day": day, "on_month": month, "on_year": year})
    assert form.errors["on"] == [said]


def test_a_date_may_be_left_out_where_it_may() -> None:
    class Perhaps(Form):
        on = DateField(required=False, latest=date(2100, 1, 1))

    form = Perhaps({})
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def test_the_summary_links_to_the_first_thing_one_can_fill_in() -> None:
    drawn = str(Visit({}))
    for first in ("id_place", "id_on_0", "id_how_0", "id_bring_0", "id_sure"):
        assert f'href="#{first}"' in drawn
        assert f'id="{first}"' in drawn


def test_a_form_with_nothing_wrong_has_no_summary() -> None:
    assert "govuk-error-summary" not in str(Visit())
    assert "govuk-error-summary" not in str(Visit(GOOD))


def test_a_question_with_several_boxes_is_a_group_with_a_legend_told_of_its_error() -> None:
    drawn = Visit({})["how"].as_field_group()
    assert "<legend" in drawn
    assert 'aria-describedby=" id_how_error"' in drawn
    assert 'id="id_how_error"' in drawn


def test_a_line_of_text_is_labelled_and_told_of_its_hint_and_its_error() -> None:
    drawn = Visit({})["place"].as_field_group()
    assert 'for="id_place"' in drawn
    assert 'aria-describedby="id_place_helptext id_place_error"' in drawn
    assert "govuk-input--error" in drawn


def test_check_boxes_are_check_boxes_and_not_radios() -> None:
    drawn = Visit()["bring"].as_field_group()
    assert drawn.count("govuk-checkboxes__input") == 2
    assert "govuk-radios" not in drawn
    assert "govuk-checkboxes" in Visit()["sure"].as_field_group()


def test_what_somebody_typed_is_never_markup() -> None:
    drawn = str(Visit(GOOD | {"place": "<script>x</script>"}))
    assert "&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_a_refusal_stands_at_its_field_and_at_the_top_when_there_is_none() -> None:
    form = Visit(GOOD)
    assert form.is_valid()
    with refusals_on(form):
        raise Refused("ELM is closed that day. Choose another.", field="on")
    with refusals_on(form):
        raise Refused("Somebody else has planned this visit.", field="nowhere")
    assert form.errors["on"] == ["ELM is closed that day. Choose another."]
    assert form.non_field_errors() == ["Somebody else has planned this visit."]


def test_anything_but_a_refusal_goes_on_its_way() -> None:
    with pytest.raises(ZeroDivisionError), refusals_on(Visit(GOOD)):
        raise ZeroDivisionError


@pytest.mark.parametrize("page", ["400.html", "429.html", "500.html"])
@override_settings(ON_CALL_TELEPHONE="01632 960 111")
def test_a_page_shown_when_something_is_broken_gives_the_numbers_without_being_told_them(page: str) -> None:
    drawn = render_to_string(page)
    assert 'href="tel:01632960111"' in drawn
    assert 'href="tel:999"' in drawn
