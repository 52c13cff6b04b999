"""The page table: every page, who may open it, and how many queries it costs.

The rows are beside the tests of their rooms, in files called rows. A page without a row fails tests/test_pages_table.py.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests import library_rows
from tests.table import Page

TESTS = Path(__file__).parent
ROWS = [
    ".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts))
    for path in sorted(TESTS.rglob("*rows.py"))
    if not path.name.startswith("test_")
]

PAGES: list[Page] = [page for name in ROWS for page in import_module(name).PAGES]
NOT_PAGES: dict[str, str] = library_rows.NOT_PAGES
