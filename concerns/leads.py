"""Who may do what to a concern, and who must be told of one."""

from __future__ import annotations

from accounts.access import Role

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)
