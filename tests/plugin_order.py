"""In what order the tests come: who stands beside whom, who begins at which worker, and who comes last.

It keeps no test from being right alone. It only keeps dear things shared: a row's answers, one demo, one browser,
and a world that is built anew only after what really commits.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from pytest_django.plugin import blocking_manager_key

from tests.conftest import build_world
from tests.reference_data import load_reference_data
from tests.table import Page

SWEPT = pytest.StashKey[bool]()
"""Whether a test with real commits has left the tables empty."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The database has two names (config/settings.py); a test that meets the world may use both."""
    for item in items:
        if "world" in getattr(item, "fixturenames", []) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases="__all__"))
    places: dict[object, int] = {}
    for index, item in enumerate(items):
        places.setdefault(row_of(item) or item, index)
    items.sort(key=lambda item: (turn(item), places[row_of(item) or item]))
    begin_second_half([item for item in items if item.get_closest_marker("live")], items)


def begin_second_half(some: list[pytest.Item], items: list[pytest.Item]) -> None:
    """Two workers begin with a half each. The processes' tests wait much and want little of a core: they stand first
    at the second worker, while the browser's at the first want more than one.
    """
    rest = [item for item in items if item not in set(some)]
    half = len(items) // 2
    items[:] = [*rest[:half], *some, *rest[half:]]


def row_of(item: pytest.Item) -> Page | None:
    """The row of the page table that a test is about: the tests of a row come together, and share its answers."""
    call = getattr(item, "callspec", None)
    given = call.params.values() if call is not None else ()
    return next((value for value in given if isinstance(value, Page)), None)


def turn(item: pytest.Item) -> int:
    """When a test has its turn; chance orders the rest.

    The pictures want the demo as it was loaded. The browser's tests come together and first, so that one worker
    starts one demo and one browser: two browsers on two cores are slower than one. Those that sweep the tables come
    last, at the other worker.
    """
    if "test_pictures" in item.nodeid:
        return 0
    if row_of(item):
        return 2
    if item.get_closest_marker("browser"):
        return 1
    return 4 if sweeps(item) else 3


def sweeps(item: pytest.Item) -> bool:
    """Whether a test really commits, after which its tables are emptied."""
    marked = item.get_closest_marker("django_db")
    return marked is not None and bool(marked.kwargs.get("transaction"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What an earlier test swept is put back before the next one's transaction begins."""
    if not item.config.stash.get(SWEPT, False):
        return
    with item.config.stash[blocking_manager_key].unblock():
        load_reference_data()
        build_world()
    item.config.stash[SWEPT] = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    yield
    if sweeps(item):
        item.config.stash[SWEPT] = True
