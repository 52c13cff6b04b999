"""A select that offers no row says what to do first."""

from __future__ import annotations

from django import forms

from core.forms import Form, RowSelect


def select_of(*choices: tuple[str, str]) -> str:
    class Asking(Form):
        person = forms.ChoiceField(
            choices=[("", "---------"), *choices], widget=RowSelect(if_none="Invite somebody first.")
        )

    return str(Asking()["person"])


def test_it_says_what_to_do_first_where_there_is_nothing_to_choose() -> None:
    assert "Invite somebody first." in select_of()


def test_it_says_nothing_where_there_is_something_to_choose() -> None:
    offered = select_of(("1", "Nell Harrow"))
    assert "Nell Harrow" in offered
    assert "Invite somebody first." not in offered
