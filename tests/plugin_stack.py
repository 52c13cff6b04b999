"""Gives each test one large piece of stack. CPython 3.11 to 3.13 would use pieces of 16 KB.

A call that crosses the end of a piece maps memory, and its return unmaps it. The deep stack of pytest, Django and a
template crosses many pieces: without this the tests of the page table took 25 % more processor time.
"""

from __future__ import annotations

import pytest

SLOTS = 40_000
"""`_call_test` claims to need so many values, so that CPython maps 512 KB at once. The calls in it use the rest."""


def _call_test(item: pytest.Function) -> None:
    item.obj(**{name: item.funcargs[name] for name in item._fixtureinfo.argnames})


_call_test.__code__ = _call_test.__code__.replace(co_stacksize=SLOTS)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    _call_test(pyfuncitem)
    return True
