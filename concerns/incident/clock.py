"""How long the decision on a serious incident and its report may take (domain.md 3.10)."""

from __future__ import annotations

from core.worktime import WORKING_DAY

DECIDE_INCIDENT_WITHIN = 2 * WORKING_DAY
REPORT_INCIDENT_WITHIN = WORKING_DAY
"""The Charity Commission asks for “promptly”."""
