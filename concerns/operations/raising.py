"""Raising a concern: one transaction, one concern however often the button is pressed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from alerts.nudge import nudge
from audit.models import Act
from audit.trail import recorded
from circles.models import Circle, Meeting
from concerns.access import RaisingAccess
from concerns.models import Concern, ConcernDraft, Kind, LadderVersion, Level, Side
from concerns.operations.escalation import fire_due_steps, reach_queue, start_chain
from concerns.operations.routing import route_concern
from core.errors import Refused
from core.references import unused_reference


def raise_concern(
    circle: Circle,
    *,
    submit_key: UUID,
    level: Level,
    words: str,
    by: User,
    at: datetime,
    meeting: Meeting | None = None,
    kind: str = "",
    basis: str = "",
    opinion: str = "",
    about: User | None = None,
) -> Concern:
    """Store a worry, start its clocks and queue its first alerts, all or nothing.

    `submit_key` is made by the form: a second call with the same key answers with the first
    concern, so a double tap, a retry or the back button is one concern.
    """
    RaisingAccess(by, circle).require("raise_concern")
    if not words.strip():
        raise Refused("Write what you saw or heard, in a sentence.", field="words")
    already = Concern.objects.filter(submit_key=submit_key).first()
    if already is None:
        try:
            return store_concern(
                circle, submit_key=submit_key, level=level, words=words.strip(), by=by, at=at,
                meeting=meeting, kind=kind, basis=basis, opinion=opinion.strip(), about=about,
            )  # fmt: skip
        except IntegrityError:
            already = Concern.objects.filter(submit_key=submit_key).first()
            if already is None:
                raise
    if already.raised_by_id != by.pk:
        raise Refused("This form was already used. Open a new one; your words are still here to copy.")
    return already


@transaction.atomic
def store_concern(
    circle: Circle,
    *,
    submit_key: UUID,
    level: Level,
    words: str,
    by: User,
    at: datetime,
    meeting: Meeting | None,
    kind: str,
    basis: str,
    opinion: str,
    about: User | None,
) -> Concern:
    """The one transaction: concern, story, first steps, outbox rows (escalation.md 2)."""
    route = route_concern(circle, level, kind, at=at)
    concern = Concern.objects.create(
        reference=unused_reference(Concern, "K"), submit_key=submit_key, circle=circle, meeting=meeting, raised_by=by,
        about=about, level=level, suggested_level=level, kind=kind, words=words, basis=basis, opinion=opinion,
        received_at=at, ladder=LadderVersion.objects.in_force(at), queue=route.queue, rule=route.rule,
    )  # fmt: skip
    ConcernDraft.objects.filter(submit_key=submit_key, author=by).delete()
    concern.note("Raised; stored and receipted", by=by, at=at)
    if route.at_once and route.queue is not None:
        reach_queue(concern, at=at)
    for side in Side:
        start_chain(concern, side, at=at, hasten=side == Side.AGENCY and route.at_once)
    fire_due_steps(concern, at=at)
    recorded(Act.COLLECTED, concern, by=by, at=at, within=concern.filed_within)
    nudge()
    return concern


@transaction.atomic
def save_draft(
    circle: Circle,
    *,
    submit_key: UUID,
    by: User,
    at: datetime,
    meeting: Meeting | None = None,
    level: str = "",
    kind: str = "",
    basis: str = "",
    words: str = "",
    opinion: str = "",
) -> ConcernDraft:
    """Keep an unsent concern on the server. A draft is no concern: nobody is told of it."""
    RaisingAccess(by, circle).require("raise_concern")
    if Concern.objects.filter(submit_key=submit_key).exists():
        raise Refused("This was sent already. Open “My concerns” to see its receipt.")
    draft = ConcernDraft.objects.select_for_update().filter(submit_key=submit_key).first()
    if draft is None:
        draft = ConcernDraft(submit_key=submit_key, author=by, begun_at=at)
    if draft.author_id != by.pk:
        raise Refused("This form belongs to somebody else. Open a new one.")
    draft.circle, draft.meeting = circle, meeting
    draft.level, draft.kind, draft.basis = level, kind if kind in Kind.values else "", basis
    draft.words, draft.opinion, draft.saved_at = words, opinion, at
    draft.save()
    return draft
