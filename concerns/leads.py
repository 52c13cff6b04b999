"""The roles whose people see and answer for every concern."""

from __future__ import annotations

from accounts.access import Role

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
