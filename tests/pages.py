"""THE TABLE: every page, who may open it, how many queries."""

from __future__ import annotations

from tests.table import Page

PAGES: list[Page] = []
NOT_PAGES: dict[str, str] = {}
