"""Puts the tests in an order that shares what is slow to make: a row's answers, the demo, the browser, the world.

Every test also works alone.
"""

from __future__ import annotations

import gc

import pytest

from tests.plugin_row import row_of


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests. A test with the world may use both names that the database has (config/settings.py)."""
    for item in items:
        if "world" in getattr(item, "fixturenames", []) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases="__all__"))
    places: dict[object, int] = {}
    for index, item in enumerate(items):
        places.setdefault(row_of(item) or item, index)
    items.sort(key=lambda item: (_turn_of(item), places[row_of(item) or item]))
    _move_to_middle([item for item in items if item.get_closest_marker("live")], items)


def _move_to_middle(some: list[pytest.Item], items: list[pytest.Item]) -> None:
    """Put these tests in the middle, where the second of two workers starts.

    The live tests wait much and use little of a core, while the browser tests at the first worker use more than one.
    """
    rest = [item for item in items if item not in set(some)]
    half = len(items) // 2
    items[:] = [*rest[:half], *some, *rest[half:]]


def _turn_of(item: pytest.Item) -> int:
    """The group of a test in the order. Inside a group the order is random.

    The pictures come first, because they need the demo as it was loaded. Then come the other browser tests, so that one
    worker starts one demo and one browser: two browsers on two cores are slower than one. The tests that
    really commit come last, at the other worker.
    """
    if "test_pictures" in item.nodeid:
        return 0
    if row_of(item):
        return 2
    if item.get_closest_marker("browser"):
        return 1
    return 4 if _commits_for_real(item) else 3


def _commits_for_real(item: pytest.Item) -> bool:
    """Whether a test really commits. The tables are restored after it."""
    marked = item.get_closest_marker("django_db")
    return marked is not None and bool(marked.kwargs.get("transaction"))


def pytest_collection_finish() -> None:
    """Tell the garbage collector that what is loaded now stays, so that it does not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
