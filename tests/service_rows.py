"""The rows of the page table for the service's own pages and the trail."""

from __future__ import annotations

from tests.table import EVERYBODY, Page, everybody, who

STAFF = [column for column in EVERYBODY if not column.startswith("volunteer")]

PAGES = [
    Page("home", opens=everybody(), queries=9),
    Page("home", opens=everybody(), queries=8, counts_as="coordinator"),
    Page("home", opens=everybody(), queries=12, counts_as="manager"),
    Page("help", opens=everybody(), queries=5),
    Page("health", opens=everybody(nobody=200), axe=False),
    Page("tick", opens=everybody(nobody=200), axe=False),
    Page("status", opens=who(*STAFF, otherwise=403), queries=12),
    Page("audit:entries", opens=who("data-protection lead", otherwise=403), queries=7),
]
