"""Gives the calls of a test one large piece of stack, which CPython 3.11 to 3.13 would cut into pieces of 16 KB.

A loop whose calls cross the end of a piece maps and unmaps memory at each of them, and the deep stack of pytest, Django
and a template crosses many: the tests of the page table took 25 % more of the processor without this.
"""

from __future__ import annotations

import pytest

SLOTS = 40_000
"""The frame of `call` is said to need so many values, so that CPython maps 512 KB at once and leaves the rest to others."""


def call(item: pytest.Function) -> None:
    item.obj(**{name: item.funcargs[name] for name in item._fixtureinfo.argnames})


call.__code__ = call.__code__.replace(co_stacksize=SLOTS)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    call(pyfuncitem)
    return True
