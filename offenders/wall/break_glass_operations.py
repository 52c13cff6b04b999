"""Break the glass: look at a core member past his allow-list for half an hour; and review that somebody did."""

from __future__ import annotations

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
from core.rows import only_row_of
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import OPEN_FOR, BreakGlass, WallEntry
from offenders.wall.access import BreakGlassAccess, GlassReviewAccess

NOBODY = (
    "No core member of this reference opens for you like this. Check the reference; if it is right, ring whoever "
    "coordinates him."
)
"""Said of everybody who may not be opened, so that nobody learns whether there is such a person."""


@transaction.atomic
def break_glass(*, reference: str, reason: str, by: User, at: datetime) -> BreakGlass:
    """Open somebody on whose allow-list this person is not, for half an hour. Whoever leads him is told at once.

    It opens nobody whom their roles do not give, and nobody who is barred from him.
    """
    BreakGlassAccess(by).require(BreakGlassAccess.break_glass)
    if not reason.strip():
        raise Refused("Say why it cannot wait.", field="reason")
    his = CoreMember.objects.given_by_roles(by).select_for_update(of=("self",)).filter(reference=reference)
    core_member = only_row_of(his)
    if core_member is None or WallEntry.objects.current().filter(
        core_member=core_member, person=by, kind=WallEntry.Kind.DENY
    ):
        raise Refused(NOBODY, field="reference")
    if CoreMember.objects.visible_to(by).filter(pk=core_member.pk).exists():
        raise Refused("You see him already. Open him from your list.", field="reference")
    look = BreakGlass.objects.create(
        core_member=core_member, person=by, reason=reason.strip(), opened_at=at, opened_until=at + OPEN_FOR
    )
    User.objects.filter(pk=by.pk).update(past_wall_until=look.opened_until)
    write_entry(
        Act.GRANTED, core_member, by=by, at=at, recipient=by.reference, note="opened past his wall, for 30 minutes"
    )
    _tell_leaders(look, at=at)
    return look


def _tell_leaders(look: BreakGlass, *, at: datetime) -> None:
    """Tell his coordinator, the managers and the safeguarding leads, as far as his wall lets them through."""
    leads = people_with_role(Role.MANAGER) | people_with_role(Role.SAFEGUARDING_LEAD)
    people = {look.core_member.coordinator, *leads} - {look.person}
    queue_alert(
        key=f"{look.core_member.reference}:glass-{look.pk}",
        to=sorted((person for person in people if person.is_active), key=lambda person: person.pk),
        urgency=Urgency.URGENT,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=look.core_member_id,
        link=reverse("offenders:review_glass", args=[look.core_member.reference, look.pk]),
        at=at,
    )
    nudge()


@transaction.atomic
def review_glass(look: BreakGlass, *, outcome: str, words: str, by: User, at: datetime) -> BreakGlass:
    """Say whether it was right to look, and what follows. Whoever looked is told that it was reviewed."""
    look = BreakGlass.objects.select_for_update(of=("self",)).select_related("core_member", "person").get(pk=look.pk)
    GlassReviewAccess(by, look).require(GlassReviewAccess.review_glass)
    if look.reviewed_at is not None:
        raise Refused("Somebody has reviewed it already.")
    if not words.strip():
        raise Refused("Say what you found, and what follows.", field="words")
    look.outcome, look.outcome_words = BreakGlass.Outcome(outcome), words.strip()
    look.reviewed_at, look.reviewed_by = at, by
    look.save(update_fields=["outcome", "outcome_words", "reviewed_at", "reviewed_by"])
    write_entry(
        Act.ALTERED, look.core_member, by=by, at=at, recipient=look.person.reference, note="look past his wall reviewed"
    )
    queue_alert(
        key=f"{look.core_member.reference}:glass-{look.pk}:reviewed",
        to=[look.person] if look.person.is_active else [],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=None,
        link=reverse("home"),
        at=at,
    )
    nudge()
    return look
