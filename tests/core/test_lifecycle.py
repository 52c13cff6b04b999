"""A table of states allows its moves and no other."""

from __future__ import annotations

import pytest
from django.db import models

from core.errors import MoveNotAllowed, Refused
from core.lifecycle import Lifecycle


class Door(models.TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    LOCKED = "locked", "Locked"
    GONE = "gone", "Taken away"


DOOR = Lifecycle(
    states=Door,
    start=Door.OPEN,
    moves={Door.OPEN: {Door.SHUT}, Door.SHUT: {Door.LOCKED, Door.OPEN}, Door.LOCKED: {Door.GONE, Door.SHUT}},
)

ALLOWED = {("open", "shut"), ("shut", "open"), ("shut", "locked"), ("locked", "shut"), ("locked", "gone")}


@pytest.mark.parametrize("now", Door)
@pytest.mark.parametrize("then", Door)
def test_every_square_of_the_table(now: Door, then: Door) -> None:
    if (now.value, then.value) in ALLOWED:
        DOOR.check(now, then)
    else:
        with pytest.raises(MoveNotAllowed):
            DOOR.check(now, then)


def test_a_refusal_names_both_states_in_words_and_says_what_to_do() -> None:
    with pytest.raises(Refused) as refused:
        DOOR.check("open", "gone")
    assert refused.value.message == (
        "This is “Open” now, so it cannot become “Taken away”. "
        "Somebody may have changed it since you opened the page: open it again."
    )


def test_what_is_so_already_is_said_so() -> None:
    with pytest.raises(Refused) as refused:
        DOOR.check("open", "open")
    assert refused.value.message == (
        "This is “Open” already, so there is nothing left to do. Open it again to read how it is now."
    )


def test_what_can_follow_comes_in_the_order_the_states_are_written() -> None:
    assert DOOR.states_after("shut") == [Door.OPEN, Door.LOCKED]
    assert DOOR.states_after("gone") == []


def test_what_comes_before_is_every_state_that_moves_there() -> None:
    assert DOOR.states_before("shut") == ("open", "locked")
    assert DOOR.states_before("gone") == ("locked",)


def test_a_state_that_does_not_exist_is_an_error_and_no_refusal() -> None:
    with pytest.raises(ValueError, match="ajar"):
        DOOR.check("ajar", "shut")


def test_the_ends_are_the_states_nothing_follows() -> None:
    assert DOOR.ends == {"gone"}


def test_the_drawing_has_a_start_every_move_and_every_end() -> None:
    assert DOOR.mermaid_diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open --> shut",
        "    shut --> open",
        "    shut --> locked",
        "    locked --> shut",
        "    locked --> gone",
        "    gone --> [*]",
    ]
