"""Walks through the engine. A number says who does what to which concern, and how long nobody does anything before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil, prod
from typing import Any
from uuid import uuid4

from auditlog.context import disable_auditlog
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alerts.leave.models import Leave
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.engine.assignments import end_lost_assignments
from concerns.engine.operations import fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern
from core.errors import Refused
from tests.properties.engine.contract import Away, is_stricter
from tests.properties.engine.database_state import ConcernRow, Rows
from tests.properties.engine.deeds import DEEDS, MENU, Deed, waiting_time
from tests.properties.engine.judge import judge
from tests.properties.engine.scene import ACTORS, SIDES, Scene, begin_scene
from tests.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOST = 28 * 4 * 16 * 32 * 128 - 1
LENGTHS = [(2, 5), (1, 2), (1, 1)]
"""Fewest and most steps of a walk's beginning, middle and end: four to eight together."""
FORKS = [3, 7]
"""So many middles follow a beginning, and so many ends each middle. Steps that walks share are taken once."""

steps = st.integers(0, MOST)
"""One step is one number, read digit by digit, so that a walk is drawn fast and shrinks to few small steps."""

Tree = tuple[list[int], list["Tree"]]
"""Some steps, and the trees that go on from there."""


def _trees(forks: list[int]) -> st.SearchStrategy[Tree]:
    """Walks that begin alike and part at each fork."""
    fewest, most = LENGTHS[-1 - len(forks)]
    some = st.lists(steps, min_size=fewest, max_size=most)
    if not forks:
        return st.tuples(some, st.just([]))
    count = forks[0]
    return st.tuples(some, st.lists(_trees(forks[1:]), min_size=count, max_size=count, unique_by=_first_steps_of))


def _first_steps_of(tree: Tree) -> tuple[int, ...]:
    return tuple(tree[0])


OPENINGS: dict[str, list[tuple[str, Level, str | None]]] = {
    "log and urgent": [("tom", Level.LOG, None), ("ben", Level.URGENT, None)],
    "priority and immediate": [("tom", Level.PRIORITY, None), ("ben", Level.IMMEDIATE, None)],
    "two of priority": [("ben", Level.PRIORITY, None), ("ben", Level.PRIORITY, None)],
    "priority and log": [("tom", Level.PRIORITY, None), ("ben", Level.LOG, None)],
    "about a volunteer": [("ben", Level.URGENT, "tom"), ("ben", Level.PRIORITY, "tom")],
    "about the coordinator": [("ben", Level.URGENT, "ann"), ("tom", Level.LOG, "ann")],
    "written by the coordinator": [("ann", Level.URGENT, None), ("ben", Level.PRIORITY, None)],
    "about who covers": [("ben", Level.URGENT, "pat"), ("tom", Level.IMMEDIATE, "pat")],
}

TAKEN = {"log and urgent": ("ann", "esi"), "priority and immediate": ("ann", "esi"), "two of priority": ("ann",)}
"""Where the second is in hand already, and who has it."""


@contextmanager
def open_scene(world: World, name: str) -> Iterator[Scene]:
    """The world with two concerns, raised a moment ago. The coordinator is away if it matters who covers."""
    point = transaction.savepoint()
    with disable_auditlog():
        scene = begin_scene(world)
        if name == "about who covers":
            _plan_leave(scene, "ann", "pat")
        for author, level, subject in OPENINGS[name]:
            concern = raise_concern(
                world.ely,
                submit_key=uuid4(),
                level=level,
                words="He has been mending bikes for two boys.",
                about=world.people[subject] if subject else None,
                by=world.people[author],
                at=scene.at,
            )
        for who in TAKEN.get(name, ()):
            acknowledge_concern(concern, until=scene.at + HOUR, by=world.people[who], at=scene.at)
        scene.read()
        for row in scene.rows.concerns:
            scene.notes.levels[row.pk] = [(scene.at, row.level)]
        judge(scene, scene.rows)
        yield scene
    transaction.savepoint_rollback(point)


def _plan_leave(scene: Scene, who: str, deputy: str) -> None:
    ends = scene.at + 30 * DAY
    Leave.objects.create(
        person=scene.person(who),
        deputy=scene.person(deputy),
        starts_at=scene.at,
        ends_at=ends,
        planned_at=scene.at,
        planned_by=scene.person(who),
    )
    scene.leaves.append(Away(who, deputy, scene.at, ends))


class BrokenRule(AssertionError):
    """A rule that does not hold, with the steps that led there."""


def walk(scene: Scene, tree: Tree) -> None:
    """Take the steps, then walk each tree from there, judging after every step."""
    some, branches = tree
    with _take_steps(scene, some):
        for branch in branches:
            walk(scene, branch)


@contextmanager
def _take_steps(scene: Scene, numbers: list[int]) -> Iterator[None]:
    """Take some steps while the block lasts. Afterwards all is as it was before them."""
    kept = scene.at, scene.rows, list(scene.leaves), scene.notes.copy(), scene.wall_moved, list(scene.log)
    point = transaction.savepoint()
    try:
        for number in numbers:
            _take_step(scene, number)
        yield
    except AssertionError as broken:
        raise broken if isinstance(broken, BrokenRule) else BrokenRule("\n".join([str(broken), *scene.log])) from None
    finally:
        transaction.savepoint_rollback(point)
        connection.run_on_commit.clear()
        scene.at, scene.rows, scene.leaves, scene.notes, scene.wall_moved, scene.log = kept


def _take_step(scene: Scene, number: int) -> None:
    """Take one step: time passes, somebody does something, and the rows are judged after both."""
    number, waited = divmod(number, 28)
    number, place = divmod(number, 4)
    number, detail = divmod(number, 16)
    number, whom = divmod(number, 32)
    _let_time_pass(scene, waited)
    concerns = scene.rows.concerns
    still_open = [row for row in concerns if row.is_open]
    concern = (still_open or concerns)[place % len(still_open or concerns)] if place else concerns[0]
    likely = [deed for deed in MENU if deed.likely(scene, concern)]
    deed = likely[number % len(likely)] if whom else DEEDS[number % len(DEEDS)]
    people = deed.people if whom % 8 else ACTORS
    _attempt(scene, deed, concern, people[(whom // 8 if whom % 8 == 0 else whom) % len(people)], detail)


@contextmanager
def _note_writes() -> Iterator[list[str]]:
    """Notice whether anything is written, so that the rows are read again only then."""
    wrote: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield wrote


def _let_time_pass(scene: Scene, choice: int) -> None:
    passes = waiting_time(scene, choice)
    if not passes:
        return
    scene.set_clock(scene.at + passes)
    scene.log.append(f"— {scene.at:%a %d %b %H:%M} —")
    before = scene.rows
    with _note_writes() as wrote:
        if scene.leaves or scene.wall_moved:
            end_lost_assignments(at=scene.at)
            scene.wall_moved = False
        if any(row.pends and row.due_at <= scene.at for row in before.steps):
            fire_due_concerns(at=scene.at)
    if wrote:
        scene.read()
    judge(scene, before)


def _attempt(scene: Scene, deed: Deed, concern: ConcernRow, who: str, detail: int) -> None:
    """Let somebody try a deed. It is done, or it is refused and nothing has changed."""
    scene.log.append(f"{who}: {deed.name} {concern.reference} ({concern.level}, {concern.status}) [{detail}]")
    before = scene.rows
    with _note_writes() as wrote:
        try:
            deed.do(scene, concern, who, detail)
        except (Refused, PermissionDenied) as refusal:
            scene.log[-1] += f" – {refusal}"
            same = not wrote or deed.many or scene.read() == before
            assert same, f"refused, and yet something changed: {deed.name}"
            return
    scene.read()
    _remember(scene, deed, concern, who, before)
    judge(scene, before)
    _check_sight(scene, who)


def _remember(scene: Scene, deed: Deed, concern: ConcernRow, who: str, before: Rows) -> None:
    """Remember what the deed changed: a clock, a level, who acted, or that a concern became another one."""
    notes, at = scene.notes, scene.at
    for row in scene.rows.concerns:
        levels = notes.levels.setdefault(row.pk, [(at, row.level)])
        if levels[-1][1] != row.level:
            levels.append((at, row.level))
            _note_clock_set(scene, row.pk, "charity", "agency")
    if deed.name == "act":
        notes.acted.setdefault((concern.pk, scene.side_of(who)), []).append(at)
    if deed.name in ("answer", "need nothing", "agree"):
        _note_clock_set(scene, concern.pk, "charity", changes=False)
    if deed.name in ("release", "hold"):
        _note_clock_set(scene, concern.pk, scene.side_of(who), changes=False)
    scene.wall_moved = scene.wall_moved or deed.name in ("move", "come back")
    if deed.name in ("move", "pass on"):
        _note_clock_set(scene, concern.pk, "agency")
    if deed.name == "join":
        joined = scene.rows.concern(concern.pk).merged_into
        assert joined is not None
        assert not is_stricter(concern.level, scene.rows.concern(joined).level), "the lesser level stays"
        _note_clock_set(scene, joined, "charity", "agency")
        for side in SIDES:
            theirs = before.pending(concern.pk, side)
            if theirs is not None and before.pending(joined, side) is None:
                notes.carried[joined, side] = theirs.due_at


def _note_clock_set(scene: Scene, pk: int, *sides: str, changes: bool = True) -> None:
    for side in sides:
        scene.notes.set_at[pk, side] = scene.at
    if changes:
        scene.notes.changed[pk] = len(scene.rows.proposals)


def _check_sight(scene: Scene, who: str) -> None:
    """Check that this person may open what the contract says, and nothing else."""
    seen = set(Concern.objects.visible_to(scene.person(who)).filter(pk__gte=scene.first).values_list("pk", flat=True))
    should = {row.pk for row in scene.rows.concerns if scene.sees(who, row)}
    assert seen == should, f"{who} sees {len(seen)} of them and should see {len(should)}"


def walk_many(
    name: str, count: int, *, forks: list[int] = FORKS, others_each_time: bool = True
) -> Callable[[World], None]:
    """Walk so many times from one opening. A rule that breaks is shown by short walks.

    Without `others_each_time` they are the same walks for the same code, so that a suite does not fail by chance.
    """

    def all_walks(world: World) -> None:
        with open_scene(world, name) as scene:

            @given(tree=_trees(forks))
            @settings(
                max_examples=ceil(count / prod(forks)),
                deadline=None,
                database=None,
                report_multiple_bugs=False,
                derandomize=not others_each_time,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
            )
            def walk_one_tree(tree: Tree) -> None:
                walk(scene, tree)

            walk_one_tree()

    return all_walks
