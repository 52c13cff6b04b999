"""Notice that two records may be about one person, tell the managers, and settle it. Nothing is opened for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.keyring import Keyring
from offenders.identity.access import FindingAccess
from offenders.identity.matching import identities_with
from offenders.identity.models import Identity, IdentityMatch


def note_matches(identity: Identity, digests: Iterable[str], keyring: Keyring, *, by: User, at: datetime) -> None:
    """Write a row for each identity that has a hash in common with this one, and tell the managers of each new one."""
    others = identities_with(digests, keyring).exclude(pk=identity.pk).order_by("pk")
    for other in others:
        first, second = sorted([identity, other], key=lambda row: row.pk)
        match, is_new = IdentityMatch.objects.get_or_create(first=first, second=second, defaults={"found_at": at})
        if is_new:
            _tell_managers(match, by=by, at=at)


def _tell_managers(match: IdentityMatch, *, by: User, at: datetime) -> None:
    """Tell each manager and safeguarding lead who may see both, but not whoever wrote it down."""
    leads = (people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD)).exclude(pk=by.pk).distinct()
    queue_alert(
        key=f"identity match:{match.pk}",
        to=[lead for lead in leads if IdentityMatch.objects.visible_to(lead).filter(pk=match.pk).exists()],
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=reverse("offenders:identity_matches"),
        at=at,
    )
    nudge()


@transaction.atomic
def settle_match(match: IdentityMatch, *, is_one_person: bool, by: User, at: datetime) -> IdentityMatch:
    """Write down whether two records are about one person. The files stay as they are."""
    match = IdentityMatch.objects.select_for_update(of=("self",)).get(pk=match.pk)
    FindingAccess(by).require(FindingAccess.settle_match)
    if match.settled_at is not None:
        raise Refused("Somebody has settled this already. Nothing more is to do.")
    match.settled_at, match.settled_by, match.is_one_person = at, by, is_one_person
    match.save(update_fields=["settled_at", "settled_by", "is_one_person"])
    note = "one person" if is_one_person else "two people"
    write_entry(Act.COMBINED, match, by=by, at=at, note=note)
    return match
