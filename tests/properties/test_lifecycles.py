"""Every record that moves: an end can always be reached, and no walk leaves the table."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from concerns.concern.models import Concern
from core.errors import MoveNotAllowed
from core.records import Moving

MODELS = sorted(
    (model for model in apps.get_models() if issubclass(model, Moving)), key=lambda model: model._meta.label
)
WALKS, STEPS = 50, 30

each = pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])

RESTS: Mapping[str, str] = {
    "accounts.User": "left",  # somebody who left may be invited back
    "volunteers.Volunteer": "left",  # and may volunteer again
    "concerns.Concern": "closed",  # and may be taken up again, with the reason
    "offenders.CoreMember": "follow_up",  # a second circle may follow; ending a file comes with retention
}
"""Records that have no end but a state to come to rest in, with the reason."""

ENDS_BESIDE_ITS_REST = {Concern}
"""A concern joined to another, or raised in error, stays so; a finished one rests."""


def reachable_states(model: type[Moving], start: str) -> set[str]:
    """Every state that can be reached from this one."""
    seen, waiting = {start}, [start]
    while waiting:
        for then in model.LIFECYCLE.states_after(waiting.pop()):
            if then.value not in seen:
                seen.add(then.value)
                waiting.append(then.value)
    return seen


def test_the_models_are_found() -> None:
    assert Concern in MODELS


@each
def test_from_every_state_an_end_or_a_rest_can_be_reached(model: type[Moving]) -> None:
    rest = RESTS.get(model._meta.label)
    ends = model.LIFECYCLE.ends | ({rest} if rest else set())
    assert ends
    for state in model.LIFECYCLE.states:
        assert reachable_states(model, state.value) & ends, f"{state} of {model._meta.label} is a trap"


def test_what_rests_has_no_end() -> None:
    """Else the list above would hide a trap."""
    for model in MODELS:
        assert bool(model.LIFECYCLE.ends) is (model._meta.label not in RESTS) or model in ENDS_BESIDE_ITS_REST


@each
def test_every_state_can_be_come_to_from_the_start(model: type[Moving]) -> None:
    assert reachable_states(model, model.LIFECYCLE.start.value) == set(model.LIFECYCLE.states.values)


@each
def test_the_table_names_only_its_own_states_and_no_move_to_where_one_is(model: type[Moving]) -> None:
    for now, following in model.LIFECYCLE.moves.items():
        assert now in model.LIFECYCLE.states
        assert set(following) <= set(model.LIFECYCLE.states)
        assert now not in following


@each
def test_random_walks_never_leave_the_table(model: type[Moving]) -> None:
    """Half the tries are moves the table does not have: each is refused, and the state stays."""
    chance = random.Random(model._meta.label)
    states = list(model.LIFECYCLE.states)
    for _ in range(WALKS):
        record = model(status=model.LIFECYCLE.start.value)
        saved: list[str] = []
        record.save = lambda saved=saved, record=record, **kept: saved.append(record.status)  # type: ignore[method-assign]
        record.tell_story = lambda **told: None  # type: ignore[method-assign]
        for _ in range(STEPS):
            before, then = record.status, chance.choice([*record.moves, *states] or states)
            try:
                record.move(then, by=None, at=None)  # type: ignore[arg-type]
            except MoveNotAllowed:
                assert then not in model.LIFECYCLE.states_after(before)
                assert record.status == before
            else:
                assert then in model.LIFECYCLE.states_after(before)
                assert saved[-1] == then.value
        assert record.status in reachable_states(model, model.LIFECYCLE.start.value)


@each
def test_a_new_record_begins_where_the_table_does(model: type[Moving]) -> None:
    assert model._meta.get_field("status").get_default() == model.LIFECYCLE.start


@pytest.mark.django_db
@each
def test_the_database_holds_the_states_too(model: type[Moving]) -> None:
    """The check constraint knows exactly the table's states."""
    held = [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and constraint.name.endswith("status_known")
    ]
    assert len(held) == 1
    for state in [*model.LIFECYCLE.states.values, "nowhere"]:
        assert accepts(held[0], model, state) is (state != "nowhere")


def accepts(constraint: models.CheckConstraint, model: type[models.Model], state: str) -> bool:
    """Whether the database's constraint allows this state. PostgreSQL is asked, without a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
            [constraint.name, model._meta.db_table],
        )
        (rule,) = cursor.fetchone()
        try:
            with transaction.atomic():
                asked = f"SELECT {rule} FROM (SELECT %s::varchar AS status) AS row"  # noqa: S608 - the rule is ours
                cursor.execute(asked, [state])
                return bool(cursor.fetchone()[0])
        except IntegrityError:
            return False
