"""What the people of the world can do to a concern, and when somebody is likely to do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from alerts.leave.models import Leave
from alerts.leave.operations import cancel_leave, plan_leave
from alerts.outbox.operations import send_due
from concerns.choices import Feedback, Level, Outcome
from concerns.engine.models import Acknowledgement
from concerns.raising.operations import raise_concern
from concerns.share.models import Share
from concerns.share.operations import approve_share, propose_share, send_share
from concerns.share.reply_operations import acknowledge_share
from core.errors import Refused
from tests.concerns.share.sharing import TOLD, esi
from tests.properties.engine.contract import DAY, FORTNIGHT, HOUR, MINUTE, Away, terms_of
from tests.properties.engine.database_state import ConcernRow
from tests.properties.engine.scene import Scene
from tests.rooms import operations_of

OPERATIONS = operations_of("concerns")

CHARITY = ("ann", "hana", "fay", "ann", "kit", "pat")
LEADING = ("hana", "fay", "kit", "ann")
AGENCY = ("esi", "oz", "ivor", "esi", "oz", "lou")
BOTH = (*CHARITY, *AGENCY)
LEVELS = [Level.IMMEDIATE, Level.URGENT, Level.PRIORITY, Level.LOG]
DEPUTIES = ("pat", "ann", "fay", None)

LIKELY_TIMES = "0120120120133456"
"""Of sixteen times chosen, which: the first three are always allowed."""

Likely = Callable[[Scene, ConcernRow], bool]
Do = Callable[[Scene, ConcernRow, str, int], object]


@dataclass(frozen=True)
class Deed:
    name: str
    do: Do
    people: tuple[str, ...] = CHARITY
    likely: Likely = lambda scene, concern: concern.is_open
    often: int = 1
    many: bool = False
    """Several operations, of which the first may have been done when a later one is refused."""


def _promised_time(scene: Scene, concern: ConcernRow, who: str, detail: int) -> Any:
    """A time to promise: short, the longest before a first action, longer, the longest allowed, too long, or past."""
    limit = terms_of(concern.level, scene.side_of(who))
    longest = limit.after(scene.at, limit.act)
    choices = [
        scene.at + 20 * MINUTE,
        longest,
        min(longest, scene.at + HOUR),
        scene.at + FORTNIGHT - DAY,
        longest + MINUTE,
        scene.at + FORTNIGHT + MINUTE,
        scene.at - MINUTE,
    ]
    return choices[int(LIKELY_TIMES[detail])]


def _promise_to_take_over(scene: Scene, concern: ConcernRow, who: str, detail: int) -> Acknowledgement | None:
    """The colleague's promise that is taken over. In one case of three it is not named."""
    standing = scene.rows.promised(concern.pk, scene.side_of(who), scene.at)
    return Acknowledgement.objects.get(pk=standing.pk) if standing is not None and detail % 3 else None


def _raise_another(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    subject = scene.names.get(concern.about or 0) if detail % 3 else None
    return raise_concern(
        scene.world.ely,
        submit_key=uuid4(),
        level=LEVELS[detail % 4],
        words="He watches the school.",
        about=scene.person(subject) if subject else None,
        by=scene.person(who),
        at=scene.at,
    )


def _plan_leave(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    deputy = DEPUTIES[detail % 4] if who in ("ann", "pat") else {"esi": "oz", "hana": "fay"}.get(who)
    deputy = None if deputy == who or detail >= 12 else deputy
    ends = scene.at + (3 * HOUR, DAY, 5 * DAY)[detail % 3]
    plan_leave(
        scene.person(who),
        starts_at=scene.at,
        ends_at=ends,
        by=scene.person(who),
        at=scene.at,
        deputy=scene.person(deputy) if deputy else None,
    )
    scene.leaves.append(Away(who, deputy, scene.at, ends))
    return None


def _cancel_leave(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    for planned in Leave.objects.not_cancelled().filter(person=scene.person(who), ends_at__gt=scene.at):
        cancel_leave(planned, by=scene.person(who), at=scene.at)
    scene.leaves = [each for each in scene.leaves if each.person != who]
    return None


def _share(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    told = {**TOLD, "method": "here", "other_recipient": esi(scene.world)}
    made = propose_share(scene.concern(concern.pk), by=scene.person(who), at=scene.at, **told)
    if made.status == Share.Status.PROPOSED:
        approve_share(made, by=scene.person("fay" if who != "fay" else "hana"), at=scene.at)
    return send_share(made, by=scene.person(who), at=scene.at)


def _answer_share(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    shares = [row for row in scene.rows.shares if row.concern == concern.pk and row.status == "sent"]
    if not shares:
        raise Refused("Nothing was sent.")
    share = Share.objects.get(pk=shares[-1].pk)
    return acknowledge_share(share, their_plan="We visit today.", by=scene.person(who), at=scene.at)


def _another_concern(scene: Scene, concern: ConcernRow) -> ConcernRow:
    """Another concern of the walk: the next open one, or the next."""
    rest = [row for row in scene.rows.concerns if row.pk != concern.pk]
    return next((row for row in rest if row.is_open), rest[0] if rest else concern)


def _operation(name: str, **given: Any) -> Do:
    """A deed that calls an operation on the concern. A value may be a function of the scene."""

    def do(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
        words = {key: value(scene, concern, who, detail) if callable(value) else value for key, value in given.items()}
        operation = OPERATIONS[name]
        return operation(scene.concern(concern.pk), by=scene.person(who), at=scene.at, **words)

    return do


def _queue_to_move_to(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    here = concern.queue == scene.world.queue.pk
    return scene.world.norfolk if here != (detail == 0) else scene.world.queue


def _is_held(scene: Scene, concern: ConcernRow) -> bool:
    return any(row.concern == concern.pk and row.stands(scene.at) for row in scene.rows.holds)


def _is_taken(scene: Scene, concern: ConcernRow) -> bool:
    return concern.is_open and concern.status not in ("raised", "answered")


def _is_triaged(scene: Scene, concern: ConcernRow) -> bool:
    return concern.status in ("triaged", "monitored")


def _is_answered(scene: Scene, concern: ConcernRow) -> bool:
    return concern.status == "answered"


def _may_be_held(scene: Scene, concern: ConcernRow) -> bool:
    return _is_taken(scene, concern) or (concern.is_open and concern.level in ("priority", "log"))


def _has_another(scene: Scene, concern: ConcernRow) -> bool:
    return concern.is_open and any(row.is_open and row.pk != concern.pk for row in scene.rows.concerns)


def _has_proposal(scene: Scene, concern: ConcernRow) -> bool:
    return scene.rows.proposal(concern.pk) is not None


def _hold_until(scene: Scene, concern: ConcernRow, who: str, detail: int) -> object:
    return scene.at + (HOUR, DAY, 3 * DAY, FORTNIGHT, FORTNIGHT + MINUTE)[detail % 5]


def _is_shared(scene: Scene, concern: ConcernRow) -> bool:
    return any(row.concern == concern.pk and row.status == "sent" for row in scene.rows.shares)


LEVEL: Any = lambda scene, concern, who, detail: LEVELS[detail % 4]  # noqa: E731
INTO: Any = lambda scene, concern, who, detail: scene.concern(_another_concern(scene, concern).pk)  # noqa: E731
DEEDS = (
    Deed(
        "acknowledge",
        _operation("acknowledge_concern", until=_promised_time, over=_promise_to_take_over),
        BOTH,
        often=5,
    ),
    Deed(
        "act",
        _operation("record_action", what="Rang him.", until=_promised_time, over=_promise_to_take_over),
        BOTH,
        _is_taken,
        4,
    ),
    Deed("hold", _operation("hold_concern", waiting_for="the school", until=_hold_until), BOTH, _may_be_held, 4),
    Deed("release", _operation("release_hold"), BOTH, _is_held, 8),
    Deed("triage", _operation("triage_concern", level=LEVEL, reason="On reflection."), LEADING, _is_taken, 7),
    Deed(
        "watch",
        _operation("watch_in_circle", plan="Watch Saturdays.", until=_promised_time, over=_promise_to_take_over),
        LEADING,
        _is_triaged,
        5,
    ),
    Deed("answer", _operation("answer_concern", outcome=Outcome.VISIT, answer="Visited."), BOTH, _is_taken, 3),
    Deed("need nothing", _operation("record_no_action_needed", reason="Nothing in it."), LEADING, _is_triaged, 4),
    Deed("propose", _operation("mark_raised_in_error", reason="Typed twice."), LEADING, often=2),
    Deed("agree", _operation("agree_to_end"), ("fay", "hana", "ann", "kit"), _has_proposal, 8),
    Deed("dissent", _operation("decline_to_end"), LEADING, _has_proposal, 1),
    Deed(
        "move",
        _operation("move_to_queue", queue=_queue_to_move_to, reason="He lives there."),
        (*LEADING, "esi", "lou"),
        often=2,
    ),
    Deed("pass on", _operation("pass_to_queue"), LEADING, lambda s, c: c.is_open and c.queued_at is None, 2),
    Deed("join", _operation("merge_concern", into=INTO, reason="One thing."), LEADING, _has_another, 4),
    Deed("link", _operation("link_concerns", other=INTO, why="The same school."), LEADING, _has_another),
    Deed("claim", _operation("claim_concern"), BOTH),
    Deed("tell", _operation("give_feedback", feedback=Feedback.SPOKEN), LEADING, _is_answered, 3),
    Deed("finish", _operation("close_concern"), LEADING, lambda s, c: _is_answered(s, c) and bool(c.told), 6),
    Deed(
        "reopen",
        _operation("reopen_concern", reason="He came back."),
        BOTH,
        lambda s, c: c.status in ("answered", "closed"),
        4,
    ),
    Deed("raise", _raise_another, ("ben", "tom", "ann"), lambda s, c: len(s.rows.concerns) < 3),
    Deed("leave", _plan_leave, ("ann", "pat", "hana", "esi"), lambda s, c: len(s.leaves) < 3, 2),
    Deed("come back", _cancel_leave, ("ann", "pat", "hana", "esi"), lambda s, c: bool(s.leaves)),
    Deed("share", _share, LEADING, many=True),
    Deed("answer share", _answer_share, ("esi",), _is_shared, 3),
    Deed("send", lambda s, c, who, detail: send_due(at=s.at, limit=2), likely=lambda s, c: bool(s.rows.alerts)),
)
MENU = tuple(deed for deed in DEEDS for _ in range(deed.often))


def waiting_time(scene: Scene, choice: int) -> timedelta:
    """How long nobody does anything: mostly no time, or until the next step is due."""
    due = sorted(row.due_at for row in scene.rows.steps if row.pends)
    to_due = max(due[0] - scene.at, timedelta()) if due else timedelta()
    to_last = max(due[-1] - scene.at, timedelta()) if due else timedelta()
    waits = [timedelta()] * 16 + [to_due] * 5 + [MINUTE, to_due + MINUTE, 20 * MINUTE, 3 * HOUR, to_last, DAY, 4 * DAY]
    return waits[choice % len(waits)]
