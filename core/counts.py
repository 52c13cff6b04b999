"""Numbers of things, in words."""

from __future__ import annotations


def counted(number: int, singular: str, plural: str) -> str:
    """How many of a thing there are: `counted(1, "circle", "circles")` is "1 circle"."""
    return f"{number} {singular if number == 1 else plural}"
