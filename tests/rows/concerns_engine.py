"""Who was told of a concern; the rota, leave and drills."""

from __future__ import annotations

from tests.rows.concerns import SEE, WORK, urgent
from tests.table import Page, acts

PAGES = [
    Page("concerns:deliveries", of=urgent, opens=acts(*WORK, see=SEE), queries=11),
]
