"""What a try is: a page of the table's shape, of which what is made first, who presses and what is sent are said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.table import Page, who
from tests.world import World

Make = Callable[[World], list[Any]]
Sent = dict[str, Any]


def press_button(
    name: str, of: Make, sent: Sent | Callable[[World], Sent] | None = None, by: str = "coordinator"
) -> Page:
    """Somebody presses the button of this page."""
    return Page(name, of=of, opens=who(by), posts=sent if callable(sent) else lambda world: dict(sent or {}))
