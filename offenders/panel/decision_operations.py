"""What the panel decides: to accept him, to wait, or to look again after an appeal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Agency, User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import accept_core_member
from offenders.core_member.telling import tell_of_change, tell_practitioners
from offenders.panel.copy_operations import copy_to_record
from offenders.panel.guards import TO_ACCEPT, TO_PANEL, PanelFacts, lacks_of, require_guards
from offenders.panel.models import PanelDecision
from offenders.panel.operations import lock_to_assess
from offenders.referral.access import ReferralAccess
from offenders.referral.link_operations import write_link
from offenders.referral.models import LONGEST, Referral
from offenders.referral.operations import lock_referral, write_line

Decision = PanelDecision.Decision


def _write_decision(
    referral: Referral,
    decision: PanelDecision.Decision,
    *,
    reasons: str,
    by: User,
    at: datetime,
    conditions: str = "",
    until: date | None = None,
) -> None:
    if not reasons.strip():
        raise Refused("Write the reasons.", field="reasons")
    PanelDecision.objects.create(
        referral=referral,
        decision=decision,
        reasons=reasons.strip(),
        conditions=conditions.strip(),
        until=until,
        decided_at=at,
        decided_by=by,
    )


@transaction.atomic
def defer_referral(referral: Referral, *, until: date, reasons: str, by: User, at: datetime) -> Referral:
    """Decide later. On that day it is on the coordinator’s list."""
    referral = lock_to_assess(referral, Referral.Status.PANEL, by=by)
    if until <= at.astimezone(LONDON).date():
        raise Refused("Give a day to come.", field="until")
    _write_decision(referral, Decision.DEFER, reasons=reasons, until=until, by=by, at=at)
    referral.deferred_until = until
    referral.move(Referral.Status.DEFERRED, by=by, at=at, note=reasons.strip())
    write_entry(Act.ALTERED, referral, by=by, at=at, note="deferred")
    return referral


@transaction.atomic
def resume_referral(referral: Referral, *, by: User, at: datetime) -> Referral:
    """The panel looks at it again."""
    referral = lock_to_assess(referral, Referral.Status.DEFERRED, by=by)
    referral.deferred_until = None
    referral.move(Referral.Status.PANEL, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="with the panel again")
    return referral


@transaction.atomic
def accept_referral(
    referral: Referral,
    *,
    category: int,
    level: int,
    lead_agency: str,
    reasons: str,
    by: User,
    at: datetime,
    conditions: str = "",
    agency: Agency | None = None,
    practitioner: User | None = None,
) -> CoreMember:
    """He becomes a core member of the area and the coordinator that the referral has, with the identity it has.

    What the agency said stands in his record from now on, as told by it. The practitioner named is told.
    """
    referral = lock_to_assess(referral, Referral.Status.PANEL, by=by)
    require_guards(referral, TO_ACCEPT)
    core_member = accept_core_member(
        category=category,
        level=level,
        lead_agency=lead_agency,
        area=referral.area,
        coordinator=referral.coordinator,
        agency=agency,
        practitioner=practitioner,
        by=by,
        at=at,
    )
    if referral.identity_id is not None:
        core_member.identity_id = referral.identity_id
        core_member.save(update_fields=["identity"])
    _write_decision(referral, Decision.ACCEPT, reasons=reasons, conditions=conditions, by=by, at=at)
    referral.core_member, referral.ended_at = core_member, at
    referral.move(Referral.Status.ACCEPTED, by=by, at=at, note=reasons.strip())
    write_link(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note=f"accepted as {core_member.reference}")
    _begin_record(referral, core_member, agency=agency, by=by, at=at)
    return core_member


def _begin_record(
    referral: Referral, core_member: CoreMember, *, agency: Agency | None, by: User, at: datetime
) -> None:
    """Copy what the referrer told, name in the referral what could not be copied, and tell whoever has him now."""
    left = copy_to_record(referral, core_member, agency=agency, by=by, at=at)
    write_line(
        referral,
        "Copied to his record, as the referrer told it",
        by=by,
        at=at,
        detail="\n".join(["Could not be copied:", *left])[:LONGEST] if left else "",
    )
    tell_practitioners(core_member, None, by=by, at=at)
    tell_of_change(core_member, "accepted", by=by, at=at)


@transaction.atomic
def uphold_appeal(referral: Referral, *, reasons: str, by: User, at: datetime) -> Referral:
    """A manager upholds an appeal: the panel looks at it again, or it is assessed first if it never was.

    The referrer is sent a link to read so.
    """
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.overrule)
    if referral.status != Referral.Status.DECLINED:
        raise Refused("Only what was declined can be appealed against.")
    _write_decision(referral, Decision.APPEAL_UPHELD, reasons=reasons, by=by, at=at)
    is_assessed = not lacks_of(PanelFacts(referral), TO_PANEL)
    referral.decline_reason, referral.decline_advice, referral.ended_at = "", "", None
    to = Referral.Status.PANEL if is_assessed else Referral.Status.ASSESSING
    referral.move(to, by=by, at=at, note=reasons.strip())
    write_link(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="appeal upheld")
    return referral
