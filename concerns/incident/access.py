"""Who may do what with serious incidents; nobody does anything to a record about themselves."""

from __future__ import annotations

from accounts.access import Role
from concerns.register.access import RegisterAccess
from core.access import act


class IncidentAccess(RegisterAccess):
    """Acts on incidents that may have to be reported. The trustees answer for the decision."""

    @act("read the serious incidents")
    def list_incidents(self) -> bool:
        return self.keeps or self.directs

    @act("write down a serious incident")
    def add_incident(self) -> bool:
        return self.keeps or self.directs

    @act("decide whether this incident is reported; the safeguarding lead or the director may")
    def decide_incident(self) -> bool:
        return self.directs or (self.keeps and self.by.has_role(Role.SAFEGUARDING_LEAD))

    @act("say that this incident was reported")
    def report_incident(self) -> bool:
        return self.keeps or self.directs
