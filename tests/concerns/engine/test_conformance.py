"""The table of what the engine promises, row by row: each has tests named after its number, and each of those asserts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]

PROMISES = {
    1: "A due step and two workers that start together: one send, one line.",
    2: "A worker killed after its claim, before the send: sent later, once.",
    3: "A worker killed after the send, before the note: no second message, or one marked as a possible repeat.",
    4: "The broker emptied or gone for two hours: everything due fires, and says how late.",
    5: "Nothing long waits in the broker, so nothing repeats when its patience ends.",
    6: "Acknowledged between plan and send: not sent, and the log says why.",
    7: "A promise that passes: resumed at the same step, and the promiser is told too.",
    8: "The last step with no answer: the standing duty holders, again and again, and the status is red.",
    9: "A step that reaches nobody: the next at once, and the failure is written down.",
    10: "Somebody who left in the middle: passed over, and whoever covers is told.",
    11: "Nobody there until nine: urgent goes on now, routine waits for nine in London.",
    12: "Working time in summer is London's, not UTC's.",
    13: "On the nights the clocks change no step is lost or doubled.",
    14: "One working day from Friday half past four is Monday half past four, or Tuesday over a bank holiday.",
    15: "Leaving out weekends never makes a deadline sooner.",
    16: "A clock that runs day and night gains no minute over midnight.",
    17: "A list of holidays changed later leaves running clocks, says so, and holds for new ones.",
    18: "Three days on hold lengthen the clock by exactly the working time on hold.",
    19: "What starts life on hold starts its clock on release.",
    20: "Until the first answer, its clock governs.",
    21: "The author who writes again does not reset the clock.",
    22: "The highest level still alerts and repeats.",
    23: "In a rehearsal nothing but the message changes, and it is marked.",
    24: "A ladder edited meanwhile leaves running chains, which show their version.",
    25: "A ladder emptied or broken falls to the organisation's first, loudly.",
    26: "One message that fails is tried again, then another way, then another person; never swallowed.",
    27: "One recipient who wants none, or cannot be reached, keeps nobody else from theirs.",
    28: "Fifteen hundred due at once: none beyond a limit is dropped.",
    29: "The planner stopped: pages say so, and the switch outside is not knocked at.",
    30: "A million old rows: answered within a second.",
    31: "In quiet hours routine waits and urgent does not; both say so.",
    32: "The lowest level still has a last deadline.",
    33: "Moved to another queue: a new chain, the old one stopped, old readers out, both logged.",
    34: "Joined to another: the strictest clock wins.",
    35: "A clock that steps back repeats nothing.",
    36: "A message says no name, no circle, no place.",
}


def named_tests() -> Iterator[tuple[int, ast.FunctionDef]]:
    """Every test named after a row, wherever it stands."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (row := re.match(r"test_e([0-9]{2})_", node.name)):
                yield int(row[1]), node


FOUND = list(named_tests())
SAYS_SO_ITSELF = {"test_e05_nothing_long_waits_in_the_broker"}
"""Calls another test, which asserts."""


@pytest.mark.parametrize("row", PROMISES)
def test_every_promise_has_a_test_named_after_it(row: int) -> None:
    assert [node.name for number, node in FOUND if number == row], PROMISES[row]


def test_no_test_is_named_after_a_row_that_is_not_there() -> None:
    assert {number for number, _ in FOUND} == set(PROMISES) == set(range(1, 37))


@pytest.mark.parametrize("node", [node for _, node in FOUND], ids=[node.name for _, node in FOUND])
def test_each_of_them_asserts_and_none_is_skipped(node: ast.FunctionDef) -> None:
    assert node.name in SAYS_SO_ITSELF or any(isinstance(each, ast.Assert) for each in ast.walk(node))
    marks = " ".join(ast.unparse(each) for each in node.decorator_list)
    assert "skip" not in marks
    assert "xfail" not in marks
