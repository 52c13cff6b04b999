"""The simulator, triage, the queue screen and routing."""

from __future__ import annotations

from tests.table import Page, who

PAGES = [
    Page(
        "concerns:simulator",
        opens=who(
            "coordinator", "coordinator elsewhere", "manager", "safeguarding lead", "MAPPA coordinator", otherwise=403
        ),
        queries=21,
    ),
]
