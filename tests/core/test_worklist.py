"""One line of what waits for somebody: it names its circle, and says it once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worklist import WorkItem

REFERENCES = st.from_regex(r"C-[0-9]{4}", fullmatch=True)
TITLES = st.sampled_from(["Write the minutes of meeting 3", "Give your view of {}", "Circle {}: sign the agreement"])
REST = st.sampled_from(["", ". Late.", ", begun 9:36 pm. Send it.", ". Ben has not sent them.", ", 3 June. To Esi."])


@given(circle=REFERENCES, title=TITLES, rest=REST)
def test_the_circle_is_named_once_and_nothing_else_is_lost(circle: str, title: str, rest: str) -> None:
    item = WorkItem(title.format(circle), "/", detail=f"Circle {circle}{rest}")
    said = f"{item.link} {item.more}"
    assert said.count(circle) == 1
    assert rest.lstrip(" .,").lower() in said.lower()


@pytest.mark.parametrize(
    ("detail", "more"),
    [
        ("Circle C-0142", ""),
        ("Circle C-0142. Late.", "Late."),
        ("Circle C-0142, begun 9:36 pm. Send it, or throw it away.", "Begun 9:36 pm. Send it, or throw it away."),
        ("Ann asked.", "Ann asked."),
        ("Urgent · K-2345", "Urgent"),
        ("Urgent · K-2345. Nobody has it yet: telephone.", "Urgent. Nobody has it yet: telephone."),
        ("SR-2345", ""),
    ],
)
def test_what_is_said_under_the_link(detail: str, more: str) -> None:
    assert WorkItem("Write the minutes", "/", detail=detail).more == more
