"""Checks after every step that each rule of the contract holds, whatever was done."""

from __future__ import annotations

from datetime import datetime

from tests.properties.engine.contract import FORTNIGHT, LAST, URGENT, is_stricter, terms_of
from tests.properties.engine.database_state import AlertRow, ConcernRow, HoldRow, Rows, StepRow
from tests.properties.engine.recipients import check_rungs_tell_everybody
from tests.properties.engine.scene import SIDES, Scene


def judge(scene: Scene, before: Rows) -> None:
    for concern in scene.rows.concerns:
        check_nothing_is_forgotten(scene, concern)
        check_nothing_urgent_is_held(scene, concern)
        for side in SIDES:
            step = scene.rows.pending(concern.pk, side)
            if step is not None:
                check_step_in_time(scene, concern, step)
    check_nobody_answers_their_own(scene)
    check_stories_in_order(scene)
    check_recipients_may_read(scene, before)
    check_rungs_tell_everybody(scene, before)
    check_no_outdated_end(scene, before)
    check_lost_promises_are_told(scene, before)


def check_nothing_is_forgotten(scene: Scene, concern: ConcernRow) -> None:
    """Promise 2: an open concern has a next step with a time, or a promise; one that has ended has neither."""
    charity, agency = (scene.rows.pending(concern.pk, side) for side in SIDES)
    if not concern.is_open:
        assert (charity, agency) == (None, None), "a step is pending for what has ended"
        assert not any(row.concern == concern.pk and row.stands(scene.at) for row in scene.rows.holds), (
            "it is held still"
        )
        return
    if concern.status == "answered" and concern.told:
        return
    assert charity is not None, f"nothing comes next at the charity ({concern.status})"
    if concern.queued_at is not None and concern.status != "answered":
        assert agency is not None, f"nothing comes next at the agencies ({concern.status})"


def check_nothing_urgent_is_held(scene: Scene, concern: ConcernRow) -> None:
    if concern.level in URGENT:
        held = [row for row in scene.rows.holds if row.concern == concern.pk and row.stands(scene.at)]
        assert not held, f"what is {concern.level} waits for somebody"


def check_step_in_time(scene: Scene, concern: ConcernRow, step: StepRow) -> None:
    """The next step is never later than the present level allows."""
    latest = _latest_allowed(scene, concern, step)
    assert step.due_at <= latest, (
        f"{concern.level} {step.side} rung {step.rung}: due {step.due_at:%d %b %H:%M}, allowed {latest:%d %b %H:%M}"
    )


def _latest_allowed(scene: Scene, concern: ConcernRow, step: StepRow) -> datetime:
    limit = terms_of(_level_for_times_of(concern), step.side)
    started = _start_of(concern, step.side)
    changed = scene.notes.set_at.get((concern.pk, step.side), started)
    if step.promise is not None:
        return _latest_promise(scene, concern, step)
    fired = [row for row in scene.rows.steps_of(concern.pk, step.side) if row.fired_at is not None]
    last = fired[-1] if fired else None
    passed = [row.until for row in scene.rows.promises if row[1:3] == (concern.pk, step.side) and row.until <= scene.at]
    allowed = [limit.after(started, limit.rungs[min(step.rung, LAST)])]
    if last is not None and last.fired_at is not None:
        allowed.append(limit.after(last.fired_at, limit.gap_after(last.rung)))
    allowed += [limit.after(moment, limit.longest) for moment in (*passed, changed) if moment > started]
    allowed.append(scene.notes.carried.get((concern.pk, step.side), started))
    latest = max(allowed)
    for hold in _holds_of(scene, step):
        latest = max(latest, limit.after(_end_of(hold), limit.between(hold.begun_at, latest)))
    return latest


def _level_for_times_of(concern: ConcernRow) -> str:
    """Once it is answered only the volunteer is to be told, and that can wait until the morning (domain.md 3.9)."""
    return "priority" if concern.status == "answered" and concern.level in URGENT else concern.level


def _end_of(hold: HoldRow) -> datetime:
    return hold.released_at or hold.until


def _start_of(concern: ConcernRow, side: str) -> datetime:
    if side == "agency" and concern.queued_at is not None:
        return concern.queued_at
    return concern.reopened_at or concern.received_at


def _latest_promise(scene: Scene, concern: ConcernRow, step: StepRow) -> datetime:
    """The latest time to promise: the level's time for a first action, then a fortnight, or less if the level is stricter now."""
    assert step.promise is not None
    promise = scene.rows.promise(step.promise)
    levels = scene.notes.levels[concern.pk]
    then = [level for moment, level in levels if moment <= promise.at][-1]
    acted = scene.notes.acted.get((concern.pk, step.side), [])
    began = _start_of(concern, step.side)
    if concern.status == "answered":
        then = _level_for_times_of(concern)
    if any(began <= moment <= promise.at for moment in acted):
        return promise.at + 2 * FORTNIGHT if _holds_of(scene, step) else promise.at + FORTNIGHT
    limit = terms_of(then, step.side)
    now = terms_of(_level_for_times_of(concern), step.side)
    latest = limit.after(promise.at, limit.act)
    holds = [row for row in _holds_of(scene, step) if row.begun_at >= promise.at]
    since: list[tuple[datetime, str | HoldRow]] = [*levels, *((row.begun_at, row) for row in holds)]
    for moment, what in sorted(since, key=lambda each: each[0]):
        if moment >= promise.at and isinstance(what, HoldRow):
            latest = max(kind.after(_end_of(what), kind.between(moment, latest)) for kind in (limit, now))
        elif moment > promise.at and isinstance(what, str) and is_stricter(what, then):
            limit = terms_of(what, step.side)
            latest = min(latest, limit.after(moment, limit.act))
    return latest


def _holds_of(scene: Scene, step: StepRow) -> list[HoldRow]:
    return [row for row in scene.rows.holds if row[1:3] == (step.concern, step.side)]


def check_nobody_answers_their_own(scene: Scene) -> None:
    for promise in scene.rows.promises:
        concern = scene.rows.concern(promise.concern)
        assert promise.by not in (concern.author, concern.about), "its author or its subject has it"


def check_stories_in_order(scene: Scene) -> None:
    last: dict[int, datetime] = {}
    for event in scene.rows.events:
        assert event.at >= last.get(event.concern, event.at), "the story stands in another order than things happened"
        last[event.concern] = event.at


def check_recipients_may_read(scene: Scene, before: Rows) -> None:
    """Every recipient may open what an alert is about; no rung tells its author or whom it is about."""
    seen = {row.pk for row in before.alerts}
    of = {row.reference: row for row in scene.rows.concerns}
    for alert in scene.rows.alerts:
        concern = of.get(alert.key.partition(":")[0])
        if alert.pk in seen or concern is None:
            continue
        who = scene.names[alert.recipient]
        if alert.link.startswith(f"/concerns/{concern.reference}/"):
            assert scene.sees(who, concern), f"{who} is told of what they may not open ({alert.key})"
        if _is_of_a_rung(alert):
            assert alert.recipient not in (concern.author, concern.about), f"{who} is told to answer their own"


def _is_of_a_rung(alert: AlertRow) -> bool:
    return alert.key.split(":")[1] in SIDES


def check_no_outdated_end(scene: Scene, before: Rows) -> None:
    """Nothing ends by a proposal made before the concern became another one."""
    agreed = {row.pk for row in scene.rows.proposals if row.agreed} - {row.pk for row in before.proposals if row.agreed}
    for place, row in enumerate(scene.rows.proposals):
        if row.pk in agreed:
            assert place >= scene.notes.changed.get(row.concern, 0), "it ended by a proposal made before it changed"


def check_lost_promises_are_told(scene: Scene, before: Rows) -> None:
    """A person whose promise ends because another has the concern is told so, or was there when it happened."""
    told = {(row.recipient, row.key.partition(":")[0]) for row in scene.rows.alerts if row not in before.alerts}
    for concern in before.concerns:
        for side in SIDES:
            had = before.promised(concern.pk, side, scene.at)
            has = scene.rows.promised(concern.pk, side, scene.at)
            if had is None or has is None or had.by == has.by:
                continue
            who = scene.names[had.by]
            if not scene.sees(who, scene.rows.concern(concern.pk)):
                continue
            assert (had.by, concern.reference) in told, f"{who} believes to have what another has"
