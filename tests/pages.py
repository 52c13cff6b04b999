"""THE TABLE: every page, who may open it, how many queries.

Its rows stand by app in tests/rows; a page that is in no row fails tests/test_pages_access.py.
"""

from __future__ import annotations

from tests.rows import accounts, alerts, circles, circles_minutes, concerns, libraries, offenders, service, volunteers
from tests.table import Page

PAGES: list[Page] = [
    *service.PAGES,
    *accounts.PAGES,
    *libraries.PAGES,
    *alerts.PAGES,
    *offenders.PAGES,
    *volunteers.PAGES,
    *circles.PAGES,
    *circles_minutes.PAGES,
    *concerns.PAGES,
]
NOT_PAGES: dict[str, str] = libraries.NOT_PAGES
