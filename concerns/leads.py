"""The roles that see every concern and answer for it."""

from __future__ import annotations

from accounts.access import Role

LEADS_CONCERNS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
