"""Change the agency that leads for a core member."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Agency, User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.models import CoreMember, LeadAgency
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import tell_practitioners, write_change
from offenders.core_member.wall_models import refuse_walled_off
from offenders.lead.models import LeadChange


@transaction.atomic
def change_lead(
    core_member: CoreMember,
    *,
    lead_agency: str,
    changed_on: date,
    why: str,
    by: User,
    at: datetime,
    agency: Agency | None = None,
    practitioner: User | None = None,
) -> LeadChange:
    """Let another agency lead from `changed_on`, with its team and practitioner. The old lead stays on record."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    _check_lead(core_member, lead_agency, changed_on, at)
    if not why.strip():
        raise Refused("Say why, such as “His licence ended.”", field="why")
    if practitioner is not None and not practitioner.is_active:
        raise Refused("That person can no longer sign in. Choose somebody else.", field="practitioner")
    refuse_walled_off(practitioner, core_member.pk, "practitioner")
    change = LeadChange.objects.create(
        core_member=core_member,
        was=core_member.lead_agency,
        became=lead_agency,
        changed_on=changed_on,
        why=why.strip(),
        noted_at=at,
        noted_by=by,
    )
    before = core_member.practitioner
    core_member.lead_agency, core_member.agency = lead_agency, agency
    core_member.practitioner, core_member.deputy_practitioner = practitioner, None
    core_member.save(update_fields=["lead_agency", "agency", "practitioner", "deputy_practitioner"])
    write_entry(Act.ALTERED, core_member, by=by, at=at, note="lead agency changed")
    was, became = change.get_was_display(), change.get_became_display()
    kind, reason = ManagementChange.Kind.LEAD, change.why
    write_change(core_member, kind, was=was, became=became, changed_on=changed_on, why=reason, by=by, at=at)
    tell_practitioners(core_member, before, by=by, at=at)
    return change


def _check_lead(core_member: CoreMember, lead_agency: str, changed_on: date, at: datetime) -> None:
    """Refuse the agency that leads already, a day to come, and a day before the last change."""
    if lead_agency == core_member.lead_agency:
        raise Refused(f"{LeadAgency(lead_agency).label} leads already. Choose another agency.", field="lead_agency")
    if changed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once the other agency leads.", field="changed_on")
    latest = core_member.lead_changes.order_by("-changed_on", "-pk").first()
    if latest is not None and changed_on < latest.changed_on:
        raise Refused(f"The lead changed on {latest.changed_on:%-d %B %Y}. Give a later day.", field="changed_on")
