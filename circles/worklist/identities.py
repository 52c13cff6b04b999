"""Work about who core members are: two records that may be one person, and a name that somebody asks to erase.

Both are for managers and safeguarding leads, of every circle and of none.
"""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.access import Role
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.identity.models import Identity, IdentityMatch


def _match_rows(reader: WorkReader) -> Rows:
    matches = IdentityMatch.objects.visible_to(reader.user).unsettled()
    return as_lines(
        matches if reader.circle is None else matches.none(),
        circle="",
        match="pk",
        first=Coalesce("first__core_member__reference", "first__referral__reference"),
        second=Coalesce("second__core_member__reference", "second__referral__reference"),
    )


def _say_match(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"{line.facts['first']} and {line.facts['second']} may be one person",
        url=reverse("offenders:settle_match", args=[line.facts["match"]]),
        detail="They have the same name and date of birth, or the same number.",
    )


def _erasure_rows(reader: WorkReader) -> Rows:
    """Names that somebody else asks to erase."""
    asked = Identity.objects.visible_to(reader.user).filter(erasure_asked_at__isnull=False, erased_at=None)
    leads = reader.user.has_role(Role.MANAGER) or reader.user.has_role(Role.SAFEGUARDING_LEAD)
    waiting = asked.exclude(erasure_asked_by=reader.user) if leads and reader.circle is None else asked.none()
    return as_lines(
        waiting,
        circle="",
        core_member="core_member__reference",
        referral="referral__reference",
        asked_by="erasure_asked_by__full_name",
    )


def _say_erasure(line: WorkLine, reader: WorkReader) -> WorkItem:
    """The page is the core member's, or the referral's where he is none yet."""
    reference = line.facts["core_member"] or line.facts["referral"]
    page = "erase_identity" if line.facts["core_member"] else "erase_referral_identity"
    return WorkItem(
        title=f"Agree that the name of {reference} be erased, or keep it",
        url=reverse(f"offenders:{page}", args=[reference]),
        detail=f"{line.facts['asked_by']} asked.",
    )


IDENTITY_KINDS = (
    WorkKind("identity_match", "May be one person", _match_rows, _say_match, on_wall=False),
    WorkKind("identity_erasure", "Names to erase", _erasure_rows, _say_erasure, on_wall=False),
)
