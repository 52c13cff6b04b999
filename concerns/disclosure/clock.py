"""How long each step of a disclosure request may take (domain.md 3.10)."""

from __future__ import annotations

from concerns.disclosure.models import Soon
from core.worktime import WORKING_DAY

PUT_WITHIN = {Soon.URGENT: WORKING_DAY / 2, Soon.ORDINARY: WORKING_DAY}


DECIDED_WITHIN = {Soon.URGENT: WORKING_DAY, Soon.ORDINARY: 5 * WORKING_DAY}


UNDERTAKING_WITHIN = 5 * WORKING_DAY
