"""What happens to minutes: taken over, agreed, compared, corrected."""

from __future__ import annotations

from tests.rows.circles import SEE, tonight
from tests.table import Page, acts

PAGES = [
    Page("circles:take_over", of=tonight, opens=acts("volunteer", see=SEE), queries=8),
    Page("circles:take_over", of=tonight, opens=acts("volunteer", see=SEE), posts=lambda world: {}),
]
