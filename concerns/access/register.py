"""Who may do what in the safeguarding registers; and never anything to a record about oneself."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from django.db.models import QuerySet

from accounts.access import Role, people_in
from accounts.models import User
from concerns.models import SafeguardingReferral, SeriousIncident
from concerns.models.register import KEEPS_REGISTERS
from core.access import Access, act


class AboutSomebody(Protocol):
    """A record that may be about one of our people."""

    about_id: int | None


class RegisterAccess(Access):
    """What the registers' acts have in common."""

    by: User
    record: AboutSomebody | None

    @cached_property
    def is_about_them(self) -> bool:
        return self.record is not None and self.record.about_id == self.by.pk

    @cached_property
    def keeps(self) -> bool:
        return not self.is_about_them and any(self.by.has_role(role) for role in KEEPS_REGISTERS)

    @cached_property
    def directs(self) -> bool:
        return not self.is_about_them and self.by.has_role(Role.DIRECTOR)


class ReferralAccess(RegisterAccess):
    """Referrals to the MASH, the LADO and adult safeguarding."""

    @act("read the safeguarding referrals")
    def list_referrals(self) -> bool:
        return self.keeps

    @act("start a safeguarding referral")
    def start_referral(self) -> bool:
        return self.keeps

    @act("work this referral")
    def work_referral(self) -> bool:
        return self.keeps


class LowLevelAccess(RegisterAccess):
    """Low-level concerns about staff and volunteers."""

    @act("read the low-level concerns")
    def list_low_levels(self) -> bool:
        return self.keeps

    @act("record a low-level concern")
    def record_low_level(self) -> bool:
        return self.keeps

    @act("write what a month's low-level concerns add up to")
    def review_month(self) -> bool:
        return self.keeps


class IncidentAccess(RegisterAccess):
    """Candidates for a serious incident report: the trustees answer for the decision."""

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


def keepers() -> QuerySet[User]:
    """Everybody who keeps the registers."""
    return people_in(Role.MANAGER) | people_in(Role.SAFEGUARDING_LEAD)


def keepers_of(record: SafeguardingReferral | SeriousIncident) -> QuerySet[User]:
    """Whom a late record is told to; never whom it is about."""
    people = keepers()
    if isinstance(record, SeriousIncident):
        people = people | people_in(Role.DIRECTOR)
    return people.exclude(pk=record.about_id or 0)


def our_people(user: User) -> QuerySet[User]:
    """Whom a record may be about: anybody who works or volunteers for the charity, save who writes it."""
    found = people_in(Role.VOLUNTEER)
    for role in (Role.COORDINATOR, *KEEPS_REGISTERS, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD, Role.TECHNICIAN):
        found = found | people_in(role)
    return found.exclude(pk=user.pk).order_by("full_name", "pk")
