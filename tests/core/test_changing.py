"""The form that changes what stands: an old page overwrites nothing, whatever kinds of field it has."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from core.forms import ChangingForm, DateField

HOWS = [("foot", "On foot"), ("bus", "By bus")]
THINGS = [("log", "The log"), ("keys", "The keys")]


class Visit(ChangingForm):
    """Ann changes a visit."""

    place = forms.CharField(label="Where", required=False)
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea)
    on = DateField(label="Which day", latest=date(2100, 1, 1), required=False)
    when = forms.TimeField(required=False, widget=forms.TimeInput(format="%H:%M"))
    how = forms.ChoiceField(label="How", choices=HOWS, required=False, widget=forms.RadioSelect)
    bring = forms.MultipleChoiceField(
        label="Bring", choices=THINGS, required=False, widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="Sure", required=False)


WORDS = st.text(alphabet="ab \n", max_size=5).map(str.strip)
VISITS = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["", "ELM", "OAK"]),
        "notes": WORDS,
        "on": st.sampled_from([None, date(2027, 3, 27), date(2027, 4, 1)]),
        "when": st.sampled_from([None, time(18, 30), time(19)]),
        "how": st.sampled_from(["", "foot", "bus"]),
        "bring": st.sampled_from([[], ["log"], ["log", "keys"]]),
        "sure": st.booleans(),
    }
)


def as_browser(form: Visit, values: dict[str, Any]) -> QueryDict:
    """What a browser sends of the page with these values in it."""
    data = QueryDict(mutable=True)
    data["as_loaded"] = form["as_loaded"].value()
    for name in ("place", "notes", "how"):
        data[name] = str(values[name]).replace("\n", "\r\n")
    day = values["on"]
    for part in ("day", "month", "year"):
        data[f"on_{part}"] = str(getattr(day, part)) if day else ""
    data["when"] = f"{values['when']:%H:%M}" if values["when"] else ""
    data.setlist("bring", values["bring"])
    if values["sure"]:
        data["sure"] = "on"
    return data


@given(loaded=VISITS, now=VISITS, mine=VISITS)
def test_each_field_is_taken_kept_or_shown_with_both_and_never_overwritten(
    loaded: dict[str, Any], now: dict[str, Any], mine: dict[str, Any]
) -> None:
    form = Visit(as_browser(Visit(initial=loaded), mine), initial=now)
    form.is_valid()
    for name in loaded:
        if now[name] in (loaded[name], mine[name]):
            assert form.cleaned_data[name] == mine[name]
        elif mine[name] == loaded[name]:
            assert form.cleaned_data[name] == now[name]
        else:
            assert "changed since you opened the page" in form.errors[name][0]
    assert "as_loaded" not in form.cleaned_data


def test_both_are_said_in_the_words_of_the_page() -> None:
    loaded, now, mine = {"how": ""}, {"how": "bus"}, {"how": "foot"}
    blank = {"place": "", "notes": "", "on": None, "when": None, "bring": [], "sure": False}
    form = Visit(as_browser(Visit(initial=blank | loaded), blank | mine), initial=blank | now)
    assert "It is now: “By bus”. You have here: “On foot”." in form.errors["how"][0]


def test_a_page_that_comes_back_is_loaded_anew_so_that_sending_it_again_is_a_choice() -> None:
    blank = {"place": "", "notes": "", "on": None, "when": None, "how": "", "bring": [], "sure": False}
    first = Visit(as_browser(Visit(initial=blank), blank | {"place": "OAK"}), initial=blank | {"place": "ELM"})
    assert not first.is_valid()
    again = Visit(as_browser(first, blank | {"place": "OAK"}), initial=blank | {"place": "ELM"})
    assert again.is_valid()
    assert again.cleaned_data["place"] == "OAK"


def test_what_carries_nothing_of_how_it_was_loaded_is_taken_as_it_is() -> None:
    form = Visit({"place": "OAK"}, initial={"place": "ELM"})
    assert form.is_valid()
    assert form.cleaned_data["place"] == "OAK"
