"""Raising a concern: one transaction, one concern however often the button is pressed."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from alerts.nudge import nudge
from alerts.operations import stop_alerts
from audit.models import Act
from audit.trail import recorded
from circles.models import Circle, Meeting
from concerns.access import RaisingAccess
from concerns.models import Concern, ConcernDraft, LadderVersion, Level, Side
from concerns.operations.escalation import fire_due_steps, reach_queue, start_chain
from concerns.operations.following import Answers, follows, kinds_of, written
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
    about: User | None = None,
    **answers: Unpack[Answers],
) -> Concern:
    """Store a worry, start its clocks and queue its first alerts, all or nothing.

    `level` is what its author suggests; where the answers say sooner, it is raised sooner.
    `submit_key` is made by the form: a second call with the same key answers with the first
    concern, so a double tap, a retry or the back button is one concern.
    """
    RaisingAccess(by, circle).require("raise_concern")
    if not words.strip():
        raise Refused("Write what you saw or heard, in a sentence.", field="words")
    if about == by:
        raise Refused(
            "Nobody else would learn of a concern about yourself. Telephone the person on call.", field="about"
        )
    already = Concern.objects.filter(submit_key=submit_key).first()
    if already is None:
        try:
            return store_concern(
                circle, submit_key=submit_key, suggested=level, words=words.strip(), by=by, at=at,
                meeting=meeting, about=about, answers=answers,
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
    suggested: Level,
    words: str,
    by: User,
    at: datetime,
    meeting: Meeting | None,
    about: User | None,
    answers: Answers,
) -> Concern:
    """The one transaction: concern, story, first steps, outbox rows (escalation.md 2)."""
    line = follows(answers)
    level = suggested.sooner(line.level if line else "")
    route = route_concern(circle, level, kinds_of(answers), at=at)
    concern = Concern.objects.create(
        reference=unused_reference(Concern, "K"), submit_key=submit_key, circle=circle, meeting=meeting, raised_by=by,
        about=about, level=level, suggested_level=suggested, answers_level=line.level if line else "",
        answers_because=line.because if line else "", words=words, received_at=at,
        ladder=LadderVersion.objects.in_force(at), queue=route.queue, rule=route.rule, **written(answers),
    )  # fmt: skip
    drop_draft(submit_key, by=by, at=at)
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
    about: User | None = None,
    level: str = "",
    words: str = "",
    **answers: Unpack[Answers],
) -> ConcernDraft:
    """Keep an unsent concern on the server. Nobody reads it; that it exists is said after a while."""
    RaisingAccess(by, circle).require("raise_concern")
    if Concern.objects.filter(submit_key=submit_key).exists():
        raise Refused("This was sent already. Open “My concerns” to see its receipt.")
    draft = ConcernDraft.objects.select_for_update().filter(submit_key=submit_key).first()
    if draft is None:
        draft = ConcernDraft(submit_key=submit_key, author=by, begun_at=at)
    if draft.author_id != by.pk:
        raise Refused("This form belongs to somebody else. Open a new one.")
    if draft.about != about:
        draft.about, draft.told_at = about, None
        stop_alerts(f"{draft.alert_key}circle", at=at, why="it is for others to hear")
    draft.circle, draft.meeting, draft.level, draft.words, draft.saved_at = circle, meeting, level, words, at
    for name, value in written(answers).items():
        setattr(draft, name, value)
    draft.save()
    return draft


@transaction.atomic
def discard_draft(draft: ConcernDraft, *, by: User, at: datetime) -> None:
    """Throw away what was not sent. Its author's alone to do; nobody is reminded of it again."""
    if not ConcernDraft.objects.visible_to(by).filter(pk=draft.pk).exists():
        raise Refused("This was sent or thrown away already.")
    drop_draft(draft.submit_key, by=by, at=at)


def drop_draft(submit_key: UUID, *, by: User, at: datetime) -> None:
    """The draft of a form goes, and with it what was still to be said of it."""
    ConcernDraft.objects.filter(submit_key=submit_key, author=by).delete()
    stop_alerts(f"draft:{submit_key}:", at=at)
