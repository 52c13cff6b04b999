"""Raising a concern: one transaction, one concern however often the button is pressed."""

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
from audit.trail import recorded
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from concerns.choices import Level, Side
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.locking import lock
from concerns.concern.models import Concern
from concerns.engine.next_step import reach_queue, start_chain
from concerns.engine.operations import fire_due_steps
from concerns.handling.link_models import ConcernLink
from concerns.ladder.models import LadderVersion
from concerns.raising.access import RaisingAccess
from concerns.routing.following import Answers, follows, kinds_of, written
from concerns.routing.operations import Routed, route_concern
from core.errors import Refused
from core.fingerprint import fingerprint_of
from core.locks import lock_key
from core.references import unused_reference
from core.templatetags.ui import clock


class Arrived(Refused):
    """There is nothing to keep: what was sent has arrived. No failure, so the page says it quietly."""


SAME_WITHIN = timedelta(minutes=30)
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
    **answers: Unpack[Answers],
) -> Concern:
    """Store a worry, start its clocks and queue its first alerts, all or nothing.

    `level` is what its author suggests; where the answers say sooner, it is raised sooner.
    `submit_key` is made by the form: a second call with the same key and the same words answers with the first
    concern, so a double tap, a retry or the back button is one concern. Other words under the same key are never
    answered as if they were taken: they are stored at once as a second concern that goes its own way, and the two
    are linked.
    """
    RaisingAccess(by, circle).require(RaisingAccess.raise_concern)
    if not words.strip():
        raise Refused("Write what you saw or heard, in a sentence.", field="words")
    if about == by:
        raise Refused(
            "Nobody else would learn of a concern about yourself. Telephone the person on call.", field="about"
        )
    sent = Sent(circle, meeting, about, level, words.strip(), answers)
    first, is_new = find_or_store(sent, submit_key=submit_key, by=by, at=at)
    if is_new or sent.stands_in(first):
        return first
    again, _ = find_or_store(sent, submit_key=sent.key_after(first), after=first, by=by, at=at)
    return again


@dataclass(frozen=True)
class Sent:
    """What one press of “Send” brought."""

    circle: Circle
    meeting: Meeting | None
    about: User | None
    suggested: Level
    words: str
    answers: Answers

    @property
    def said(self) -> dict[str, Any]:
        """Everything its author chose and wrote, as a concern keeps it."""
        about = self.about.pk if self.about else None
        own = {"circle_id": self.circle.pk, "about_id": about, "suggested_level": self.suggested, "words": self.words}
        return own | written(self.answers)

    def stands_in(self, concern: Concern) -> bool:
        """Whether the concern holds all this already; what it is about may have been sorted meanwhile."""
        alike = {name: value for name, value in self.said.items() if name not in {"kind", "also"}}
        if not set(kinds_of(self.answers)) <= set(concern.kinds):
            return False
        return all(text_of(getattr(concern, name)) == text_of(value) for name, value in alike.items())

    def key_after(self, first: Concern) -> UUID:
        """The key of these words after the first: pressed again, they are the same second one."""
        said = {name: text_of(value) for name, value in self.said.items()}
        return uuid5(first.submit_key, fingerprint_of(json.dumps(said, sort_keys=True)))


def text_of(value: Any) -> str:
    """A value as words to compare: line ends do not count."""
    return str(value).replace("\r\n", "\n").strip()


def find_or_store(
    sent: Sent, *, submit_key: UUID, by: User, at: datetime, after: Concern | None = None
) -> tuple[Concern, bool]:
    """The concern of this key, and whether it was stored just now."""
    found = Concern.objects.filter(submit_key=submit_key).first()
    if found is None:
        try:
            stored = store_concern(
                sent.circle,
                submit_key=submit_key,
                suggested=sent.suggested,
                words=sent.words,
                by=by,
                at=at,
                meeting=sent.meeting,
                about=sent.about,
                answers=sent.answers,
                after=after,
            )
        except IntegrityError:
            found = Concern.objects.filter(submit_key=submit_key).first()
            if found is None:
                raise
        else:
            return stored, True
    if found.raised_by_id != by.pk:
        raise Refused("This form was already used. Open a new one; your words are still here to copy.")
    return found, False


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
    after: Concern | None = None,
) -> Concern:
    """The one transaction: concern, story, first steps, outbox rows (escalation.md 2)."""
    lock_key(submit_key)
    line = follows(answers)
    level = suggested.sooner(line.level if line else "")
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
        answers_level=line.level if line else "",
        answers_because=line.because if line else "",
        words=words,
        received_at=at,
        ladder=LadderVersion.objects.in_force(at),
        queue=route.queue,
        rule=route.rule,
        sent_after=after,
        **written(answers),
    )
    begin_story(concern, route, at=at)
    recorded(Act.COLLECTED, concern, by=by, at=at, within=concern.filed_within)
    nudge()
    return concern


def begin_story(concern: Concern, route: Routed, *, at: datetime) -> None:
    """Its draft goes, its story and both sides' clocks begin, and what is due at once is done."""
    by, first = concern.raised_by, concern.sent_after
    drop_draft(concern.submit_key, by=by, at=at)
    if first is not None:
        join_to_first(concern, first, by=by, at=at)
    concern.note("Raised; stored and receipted", by=by, at=at)
    if route.at_once and route.queue is not None:
        reach_queue(concern, at=at)
    for side in Side:
        start_chain(concern, side, at=at)
    fire_due_steps(concern, at=at)


def join_to_first(concern: Concern, first: Concern, *, by: User, at: datetime) -> None:
    """Link what came with other words to what came first; not where one names whom the other may be read by."""
    first, at = lock(first, at=at)
    drop_draft(first.submit_key, by=by, at=at)
    if concern.about_id != first.about_id:
        return
    ConcernLink.objects.create(first=first, second=concern, why=SENT_AGAIN, linked_at=at, linked_by=by)
    first.note(f"{SENT_AGAIN}; stored beside this", by=by, at=at)


def same_sent_lately(
    circle: Circle,
    *,
    level: Level,
    words: str,
    by: User,
    at: datetime,
    about: User | None = None,
    **answers: Unpack[Answers],
) -> Concern | None:
    """What this person sent of this circle within the last half hour in exactly these words, by another form."""
    sent = Sent(circle, None, about, level, words.strip(), answers)
    lately = Concern.objects.filter(raised_by=by, circle=circle, received_at__gt=at - SAME_WITHIN)
    return next((concern for concern in lately if concern.is_open and sent.stands_in(concern)), None)


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
    **answers: Unpack[Answers],
) -> ConcernDraft:
    """Keep an unsent concern on the server. Nobody reads it; that it exists is said after a while.

    `hand` is the page that saves, `mark` how the draft stood when that page was opened: what the same person wrote
    meanwhile on another page or device is not overwritten.
    """
    RaisingAccess(by, circle).require(RaisingAccess.raise_concern)
    lock_key(submit_key)
    arrived = Concern.objects.filter(submit_key=submit_key).first()
    if arrived is not None:
        raise Arrived(
            f"What you sent at {clock(arrived.received_at)} has arrived. What you change now goes when you send it."
        )
    draft = ConcernDraft.objects.select_for_update().filter(submit_key=submit_key).first()
    if draft is None:
        draft = ConcernDraft(submit_key=submit_key, author=by, begun_at=at)
    if draft.author_id != by.pk:
        raise Refused("This form belongs to somebody else. Open a new one.")
    if draft.about != about:
        draft.about, draft.told_at = about, None
        stop_alerts(f"{draft.alert_key}circle", at=at, why="it is for others to hear")
    refuse_unseen(draft, hand=hand, mark=mark, words=words)
    draft.saved_from = hand
    draft.circle, draft.meeting, draft.level, draft.words, draft.saved_at = circle, meeting, level, words, at
    for name, value in written(answers).items():
        setattr(draft, name, value)
    draft.save()
    return draft


def refuse_unseen(draft: ConcernDraft, *, hand: UUID | None, mark: str, words: str) -> None:
    """Raise Refused where another page or device of this person's saved other words since this page was opened."""
    if is_unseen(draft, hand=hand, mark=mark) and text_of(draft.words) not in {"", text_of(words)}:
        raise Refused(
            f"You changed this on another page or device at {clock(draft.saved_at)}. Press “Send” to see both."
        )


def is_unseen(draft: ConcernDraft, *, hand: UUID | None, mark: str) -> bool:
    """Whether the draft was last saved from another page, after this one was opened."""
    return draft.saved_from is not None and draft.saved_from != hand and mark != draft.mark


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
