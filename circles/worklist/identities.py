"""Work about who core members are: two records that may be one person, and a name that somebody asks to erase.

Both are for managers and safeguarding leads, of every circle and of none.
"""

from __future__ import annotations

from django.urls import reverse

from accounts.access import Role
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.core_member.models import CoreMember
from offenders.identity.models import IdentityMatch


def _match_rows(reader: WorkReader) -> Rows:
    matches = IdentityMatch.objects.visible_to(reader.user).unsettled()
    return as_lines(
        matches if reader.circle is None else matches.none(),
        circle="",
        match="pk",
        first="first__core_member__reference",
        second="second__core_member__reference",
    )


def _say_match(line: WorkLine, reader: WorkReader) -> WorkItem:
    first, second = line.facts["first"] or "A referral", line.facts["second"] or "a referral"
    return WorkItem(
        title=f"{first} and {second} may be one person",
        url=reverse("offenders:settle_match", args=[line.facts["match"]]),
        detail="They have the same name and date of birth, or the same number.",
    )


def _erasure_rows(reader: WorkReader) -> Rows:
    """Names that somebody else asks to erase."""
    asked = CoreMember.objects.visible_to(reader.user).filter(
        identity__erasure_asked_at__isnull=False, identity__erased_at=None
    )
    leads = reader.user.has_role(Role.MANAGER) or reader.user.has_role(Role.SAFEGUARDING_LEAD)
    waiting = asked.exclude(identity__erasure_asked_by=reader.user) if leads and reader.circle is None else asked.none()
    return as_lines(waiting, circle="", ref="reference", asked_by="identity__erasure_asked_by__full_name")


def _say_erasure(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Agree that the name of {line.facts['ref']} be erased, or keep it",
        url=reverse("offenders:erase_identity", args=[line.facts["ref"]]),
        detail=f"{line.facts['asked_by']} asked.",
    )


IDENTITY_KINDS = (
    WorkKind("identity_match", "May be one person", _match_rows, _say_match, on_wall=False),
    WorkKind("identity_erasure", "Names to erase", _erasure_rows, _say_erasure, on_wall=False),
)
