"""THE TABLE: every page, who may open it, how many queries.

Its rows stand by app and noun in tests/rows; a page that is in no row fails tests/test_pages_access.py.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests import library_rows as libraries
from tests import rows
from tests.table import Page

PAGES: list[Page] = [
    page for found in iter_modules(rows.__path__) for page in import_module(f"tests.rows.{found.name}").PAGES
]
NOT_PAGES: dict[str, str] = libraries.NOT_PAGES
