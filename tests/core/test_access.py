"""Asking leave: an act is a yes or a no that knows its own words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied

from core.access import Access, act


@dataclass
class Somebody:
    is_active: bool = True
    holds_key: bool = False


class DoorAccess(Access):
    @act("open this door")
    def open(self) -> bool:
        return bool(self.by.holds_key)

    @act("look through the window of this door")
    def look(self) -> bool:
        return True


class GateAccess(DoorAccess):
    @act("climb this gate")
    def climb(self) -> bool:
        return self.open

    @act("look over this gate")
    def look(self) -> bool:
        return not self.open


def test_an_act_reads_as_yes_or_no_for_one_person_and_one_record() -> None:
    assert DoorAccess(Somebody(holds_key=True), "door").open is True
    assert DoorAccess(Somebody(), "door").open is False


def test_requiring_what_one_may_do_says_nothing() -> None:
    DoorAccess(Somebody(holds_key=True), "door").require(DoorAccess.open)


def test_requiring_what_one_may_not_do_is_refused_in_the_acts_own_words() -> None:
    with pytest.raises(PermissionDenied, match=r"^You may not open this door\.$"):
        DoorAccess(Somebody(), "door").require(DoorAccess.open)


def test_somebody_who_is_not_active_may_do_nothing_even_what_everybody_may() -> None:
    with pytest.raises(PermissionDenied, match="You may not look through the window of this door"):
        DoorAccess(Somebody(is_active=False, holds_key=True), "door").require(DoorAccess.look)


def test_an_act_that_does_not_exist_is_an_error_and_never_a_yes() -> None:
    with pytest.raises(AttributeError):
        DoorAccess(Somebody(holds_key=True), "door").require(DoorAccess.remove)


def test_acts_are_listed_with_their_words_the_parents_first_and_each_once() -> None:
    assert [(each.name, each.words) for each in DoorAccess.acts()] == [
        ("open", "open this door"),
        ("look", "look through the window of this door"),
    ]
    assert [each.name for each in GateAccess.acts()] == ["open", "look", "climb"]


def test_a_child_that_words_an_act_anew_is_listed_and_refused_in_its_own_words() -> None:
    assert [each.words for each in GateAccess.acts() if each.name == "look"] == ["look over this gate"]
    with pytest.raises(PermissionDenied, match="look over this gate"):
        GateAccess(Somebody(holds_key=True)).require(GateAccess.look)
