"""Checks that a rung of the charity's ladder tells the people of the contract, and goes on at once if nobody is there."""

from __future__ import annotations

from tests.properties.engine.contract import COORDINATORS, LAST, LEADS, people_covered_by, stand_in_for
from tests.properties.engine.database_state import ConcernRow, Rows, StepRow
from tests.properties.engine.scene import Scene

RUNG_PEOPLE = {0: ("ann",), 1: ("ann",), 2: ("hana", "fay"), 3: ("kit",)}


def check_rungs_tell_everybody(scene: Scene, before: Rows) -> None:
    fired = {row.pk for row in before.steps if row.fired_at is not None}
    for step in scene.rows.steps:
        if step.fired_at is None or step.pk in fired or step.side != "charity":
            continue
        concern = scene.rows.concern(step.concern)
        must = _people_to_tell(scene, concern, step)
        key = f"{concern.reference}:charity:{step.round}:{step.rung}"
        told = {scene.names[row.recipient] for row in scene.rows.alerts if row.key == key}
        assert must <= told, f"rung {step.rung} tells {sorted(told)} and not {sorted(must - told)}"
        if not must and step.rung < LAST:
            after = [row for row in scene.rows.steps_of(step.concern, "charity") if row.pk > step.pk]
            assert any(row.rung > step.rung or row.fired_at for row in after if row.due_at <= step.fired_at), (
                f"nobody of rung {step.rung} is there, and the ladder waits"
            )


def _people_to_tell(scene: Scene, concern: ConcernRow, step: StepRow) -> set[str]:
    """The rung's people, with a stand-in for each who is away. At a repeat, the people of every rung."""
    rungs = RUNG_PEOPLE if _is_repeat(scene, concern, step) else {step.rung: RUNG_PEOPLE[min(step.rung, LAST)]}
    found: set[str] = set()
    for names in rungs.values():
        for name in LEADS[:2] if names == ("ann",) and scene.names.get(concern.about or 0) == "ann" else names:
            found |= _who_is_there_for(scene, concern, name)
    return found


def _who_is_there_for(scene: Scene, concern: ConcernRow, name: str) -> set[str]:
    barred = {scene.names.get(concern.author), scene.names.get(concern.about or 0)}
    at = scene.at
    if name in barred:
        return set()
    if not any(leave.person == name and leave.starts <= at < leave.ends for leave in scene.leaves):
        return {name}
    stand_in = stand_in_for(name, scene.leaves, at)
    if stand_in is None or stand_in in barred:
        return set()
    covered = people_covered_by(stand_in, scene.leaves, at)
    through_cover = name == "ann" and stand_in in COORDINATORS and scene.names.get(concern.about or 0) not in covered
    return {stand_in} if stand_in in LEADS or through_cover else set()


def _is_repeat(scene: Scene, concern: ConcernRow, step: StepRow) -> bool:
    """Whether the last rung has fired before, since the clock started."""
    started = concern.reopened_at or concern.received_at
    earlier = [row for row in scene.rows.steps_of(concern.pk, "charity") if row.pk < step.pk and row.rung >= LAST]
    return step.rung >= LAST and any(row.fired_at is not None and row.fired_at >= started for row in earlier)
