"""Raise a concern, and save its draft. However often the button is pressed, it is one concern."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Unpack
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from accounts.models import User
from alerts.message.nudge import nudge
from alerts.outbox.operations import stop_alerts
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from concerns.choices import Level, Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.next_step import mark_queued, start_side
from concerns.engine.operations import fire_due_steps
from concerns.handling.link_models import ConcernLink
from concerns.ladder.models import LadderVersion
from concerns.raising.access import RaisingAccess
from concerns.routing.following import TypedAnswers, fields_of_answers, kinds_of, level_rule_of
from concerns.routing.operations import Routed, route_concern
from core.errors import Refused
from core.fingerprint import fingerprint_of
from core.locks import lock_key
from core.references import unused_reference
from core.templatetags.ui import clock


class AlreadySent(Refused):
    """There is no draft to save, because the concern was sent. The page shows this as news, not as a failure."""


DUPLICATE_WITHIN = timedelta(minutes=30)
SENT_AGAIN = "The same form, sent again with other words"


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
    **answers: Unpack[TypedAnswers],
) -> Concern:
    """Store a worry, start its clocks and queue its first alerts, all or nothing.

    `level` is the author's suggestion; where the answers need it sooner, the level goes up.
    `submit_key` is made by the form. The same key with the same words returns the first concern, so that a double tap
    or the back button makes one. Other words under the same key are stored as a second concern, linked to the first.
    """
    RaisingAccess(by, circle).require(RaisingAccess.raise_concern)
    if not words.strip():
        raise Refused("Write what you saw or heard, in a sentence.", field="words")
    if about == by:
        raise Refused(
            "Nobody else would learn of a concern about yourself. Telephone the person on call.", field="about"
        )
    submission = Submission(circle, meeting, about, level, words.strip(), answers)
    first, is_new = _find_or_store(submission, submit_key=submit_key, by=by, at=at)
    if is_new or submission.is_stored_in(first):
        return first
    second, _ = _find_or_store(submission, submit_key=submission.key_following(first), after=first, by=by, at=at)
    return second


@dataclass(frozen=True)
class Submission:
    """What one press of “Send” brought."""

    circle: Circle
    meeting: Meeting | None
    about: User | None
    suggested: Level
    words: str
    answers: TypedAnswers

    @property
    def fields(self) -> dict[str, Any]:
        """Everything the author chose and wrote, as fields of a concern."""
        about = self.about.pk if self.about else None
        own = {"circle_id": self.circle.pk, "about_id": about, "suggested_level": self.suggested, "words": self.words}
        return own | fields_of_answers(self.answers)

    def is_stored_in(self, concern: Concern) -> bool:
        """Whether the concern holds all this already. Staff may have added kinds to it since."""
        compared = {name: value for name, value in self.fields.items() if name not in {"kind", "also"}}
        if not set(kinds_of(self.answers)) <= set(concern.kinds):
            return False
        return all(_text_of(getattr(concern, name)) == _text_of(value) for name, value in compared.items())

    def key_following(self, first: Concern) -> UUID:
        """The key under which these words are stored after the first. The same words always get the same key."""
        fields = {name: _text_of(value) for name, value in self.fields.items()}
        return uuid5(first.submit_key, fingerprint_of(json.dumps(fields, sort_keys=True)))


def _text_of(value: Any) -> str:
    """A value as text to compare. Kinds of line ending do not count."""
    return str(value).replace("\r\n", "\n").strip()


def _find_or_store(
    submission: Submission, *, submit_key: UUID, by: User, at: datetime, after: Concern | None = None
) -> tuple[Concern, bool]:
    """The concern of this key, and whether it was stored just now."""
    concern = Concern.objects.filter(submit_key=submit_key).first()
    if concern is None:
        try:
            stored = store_concern(
                submission.circle,
                submit_key=submit_key,
                suggested=submission.suggested,
                words=submission.words,
                by=by,
                at=at,
                meeting=submission.meeting,
                about=submission.about,
                answers=submission.answers,
                after=after,
            )
        except IntegrityError:
            concern = Concern.objects.filter(submit_key=submit_key).first()
            if concern is None:
                raise
        else:
            return stored, True
    if concern.raised_by_id != by.pk:
        raise Refused("This form was already used. Open a new one; your words are still here to copy.")
    return concern, False


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
    answers: TypedAnswers,
    after: Concern | None = None,
) -> Concern:
    """Store the concern, its story, its first steps and its outbox rows in one transaction (escalation.md 2)."""
    lock_key(submit_key)
    rule = level_rule_of(answers)
    level = suggested.sooner(rule.level if rule else "")
    route = route_concern(circle, level, kinds_of(answers), at=at)
    concern = Concern.objects.create(
        reference=unused_reference(Concern, "K"),
        submit_key=submit_key,
        circle=circle,
        meeting=meeting,
        raised_by=by,
        about=about,
        level=level,
        suggested_level=suggested,
        answers_level=rule.level if rule else "",
        answers_because=rule.because if rule else "",
        words=words,
        received_at=at,
        ladder=LadderVersion.objects.in_force(at),
        queue=route.queue,
        rule=route.rule,
        sent_after=after,
        **fields_of_answers(answers),
    )
    _begin_story(concern, route, at=at)
    write_entry(Act.COLLECTED, concern, by=by, at=at, within=concern.filed_within)
    nudge()
    return concern


def _begin_story(concern: Concern, route: Routed, *, at: datetime) -> None:
    """Delete its draft, begin its story and both sides' clocks, and take the steps that are due at once."""
    by, first = concern.raised_by, concern.sent_after
    _drop_draft(concern.submit_key, by=by, at=at)
    if first is not None:
        _link_to_first(concern, first, by=by, at=at)
    concern.note("Raised; stored and receipted", by=by, at=at)
    if route.at_once and route.queue is not None:
        mark_queued(concern, at=at)
    for side in Side:
        start_side(concern, side, at=at)
    fire_due_steps(concern, at=at)


def _link_to_first(concern: Concern, first: Concern, *, by: User, at: datetime) -> None:
    """Link a second concern of the same form to the first, except where they are about different people."""
    first, at = lock_concern(first, at=at)
    _drop_draft(first.submit_key, by=by, at=at)
    if concern.about_id != first.about_id:
        return
    ConcernLink.objects.create(first=first, second=concern, why=SENT_AGAIN, linked_at=at, linked_by=by)
    first.note(f"{SENT_AGAIN}; stored beside this", by=by, at=at)


def duplicate_of(
    circle: Circle,
    *,
    level: Level,
    words: str,
    by: User,
    at: datetime,
    about: User | None = None,
    **answers: Unpack[TypedAnswers],
) -> Concern | None:
    """The open concern that this person sent about this circle in the last half hour in exactly these words."""
    submission = Submission(circle, None, about, level, words.strip(), answers)
    recent = Concern.objects.filter(raised_by=by, circle=circle, received_at__gt=at - DUPLICATE_WITHIN)
    return next((concern for concern in recent if concern.is_open and submission.is_stored_in(concern)), None)


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
    hand: UUID | None = None,
    mark: str = "",
    **answers: Unpack[TypedAnswers],
) -> ConcernDraft:
    """Save an unsent concern on the server. Nobody else reads it; after a while others learn that it exists.

    `hand` is the page that saves, `mark` the state of the draft when that page was opened. Later words from another
    page or device are not overwritten.
    """
    RaisingAccess(by, circle).require(RaisingAccess.raise_concern)
    lock_key(submit_key)
    sent = Concern.objects.filter(submit_key=submit_key).first()
    if sent is not None:
        raise AlreadySent(
            f"What you sent at {clock(sent.received_at)} has arrived. What you change now goes when you send it."
        )
    draft = ConcernDraft.objects.select_for_update().filter(submit_key=submit_key).first()
    if draft is None:
        draft = ConcernDraft(submit_key=submit_key, author=by, begun_at=at)
    if draft.author_id != by.pk:
        raise Refused("This form belongs to somebody else. Open a new one.")
    if draft.about != about:
        draft.about, draft.told_at = about, None
        stop_alerts(f"{draft.alert_key}circle", at=at, why="it is for others to hear")
    _refuse_unseen(draft, hand=hand, mark=mark, words=words)
    draft.saved_from = hand
    draft.circle, draft.meeting, draft.level, draft.words, draft.saved_at = circle, meeting, level, words, at
    for name, value in fields_of_answers(answers).items():
        setattr(draft, name, value)
    draft.save()
    return draft


def _refuse_unseen(draft: ConcernDraft, *, hand: UUID | None, mark: str, words: str) -> None:
    """Raise Refused where this person saved other words on another page or device since this page was opened."""
    if is_unseen(draft, hand=hand, mark=mark) and _text_of(draft.words) not in {"", _text_of(words)}:
        raise Refused(
            f"You changed this on another page or device at {clock(draft.saved_at)}. Press “Send” to see both."
        )


def is_unseen(draft: ConcernDraft, *, hand: UUID | None, mark: str) -> bool:
    """Whether the draft was last saved from another page since this one was opened."""
    return draft.saved_from is not None and draft.saved_from != hand and mark != draft.mark


@transaction.atomic
def discard_draft(draft: ConcernDraft, *, by: User, at: datetime) -> None:
    """Throw away an unsent concern. Only its author may; nobody is reminded of it again."""
    if not ConcernDraft.objects.visible_to(by).filter(pk=draft.pk).exists():
        raise Refused("This was sent or thrown away already.")
    _drop_draft(draft.submit_key, by=by, at=at)


def _drop_draft(submit_key: UUID, *, by: User, at: datetime) -> None:
    """Delete the draft of a form, and stop the alerts about it."""
    ConcernDraft.objects.filter(submit_key=submit_key, author=by).delete()
    stop_alerts(f"draft:{submit_key}:", at=at)
