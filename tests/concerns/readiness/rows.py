"""What is still to set up."""

from __future__ import annotations

from tests.concerns.queue.rows import two_more_areas
from tests.table import Page, who

PAGES = [Page("set_up", opens=who("manager", otherwise=403), queries=8, grows=two_more_areas)]
