"""The registers' clocks (domain.md 3.10): by when what is due, and telling of what was not done, in the same sweep."""

from __future__ import annotations

from core.worktime import WORKING_DAY

DECIDE_INCIDENT_WITHIN = 2 * WORKING_DAY


REPORT_INCIDENT_WITHIN = WORKING_DAY
"""The Charity Commission asks for “promptly”."""
